"""Columns one below the other, links as rails along the left side: for phones.

Links of a kind from one box share a rail; rails stand in lanes beside each other, short ones near the boxes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pactgraph.web.drawing.shapes import PORT, Box, Curve, Drawing, Edge, number, stretch

_LANE = 9.0
_BEND = 6.0
_OUT = 12.0


@dataclass(frozen=True)
class Strip:
    """The measures of a drawing in pixels."""

    width: float = 350
    head: float = 30
    between: float = 10
    margin: float = 2
    lanes: float = 54
    """The most room that lanes take; where there are more, they stand closer."""


def rail(boxes: list[Box], edges: list[Edge], strip: Strip) -> Drawing:
    """Place the boxes and draw the links. Boxes keep their order in a column; columns without any are left out."""
    stretch(boxes, edges, _OUT)
    left = lane_room(strip) + PORT
    y = strip.margin
    heads = []
    for column in sorted({box.column for box in boxes}):
        heads.append((column, left, y + 17))
        y += strip.head
        for box in sorted((box for box in boxes if box.column == column), key=lambda box: box.note):
            box.x, box.y, box.width = left, y, strip.width - left - strip.margin
            y += box.height + strip.between
    return Drawing(strip.width, y, boxes, _curves(boxes, edges, strip), heads)


def text_room(strip: Strip) -> float:
    """How wide a box will be."""
    return strip.width - lane_room(strip) - PORT - strip.margin


def lane_room(strip: Strip) -> float:
    """The room that lanes take."""
    return strip.lanes


def _curves(boxes: list[Box], edges: list[Edge], strip: Strip) -> list[Curve]:
    by_key = {box.key: box for box in boxes}
    ends: dict[str, list[Edge]] = defaultdict(list)
    for edge in sorted(edges, key=lambda edge: (-by_key[edge.source].y, edge.number)):
        ends[edge.target].append(edge)
    starts: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge.kind not in starts[edge.source]:
            starts[edge.source].append(edge.kind)
    heights = {edge: _end(by_key[edge.target], ends[edge.target].index(edge), len(ends[edge.target])) for edge in edges}
    buses: dict[tuple[str, str], tuple[float, float]] = {}
    for edge in edges:
        begin = _start(by_key[edge.source], starts[edge.source].index(edge.kind), len(starts[edge.source]))
        reach = max(buses.get((edge.source, edge.kind), (0, 0))[1], heights[edge])
        buses[edge.source, edge.kind] = begin, reach
    lanes = _lanes(buses)
    step = min(_LANE, (strip.lanes - _BEND) / (max(lanes.values(), default=0) + 1))
    left = lane_room(strip) + PORT
    curves = []
    for edge in edges:
        x = lane_room(strip) - (lanes[edge.source, edge.kind] + 0.5) * step
        begin, end = buses[edge.source, edge.kind][0], heights[edge]
        curves.append(Curve(edge, _path(left, x, begin, end), (left - PORT / 2 - 1, end)))
    return curves


def _end(box: Box, place: int, of: int) -> float:
    return box.y + min(PORT / 2, box.height / (2 * of)) + place * min(PORT, box.height / of)


def _start(box: Box, place: int, of: int) -> float:
    return box.y + box.height - _OUT / 2 - (of - 1 - place) * min(_OUT, box.height / (of + 1))


def _lanes(buses: dict[tuple[str, str], tuple[float, float]]) -> dict[tuple[str, str], int]:
    """A lane for each rail such that rails of a lane do not touch; 0 is the lane nearest to the boxes."""
    lanes: list[list[tuple[float, float]]] = []
    found = {}
    for key, (start, end) in sorted(buses.items(), key=lambda item: (item[1][1] - item[1][0], item[0])):
        free = next((place for place, taken in enumerate(lanes)
                     if all(end + _BEND < other or start - _BEND > last for other, last in taken)), len(lanes))
        if free == len(lanes):
            lanes.append([])
        lanes[free].append((start, end))
        found[key] = free
    return found


def _path(left: float, x: float, begin: float, end: float) -> str:
    bend = min(_BEND, abs(end - begin) / 2)
    rail, inner = number(x), number(x + bend)
    return (f"M{number(left)},{number(begin)} H{inner} Q{rail},{number(begin)} {rail},{number(begin + bend)} "
            f"V{number(end - bend)} Q{rail},{number(end)} {inner},{number(end)} H{number(left)}")

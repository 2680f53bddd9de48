"""Columns side by side, links from left to right: for wide screens and paper.

A link that passes columns keeps a narrow place of its own in each of them, so that no line runs behind a box, where it
would look like a link of that box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from pactgraph.web.drawing.shapes import PORT, Box, Curve, Drawing, Edge, number, stretch

_GAP = 16.0
_THREAD = 6.0
"""The height of the place of a link that passes a column."""
_SWEEPS = 6


@dataclass(frozen=True)
class Frame:
    """The measures of a drawing in pixels: width of a box, room between columns, room above for the names of columns."""

    columns: int
    box: float = 135
    between: float = 41
    top: float = 40
    margin: float = 2

    @property
    def width(self) -> float:
        """The width of the whole."""
        return self.columns * self.box + (self.columns - 1) * self.between + 2 * self.margin

    def left(self, column: int) -> float:
        """Where a column begins."""
        return self.margin + column * (self.box + self.between)


@dataclass(eq=False)
class _Slot:
    """A place in a column: of a box, or of a thread (links that pass)."""

    column: int
    height: float
    box: Box | None = None
    y: float = 0
    near: list[_Slot] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def layered(boxes: list[Box], edges: list[Edge], frame: Frame) -> Drawing:
    """Place the boxes and draw the links. Boxes of a column keep their order as far as the links do not ask for another."""
    stretch(boxes, edges)
    slots = {box.key: _Slot(box.column, box.height, box) for box in boxes}
    threads = _threads(edges, slots)
    columns: list[list[_Slot]] = [[] for _ in range(frame.columns)]
    notes: list[list[_Slot]] = [[] for _ in range(frame.columns)]
    for slot in [*slots.values(), *threads.values()]:
        (notes if slot.box and slot.box.note else columns)[slot.column].append(slot)
    _connect(edges, slots, threads)
    _order(columns)
    whole = [column + note for column, note in zip(columns, notes, strict=True)]
    _settle(whole)
    height = _drop(whole, frame)
    for slot in slots.values():
        assert slot.box
        slot.box.x, slot.box.y, slot.box.width = frame.left(slot.column), slot.y, frame.box
    curves = _curves(edges, slots, threads, frame)
    heads = [(column, frame.left(column) + frame.box / 2, 16.0) for column in range(frame.columns)]
    return Drawing(frame.width, height, boxes, curves, heads)


_Way = tuple[str, str, int]
"""A thread by its source, its kind and the column that it passes."""


def _threads(edges: list[Edge], slots: dict[str, _Slot]) -> dict[_Way, _Slot]:
    """The places of links that pass columns, one for all links of a kind from one box."""
    found: dict[_Way, _Slot] = {}
    for edge in edges:
        for column in range(slots[edge.source].column + 1, slots[edge.target].column):
            found.setdefault((edge.source, edge.kind, column), _Slot(column, _THREAD))
    return found


def _stations(edge: Edge, slots: dict[str, _Slot], threads: dict[_Way, _Slot]) -> list[_Slot]:
    """The places that a link goes through, from its first box to its last."""
    first, last = slots[edge.source], slots[edge.target]
    passed = [threads[edge.source, edge.kind, column] for column in range(first.column + 1, last.column)]
    return [first, *passed, last]


def _connect(edges: list[Edge], slots: dict[str, _Slot], threads: dict[_Way, _Slot]) -> None:
    for edge in edges:
        way = _stations(edge, slots, threads)
        for one, other in pairwise(way):
            if other not in one.near:
                one.near.append(other)
                other.near.append(one)


def _order(columns: list[list[_Slot]]) -> None:
    """Sort each column by where its neighbours stand, forth and back, and keep the order with the fewest crossings."""
    best, fewest = [list(column) for column in columns], _crossings(columns)
    for sweep in range(_SWEEPS):
        forth = sweep % 2 == 0
        for place in range(1, len(columns)) if forth else range(len(columns) - 2, -1, -1):
            _sort(columns[place], columns[place - 1 if forth else place + 1])
        crossings = _crossings(columns)
        if crossings < fewest:
            best, fewest = [list(column) for column in columns], crossings
    for column, order in zip(columns, best, strict=True):
        column[:] = order


def _sort(column: list[_Slot], beside: list[_Slot]) -> None:
    places = {slot: (place + 0.5) / len(beside) for place, slot in enumerate(beside)}
    keys = {}
    for place, slot in enumerate(column):
        near = [places[other] for other in slot.near if other in places]
        keys[slot] = sum(near) / len(near) if near else (place + 0.5) / len(column)
    column.sort(key=lambda slot: keys[slot])


def _crossings(columns: list[list[_Slot]]) -> int:
    total = 0
    for left, right in pairwise(columns):
        places = {slot: place for place, slot in enumerate(right)}
        lines = [(start, places[other]) for start, slot in enumerate(left) for other in slot.near if other in places]
        total += sum(a < c and b > d for a, b in lines for c, d in lines)
    return total


def _settle(columns: list[list[_Slot]]) -> None:
    """Give every place a height: as near to the middle of its neighbours as the order of its column allows."""
    for column in columns:
        below = 0.0
        for slot in column:
            slot.y, below = below, below + slot.height + _GAP
        for slot in column:
            slot.y -= (below - _GAP) / 2
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wished = [sum(near.middle for near in slot.near) / len(slot.near) - slot.height / 2 if slot.near else slot.y
                      for slot in column]
            for slot, y in zip(column, spread(wished, [slot.height for slot in column], _GAP), strict=True):
                slot.y = y
    for column in columns:
        for place, slot in enumerate(column):
            if slot.box and slot.box.note and place:
                slot.y = column[place - 1].y + column[place - 1].height + _GAP


def spread(wished: Iterable[float], heights: list[float], gap: float) -> list[float]:
    """Places nearest to those wished (least squares) at which things of these heights follow each other without overlap."""
    offsets, below = [], 0.0
    for height in heights:
        offsets.append(below)
        below += height + gap
    pools: list[tuple[float, int]] = []  # mean and number of values that were drawn together
    for value, offset in zip(wished, offsets, strict=True):
        mean, size = value - offset, 1
        while pools and pools[-1][0] > mean:
            other, count = pools.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        pools.append((mean, size))
    level = [mean for mean, size in pools for _ in range(size)]
    return [mean + offset for mean, offset in zip(level, offsets, strict=True)]


def _drop(columns: list[list[_Slot]], frame: Frame) -> float:
    """Move everything below the names of the columns; the height of the whole."""
    slots = [slot for column in columns for slot in column]
    highest = min((slot.y for slot in slots), default=0.0)
    for slot in slots:
        slot.y += frame.top - highest
    return max((slot.y + slot.height for slot in slots), default=frame.top) + frame.margin


def _curves(edges: list[Edge], slots: dict[str, _Slot], threads: dict[_Way, _Slot], frame: Frame) -> list[Curve]:
    ways = {edge: _stations(edge, slots, threads) for edge in edges}
    arriving: dict[_Slot, list[Edge]] = defaultdict(list)
    leaving: dict[_Slot, list[str]] = defaultdict(list)
    for edge, way in sorted(ways.items(), key=lambda item: (item[1][-2].middle, item[0].number)):
        arriving[way[-1]].append(edge)
    for edge, way in sorted(ways.items(), key=lambda item: (item[1][1].middle, item[0].number)):
        if edge.kind not in leaving[way[0]]:
            leaving[way[0]].append(edge.kind)
    curves = []
    for edge, way in ways.items():
        start = _port(way[0], leaving[way[0]].index(edge.kind), len(leaving[way[0]]))
        end = _port(way[-1], arriving[way[-1]].index(edge), len(arriving[way[-1]]))
        curves.append(Curve(edge, _path(way, start, end, frame), (frame.left(way[-1].column) - PORT + 4, end)))
    return curves


def _port(slot: _Slot, place: int, of: int) -> float:
    """The height at which the line ``place`` of ``of`` meets a box."""
    step = max(PORT, slot.height / (of + 1)) if of > 1 else 0
    return slot.middle + (place - (of - 1) / 2) * min(step, slot.height / of)


def _path(way: list[_Slot], start: float, end: float, frame: Frame) -> str:
    x, y = frame.left(way[0].column) + frame.box, start
    parts = [f"M{number(x)},{number(y)}"]
    for slot in way[1:]:
        left = frame.left(slot.column)
        height = end if slot is way[-1] else slot.middle
        bend = (x + left) / 2
        parts.append(f"C{number(bend)},{number(y)} {number(bend)},{number(height)} {number(left)},{number(height)}")
        x, y = left + frame.box, height
        if slot is not way[-1]:
            parts.append(f"H{number(x)}")
    return " ".join(parts)

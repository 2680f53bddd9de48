"""Pictures: words fit their boxes, nothing overlaps, no line runs behind a box, the same input gives the same picture."""

from __future__ import annotations

import copy
import itertools
import re
import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.web.drawing.flow import Band, Bar, Canvas, flow
from pactgraph.web.drawing.layered import Frame, layered, spread
from pactgraph.web.drawing.lettering import Lettering
from pactgraph.web.drawing.rail import Strip, rail, text_room
from pactgraph.web.drawing.shapes import PORT, Box, Drawing, Edge
from pactgraph.web.drawing.timeline import Dot, Sheet, timeline

FRAME, STRIP = Frame(7), Strip()
NORMAL = Lettering(12.5)


@pytest.mark.parametrize(("text", "width"), [
    # By hand from the advance widths of the font: N 760, h 618, â as a 561, n 618; đ 617 is wider than d 615
    ("Nhân", 760 + 618 + 561 + 618), ("đ", 617), ("ở", 616), ("Ự", 780), ("", 0), ("字", 1000),
])
def test_letters_are_as_wide_as_the_font_says(text: str, width: int) -> None:
    assert Lettering(1000).width(text) == pytest.approx(width * 1.03)
    assert Lettering(1000).width(unicodedata.normalize("NFD", text)) == Lettering(1000).width(text)


def test_a_name_is_broken_between_words_and_after_strokes() -> None:
    assert NORMAL.lines("Bộ Văn hóa, Thể thao và Du lịch", 115, 3) == ["Bộ Văn hóa, Thể", "thao và Du lịch"]
    assert Lettering(12, bold=True).lines("CCPR/C/VNM/CO/3/46", 115, 2) == ["CCPR/C/VNM/CO/", "3/46"]
    assert NORMAL.lines("one two three four five six", 60, 2) == ["one two", "three…"]
    assert NORMAL.lines("", 60, 2) == []


words = st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyABCĐƠƯỳếộẵ0123456789"), min_size=1, max_size=14)


@given(st.lists(words, max_size=25), st.integers(70, 330), st.integers(1, 5))
def test_no_word_is_cut_and_every_line_fits(parts: list[str], room: int, most: int) -> None:
    text = " ".join(parts)
    lines = NORMAL.lines(text, room, most)
    assert len(lines) <= most
    shown = " ".join(lines)
    if shown.endswith("…") and shown != text:
        kept = shown[:-1].split()
        assert kept and kept == parts[:len(kept)]
    else:
        assert shown == text
    for line in lines:
        assert not NORMAL.squeezed(line, room) or " " not in line


@st.composite
def chains(draw: st.DrawFn) -> tuple[list[Box], list[Edge]]:
    boxes = [Box(f"b{place}", column, height) for place, (column, height) in enumerate(
        draw(st.lists(st.tuples(st.integers(0, 6), st.integers(30, 130)), min_size=1, max_size=18)))]
    pairs = [(one, other) for one in boxes for other in boxes if one.column < other.column]
    chosen = draw(st.lists(st.sampled_from(pairs), unique_by=lambda pair: (pair[0].key, pair[1].key), max_size=24)
                  ) if pairs else []
    edges = [Edge(one.key, other.key, draw(st.sampled_from(["firm", "open"])), place)
             for place, (one, other) in enumerate(chosen)]
    notes = [Box(f"n{column}", column, 40, note=True) for column in draw(st.sets(st.integers(0, 6), max_size=3))]
    return boxes + notes, edges


def _apart(boxes: list[Box], drawing: Drawing) -> None:
    for place, one in enumerate(boxes):
        assert one.x >= 0 and one.x + one.width <= drawing.width and one.y >= 0 and one.y + one.height <= drawing.height
        for other in boxes[place + 1:]:
            assert one.x + one.width <= other.x or other.x + other.width <= one.x \
                or one.y + one.height <= other.y + .01 or other.y + other.height <= one.y + .01


@given(chains())
def test_columns_side_by_side(chain: tuple[list[Box], list[Edge]]) -> None:
    boxes, edges = chain
    again = copy.deepcopy(boxes)
    drawing = layered(boxes, edges, FRAME)
    assert layered(again, edges, FRAME) == drawing
    _apart(boxes, drawing)
    assert {curve.edge for curve in drawing.curves} == set(edges)
    by_key = {box.key: box for box in boxes}
    marks = [curve.at for curve in drawing.curves]
    for curve in drawing.curves:
        source, target = by_key[curve.edge.source], by_key[curve.edge.target]
        start = re.match(r"M([\d.]+),([\d.]+)", curve.path)
        end = re.search(r" ([\d.]+),([\d.]+)$", curve.path)
        assert start and end
        assert float(start[1]) == pytest.approx(source.x + source.width, abs=.1)
        assert source.y <= float(start[2]) <= source.y + source.height
        assert float(end[1]) == pytest.approx(target.x, abs=.1)
        assert target.y <= float(end[2]) <= target.y + target.height
        # A line that passes a column passes between its boxes
        for x, y, until in re.findall(r" ([\d.]+),([\d.]+) H([\d.]+)", curve.path):
            beside = [box for box in boxes if box.x < float(until) - 1 and float(x) + 1 < box.x + box.width]
            assert beside == [] or all(not box.y < float(y) < box.y + box.height for box in beside)
    for place, one in enumerate(marks):
        for other in marks[place + 1:]:
            assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) >= PORT - 1


@given(chains())
def test_columns_one_below_the_other(chain: tuple[list[Box], list[Edge]]) -> None:
    boxes, edges = chain
    again = copy.deepcopy(boxes)
    drawing = rail(boxes, edges, STRIP)
    assert rail(again, edges, STRIP) == drawing
    _apart(boxes, drawing)
    assert all(box.width == pytest.approx(text_room(STRIP)) for box in boxes)
    rails: dict[tuple[str, str], tuple[float, float, float]] = {}
    for curve in drawing.curves:
        found = re.search(r"Q([\d.]+),([\d.]+) .*Q[\d.]+,([\d.]+)", curve.path)
        assert found and 0 <= float(found[1]) <= STRIP.lanes
        bus = (curve.edge.source, curve.edge.kind)
        until = max(float(found[3]), rails.get(bus, (0, 0, 0))[2])
        rails[bus] = (float(found[1]), float(found[2]), until)
    runs = sorted(rails.values())
    assert all(one[0] != other[0] or one[2] <= other[1] for one, other in itertools.pairwise(runs))


@given(st.lists(st.tuples(st.floats(-500, 500), st.integers(10, 90)), min_size=1, max_size=12))
def test_places_are_those_wished_where_there_is_room(wishes: list[tuple[float, int]]) -> None:
    wished, heights = [wish for wish, _ in wishes], [float(height) for _, height in wishes]
    places = spread(wished, heights, 5)
    for (one, high), other in zip(zip(places, heights, strict=True), places[1:], strict=False):
        assert one + high + 5 <= other + 1e-6
    assert spread(places, heights, 5) == pytest.approx(places)


@given(st.dictionaries(st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(0, 5)), st.integers(1, 90), min_size=1))
def test_bars_hold_their_bands(numbers: dict[tuple[int, int, int], int]) -> None:
    bands = [Band(f"{column}.{one}", f"{column + 1}.{other}", value) for (column, one, other), value in numbers.items()]
    keys = sorted({band.source for band in bands} | {band.target for band in bands})
    bars = [Bar(key, int(key[0])) for key in keys]
    found = flow(bars, bands, Canvas())
    assert flow([Bar(key, int(key[0])) for key in keys], bands, Canvas()) == found
    for bar in found.bars:
        into = sum(band.value for band in bands if band.target == bar.key)
        out = sum(band.value for band in bands if band.source == bar.key)
        assert bar.value == max(into, out)
        assert bar.y + bar.height <= found.height and bar.x + 10 <= found.width - Canvas().names + .01
        assert all(other.column != bar.column or other is bar or other.y >= bar.y + bar.height or other.y + other.height <= bar.y
                   for other in found.bars)
    # What is twice as much is twice as wide, all over the picture
    scales = [bar.height / bar.value for bar in found.bars if bar.height > Canvas().thinnest]
    assert not scales or max(scales) == pytest.approx(min(scales))


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.integers(0, 9000)), st.integers(1, 60), min_size=1, max_size=30))
def test_dots_stand_apart_on_their_lanes(numbers: dict[tuple[str, int], int]) -> None:
    first = date(2001, 10, 18)
    dots = [Dot(lane, first + timedelta(days), number) for (lane, days), number in numbers.items()]
    line = timeline(dots, ["a", "b", "c"], date(2026, 11, 22), Sheet())
    lanes = {lane: (y, height) for lane, y, height in line.lanes}
    for place, one in enumerate(dots):
        top, high = lanes[one.lane]
        assert top <= one.y - one.radius and one.y + one.radius <= top + high
        assert Sheet().names <= one.x <= line.width
        for other in dots[place + 1:]:
            assert ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** .5 >= min(24, one.radius + other.radius) - .01
    ordered = sorted(dots, key=lambda dot: dot.day)
    assert [dot.x for dot in ordered] == sorted(dot.x for dot in dots)

"""Charts of answers: what the headers of questions describe, and the numbers that are drawn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.catalogue import Query, load, names
from pactgraph.questions.chart import MOST_BARS, MOST_PERIODS, Chart, chart_of, draw
from pactgraph.questions.run import columns_of
from pactgraph.questions.table import Table
from pactgraph.web.questions import THEMES

PARTS = {"count": {"by", "split"}, "bars": {"by", "of"}, "time": {"on", "label"}}


@pytest.mark.parametrize("name", names("questions"))
def test_a_header_describes_a_chart_of_columns_that_there_are(name: str) -> None:
    query = load("questions", name)
    assert query.headers["theme"] in THEMES
    chart = chart_of(query)
    if chart:
        assert chart.columns.keys() <= PARTS[chart.kind]
        assert {column for columns in chart.columns.values() for column in columns} <= set(columns_of(query))


def test_a_question_without_the_header_has_no_chart() -> None:
    assert chart_of(Query("x", "questions", "")) is None


def test_rows_are_counted_largest_first_and_apart_by_a_second_column() -> None:
    table = Table(["body", "role"], [["MOJ", "lead"], ["MPS", "with"], ["MOJ", "with"], ["MOJ", "with"], ["", "lead"]])
    drawing = draw(Chart("count", {"by": ("body",), "split": ("role",)}), table)
    assert drawing is not None and drawing.series == ["with", "lead"]
    assert [(mark.label, mark.values) for mark in drawing.marks] == [("MOJ", [2, 1]), ("", [0, 1]), ("MPS", [1, 0])]
    assert drawing.largest == 3


@given(st.lists(st.tuples(st.integers(0, 60).map(str), st.sampled_from("abcdefg")), min_size=1))
def test_a_count_loses_no_row(rows: list[tuple[str, str]]) -> None:
    drawing = draw(Chart("count", {"by": ("x",), "split": ("y",)}), Table(["x", "y"], [list(row) for row in rows]))
    if drawing is None:
        assert len({x for x, _ in rows}) == 1
        return
    assert sum(value or 0 for mark in drawing.marks for value in mark.values) == len(rows)
    assert len(drawing.marks) <= MOST_BARS + 1 and len({x for x, _ in rows}) == len(drawing.marks) + max(drawing.rest - 1, 0)


def test_numbers_of_columns_are_drawn_and_what_is_none_is_left_empty() -> None:
    table = Table(["cycle", "rule", "yes", "no"],
                  [["1", "own", "3", "4"], ["2", "", "", "1.5"], ["3", "own", "", "not recorded"]])
    drawing = draw(Chart("bars", {"by": ("cycle", "rule"), "of": ("yes", "no")}), table)
    assert drawing is not None
    assert [(mark.label, mark.values) for mark in drawing.marks] == [("1 · own", [3, 4]), ("2", [None, 1.5])]


def test_days_stand_where_they_belong_on_a_line() -> None:
    table = Table(["on", "what"], [["2020-01-11", "b"], ["2020-01-01", "a"], ["2020", "no day"], ["2020-01-21", "c"], ["", "d"]])
    drawing = draw(Chart("time", {"on": ("on",), "label": ("what",)}), table)
    assert drawing is not None and drawing.span == ("2020-01-01", "2020-01-21")
    assert [(mark.day, mark.label, mark.at) for mark in drawing.marks] == [
        ("2020-01-01", "a", 0), ("2020-01-11", "b", 0.5), ("2020-01-21", "c", 1)]


@pytest.mark.parametrize(("days", "labels", "numbers"), [
    (["2019-12-15", "2020-02-01", "2020-02-29"], ["2019-12", "2020-01", "2020-02"], [1, 0, 2]),
    (["2019-12-15", "2022-02-01"], ["2019", "2020", "2021", "2022"], [1, 0, 0, 1]),
    (["1979-12-15", "2001-02-01", "2009-01-01"], ["1970–1979", "1980–1989", "1990–1999", "2000–2009"], [1, 0, 0, 2]),
])
def test_days_are_counted_by_periods(days: list[str], labels: list[str], numbers: list[int]) -> None:
    drawing = draw(Chart("time", {"on": ("on",)}), Table(["on"], [[day] for day in days]))
    assert drawing is not None and len(labels) <= MOST_PERIODS
    assert [mark.label for mark in drawing.marks] == labels
    assert [mark.values for mark in drawing.marks] == [[number] for number in numbers]


@given(st.lists(st.dates().map(str), min_size=1, max_size=40))
def test_any_days_are_few_bars_that_count_them_all(days: list[str]) -> None:
    drawing = draw(Chart("time", {"on": ("on",)}), Table(["on"], [[day] for day in days]))
    if drawing is not None:
        assert sum(value or 0 for mark in drawing.marks for value in mark.values) == len(days)
        assert len({mark.label for mark in drawing.marks}) == len(drawing.marks)


@pytest.mark.parametrize("rows", [[], [["", ""]], [["2020-01-01", "a"]]])
def test_what_is_too_little_for_a_picture_has_none(rows: list[list[str]]) -> None:
    table = Table(["on", "what"], rows)
    for chart in (Chart("time", {"on": ("on",), "label": ("what",)}), Chart("count", {"by": ("what",)}),
                  Chart("bars", {"by": ("what",), "of": ("on",)})):
        assert draw(chart, table) is None

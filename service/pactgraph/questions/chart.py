"""The chart of an answer, as the header of its question describes it: numbers by label, ready to be drawn.

``#! chart:`` names one of three kinds and columns of the question:

- ``count | by COLUMN | split COLUMN`` counts rows by a column, and apart by a second one;
- ``bars | by COLUMN, … | of COLUMN, …`` takes the numbers that stand in columns;
- ``time | on COLUMN | label COLUMN, …`` puts rows on a line of time; many rows are counted by month or by year.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from pactgraph.catalogue import Query
from pactgraph.questions.table import Table

MOST_BARS = 24
"""So many labels stand for themselves; the others of a count are added up, those of other kinds are left out."""
_MOST_DOTS = 24
MOST_PERIODS = 24
"""Months are counted up to so many, then years, then decades."""
_MOST_SERIES = 5
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Chart:
    """What a header says: the kind, and columns by their part (``by``, ``split``, ``of``, ``on``, ``label``)."""

    kind: str
    columns: dict[str, tuple[str, ...]]

    def first(self, part: str) -> str:
        """The first column of a part, empty without one."""
        return next(iter(self.columns.get(part, ())), "")


@dataclass
class Mark:
    """A row of the drawing. ``values``: a number a series, None where none is recorded; ``at``: where ``day`` stands, 0 to 1."""

    label: str
    values: list[float | None] = field(default_factory=list)
    day: str = ""
    at: float = 0


@dataclass
class Drawing:
    """Numbers to be drawn. ``series``: columns of the table or, where ``words`` holds, words of its cells; empty: rows.

    ``rest``: how many labels were added up in the last mark; ``left_out``: how many marks were left out.
    """

    kind: str
    marks: list[Mark]
    series: list[str] = field(default_factory=list)
    words: bool = False
    rest: int = 0
    left_out: int = 0
    span: tuple[str, str] = ("", "")

    @property
    def largest(self) -> float:
        """The largest sum of a mark, at least 1."""
        return max([sum(value or 0 for value in mark.values) for mark in self.marks] + [1])


def chart_of(query: Query) -> Chart | None:
    """What the header of a question says of its chart; None where it says nothing."""
    line = query.headers.get("chart")
    if not line:
        return None
    kind, *parts = (part.strip() for part in line.split("|"))
    found = {}
    for part in parts:
        name, _, columns = part.partition(" ")
        found[name] = tuple(column.strip() for column in columns.split(","))
    return Chart(kind, found)


def draw(chart: Chart, table: Table) -> Drawing | None:
    """The drawing of an answer; None where it has too little for a picture."""
    drawing = {"count": _count, "bars": _bars, "time": _time}[chart.kind](chart, table)
    return drawing if len(drawing.marks) > 1 else None


def _cells(table: Table, column: str) -> list[str]:
    place = table.columns.index(column)
    return [row[place] for row in table.rows]


def _count(chart: Chart, table: Table) -> Drawing:
    by = _cells(table, chart.first("by"))
    split = _cells(table, chart.first("split")) if chart.first("split") else [""] * len(by)
    series = [word for word, _ in _ordered(Counter(split))]
    if len(series) > _MOST_SERIES:
        series, split = [""], [""] * len(by)
    counted = Counter(zip(by, split, strict=True))
    labels = [label for label, _ in _ordered(Counter(by))]
    marks = [Mark(label, [counted[label, word] for word in series]) for label in labels]
    rest = marks[MOST_BARS:]
    if rest:
        marks = [*marks[:MOST_BARS], Mark("", [sum(mark.values[place] or 0 for mark in rest) for place in range(len(series))])]
    return Drawing("bars", marks, series if series != [""] else [], words=True, rest=len(rest))


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _bars(chart: Chart, table: Table) -> Drawing:
    labels = list(zip(*(_cells(table, column) for column in chart.columns["by"]), strict=True))
    numbers = list(zip(*(map(_number, _cells(table, column)) for column in chart.columns["of"]), strict=True))
    marks = [Mark(" · ".join(filter(None, label)), list(values))
             for label, values in zip(labels, numbers, strict=True) if any(values)]
    kept = marks if len(marks) <= 2 * MOST_BARS else marks[:2 * MOST_BARS]
    return Drawing("bars", kept, list(chart.columns["of"]), left_out=len(marks) - len(kept))


def _number(text: str) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _time(chart: Chart, table: Table) -> Drawing:
    on = [_day(text) for text in _cells(table, chart.first("on"))]
    labels = [" · ".join(filter(None, parts)) for parts in
              zip(*(_cells(table, column) for column in chart.columns.get("label", ())), strict=True)] or [""] * len(on)
    dated = sorted({(day, label) for day, label in zip(on, labels, strict=True) if day})
    if not dated:
        return Drawing("time", [])
    if "label" in chart.columns and len(dated) <= _MOST_DOTS:
        return _dots(dated)
    return _periods([day for day in on if day])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _dots(dated: list[tuple[date, str]]) -> Drawing:
    since, until = dated[0][0], dated[-1][0]
    length = max((until - since).days, 1)
    marks = [Mark(label, day=day.isoformat(), at=(day - since).days / length) for day, label in dated]
    return Drawing("time", marks, span=(since.isoformat(), until.isoformat()))


def _periods(days: list[date]) -> Drawing:
    """Days counted by month, by year or by decade, as it takes for few bars; a period without any is shown as none."""
    since, until = min(days), max(days)
    years = [f"{year:04d}" for year in range(since.year, until.year + 1)]
    for letters, periods in ((7, _months(since, until)), (4, years)):
        if len(periods) <= MOST_PERIODS:
            counted = Counter(day.isoformat()[:letters] for day in days)
            return Drawing("bars", [Mark(period, [counted[period]]) for period in periods])
    decades = Counter(day.year // 10 for day in days)
    return Drawing("bars", [Mark(f"{decade}0–{decade}9", [decades[decade]])
                            for decade in range(since.year // 10, until.year // 10 + 1)])


def _months(since: date, until: date) -> list[str]:
    first, last = (day.year * 12 + day.month - 1 for day in (since, until))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]

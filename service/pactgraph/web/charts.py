"""A chart as a page shows it: a table whose bars are drawn beside their numbers, so that it reads without the picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pactgraph.catalogue import Query
from pactgraph.questions.chart import Chart, Drawing, Mark, chart_of, draw
from pactgraph.questions.table import Table
from pactgraph.web.page import Page
from pactgraph.web.tables import heading
from pactgraph.web.templating import month_text
from pactgraph.web.wording import has_word

_SHORT = 20


@dataclass
class Bar:
    """A part of a bar, in per cent of the longest one: where it begins and how long it is; ``series`` chooses its colour."""

    series: int
    x: float
    width: float


@dataclass
class Row:
    """A row: label, bars, the number of each series and their sum; on a line of time the day and its place in per cent."""

    label: str
    bars: list[Bar] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    total: str = ""
    day: str = ""
    at: float = 0


@dataclass
class Shown:
    """A chart: title, heading of the labels, series, rows, notes. ``time``: rows stand on a line from ``span`` to ``span``."""

    title: str
    by: str
    series: list[str]
    rows: list[Row]
    notes: list[str]
    time: bool = False
    span: tuple[str, str] = ("", "")

    @property
    def short(self) -> bool:
        """Whether the labels take little room, so that the bars get it."""
        return not self.time and all(len(row.label) <= _SHORT for row in self.rows)


def chart(page: Page, query: Query, table: Table) -> Shown | None:
    """The chart that the header of a question describes; None without one, or where the answer has too little for it."""
    described = chart_of(query)
    drawing = draw(described, table) if described else None
    if described is None or drawing is None:
        return None
    if drawing.kind == "time":
        rows = [Row(mark.label, day=mark.day, at=round(100 * mark.at, 2)) for mark in drawing.marks]
    else:
        rows = [_row(page, drawing, mark) for mark in drawing.marks]
    series = [_named(page, drawing, name) for name in drawing.series]
    return Shown(_title(page, described, drawing), _by(page, described), series, rows, _notes(page, drawing),
                 drawing.kind == "time", drawing.span)


def _row(page: Page, drawing: Drawing, mark: Mark) -> Row:
    made = Row(_label(page, drawing, mark))
    begin = 0.0
    for number, value in enumerate(mark.values):
        made.numbers.append("–" if value is None else _number(value, page.lang))
        if value:
            width = 100 * value / drawing.largest
            made.bars.append(Bar(number + 1, round(begin, 2), round(width, 2)))
            begin += width
    made.total = _number(sum(value or 0 for value in mark.values), page.lang)
    return made


def _label(page: Page, drawing: Drawing, mark: Mark) -> str:
    if mark is drawing.marks[-1] and drawing.rest:
        return page.t("chart-rest", number=drawing.rest)
    try:
        return month_text(date.fromisoformat(mark.label + "-01"), page.lang)
    except ValueError:
        return mark.label or page.t("chart-none")


def _named(page: Page, drawing: Drawing, name: str) -> str:
    """A series: a column by its heading, a word of a cell as it stands there."""
    if not drawing.words:
        return heading(page, name)
    return page.t("basis-" + name) if has_word("basis-" + name) else name or page.t("chart-none")


def _title(page: Page, described: Chart, drawing: Drawing) -> str:
    if described.kind == "time":
        key = "chart-line" if drawing.kind == "time" else "chart-time"
        return page.t(key, on=heading(page, described.first("on")))
    by = _by(page, described)
    if described.kind == "count":
        split = described.first("split") if drawing.series else ""
        return page.t("chart-split", by=by, split=heading(page, split)) if split else page.t("chart-count", by=by)
    if len(drawing.series) == 1:
        return page.t("chart-bars", of=heading(page, drawing.series[0]), by=by)
    return page.t("chart-by", by=by)


def _by(page: Page, described: Chart) -> str:
    return ", ".join(heading(page, column) for column in described.columns.get("by", (described.first("on"),)))


def _notes(page: Page, drawing: Drawing) -> list[str]:
    counted = drawing.kind == "bars" and (drawing.words or not drawing.series)
    notes = [page.t("chart-rows")] if counted else []
    return [*notes, page.t("chart-left-out", number=drawing.left_out)] if drawing.left_out else notes


def _number(value: float, lang: str) -> str:
    text = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text

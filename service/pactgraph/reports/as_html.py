"""Writes a report as one HTML page that prints well: A4, page numbers, repeated heading rows, nothing loaded from elsewhere."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any

import jinja2

from pactgraph.reports.document import Picture, Report
from pactgraph.reports.pictures import as_svg
from pactgraph.reports.words import day, word


def as_html(report: Report) -> bytes:
    """The report as UTF-8; the same report gives the same bytes."""
    page = _environment().get_template("report.html").render(
        report=report, lang=report.lang, as_of=day(report.as_of, report.lang), cited=set(),
        word=lambda key, **values: word(key, report.lang, **values),
    )
    return page.encode("utf-8")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pactgraph.reports"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )
    environment.tests["block"] = lambda block, name: type(block).__name__ == name
    environment.filters["svg"] = _data_address
    environment.filters["first_time"] = _first_time
    return environment


def _data_address(picture: Picture) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(as_svg(picture).encode("utf-8")).decode("ascii")


def _first_time(number: int, cited: set[Any]) -> bool:
    """Whether a note is cited for the first time: there the way back leads."""
    first = number not in cited
    cited.add(number)
    return first

"""The word limits of reports to treaty bodies, from ``data/un/word_limits.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pactgraph.errors import UserError, fail
from pactgraph.sources.tables.csvfile import Column, read_table
from pactgraph.sources.tables.provenance import PROVENANCE

_COLUMNS = (Column("id", "code", required=True), Column("words", "integer", required=True), Column("name_vi", required=True),
            Column("name_en", required=True), *PROVENANCE)


@dataclass(frozen=True)
class Limit:
    """How many words a report may have, and who says so."""

    words: int
    name: str
    source: str


def limit_of(data: Path, report: str, lang: str) -> Limit:
    """The limit of a kind of report (``periodic``, ``initial`` …); an unknown one is an error that lists those that are known."""
    problems: list[UserError] = []
    rows = {row.text("id"): row for row in read_table(data / "un" / "word_limits.csv", _COLUMNS, problems, key=("id",))}
    if problems:
        raise problems[0]
    if report not in rows:
        raise fail("report-value", name="report", value=report, known=", ".join(sorted(rows)))
    row = rows[report]
    return Limit(row.integer("words") or 0, row.text(f"name_{lang}"), row.text("source"))

"""The recommendations of a UPR report by their number: what the tables of its folder point at.

A report numbers its recommendations ``143.1``; a lettered one inside the summary of the dialogue is written ``61(d)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, VERIFICATION
from pactgraph.sources.tables.tomlfile import Settings, read_toml

NUMBER = re.compile(r"(\d+\.\d+)|((\d+)\(([a-z])\))")
POSITIONS = ("supported", "supported-in-part", "noted", "not-supported", "considered-implemented", "pending")
REPORT, OUTCOME = "report", "outcome"
"""Where a position was taken: in the report of the Working Group, or with the outcome that the Council adopted."""

RECOMMENDATIONS = (
    Column("number", required=True),
    Column("states", required=True),
    Column("position", "code", required=True, choices=POSITIONS),
    Column("position_in", "code", required=True, choices=(REPORT, OUTCOME)),
    Column("position_on", "date", required=True),
    Column("position_source", required=True),
    Column("position_status", "code", required=True, choices=VERIFICATION),
    *PROVENANCE,
)


@dataclass(frozen=True)
class Numbered:
    """The sound rows of ``recommendations.csv`` of one report, in the order of the table."""

    settings: Settings
    rows: dict[str, Row]
    ids: Ids

    @property
    def symbol(self) -> str:
        """The symbol of the report."""
        return str(self.settings.values.get("symbol", ""))

    def key(self, number: str) -> str:
        """How a number ends an IRI: ``143.1``; ``61(d)`` is keyed ``61/d``."""
        return number.replace("(", "/").rstrip(")")

    def iri(self, number: str) -> str:
        """The IRI of a recommendation."""
        return self.ids.recommendation(self.symbol, self.key(number))

    def named(self, row: Row, column: str, problems: list[UserError]) -> str | None:
        """The number that a row of another table names; None, and a problem, where the report has no such number."""
        number = row.text(column)
        if number in self.rows:
            return number
        problems.append(row.problem("table-reference", column, value=number, table="recommendations.csv"))
        return None


def read_numbered(folder: Path, ids: Ids, problems: list[UserError]) -> Numbered | None:
    """The recommendations of the report in ``folder``; None where its ``document.toml`` cannot be read."""
    settings = read_toml(folder / "document.toml", problems)
    if settings is None:
        return None
    rows = {}
    for row in read_table(folder / "recommendations.csv", RECOMMENDATIONS, problems, key=("number",)):
        if NUMBER.fullmatch(row.text("number")):
            rows[row.text("number")] = row
        else:
            problems.append(row.problem("upr-number-form", "number", value=row.text("number")))
    return Numbered(settings, rows, ids)

"""What a reader of recommendations finds, and its JSON form (the contract of ``import upr-info --format json``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pactgraph.sources.recommendations.records import PLEDGE, RECOMMENDATION, Column, Issue, text_sha256
from pactgraph.sources.recommendations.records import Record as Common


@dataclass(frozen=True)
class Party:
    """A State of a row as the export names it, with its regional group and organisations."""

    name: str
    region: str = ""
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """A row: what one State recommended, or what the State under review pledged (``position`` None).

    ``row`` is the row as a spreadsheet counts it; ``themes`` are labels of UPR Info's issues, ``action`` its level 1 to 5.
    """

    row: int
    kind: str
    under_review: Party
    recommending: Party
    text: str
    position: str | None
    action: int
    themes: tuple[str, ...]
    session: int

    def common(self, sheet: str = "") -> Common:
        """The record in the form of all exports. This one knows no document, paragraph, group of persons, goal or date."""
        return Common(
            row=self.row, type=self.kind, body="UPR", text=self.text, countries=(self.under_review.name,),
            positions=(self.position,) if self.position else (),
            recommending_states=(self.recommending.name,) if self.kind == RECOMMENDATION else (),
            themes=self.themes, session=self.session, action=self.action, sheet=sheet)

    def as_json(self, file: str) -> dict[str, Any]:
        """The contract's keys."""
        return self.common().as_json(file)


@dataclass
class Export:
    """A whole file: its sound rows and what is wrong with the others."""

    file: str
    sha256: str
    records: list[Record] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    sheet: str = ""
    columns: tuple[Column, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The contract of ``import … --dry-run --format json``."""
        return {"records": [record.as_json(self.file) for record in self.records],
                "issues": [issue.as_json() for issue in self.issues]}


__all__ = ["PLEDGE", "RECOMMENDATION", "Export", "Issue", "Party", "Record", "text_sha256"]

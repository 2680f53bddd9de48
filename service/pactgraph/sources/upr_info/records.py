"""What a reader of recommendations finds, and its JSON form (the contract of ``import upr-info --format json``)."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from typing import Any

RECOMMENDATION, PLEDGE = "recommendation", "voluntary-pledge"


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

    def as_json(self, file: str) -> dict[str, Any]:
        """The contract's keys. The export knows no document, paragraph, group of persons, goal or date."""
        return {
            "symbol": None,
            "paragraph": None,
            "part": None,
            "type": self.kind,
            "body": "UPR",
            "countries": [self.under_review.name],
            "text": self.text,
            "positions": [self.position] if self.position else [],
            "recommending_states": [self.recommending.name] if self.kind == RECOMMENDATION else [],
            "themes": list(self.themes),
            "affected_persons": [],
            "sdgs": [],
            "session": self.session,
            "published": None,
            "annotation_id": None,
            "action": self.action,
            "source": {"file": file, "row": self.row},
        }


@dataclass(frozen=True)
class Issue:
    """A cell that a person must look at: its place, what stands there, and the known values nearest to it."""

    code: str
    row: int
    column: str
    found: str
    nearest: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The keys of an issue, as ``import annex`` prints them, and the nearest known values."""
        return {"row": self.row, "code": self.code, "field": self.column, "lines": [self.row], "found": self.found,
                "reading": None, "nearest": list(self.nearest)}


@dataclass
class Export:
    """A whole file: its sound rows and what is wrong with the others."""

    file: str
    sha256: str
    records: list[Record] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The contract of ``import … --dry-run --format json``."""
        return {"records": [record.as_json(self.file) for record in self.records],
                "issues": [issue.as_json() for issue in self.issues]}


def text_sha256(text: str) -> str:
    """The checksum by which a text is found in an export: of its NFC form in small letters, white space as one space."""
    plain = " ".join(unicodedata.normalize("NFC", text).lower().split())
    return hashlib.sha256(plain.encode()).hexdigest()

"""A recommendation as a row of an export states it, what is wrong with a cell, and the checksum that finds a text."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

RECOMMENDATION, CONCERN, PLEDGE = "recommendation", "concern", "voluntary-pledge"
COMPARED = ("symbol", "paragraph", "part", "type", "body", "countries", "text", "positions", "recommending_states", "themes",
            "affected_persons", "sdgs", "session", "published", "annotation_id", "action")
"""What a change is told of, field by field; the row in which a record stands is no part of it."""
MOST_ROWS = 20


@dataclass(frozen=True)
class Record:
    """One row. Labels are those of the export; ``row`` is the row as a spreadsheet counts it (of JSON: the record's number).

    ``heading`` is what stands before the paragraph's number, ``session`` of the Working Group, ``action`` UPR Info's level;
    ``more`` what only one format knows, by its key.
    """

    row: int
    type: str
    body: str
    text: str
    symbol: str | None = None
    paragraph: str | None = None
    part: str | None = None
    countries: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    recommending_states: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    affected_persons: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    session: int | None = None
    published: str | None = None
    annotation_id: str | None = None
    action: int | None = None
    heading: str = ""
    sheet: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def as_json(self, file: str) -> dict[str, Any]:
        """The keys of the contract (``import … --dry-run --format json``)."""
        fields = {name: value for name in COMPARED if (value := getattr(self, name)) is not None or name != "action"}
        listed = {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}
        return listed | {"source": {"file": file, "row": self.row}}

    def differences(self, other: Record) -> dict[str, tuple[Any, Any]]:
        """Field → (what ``other`` says, what this says), where they differ; the order of a list is no difference."""
        found = {}
        for name in COMPARED:
            before, now = getattr(other, name), getattr(self, name)
            same = sorted(before) == sorted(now) if isinstance(before, tuple) else before == now
            if not same:
                found[name] = (before, now)
        return found


@dataclass(frozen=True)
class Issue:
    """A cell that a person must look at: its place, what stands there, and the known values nearest to it.

    ``rows`` are the rows in which the same stands, the first some of them; ``count`` how many there are.
    """

    code: str
    row: int
    column: str
    found: str
    nearest: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()
    count: int = 1

    def as_json(self) -> dict[str, Any]:
        """The keys of an issue, as ``import annex`` prints them, and the nearest known values."""
        return {"row": self.row, "code": self.code, "field": self.column, "lines": list(self.rows or (self.row,)),
                "found": self.found, "reading": None, "nearest": list(self.nearest)}


@dataclass
class Issues:
    """Issues in the order in which they were found; what stands alike in many rows is one issue."""

    _found: dict[tuple[str, str, str, int], Issue] = field(default_factory=dict)

    def add(self, issue: Issue, *, each_row: bool = True, any_words: bool = False) -> None:
        """Add an issue; without ``each_row`` one of the same words in another row is counted with it, and with ``any_words`` one
        of the same kind, so that a long file has no more issues than kinds."""
        key = (issue.code, issue.column, "" if any_words else issue.found, issue.row if each_row else 0)
        known = self._found.get(key)
        if known is None:
            self._found[key] = Issue(issue.code, issue.row, issue.column, issue.found, issue.nearest, (issue.row,))
            return
        rows = known.rows if len(known.rows) >= MOST_ROWS or issue.row in known.rows else (*known.rows, issue.row)
        self._found[key] = Issue(known.code, known.row, known.column, known.found, known.nearest, rows, known.count + 1)

    def __iter__(self) -> Iterator[Issue]:
        return iter(self._found.values())

    def __len__(self) -> int:
        return len(self._found)


@dataclass(frozen=True)
class Column:
    """A column of an export: its heading and letter, and the property that its cells state (a CURIE)."""

    name: str
    letter: str
    states: str


def text_sha256(text: str) -> str:
    """The checksum by which a text is found in an export: of its NFC form in small letters, white space as one space."""
    plain = " ".join(unicodedata.normalize("NFC", text).lower().split())
    return hashlib.sha256(plain.encode()).hexdigest()

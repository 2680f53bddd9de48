"""What the annex reader finds, field by field, and its JSON form (the contract of ``import annex --format json``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pactgraph.sources.documents.records import Place

Places = Mapping[int, Place]

NOTICES = frozenset({"document-number-mismatch", "misprint", "word-cut", "role-verb", "unbalanced-bracket",
                     "number-gap", "unknown-law"})
"""Issue codes that tell what the source gets wrong; every other code is an error that stops an import."""


@dataclass(frozen=True)
class Issue:
    """Something a person should look at: ``found`` stands in the source, ``reading`` is how it is understood."""

    code: str
    field: str
    lines: tuple[int, ...]
    found: str
    reading: str | None = None

    @property
    def is_error(self) -> bool:
        return self.code not in NOTICES


@dataclass
class Agency:
    """A body in a cell. ``agency`` is the registry's canonical name, None where the registry has no such body."""

    agency: str | None
    verbatim: str
    scope: str | None = None
    mandate: str | None = None
    subunit: str | None = None
    requested: bool = False
    group: bool = False


@dataclass
class Deadline:
    """A deadline. Years are integers, ``date`` is YYYY-MM-DD (or --MM-DD, every year), ``recurrence`` ISO 8601."""

    kind: str
    raw: str
    year: int | None = None
    start: int | None = None
    end: int | None = None
    date: str | None = None
    before: bool = False
    recurrence: str | None = None
    duration: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The contract's keys; ``duration`` appears only where the source gives one."""
        data = asdict(self)
        if data["duration"] is None:
            del data["duration"]
        return data


@dataclass
class Row:
    """A row of the annex: a heading or a task. ``columns`` says where its columns stand, from 0."""

    id: str
    parent: str | None
    label: str
    lines: list[int]
    lead: list[Agency] = field(default_factory=list)
    cooperating: list[Agency] = field(default_factory=list)
    expected_results: list[str] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    laws: list[str] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    is_leaf: bool = True
    columns: Mapping[str, int] = field(default_factory=dict)

    def as_json(self, file: str, places: Places) -> dict[str, Any]:
        return {
            "id": self.id,
            "parent": self.parent,
            "is_leaf": self.is_leaf,
            "label": self.label,
            "lead": [asdict(agency) for agency in self.lead],
            "cooperating": [asdict(agency) for agency in self.cooperating],
            "expected_results": self.expected_results,
            "deadlines": [deadline.as_json() for deadline in self.deadlines],
            "laws": self.laws,
            "source": {"file": file, **where(self.lines, places)},
            "issues": [issue_json(issue, places) for issue in self.issues],
        }


@dataclass
class Duty:
    """A duty that the body of the decision itself lays on someone."""

    id: str
    text: str
    requested: bool
    agencies: list[Agency]
    deadlines: list[Deadline]
    lines: list[int]

    def as_json(self, places: Places) -> dict[str, Any]:
        return {
            "id": self.id,
            "text": self.text,
            "requested": self.requested,
            "agencies": [asdict(agency) for agency in self.agencies],
            "deadlines": [deadline.as_json() for deadline in self.deadlines],
            **where(self.lines, places),
        }


@dataclass
class Annex:
    """A whole document: its head, its own duties, the rows of its annex, and what is wrong with it.

    ``places`` are those of its lines, where it is no text: a row of a table or a paragraph; ``headings`` those of the columns.
    """

    file: str
    number_verbatim: str
    number_reading: str
    date: str
    title: str
    sha256: str
    duties: list[Duty]
    rows: list[Row]
    issues: list[Issue]
    places: Places = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    issuer: str | None = None

    def all_issues(self) -> list[tuple[str | None, Issue]]:
        """Every issue with the row that it belongs to (None: the document), in the order of the source."""
        found: list[tuple[str | None, Issue]] = [(None, issue) for issue in self.issues]
        found += [(row.id, issue) for row in self.rows for issue in row.issues]
        return sorted(found, key=lambda pair: pair[1].lines)

    def errors(self) -> list[tuple[str | None, Issue]]:
        """The issues that stop an import."""
        return [pair for pair in self.all_issues() if pair[1].is_error]

    def as_json(self) -> dict[str, Any]:
        return {
            "document": {
                "number": {"verbatim": self.number_verbatim, "reading": self.number_reading},
                "date": self.date,
                "title": self.title,
                "duties": [duty.as_json(self.places) for duty in self.duties],
                "source": {"file": self.file, "sha256": self.sha256},
                "issues": [issue_json(issue, self.places) for issue in self.issues],
            },
            "rows": [row.as_json(self.file, self.places) for row in self.rows],
            "issues": [{"row": row} | issue_json(issue, self.places) for row, issue in self.all_issues()],
        }


def where(lines: Sequence[int], places: Places) -> dict[str, Any]:
    """Lines of a text; of another document the rows of a table or the paragraphs that they stand for."""
    if not places:
        return {"lines": list(lines)}
    found = [places[line] for line in lines]
    paragraphs = list(dict.fromkeys(place.paragraph for place in found if place.paragraph is not None))
    rows = [place for place in found if place.table is not None]
    tables = list(dict.fromkeys(place.table for place in rows))
    said: dict[str, Any] = {"paragraphs": paragraphs} if paragraphs else {}
    if len(tables) == 1:
        said |= {"table": tables[0], "rows": [place.row for place in rows]}
    elif tables:
        said |= {"tables": tables, "rows": [{"table": place.table, "row": place.row} for place in rows]}
    return said


def issue_json(issue: Issue, places: Places) -> dict[str, Any]:
    """An issue in the contract's form."""
    return {
        "code": issue.code,
        "field": issue.field,
        **where(issue.lines, places),
        "found": issue.found,
        "reading": issue.reading,
    }

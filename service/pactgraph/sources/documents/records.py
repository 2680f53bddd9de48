"""What readers of documents find, with its place: the records that exports of recommendations have as well."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from pactgraph.sources.recommendations.records import Record


@dataclass(frozen=True)
class Place:
    """Where something stands: a row of a table, or a paragraph (a line, where the file is text or PDF)."""

    table: int | None = None
    row: int | None = None
    paragraph: int | None = None
    page: int | None = None

    def as_json(self) -> dict[str, int]:
        """The numbers that are known."""
        return {name: number for name, number in asdict(self).items() if number is not None}

    def of_record(self) -> dict[str, Any]:
        """The same for a :class:`Record`: its row, the table as a sheet, and the place as it is printed."""
        return {"row": self.row or self.paragraph or 0, "sheet": f"table {self.table}" if self.table else "",
                "where": self.as_json()}


@dataclass(frozen=True)
class ProposedArticle:
    """An article that a paragraph names in brackets: a proposed link with the words that it rests on."""

    article: str
    words: str


@dataclass(frozen=True)
class DocumentIssue:
    """Something that a person must look at; ``is_error`` says whether a record was left out for it."""

    code: str
    place: Place
    field: str
    found: str
    nearest: tuple[str, ...] = ()
    is_error: bool = True

    def as_json(self) -> dict[str, Any]:
        """The keys of an issue, as the other importers print them."""
        at = self.place.row if self.place.row is not None else self.place.paragraph
        return {"row": at, "code": self.code, "field": self.field, "lines": [] if at is None else [at], "found": self.found,
                "reading": None, "nearest": list(self.nearest), "place": self.place.as_json()}


@dataclass
class DocumentExport:
    """A whole document: its records and what is wrong with it. ``about`` says what its head says."""

    file: str
    sha256: str
    about: dict[str, Any] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    issues: list[DocumentIssue] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The contract of ``import … --dry-run --format json``."""
        return {"document": {**self.about, "source": {"file": self.file, "sha256": self.sha256}},
                "records": [record.as_json(self.file) for record in self.records],
                "issues": [issue.as_json() for issue in self.issues]}

"""What readers of documents find, and its JSON form: the records that ``import uhri --format json`` prints as well."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


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


@dataclass(frozen=True)
class ProposedArticle:
    """An article that a paragraph names in brackets: a proposed link with the words that it rests on."""

    article: str
    words: str


@dataclass(frozen=True)
class DocumentRecord:
    """A recommendation, concern or other paragraph of a document of the United Nations."""

    symbol: str | None
    paragraph: str
    part: str | None
    type: str
    body: str
    text: str
    place: Place
    countries: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    recommending_states: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    affected_persons: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    session: int | None = None
    more: dict[str, Any] = field(default_factory=dict)
    """What only this format knows, by its key."""

    def as_json(self, file: str) -> dict[str, Any]:
        """The contract's keys, then those of the format."""
        return {
            "symbol": self.symbol, "paragraph": self.paragraph, "part": self.part, "type": self.type, "body": self.body,
            "countries": list(self.countries), "text": self.text, "positions": list(self.positions),
            "recommending_states": list(self.recommending_states), "themes": list(self.themes),
            "affected_persons": list(self.affected_persons), "sdgs": list(self.sdgs), "session": self.session,
            "published": None, "annotation_id": None, **self.more, "source": {"file": file, **self.place.as_json()},
        }


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
    records: list[DocumentRecord] = field(default_factory=list)
    issues: list[DocumentIssue] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The contract of ``import … --dry-run --format json``."""
        return {"document": {**self.about, "source": {"file": self.file, "sha256": self.sha256}},
                "records": [record.as_json(self.file) for record in self.records],
                "issues": [issue.as_json() for issue in self.issues]}

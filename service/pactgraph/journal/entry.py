"""One entry of the journal: who changed what, when and why."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pactgraph.errors import fail
from pactgraph.journal.patch import Patch
from pactgraph.journal.rdf_patch import Headers, read_patch, write_patch

UPDATE, GRAPH, IMPORT, UNDO, GAPS = "update", "graph", "import", "undo", "gaps"
"""The kinds of entries: a SPARQL update, a Graph Store request, an import, an undo, gaps that opened or closed."""

KINDS = (UPDATE, GRAPH, IMPORT, UNDO, GAPS)
FORMAT = 2
"""Version of an entry's text and of the journal's folder."""

_NEEDED = ("format", "number", "id", "prev", "at", "by", "scope", "kind", "reason")
_EXTRA = "x-"


@dataclass(frozen=True)
class Entry:
    """An entry as it stands on disk. ``number`` runs from 1 without holes; ``at`` is in UTC, to the second."""

    number: int
    id: str
    prev: str
    at: datetime
    by: str
    scope: str
    kind: str
    reason: str
    patch: Patch
    undoes: int | None = None
    extra: dict[str, str] = field(default_factory=dict)


def moment(at: datetime) -> str:
    """A moment as it is written: in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def entry_bytes(entry: Entry) -> bytes:
    """The text of an entry: an RDF Patch whose last header is the checksum of all other lines."""
    headers: Headers = [
        ("format", str(FORMAT)), ("number", str(entry.number)), ("id", entry.id), ("prev", entry.prev),
        ("at", moment(entry.at)), ("by", entry.by), ("scope", entry.scope), ("kind", entry.kind), ("reason", entry.reason),
    ]
    if entry.undoes is not None:
        headers.append(("undoes", str(entry.undoes)))
    headers += [(_EXTRA + name, value) for name, value in sorted(entry.extra.items())]
    headers.append(("sha256", hashlib.sha256(write_patch(headers, entry.patch).encode()).hexdigest()))
    return write_patch(headers, entry.patch).encode()


def read_entry(data: bytes, file: str) -> Entry:
    """The entry of a text; whatever is wrong with it raises a UserError that names the file."""
    headers, patch = read_patch(data, file)
    words = dict(headers)
    if len(words) != len(headers):
        raise fail("patch-header-twice", file=file)
    for name in (*_NEEDED, "sha256"):
        if name not in words:
            raise fail("patch-header-missing", file=file, name=name)
    if words["format"] != str(FORMAT):
        raise fail("patch-header-bad", file=file, name="format", value=words["format"])
    if data != write_patch(headers, patch).encode() or headers[-1] != ("sha256", _checksum(headers, patch)):
        raise fail("patch-checksum", file=file)
    return _entry(words, patch, file)


def _checksum(headers: Headers, patch: Patch) -> str:
    return hashlib.sha256(write_patch(headers[:-1], patch).encode()).hexdigest()


def _entry(words: dict[str, str], patch: Patch, file: str) -> Entry:
    known = {*_NEEDED, "undoes", "sha256"}
    for name in words:
        if name not in known and not name.startswith(_EXTRA):
            raise fail("patch-header-bad", file=file, name=name, value=words[name])
    if words["kind"] not in KINDS:
        raise fail("patch-header-bad", file=file, name="kind", value=words["kind"])
    try:
        return Entry(
            number=int(words["number"]), id=words["id"], prev=words["prev"],
            at=datetime.strptime(words["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC),
            by=words["by"], scope=words["scope"], kind=words["kind"], reason=words["reason"], patch=patch,
            undoes=int(words["undoes"]) if "undoes" in words else None,
            extra={name.removeprefix(_EXTRA): value for name, value in words.items() if name.startswith(_EXTRA)},
        )
    except ValueError as problem:
        raise fail("patch-header-bad", file=file, name="number, at, undoes", value=str(problem)) from None

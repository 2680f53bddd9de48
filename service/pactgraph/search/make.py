"""Makes indexes: of a whole graph, of a graph after a write, into a file, out of a file."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from pactgraph.search.entries import NAMES, Entry, Queryable, depending, entries, with_countries
from pactgraph.search.index import FORMAT, TABLES, Index, connect, open_file
from pactgraph.search.names import keys_of
from pactgraph.search.near import grams
from pactgraph.search.words import cut, marked, plainly

FILE = "search.sqlite"
"""The name of the index in the folder of a generation."""
_TOO_MANY = 0.3
"""From this part of all things on, a whole new index is made quicker than an old one changed."""


def make(store: Queryable) -> Index:
    """The index of a whole graph."""
    connection = connect(":memory:")
    _fill(connection, store)
    return Index(connection)


def write(store: Queryable, file: Path) -> None:
    """Make the index of a graph as a file. The same graph gives the same bytes, with one version of SQLite."""
    make(store).copy(str(file)).close()
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def opened(folder: Path) -> Index | None:
    """The index in the folder of a generation; None where there is none that this program understands."""
    return open_file(folder / FILE)


@dataclass(frozen=True)
class Touched:
    """What a write touched (IRIs): things that something is said of now or was before, and what was said of them."""

    subjects: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()

    @classmethod
    def by(cls, quads: Iterable[ox.Quad]) -> Touched:
        """What quads touch that were added or removed."""
        terms = [(quad.subject, quad.object) for quad in quads]
        subjects, objects = ({term.value for term in some if isinstance(term, ox.NamedNode)} for some in (
            [pair[0] for pair in terms], [pair[1] for pair in terms]))
        return cls(frozenset(subjects), frozenset(objects))

    def __or__(self, other: Touched) -> Touched:
        return Touched(self.subjects | other.subjects, self.objects | other.objects)

    def __bool__(self) -> bool:
        return bool(self.subjects)


def changed(index: Index, store: Queryable, touched: Touched) -> Index:
    """The index of the graph after a write; ``store`` holds the graph as it is now."""
    if not touched:
        return index
    affected = depending(store, touched.subjects) | touched.objects
    if len(affected) > _TOO_MANY * index.size:
        return make(store)
    found = entries(store, affected)
    connection = index.copy()
    states = [row[0] for row in connection.execute("SELECT iri FROM thing WHERE kind = 'state'")]
    with_countries(found, [*states, *(entry.iri for entry in found if entry.kind == "state")])
    connection.execute("BEGIN")
    for iri in sorted(affected):
        _drop(connection, iri)
    _add(connection, found)
    connection.execute("COMMIT")
    return Index(connection)


def _fill(connection: sqlite3.Connection, store: Queryable) -> None:
    found = entries(store)
    with_countries(found, [entry.iri for entry in found if entry.kind == "state"])
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    connection.execute("INSERT INTO about VALUES ('format', ?)", (FORMAT,))
    _add(connection, found)
    connection.execute("INSERT INTO word (word) VALUES ('optimize')")
    connection.execute("COMMIT")


def _drop(connection: sqlite3.Connection, iri: str) -> None:
    """Forget a thing. Its row of words stays without one: rows of things that are gone are not found."""
    row = connection.execute("SELECT id FROM thing WHERE iri = ?", (iri,)).fetchone()
    if row:
        for table, column in (("text", "thing"), ("name", "thing"), ("facet", "thing"), ("thing", "id")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", row)


def _add(connection: sqlite3.Connection, found: Iterable[Entry]) -> None:
    last = connection.execute("SELECT coalesce(max(rowid), 0) FROM word").fetchone()[0]
    written: Counter[str] = Counter()
    for number, entry in enumerate(found, last + 1):
        texts = sorted(entry.texts)
        cuts = [cut(text.text) for text in texts]
        connection.execute("INSERT INTO thing VALUES (?, ?, ?, ?)", (number, entry.iri, entry.kind, entry.order))
        connection.executemany("INSERT INTO text VALUES (?, ?, ?, ?)",
                               [(number, text.role, text.lang, text.text) for text in texts])
        connection.executemany("INSERT INTO name VALUES (?, ?, ?)",
                               [(key, number, code) for key, code in sorted(keys_of(texts))])
        connection.executemany("INSERT INTO facet VALUES (?, ?, ?)", [(number, *facet) for facet in sorted(entry.facets)])
        names: list[list[str]] = []
        others: list[list[str]] = []
        for text, parts in zip(texts, cuts, strict=True):
            (names if text.role in NAMES else others).append(plainly(parts))
            written.update(parts)
        connection.execute("INSERT INTO word (rowid, names, texts, marked) VALUES (?, ?, ?, ?)", (
            number, _joined(names), _joined(others), _joined(map(marked, cuts))))
    _learn(connection, written)


def _joined(texts: Iterable[list[str]]) -> str:
    """The words of texts; a sign that is nobody's word stands between two of them, so that no phrase runs on."""
    return " \ue000 ".join(" ".join(parts) for parts in texts)


def _learn(connection: sqlite3.Connection, written: Counter[str]) -> None:
    """Note how words are written, for those who write one wrong."""
    times: Counter[str] = Counter()
    shown: dict[str, tuple[int, str]] = {}
    for spelling, often in written.items():
        for word in plainly([spelling]):
            times[word] += often
            shown[word] = min(shown.get(word, (0, "")), (-often, spelling.lower()))
    connection.executemany(
        "INSERT INTO spelling VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET times = times + excluded.times",
        [(word, shown[word][1], times[word]) for word in sorted(times)])
    connection.executemany("INSERT OR IGNORE INTO gram VALUES (?, ?)",
                           [(gram, word) for word in sorted(times) for gram in sorted(grams(word))])

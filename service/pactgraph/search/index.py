"""The index: an SQLite database with what is compared (keys, words) and what is shown (texts), asked by one thread at a time.

An index never changes once it is asked: a write gives another one (:func:`pactgraph.search.make.changed`).
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from pactgraph.errors import fail

FORMAT = "1"
"""Version of the tables; a file of another one is made anew."""
SECONDS = 2.0
"""How long one search may take, of the milliseconds that it needs."""
_STEPS = 20_000
"""After so many steps of SQLite's machine somebody looks at the clock: some milliseconds."""

TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, place INTEGER NOT NULL);
CREATE TABLE text (thing INTEGER, role TEXT, lang TEXT, text TEXT, PRIMARY KEY (thing, role, lang, text)) WITHOUT ROWID;
CREATE TABLE name (key TEXT, thing INTEGER, code INTEGER, PRIMARY KEY (key, thing, code)) WITHOUT ROWID;
CREATE TABLE facet (thing INTEGER, facet TEXT, value TEXT, PRIMARY KEY (thing, facet, value)) WITHOUT ROWID;
CREATE VIRTUAL TABLE word USING fts5 (
    names, texts, marked, content = '', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
CREATE TABLE spelling (word TEXT PRIMARY KEY, shown TEXT, times INTEGER) WITHOUT ROWID;
CREATE TABLE gram (gram TEXT, word TEXT, PRIMARY KEY (gram, word)) WITHOUT ROWID;
"""
"""``name``: what is compared as a whole; ``word``: what is found word by word (a row whose thing is gone counts no more)."""


class Index:
    """An index that can be asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._deadline = 0.0
        connection.set_progress_handler(self._is_late, _STEPS)

    @contextmanager
    def asking(self, seconds: float = SECONDS) -> Iterator[Index]:
        """Hold the index for one search; what takes longer than ``seconds`` raises a UserError."""
        with self._lock:
            self._deadline = time.monotonic() + seconds
            try:
                yield self
            except sqlite3.OperationalError as problem:
                if "interrupted" in str(problem):
                    raise fail("search-time", seconds=f"{seconds:g}") from None
                raise
            finally:
                self._deadline = 0.0

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement, within :meth:`asking`."""
        return self._connection.execute(statement, values).fetchall()

    def rows_of(self, statement: str, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement that ends in ``IN``, for some things."""
        for start in range(0, len(ids), 500):
            some = ids[start : start + 500]
            yield from self._connection.execute(f"{statement} ({','.join('?' * len(some))})", some)

    @cached_property
    def size(self) -> int:
        """How many things can be found."""
        return int(self.rows("SELECT count(*) FROM thing")[0][0])

    @cached_property
    def things(self) -> list[tuple[int, str, str, int]]:
        """All things: number, IRI, kind, place of the kind."""
        return self.rows("SELECT id, iri, kind, place FROM thing")

    @cached_property
    def facet_values(self) -> dict[int, frozenset[tuple[str, str]]]:
        """The facets of all things, kinds too; asked for by every search, so kept."""
        found = {thing: {("kind", kind)} for thing, _, kind, _ in self.things}
        for thing, facet, value in self.rows("SELECT thing, facet, value FROM facet"):
            found[thing].add((facet, value))
        return {thing: frozenset(values) for thing, values in found.items()}

    @cached_property
    def of_no_state(self) -> frozenset[int]:
        """The things that concern no State."""
        return frozenset(thing for thing, values in self.facet_values.items() if all(facet != "country" for facet, _ in values))

    @cached_property
    def known_values(self) -> dict[str, list[str]]:
        """The values that each facet has."""
        known: dict[str, set[str]] = {}
        for some in self.facet_values.values():
            for facet, value in some:
                known.setdefault(facet, set()).add(value)
        return {facet: sorted(known.get(facet, ())) for facet in ("kind", "country", "in", "status")}

    def copy(self, name: str = ":memory:") -> sqlite3.Connection:
        """The same tables in memory, to be changed, or in a file."""
        copied = connect(name)
        with self._lock:
            self._connection.backup(copied)
        return copied

    def _is_late(self) -> bool:
        return bool(self._deadline) and time.monotonic() > self._deadline


def connect(name: str, *, uri: bool = False) -> sqlite3.Connection:
    """Open a database for any thread. A machine whose SQLite has no FTS5 raises a UserError."""
    if not has_fts5():
        raise fail("search-no-fts5", version=sqlite3.sqlite_version)
    return sqlite3.connect(name, uri=uri, check_same_thread=False, isolation_level=None)


@cache
def has_fts5() -> bool:
    """Whether the machine's SQLite can search texts."""
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE word USING fts5 (text)")
        except sqlite3.OperationalError:
            return False
    return True


def open_file(file: Path) -> Index | None:
    """The index in a file, opened to be read alone; None where there is none that this program understands."""
    if not file.is_file():
        return None
    try:
        connection = connect(file.absolute().as_uri() + "?mode=ro&immutable=1", uri=True)
        known = connection.execute("SELECT value FROM about WHERE name = 'format'").fetchone()
    except sqlite3.Error:
        return None
    return Index(connection) if known == (FORMAT,) else None

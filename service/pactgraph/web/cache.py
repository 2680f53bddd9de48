"""Keeps what was worked out for one generation of the graph: it does not change, so neither do its answers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

import pyoxigraph as ox

from pactgraph.store.readers import Readers, Request, Response

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Term = ox.NamedNode | ox.Literal
_OVERHEAD = 500
_CELL = 200
"""About how many bytes a cell of a read answer takes."""


class Recent(Generic[K, V]):
    """The values used last, up to ``limit`` bytes together; what is too large to share the room is not kept.

    ``heard`` is told at each look whether the value was there.
    """

    def __init__(self, limit: int, heard: Callable[[bool], None] = lambda found: None) -> None:
        self._limit = limit
        self._heard = heard
        self._size = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value kept for a key."""
        found = self._kept.get(key)
        self._heard(found is not None)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: K, value: V, weight: int) -> None:
        """Keep a value of about ``weight`` bytes."""
        weight += _OVERHEAD
        if weight > self._limit // 8 or key in self._kept:
            return
        self._kept[key] = value, weight
        self._size += weight
        while self._size > self._limit:
            _, (_, freed) = self._kept.popitem(last=False)
            self._size -= freed


@dataclass(frozen=True)
class Rows:
    """An answer as it was read: its columns, its rows (None: a cell is empty), and the IRIs in them. Not to be changed."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]
    named: frozenset[str]


class AnswerCache:
    """The answers of the readers, from memory where they were given before.

    Questions about the present moment do not belong here.
    """

    def __init__(self, readers: Readers, limit: int = 64_000_000, heard: Callable[[bool], None] = lambda found: None) -> None:
        self._readers = readers
        self._recent: Recent[Request, Response] = Recent(limit, heard)
        self._read: Recent[Request, Rows] = Recent(limit // 2)

    async def run(self, request: Request) -> Response:
        """The answer to a request."""
        known = self._recent.get(request)
        if known is not None:
            return known
        response = await self._readers.run(request)
        self._recent.put(request, response, len(request.query) + len(response.body))
        return response

    async def rows(self, request: Request) -> Rows:
        """The answer to a question for solutions, read; the same pages in another language need not read it again."""
        known = self._read.get(request)
        if known is None:
            known = _rows((await self.run(request)).body)
            self._read.put(request, known, len(request.query) + _CELL * len(known.columns) * len(known.rows))
        return known


def _rows(body: bytes) -> Rows:
    solutions = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = tuple(variable.value for variable in solutions.variables)
    rows = [tuple(row) for row in solutions]
    return Rows(columns, rows, frozenset(term.value for row in rows for term in row if isinstance(term, ox.NamedNode)))

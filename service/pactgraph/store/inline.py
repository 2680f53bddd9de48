"""Readers that are no processes: the program's own questions on a graph in its own memory, without limits.

For work that asks thousands of questions which nobody else sent, such as a site of files: what guards a service against strangers
(processes that can be killed, a line to wait in, seconds and bytes) would only cost time there, and refuse what must be answered.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from pactgraph.errors import fail
from pactgraph.namespaces import PREFIXES
from pactgraph.store import worker
from pactgraph.store.keeper import load
from pactgraph.store.readers import REFUSALS, Delta, Limits, Readers, Request, Response, TryUpdate
from pactgraph.store.tally import Tally
from pactgraph.store.wire import Header

_NO_LIMIT = sys.maxsize


class InlineReaders(Readers):
    """Answers in this process what :class:`Readers` answers in others, in the same bytes. It changes nothing.

    ``graph``: a file of N-Quads. One that cannot be read raises a UserError.
    """

    def __init__(self, graph: Path) -> None:  # not that of the pool: it starts processes
        self.limits = Limits(max_bytes=_NO_LIMIT, max_rows=_NO_LIMIT)
        try:
            self._store = load(graph)
        except (OSError, ValueError, SyntaxError) as problem:
            raise fail("store-unreadable", file=str(graph), reason=str(problem)) from None
        self._triples = len(self._store)
        self._tally = Tally()

    @property
    def tally(self) -> Tally:
        """Who hears of queries."""
        return self._tally

    @tally.setter
    def tally(self, tally: Tally) -> None:
        self._tally = tally

    @property
    def triples(self) -> int:
        """How many statements the graph holds."""
        return self._triples

    async def start(self) -> None:
        """Nothing is waited for: the graph is loaded."""

    async def close(self) -> None:
        """Nothing has to be ended."""

    async def run(self, request: Request) -> Response:
        """The answer to a query."""
        asked = _header(request.solutions, request.graph, request.union, request.tidy)
        header, body = worker.answer(self._store, asked, request.query.encode())
        if "error" in header:
            raise fail(REFUSALS[header["error"]], reason=header["reason"], seconds="∞", bytes=_NO_LIMIT, memory=_NO_LIMIT,
                       rows=_NO_LIMIT)
        return Response(body, header["kind"], header["format"])

    def graph(self, query: str, formats: Sequence[str]) -> dict[str, bytes]:
        """The triples that a query makes, tidy, in several formats by their names: what :meth:`run` gives, asked once."""
        triples = self._store.query(query, use_default_graph_as_union=True)
        assert isinstance(triples, ox.QueryTriples)
        tidy = worker.tidied(triples)
        return {name: ox.serialize(tidy, format=worker.GRAPH_FORMATS[name], prefixes=PREFIXES) or b"" for name in formats}

    @property
    def revision(self) -> int:
        """No patch was applied."""
        return 0

    async def try_update(self, update: TryUpdate) -> Delta:
        """Updates are not for these readers."""
        raise fail("writer-away")

    async def apply(self, added: Iterable[ox.Quad], removed: Iterable[ox.Quad], revision: int) -> None:
        """What is written meanwhile is not heard of."""


@lru_cache(maxsize=16)
def _header(solutions: str | None, graph: str | None, union: bool, tidy: bool) -> Header:
    return {"solutions": solutions, "graph": graph, "union": union, "tidy": tidy, "default_graphs": (), "named_graphs": (),
            "base": None, "prefixes": PREFIXES, "max_bytes": _NO_LIMIT, "max_rows": _NO_LIMIT}

"""Finds the stored gaps again after a change: only gap queries that read something of what changed are run.

A query reads the properties of its patterns, and where it asks for a class, statements of that class. One that asks for
any property is always run. A property test holds the result equal to finding all gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from pactgraph.build.gap_reads import Read
from pactgraph.build.gaps import GRAPH, Closings, Gap, closings, depends_on_day, gap_quads, gaps_of, gaps_of_results
from pactgraph.build.known_queries import reads_of
from pactgraph.build.results import CheckResult
from pactgraph.catalogue import load, names
from pactgraph.ids import Ids
from pactgraph.namespaces import RDF
from pactgraph.store import Store

_TYPE = ox.NamedNode(RDF + "type")


class KnownGaps:
    """The gaps that each query found last."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._found: dict[str, list[Gap]] = {}
        self._closings: Closings | None = None

    def find(self, store: Store, results: Iterable[CheckResult], changed: Iterable[ox.Quad]) -> list[ox.Quad]:
        """All stored gaps, as quads; ``changed`` are the quads that came or went since the last time."""
        seen = {read for quad in changed for read in _of(quad)}
        closing = load("lookup", "gap-closings").text
        if _touches(closing, seen) or self._closings is None:
            self._closings = closings(store)
        found: list[Gap] = []
        for name in names("gaps"):
            query = load("gaps", name)
            if depends_on_day(query):
                continue
            if _touches(query.text, seen) or name not in self._found:  # in this order: what it reads is worked out at once
                self._found[name] = gaps_of(query, store, query.text)
            found += self._found[name]
        return gap_quads([*found, *gaps_of_results(results)], self._ids, self._ids.graph(GRAPH), self._closings)


def _of(quad: ox.Quad) -> Iterator[Read]:
    yield quad.predicate, None
    if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
        yield quad.predicate, quad.object


def _touches(text: str, seen: set[Read]) -> bool:
    reads = reads_of(text)
    return reads is None or not reads.isdisjoint(seen)

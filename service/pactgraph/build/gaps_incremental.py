"""Finds the stored gaps again after a change: only gap queries that read something of what changed are run.

A query reads the properties of its patterns, and where it asks for a class, statements of that class. One that asks for
any property is always run. A property test holds the result equal to finding all gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pyoxigraph as ox

from pactgraph.build.gaps import GRAPH, Closings, Gap, closings, depends_on_day, gap_quads, gaps_of, gaps_of_results
from pactgraph.build.results import CheckResult
from pactgraph.catalogue import load, names
from pactgraph.ids import Ids
from pactgraph.namespaces import RDF
from pactgraph.store import Store

_TYPE = ox.NamedNode(RDF + "type")
Read = tuple[ox.NamedNode, ox.NamedNode | None]
"""A property that a query reads; for rdf:type with the class, where the query names one."""


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


@cache
def reads_of(text: str) -> frozenset[Read] | None:
    """What a query reads; None for anything."""
    from rdflib.plugins.sparql import prepareQuery

    try:
        return frozenset(_reads(prepareQuery(text).algebra))
    except Exception:  # whatever is not understood here is run every time
        return None


def _reads(part: Any) -> Iterator[Read]:
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue):
        for name, inner in part.items():
            if name == "triples":
                for row in inner:  # within EXISTS a row holds several triples, one after the other
                    for at in range(0, len(row), 3):
                        yield from _of_pattern(row[at + 1], row[at + 2])
            elif name != "_vars":
                yield from _reads(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _reads(inner)


def _of_pattern(predicate: Any, value: Any) -> Iterator[Read]:
    from rdflib import URIRef

    if predicate == URIRef(RDF + "type") and isinstance(value, URIRef):
        yield _TYPE, ox.NamedNode(str(value))
    else:
        yield from _properties(predicate)


def _properties(predicate: Any) -> Iterator[Read]:
    """The properties of a predicate or path; a variable, or all properties but some, raises."""
    from rdflib import URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(predicate, URIRef):
        yield ox.NamedNode(str(predicate)), None
    elif isinstance(predicate, InvPath):
        yield from _properties(predicate.arg)
    elif isinstance(predicate, AlternativePath | SequencePath):
        for inner in predicate.args:
            yield from _properties(inner)
    elif isinstance(predicate, MulPath):
        yield from _properties(predicate.path)
    else:
        raise ValueError("any property")

"""Reads a gap query's text for what it asks of the graph, by rdflib's algebra; :mod:`pactgraph.build.known_queries` keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox

from pactgraph.namespaces import RDF

_TYPE = ox.NamedNode(RDF + "type")
Read = tuple[ox.NamedNode, ox.NamedNode | None]
"""A property that a query reads; for rdf:type with the class, where the query names one."""


def read_reads(text: str) -> frozenset[Read] | None:
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

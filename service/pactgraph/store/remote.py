"""A remote store: any endpoint that speaks the SPARQL 1.1 protocol, through SPARQLWrapper.

It is as atomic as its endpoint; its default graph must be the union of the named graphs (Virtuoso's is).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.errors import UserError, fail
from pactgraph.store.embedded import canonical_nquads
from pactgraph.store.protocol import Results

BATCH = 500
"""Statements in one update: small enough for Virtuoso's limit on the length of a query."""


class RemoteStore:
    """A :class:`~pactgraph.store.protocol.Store` over HTTP. ``update_address`` defaults to the query address."""

    def __init__(self, address: str, update_address: str | None = None, timeout: int = 60) -> None:
        from SPARQLWrapper import SPARQLWrapper

        self.address = address
        self._wrapper = SPARQLWrapper(address, updateEndpoint=update_address or address)
        self._wrapper.setTimeout(timeout)

    def query(self, text: str) -> Results:
        import SPARQLWrapper as sw

        wrapper = self._wrapper
        wrapper.resetQuery()
        wrapper.setMethod(sw.POST)
        wrapper.setQuery(_without_header(text))
        if wrapper.queryType in (sw.CONSTRUCT, sw.DESCRIBE):
            wrapper.setReturnFormat(sw.N3)
            return _triples(self._call())
        wrapper.setReturnFormat(sw.JSON)
        results = ox.parse_query_results(self._call(), format=ox.QueryResultsFormat.JSON)
        return _answer(results) if wrapper.queryType == sw.ASK else results

    def update(self, text: str) -> None:
        import SPARQLWrapper as sw

        self._wrapper.resetQuery()
        self._wrapper.setMethod(sw.POST)
        self._wrapper.setQuery(text)
        self._call()

    def load(self, quads: Iterable[ox.Quad]) -> int:
        template = load("store", "insert-data").text
        count = 0
        for graph, batch in _batches(quads):
            body = ox.serialize(batch, format=ox.RdfFormat.N_TRIPLES)
            assert body is not None
            text = template.replace("<urn:graph>", str(graph))
            self.update(text.replace("<urn:s> <urn:p> <urn:o> .", body.decode("utf-8")))
            count += len(batch)
        return count

    def dump(self) -> bytes:
        rows = self.query(load("store", "quads").text)
        assert isinstance(rows, ox.QuerySolutions)
        return canonical_nquads(ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in rows)

    def drop(self, graph: str) -> None:
        """Remove one named graph, if it is there."""
        self.update(load("store", "drop-graph").text.replace("<urn:graph>", str(ox.NamedNode(graph))))

    def close(self) -> None:
        """Nothing is held open between requests."""

    def _call(self) -> bytes:
        from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

        try:
            answer: Any = self._wrapper.query().response.read()
        except QueryBadFormed as problem:
            raise SyntaxError(str(problem)) from None
        except (SPARQLWrapperException, OSError) as problem:
            raise self._unreachable(problem) from None
        return bytes(answer)

    def _unreachable(self, problem: Exception) -> UserError:
        return fail("endpoint-failed", address=self.address, reason=_reason(problem))


def _reason(problem: Exception) -> str:
    """What the endpoint said, in one line: the first of its answer, else the error's own words."""
    _, _, answer = str(problem).partition("Response:\n")
    said = answer.removeprefix("b'").replace("\\n", "\n").strip() or str(problem)
    return said.splitlines()[0][:200]


def _answer(results: ox.QuerySolutions | ox.QueryBoolean) -> ox.QueryBoolean:
    """A yes or no; Virtuoso 7.2.5 answers ASK with a table that has a row for yes and none for no."""
    if isinstance(results, ox.QueryBoolean):
        return results
    said = b'{"head": {}, "boolean": true}' if list(results) else b'{"head": {}, "boolean": false}'
    answer = ox.parse_query_results(said, format=ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QueryBoolean)
    return answer


def _triples(data: bytes) -> ox.QueryTriples:
    """Triples that were sent as Turtle, as a query result like the embedded store's."""
    store = ox.Store()
    store.load(io.BytesIO(data), format=ox.RdfFormat.TURTLE)
    everything = store.query(load("store", "triples").text)
    assert isinstance(everything, ox.QueryTriples)
    return everything


def _without_header(text: str) -> str:
    """A query without the comments above it: SPARQLWrapper reads the form of a query out of words such as "task" in them."""
    lines = text.splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), len(lines))
    return "".join(lines[first:])


def _batches(quads: Iterable[ox.Quad]) -> Iterator[tuple[ox.NamedNode, list[ox.Triple]]]:
    ordered = sorted(quads, key=lambda quad: str(quad.graph_name))
    for graph, group in groupby(ordered, key=lambda quad: quad.graph_name):
        while batch := [quad.triple for quad in islice(group, BATCH)]:
            assert isinstance(graph, ox.NamedNode)
            yield graph, batch

"""A remote store: any endpoint that speaks the SPARQL 1.1 protocol, through SPARQLWrapper.

It is as atomic as its endpoint: an update is one request, a build many of them (:mod:`pactgraph.store.remote_state`
marks a build that was broken off). What an endpoint cuts is an error, never an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http.client import HTTPException
from itertools import groupby, islice
from math import ceil
from typing import Any

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.errors import UserError, fail
from pactgraph.namespaces import XSD
from pactgraph.store import remote_answers as answers
from pactgraph.store.embedded import canonical_nquads
from pactgraph.store.endpoint import DIGEST, Endpoint
from pactgraph.store.protocol import Results
from pactgraph.store.screen import calls_service

BATCH = 500
"""Statements in one update: Virtuoso compiles an update to SQL of at most 10,000 lines, and 2,000 statements pass that."""
PAGE = 5_000
"""Statements asked for at once: half of the rows that Virtuoso gives at most, as Debian sets it up."""
MARKS = "urn:pactgraph:"
"""Graphs of this name tell of the store itself (:mod:`pactgraph.store.remote_state`); they are no part of the dataset."""
_ENGINES = ("http://www.openlinksw.com/", "http://localuriqaserver/", "http://localhost:8890/", "http://www.w3.org/ns/ldp#",
            "urn:activitystreams-owl:", "urn:virtuoso:", "urn:core:")
"""Graphs that a fresh Virtuoso brings with it."""


class RemoteStore:
    """A :class:`~pactgraph.store.protocol.Store` over HTTP."""

    def __init__(self, endpoint: Endpoint | str) -> None:
        from SPARQLWrapper import SPARQLWrapper

        self._endpoint = endpoint if isinstance(endpoint, Endpoint) else Endpoint(endpoint)
        self.address = self._endpoint.address
        self._wrapper = SPARQLWrapper(self.address, updateEndpoint=self._endpoint.update)
        self._row_limit: int | None = None
        self._wrapper.setOnlyConneg(True)  # no "format=" beside the Accept header: no standard knows it
        if self._endpoint.user:
            self._wrapper.setHTTPAuth(self._endpoint.auth.upper())
            self._wrapper.setCredentials(self._endpoint.user, self._endpoint.password)

    def query(self, text: str) -> Results:
        import SPARQLWrapper as sw

        text = _without_header(text)
        kind = self._prepare(text)
        if kind in (sw.CONSTRUCT, sw.DESCRIBE):
            return answers.as_result(self._graph(text))
        self._wrapper.setReturnFormat(sw.JSON)
        answer = self._ask(text)
        return answers.yes_or_no(self.address, answer) if kind == sw.ASK else answers.solutions(self.address, text, answer)

    def update(self, text: str) -> None:
        import SPARQLWrapper as sw

        self._prepare(load("store", "ping").text)
        # Set by hand: to find the form of a long update and to encode it takes SPARQLWrapper ten times as long as the endpoint.
        self._wrapper.queryString, self._wrapper.queryType = text, sw.INSERT
        self._wrapper.setRequestMethod(sw.POSTDIRECTLY)
        self._call(self._endpoint.update)

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
        return canonical_nquads(self.quads())

    def graphs(self) -> dict[str, int]:
        """The named graphs of the dataset with their sizes; the engine's own are left out."""
        rows = self.query(load("store", "graph-sizes").text)
        assert isinstance(rows, ox.QuerySolutions)
        sizes = {row["g"].value: int(row["n"].value) for row in rows if row["g"] is not None}
        return {graph: size for graph, size in sorted(sizes.items()) if not graph.startswith((MARKS, *_ENGINES))}

    def graph_names(self) -> set[str]:
        """The names of the graphs of the dataset, without counting."""
        rows = self.query(load("store", "graph-names").text)
        assert isinstance(rows, ox.QuerySolutions)
        names = {getattr(row["g"], "value", MARKS) for row in rows}
        return {name for name in names if not name.startswith((MARKS, *_ENGINES))}

    def quads(self, graphs: dict[str, int] | None = None) -> Iterator[ox.Quad]:
        """Every statement, graph by graph and page by page; one that is missing in the end is a UserError."""
        for graph, size in (self.graphs() if graphs is None else graphs).items():
            name = ox.NamedNode(graph)
            for triple in self._pages(name, size):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, name)

    def drop(self, graph: str) -> None:
        """Remove one named graph, if it is there."""
        self.update(load("store", "drop-graph").text.replace("<urn:graph>", str(ox.NamedNode(graph))))

    def close(self) -> None:
        """Nothing is held open between requests."""

    def _pages(self, graph: ox.NamedNode, size: int) -> Iterator[ox.Triple]:
        """The statements of a graph; a page may come shorter than asked for, the next goes on behind it."""
        template = load("store", "page").text.replace("<urn:graph>", str(graph))
        seen: set[ox.Triple] = set()
        while len(seen) < size:
            text = template.replace("LIMIT 1", f"LIMIT {PAGE}").replace("OFFSET 0", f"OFFSET {len(seen)}")
            self._prepare(text)
            page = set(answers.triples(self.address, self._ask_triples(text))) - seen
            if not page:
                raise fail("endpoint-lost", address=self.address, graph=graph.value, found=len(seen), expected=size)
            seen |= page
            yield from page

    def _graph(self, text: str) -> Iterator[ox.Triple]:
        answer = self._ask_triples(text)
        found = list(answers.triples(self.address, answer))
        if found and "virtuoso" in answer.header("Server").lower():
            self._refuse_cut(text)
        return iter(found)

    def _refuse_cut(self, text: str) -> None:
        """Virtuoso cuts CONSTRUCT and DESCRIBE at its row limit and does not say so: ask whether there is one more."""
        if self._row_limit is None:
            self._row_limit = self._find_row_limit()
        if not self._row_limit or answers.asks_for_at_most(text, self._row_limit):
            return
        more = load("store", "one-more").text.replace("OFFSET 0", f"OFFSET {self._row_limit}")
        try:
            self._prepare(f"{text}\n{more}")
            if not list(answers.triples(self.address, self._ask_triples(text))):
                return
        except UserError as problem:
            if problem.key != "endpoint-refused":  # the query has a LIMIT of its own, above the row limit
                raise
        raise fail("endpoint-cut", address=self.address, rows=self._row_limit)

    def _find_row_limit(self) -> int:
        import SPARQLWrapper as sw

        self._prepare(load("store", "row-limit").text)
        self._wrapper.setReturnFormat(sw.JSON)
        limit = self._call(self.address).header("X-SPARQL-MaxRows")
        return int(limit) if limit.isdigit() else 0

    def _ask_triples(self, text: str) -> answers.Answer:
        import SPARQLWrapper as sw

        self._wrapper.setReturnFormat(sw.N3)
        self._wrapper.addCustomHttpHeader("Accept", "application/n-triples, text/turtle;q=0.8")
        try:
            return self._ask(text)
        finally:
            self._wrapper.clearCustomHttpHeader("Accept")

    def _prepare(self, text: str) -> str:
        """Set the text of the next request; the form of the query comes back."""
        import SPARQLWrapper as sw

        self._wrapper.resetQuery()  # forgets the timeout too
        self._wrapper.setTimeout(max(1, ceil(self._endpoint.seconds)))
        self._wrapper.setMethod(sw.POST)
        self._wrapper.setQuery(text)
        return str(self._wrapper.queryType)

    def _ask(self, text: str) -> answers.Answer:
        try:
            return answers.whole(self.address, self._call(self.address))
        except UserError as problem:
            if problem.key == "endpoint-refused":
                _check_syntax(text)
            raise

    def _call(self, address: str) -> answers.Answer:
        from SPARQLWrapper import SPARQLExceptions as said

        try:
            response: Any = self._wrapper.query().response
            return answers.Answer(response.read(), response.status, response.headers)
        except said.Unauthorized:
            raise self._unauthorised(address) from None
        except (said.QueryBadFormed, said.EndPointInternalError) as problem:
            raise fail("endpoint-refused", address=address, reason=answers.reason(problem)) from None
        except (said.SPARQLWrapperException, OSError, HTTPException) as problem:
            if getattr(problem, "code", 0) in (401, 403):
                raise self._unauthorised(address) from None
            if isinstance(problem, TimeoutError) or isinstance(getattr(problem, "reason", None), TimeoutError):
                raise fail("endpoint-slow", address=address, seconds=f"{self._endpoint.seconds:g}") from None
            raise fail("endpoint-failed", address=address, reason=answers.reason(problem)) from None

    def _unauthorised(self, address: str) -> UserError:
        key = "endpoint-password-wrong" if self._endpoint.user else "endpoint-password-needed"
        other = "basic" if self._endpoint.auth == DIGEST else DIGEST
        return fail(key, address=address, user=self._endpoint.user, auth=self._endpoint.auth, other=other)


def _check_syntax(text: str) -> None:
    """Raise the SyntaxError that a text has by the standard; one that has none was refused for the engine's own reasons."""
    if not calls_service(text):
        ox.Store().query(text)


def _without_header(text: str) -> str:
    """A query without the comments above it: SPARQLWrapper reads the form of a query out of words such as "task" in them."""
    lines = text.splitlines(keepends=True)
    first = next((at for at, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), len(lines))
    return "".join(lines[first:])


def _batches(quads: Iterable[ox.Quad]) -> Iterator[tuple[ox.NamedNode, list[ox.Triple]]]:
    ordered = sorted(quads, key=lambda quad: str(quad.graph_name))
    for quad in ordered:
        if not isinstance(quad.graph_name, ox.NamedNode) or ox.BlankNode in (type(quad.subject), type(quad.object)):
            raise fail("endpoint-blank", statement=str(quad)[:200])
    for graph, group in groupby(ordered, key=lambda quad: quad.graph_name):
        while batch := [_plain_decimal(quad.triple) for quad in islice(group, BATCH)]:
            assert isinstance(graph, ox.NamedNode)
            yield graph, batch


def _plain_decimal(triple: ox.Triple) -> ox.Triple:
    """A whole decimal is sent as ``18.0``: Virtuoso 7.2.5 would keep ``"18"^^xsd:decimal`` as an integer."""
    value = triple.object
    if isinstance(value, ox.Literal) and value.datatype.value == f"{XSD}decimal" and "." not in value.value:
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(f"{value.value}.0", datatype=value.datatype))
    return triple

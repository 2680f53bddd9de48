"""A reader process: answers one query after the other on a graph that it shares with its siblings.

It holds the only copy of the query engine that strangers' queries touch, may be killed at any moment, and can open
nothing (:mod:`pactgraph.store.confine`). It imports nothing of pactgraph beyond this room.
"""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from pactgraph.store import confine, screen
from pactgraph.store.attempt import Attempt
from pactgraph.store.refusal import Refused
from pactgraph.store.rows import has_more_rows
from pactgraph.store.wire import Frame, Header, send_frame

SOLUTION_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}
_RETIRE_AFTER = 128 * 1024 * 1024
_TIDY_TRIPLES = 100_000


class Bounded(io.BytesIO):
    """Collects what is written to it and refuses to hold more than ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._left = limit

    def write(self, piece: Any) -> int:
        self._left -= len(piece)
        if self._left < 0:
            raise Refused("bytes")
        return super().write(piece)


def serve(store: ox.Store, line: socket.socket, endpoints: Collection[str] = ()) -> None:
    """Answer the questions that come over ``line`` until the other side goes, or until a large one left much memory.

    ``endpoints``: what SERVICE may call.
    """
    start = confine.peak_memory()
    incoming = Frame()
    while True:
        question = incoming.wait_for(line)
        if question is None:
            return
        header, body = answer(store, *question, endpoints)
        # In hundredths, as the system tells it: so most headers are the same as one before.
        header["spent"] = round(time.process_time(), 2)
        # A copy on which an update was tried is no copy any more.
        header["retire"] = "update" in question[0] or confine.peak_memory() - start > _RETIRE_AFTER
        send_frame(line, header, body)
        if header["retire"]:
            return


def answer(store: ox.Store, header: Header, query: bytes, endpoints: Collection[str] = ()) -> tuple[Header, bytes]:
    """Answer one question; whatever is wrong with it becomes an answer with an ``error`` code and a reason."""
    try:
        text = query.decode()
        if "update" in header:
            return _try(store, header, text)
        if screen.calls_service(text, endpoints):
            raise Refused("service")
        return _run(store, header, text)
    except Refused as refused:
        return {"error": refused.code, "reason": refused.reason}, b""
    except SyntaxError as problem:
        return {"error": "syntax", "reason": str(problem)}, b""
    except MemoryError:
        return {"error": "memory", "reason": ""}, b""
    except Exception as problem:  # the engine's own errors have no common class
        return {"error": "engine", "reason": str(problem)}, b""


def _run(store: ox.Store, header: Header, query: str) -> tuple[Header, bytes]:
    results = store.query(query, base_iri=header.get("base"), **_dataset(header, query))
    out = Bounded(header["max_bytes"])
    if isinstance(results, ox.QueryTriples):
        name = _wanted(header["graph"])
        _write_graph(results, out, GRAPH_FORMATS[name], header)
        kind = "graph"
    else:
        name = _wanted(header["solutions"])
        results.serialize(output=out, format=SOLUTION_FORMATS[name])
        kind = "boolean" if isinstance(results, ox.QueryBoolean) else "solutions"
        if kind == "solutions" and has_more_rows(out.getvalue(), name, header["max_rows"]):
            raise Refused("rows")
    return {"kind": kind, "format": name}, out.getvalue()


def _try(store: ox.Store, header: Header, update: str) -> tuple[Header, bytes]:
    """Run an update on this process's copy. The answer is what it added and, after those, what it removed."""
    attempt = Attempt(store, union=header["union"], base=header.get("base"), using=header["default_graphs"],
                      named=header["named_graphs"])
    attempt.run(update)
    out = Bounded(header["max_bytes"])
    ox.serialize(attempt.added, output=out, format=ox.RdfFormat.N_QUADS)
    added = out.tell()
    ox.serialize(attempt.removed, output=out, format=ox.RdfFormat.N_QUADS)
    return {"added": added, "created": attempt.created, "dropped": attempt.dropped}, out.getvalue()


def _wanted(name: str | None) -> str:
    if name is None:
        raise Refused("format")
    return name


def _dataset(header: Header, query: str) -> dict[str, Any]:
    """The dataset: what the request names, else what the query names, else everything that is stored."""
    default, named = header["default_graphs"], header["named_graphs"]
    if default or named:
        return {"default_graph": [_graph(name) for name in default], "named_graphs": [_graph(name) for name in named]}
    return {"use_default_graph_as_union": header["union"] and not screen.chooses_dataset(query)}


def _graph(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError:
        raise Refused("graph", name) from None


def _write_graph(triples: Iterable[ox.Triple], out: Bounded, form: ox.RdfFormat, header: Header) -> None:
    """Write triples. ``tidy`` sorts a small graph, so that the statements of a thing stand together."""
    triples = _counted(triples, header["max_rows"])
    ox.serialize(tidied(triples) if header.get("tidy") else triples, output=out, format=form, prefixes=header.get("prefixes"))


def tidied(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The triples of a small graph in an order that keeps the statements of a thing together; a large one as it is."""
    collected = list(triples)
    return sorted(collected, key=str) if len(collected) <= _TIDY_TRIPLES else collected


def _counted(triples: Iterable[ox.Triple], limit: int) -> Iterator[ox.Triple]:
    for number, triple in enumerate(triples):
        if number == limit:
            raise Refused("rows")
        yield triple

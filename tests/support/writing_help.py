"""Words for tests that write: terms of the made-up country and short ways to make changes."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from pactgraph.access.author import OPERATOR, Author
from pactgraph.build.journaled import as_stored
from pactgraph.namespaces import BASE, PG, RDF, RDFS
from pactgraph.writing.change import Change, Written
from pactgraph.writing.writer import Writer

GRAPH = f"{BASE}graph/"
TASK = f"{BASE}id/xsr/task/2024-117-2024/A.1.b"
PLAN_GRAPH = f"{GRAPH}xsr/source/2024-117-2024"
COMMENT = f"{RDFS}comment"
TRANSLATED = f"{BASE}id/xsr/task/2024-117-2024/A.1.a"
TRANSLATION = f"{GRAPH}xsr/translation/2024-117-2024"
_AS_THEY_ARE = {ox.NamedNode("http://www.w3.org/2001/XMLSchema#string"), ox.NamedNode(RDF + "langString")}
CURATOR = Author("desk", "curator")
CONTRIBUTOR = Author("ministry", "contributor", "moj")


def quad(subject: str, predicate: str, value: str | ox.Literal | ox.NamedNode, graph: str = "") -> ox.Quad:
    """A quad; a value without a scheme is a text, no graph is the default graph."""
    term = value if not isinstance(value, str) else ox.NamedNode(value) if ":" in value else ox.Literal(value)
    place = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    name = subject if ":" in subject else f"{BASE}id/test/{subject}"
    full = predicate if ":" in predicate else PG + predicate
    return ox.Quad(ox.NamedNode(name), ox.NamedNode(RDF + "type" if predicate == "a" else full), term, place)


def note(name: str, text: str = "a note", graph: str = "") -> ox.Quad:
    """A harmless statement about a thing of the tests."""
    return quad(name, COMMENT, text, graph)


def add(writer: Writer, *quads: ox.Quad, author: Author = OPERATOR, **more: object) -> Written:
    return writer.write(Change(author, added=frozenset(quads), **more))  # type: ignore[arg-type]


def remove(writer: Writer, *quads: ox.Quad, author: Author = OPERATOR, **more: object) -> Written:
    return writer.write(Change(author, removed=frozenset(quads), **more))  # type: ignore[arg-type]


def stored(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Quads as a store gives them back (``0.90`` is ``0.9``); only literals with a datatype can differ."""
    found = set(quads)
    typed = {item for item in found if isinstance(item.object, ox.Literal) and item.object.datatype not in _AS_THEY_ARE}
    return (found - typed) | set(as_stored(typed))


def told(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    """Quads, as stored, without what the graph says about itself, which counts every entry of the journal."""
    itself = {f"{GRAPH}meta", f"{GRAPH}journal/log", f"{GRAPH}journal/head"}
    return {item for item in stored(quads) if getattr(item.graph_name, "value", "") not in itself}


def translation() -> ox.Quad:
    """The English words of a task, as a source says them: without them there is a gap, and no error."""
    words = "Revise the Penal Code to limit the death penalty to the most serious crimes"
    return quad(TRANSLATED, f"{RDFS}label", ox.Literal(words, language="en"), TRANSLATION)

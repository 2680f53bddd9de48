"""Writes sorted statements as N-Quads, TriG and Turtle, piece by piece."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from pactgraph.namespaces import PREFIXES, RDF
from pactgraph.publish.statements import Graph, Statements
from pactgraph.publish.terms import split_iri

_NAMES = {namespace: prefix for prefix, namespace in PREFIXES.items()}
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_TYPE = f"<{RDF}type>"


def as_nquads(statements: Statements, graphs: list[Graph]) -> Iterator[bytes]:
    """The statements with the names of their graphs, in code-point order: the canonical form of a dataset without blank nodes."""
    endings = {graph.iri: f" <{graph.iri}> .\n".encode() if graph.iri else b" .\n" for graph in graphs}
    for triple, iri in statements.quads(graphs):
        yield triple + endings[iri]


def as_trig(statements: Statements, graphs: list[Graph]) -> Iterator[bytes]:
    """One block a graph, the default graph first."""
    yield _prefixes()
    for graph in graphs:
        indent = "  " if graph.iri else ""
        if graph.iri:
            yield f"\n<{graph.iri}> {{\n".encode()
        for subject in _subjects(graph.lines(), indent):
            yield subject.encode()
        if graph.iri:
            yield b"}\n"


def as_turtle(statements: Statements, graphs: list[Graph]) -> Iterator[bytes]:
    """The union of the graphs: a statement that several of them make stands once."""
    yield _prefixes()
    union = (triple for triple, _ in groupby(triple for triple, _ in statements.quads(graphs)))
    for subject in _subjects(union, ""):
        yield b"\n" + subject.encode()


def _prefixes() -> bytes:
    return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(PREFIXES.items())).encode()


def _subjects(lines: Iterable[bytes], indent: str) -> Iterator[str]:
    """What is said of each thing, as one sentence of Turtle."""
    triples = (line.decode("utf-8").split(" ", 2) for line in lines)
    for subject, about in groupby(triples, key=lambda triple: triple[0]):
        parts = []
        for predicate, values in groupby(about, key=lambda triple: triple[1]):
            shown = "a" if predicate == _TYPE else term(predicate)
            parts.append(f"{shown} " + " , ".join(term(value[2]) for value in values))
        yield f"{indent}{term(subject)} " + f" ;\n{indent}    ".join(parts) + " .\n"


def term(text: str) -> str:
    """A term of N-Triples in Turtle: an IRI by its prefix where it has one that we use."""
    if text.startswith("<"):
        namespace, name = split_iri(text[1:-1])
        prefix = _NAMES.get(namespace)
        return f"{prefix}:{name}" if prefix and _PLAIN_NAME.fullmatch(name) else text
    if text.endswith(">"):
        value, mark, datatype = text.rpartition("^^")
        return value + mark + term(datatype)
    return text

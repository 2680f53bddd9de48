"""Writes sorted statements as JSON-LD with our context (``ontology/context.jsonld``), thing by thing.

A property goes by its key where the key says what the value is; anything else stands in full under the property's IRI, so
that nothing depends on how a reader guesses.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

from pactgraph.namespaces import RDF
from pactgraph.publish.statements import Graph, Statements
from pactgraph.publish.terms import STRING, Literal, iri_of, literal_of
from pactgraph.resources import shipped

_TYPE = RDF + "type"
_ENCODER = json.JSONEncoder(ensure_ascii=False)
Node = dict[str, Any]


class Context:
    """Our context, read for writing: which key says a property with which kind of value."""

    def __init__(self, terms: dict[str, Any]) -> None:
        self.terms = terms
        self._keys: dict[str, tuple[str, str, str]] = {}
        self._classes: dict[str, str] = {}
        for key, value in terms.items():
            if isinstance(value, str) and not key.startswith("@") and not value.startswith("@") and ":" in value:
                self._classes[self._full(value)] = key
            elif isinstance(value, dict) and "@id" in value:
                kind = value.get("@type", "")
                self._keys[self._full(value["@id"])] = (key, kind if kind.startswith("@") else self._full(kind),
                                                        value.get("@container", ""))

    def _full(self, name: str) -> str:
        prefix, colon, rest = name.partition(":")
        namespace = self.terms.get(prefix) if colon and not rest.startswith("//") else None
        return namespace + rest if isinstance(namespace, str) else name

    def type(self, iri: str) -> str:
        """The key of a class, else its IRI."""
        return self._classes.get(iri, iri)

    def put(self, node: Node, predicate: str, term: str) -> None:
        """Say of a node that it has a value."""
        key, kind, container = self._keys.get(predicate, (predicate, "", ""))
        iri = _reference(term)
        value: Any
        if iri is not None:
            value = iri if kind == "@id" else {"id": iri}
            _append(node, key if kind == "@id" or not (kind or container) else predicate, value)
            return
        literal = literal_of(term)
        if literal.language and container == "@language" and literal.language.islower():
            _append(node.setdefault(key, {}), literal.language, literal.value)
        elif not literal.language and kind == literal.datatype:
            _append(node, key, literal.value)
        elif kind or container:
            _append(node, predicate, _in_full(literal))
        else:
            plain = not literal.language and literal.datatype == STRING
            _append(node, key, literal.value if plain else _in_full(literal))


def _reference(term: str) -> str | None:
    return term if term.startswith("_:") else iri_of(term)


def _in_full(literal: Literal) -> dict[str, str]:
    if literal.language:
        return {"@value": literal.value, "@language": literal.language}
    return {"@value": literal.value} | ({"@type": literal.datatype} if literal.datatype != STRING else {})


def _append(node: Node, key: str, value: Any) -> None:
    """Add a value; one alone stands without a list."""
    known = node.get(key)
    if known is None:
        node[key] = value
    elif isinstance(known, list):
        known.append(value)
    else:
        node[key] = [known, value]


@cache
def context() -> Context:
    """The context that pactgraph ships."""
    return Context(json.loads((shipped("ontology") / "context.jsonld").read_text("utf-8"))["@context"])


def as_jsonld(statements: Statements, graphs: list[Graph]) -> Iterator[bytes]:
    """One object a graph with its things in it; those of the default graph stand beside them. A thing is one line."""
    known = context()
    yield b'{"@context": ' + _json(known.terms) + b',\n"@graph": ['
    before = b"\n"
    for graph in graphs:
        if graph.iri:
            yield before + b'{"id": ' + _json(graph.iri) + b', "@graph": ['
            before = b"\n"
        for node in _nodes(graph.lines(), known):
            yield before + _json(node)
            before = b",\n"
        if graph.iri:
            yield b"\n]}"
            before = b",\n"
    yield b"\n]}\n"


def _nodes(lines: Iterable[bytes], known: Context) -> Iterator[Node]:
    triples = (line.decode("utf-8").split(" ", 2) for line in lines)
    for subject, about in groupby(triples, key=lambda triple: triple[0]):
        node: Node = {"id": _reference(subject)}
        for _, predicate, term in about:
            named = iri_of(predicate) or ""
            kind = iri_of(term) if named == _TYPE else None
            if kind is not None:
                _append(node, "type", known.type(kind))
            else:
                known.put(node, named, term)
        yield node


def _json(value: Any) -> bytes:
    return _ENCODER.encode(value).encode("utf-8")

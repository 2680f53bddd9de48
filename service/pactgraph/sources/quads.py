"""Writes the statements of one named graph; the only place where Python values become RDF terms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache

from pyoxigraph import Literal, NamedNode, Quad

from pactgraph.namespaces import PREFIXES, RDF, XSD

_TYPE = NamedNode(RDF + "type")
Value = str | bool | int | Decimal | date


@cache
def expand(curie: str) -> NamedNode:
    """``pg:role`` → its IRI. The prefix must be one of :data:`pactgraph.namespaces.PREFIXES`."""
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


def literal(value: Value) -> Literal:
    """A typed literal; strings are plain ``xsd:string``, dates ``xsd:date``."""
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=NamedNode(XSD + "boolean"))
    if isinstance(value, int):
        return Literal(str(value), datatype=NamedNode(XSD + "integer"))
    if isinstance(value, Decimal):
        return Literal(str(value), datatype=NamedNode(XSD + "decimal"))
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=NamedNode(XSD + "date"))
    return Literal(value)


class GraphWriter:
    """Collects the quads of one graph. Empty values (None, "") are left out: an empty cell states nothing."""

    def __init__(self, graph: str) -> None:
        self.graph = NamedNode(graph)
        self.quads: list[Quad] = []

    def _add(self, subject: str, predicate: str, value: NamedNode | Literal) -> None:
        self.quads.append(Quad(NamedNode(subject), expand(predicate), value, self.graph))

    def a(self, subject: str, *classes: str) -> None:
        """State the classes (CURIEs) of a thing."""
        for name in classes:
            self.quads.append(Quad(NamedNode(subject), _TYPE, expand(name), self.graph))

    def link(self, subject: str, predicate: str, target: str | None) -> None:
        """State a link to another thing (an IRI)."""
        if target:
            self._add(subject, predicate, NamedNode(target))

    def value(self, subject: str, predicate: str, value: Value | None) -> None:
        """State a typed value."""
        if value is not None and value != "":
            self._add(subject, predicate, literal(value))

    def text(self, subject: str, predicate: str, text: str | None, lang: str) -> None:
        """State a text in a language."""
        if text:
            self._add(subject, predicate, Literal(text, language=lang))

    def label(self, subject: str, vi: str | None = None, en: str | None = None, notation: str | None = None) -> None:
        """State the labels of a thing and its short code."""
        self.text(subject, "rdfs:label", vi, "vi")
        self.text(subject, "rdfs:label", en, "en")
        self.value(subject, "skos:notation", notation)



"""Collects the statements of a description and writes them: Turtle, JSON-LD, RDF/XML."""

from __future__ import annotations

import pyoxigraph as ox

from pactgraph.about import Words
from pactgraph.namespaces import PREFIXES, XSD

NAMES = PREFIXES | {
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
}
FORMATS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "rdf": ox.RdfFormat.RDF_XML, "nt": ox.RdfFormat.N_TRIPLES}
"""The formats of a description, by the ending of its address."""


def term(name: str) -> ox.NamedNode:
    """``dcat:Dataset`` as an IRI; the prefix is one of :data:`NAMES`."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(NAMES[prefix] + local)


class Description:
    """Statements in the order in which they are made, each once. Empty values are left out."""

    def __init__(self) -> None:
        self._triples: dict[ox.Triple, None] = {}

    @property
    def triples(self) -> list[ox.Triple]:
        """The statements."""
        return list(self._triples)

    def take(self, triples: list[ox.Triple]) -> None:
        """Take in statements that were made elsewhere."""
        self._triples |= dict.fromkeys(triples)

    def _add(self, subject: str, name: str, value: ox.NamedNode | ox.Literal) -> None:
        self._triples[ox.Triple(ox.NamedNode(subject), term(name), value)] = None

    def a(self, subject: str, *classes: str) -> None:
        """State classes."""
        for name in classes:
            self._add(subject, "rdf:type", term(name))

    def link(self, subject: str, name: str, target: str) -> None:
        """State a link to an IRI."""
        if target:
            self._add(subject, name, ox.NamedNode(target))

    def words(self, subject: str, name: str, words: Words) -> None:
        """State a text in each of its languages."""
        for lang, text in words.items():
            if text:
                self._add(subject, name, ox.Literal(text, language=lang))

    def value(self, subject: str, name: str, value: str, kind: str = "string") -> None:
        """State a value of a datatype of XML Schema."""
        if value:
            self._add(subject, name, ox.Literal(value, datatype=ox.NamedNode(XSD + kind)))

    def written(self, ending: str) -> bytes:
        """All statements in one of :data:`FORMATS`, in one order, with the prefixes that are used."""
        ordered = sorted(self._triples, key=str)
        used = {prefix: space for prefix, space in NAMES.items() if any(_begins(triple, space) for triple in ordered)}
        data = ox.serialize(ordered, format=FORMATS[ending], prefixes=used)
        assert data is not None
        return data


def _begins(triple: ox.Triple, space: str) -> bool:
    return any(isinstance(item, ox.NamedNode) and item.value.startswith(space) for item in (triple.predicate, triple.object))

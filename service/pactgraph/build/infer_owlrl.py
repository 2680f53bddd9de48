"""Infers by owlrl, the reference reasoner: the whole of OWL 2 RL, slowly.

What says nothing of an instance is left out: literal subjects, owl:Thing, self-sameAs and the closure of the ontology's
own terms. :mod:`pactgraph.build.infer` falls back on it where a word of OWL stands that the rules do not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pactgraph.errors import fail
from pactgraph.namespaces import PREFIXES, XSD

if TYPE_CHECKING:
    from rdflib import Graph


def to_rdflib(quads: Iterable[ox.Quad]) -> Graph:
    """The union of graphs as one rdflib graph (plain strings stay plain: rdflib tells "x" from "x"^^xsd:string)."""
    from rdflib import Graph

    graph = Graph()
    triples = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    assert triples is not None
    graph.parse(data=triples.decode("utf-8"), format="nt")
    return graph


def infer_by_owlrl(quads: Iterable[ox.Quad], base: str, target: str) -> list[ox.Quad]:
    """The statements that follow by OWL RL about things below ``base``, as quads of the graph ``target``."""
    import owlrl

    stated = list(quads)
    graph = to_rdflib(premises(stated))
    known = {quad.triple for quad in stated}
    rules = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False)
    rules.closure()
    if rules.error_messages:
        raise fail("inconsistent", errors="; ".join(sorted(map(str, rules.error_messages))[:5]))
    fresh = (_quad(triple, target) for triple in graph if _says_something(triple, base))
    return sorted((quad for quad in fresh if quad.triple not in known), key=str)


def premises(quads: list[ox.Quad]) -> list[ox.Quad]:
    """What rules can draw on: every link, and the values of the ontology's own datatype properties.

    Labels, definitions and other annotations imply nothing in OWL RL; without them the closure is quicker.
    """
    kind = ox.NamedNode(PREFIXES["owl"] + "DatatypeProperty")
    properties = {quad.subject for quad in quads if quad.object == kind}
    return [quad for quad in quads if not isinstance(quad.object, ox.Literal) or quad.predicate in properties]


def _says_something(triple: Any, base: str) -> bool:
    from rdflib import OWL, RDF, RDFS, BNode, URIRef

    subject, predicate, value = triple
    if not isinstance(subject, URIRef) or not subject.startswith(base + "id/"):
        return False
    if isinstance(value, BNode) or (predicate == OWL.sameAs and subject == value):
        return False
    return not (predicate == RDF.type and value in (OWL.Thing, RDFS.Resource))


def _quad(triple: Any, target: str) -> ox.Quad:
    subject, predicate, value = triple
    return ox.Quad(ox.NamedNode(str(subject)), ox.NamedNode(str(predicate)), _term(value), ox.NamedNode(target))


def _term(value: Any) -> ox.NamedNode | ox.Literal:
    from rdflib import Literal

    if not isinstance(value, Literal):
        return ox.NamedNode(str(value))
    if value.language:
        return ox.Literal(str(value), language=value.language)
    datatype = str(value.datatype) if value.datatype else XSD + "string"
    return ox.Literal(str(value), datatype=ox.NamedNode(datatype))

"""Inference: what is left out of the premises implies nothing, what is inferred says something, contradictions stop."""

from __future__ import annotations

import owlrl
import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, BNode, Literal, URIRef

from pactgraph.build.assemble import assemble
from pactgraph.build.infer import infer, to_rdflib
from pactgraph.errors import UserError
from pactgraph.namespaces import BASE, PG, PREFIXES
from pactgraph.settings import Settings

TARGET = f"{BASE}graph/derived/inferred"
SMALL = ("ontology", "alignments", "vocabularies", "un/ccpr-c-vnm-co-3", "vnm/bodies", "vnm/transfers", "vnm/laws")


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    """The ontology with the graphs of real data that are quick to reason over."""
    graphs = {f"{BASE}graph/{name}" for name in SMALL}
    return [quad for quad in assemble(Settings()) if quad.graph_name.value in graphs]


def _name(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


def test_it_equals_owlrl_on_everything_less_what_says_nothing(quads: list[ox.Quad]) -> None:
    everything = to_rdflib(quads)
    known = set(everything)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(everything)
    expected = {
        (str(s), str(p), str(o)) for s, p, o in everything
        if (s, p, o) not in known and isinstance(s, URIRef) and s.startswith(f"{BASE}id/")
        and not isinstance(o, BNode | Literal) and not (p == OWL.sameAs and s == o)
        and not (p == RDF.type and o in (OWL.Thing, RDFS.Resource))
    }
    premises = [quad for quad in quads if quad.graph_name != _name(f"{BASE}graph/vocabularies")]
    found = {(q.subject.value, q.predicate.value, q.object.value) for q in infer(premises, BASE, TARGET)}
    assert found == expected
    assert (f"{BASE}id/vnm/body/mps", str(RDF.type), f"{PG}Agent") in found


def test_nothing_stated_is_inferred_again(quads: list[ox.Quad]) -> None:
    stated = {quad.triple for quad in quads}
    assert not stated & {quad.triple for quad in infer(quads, BASE, TARGET)}


def test_a_contradiction_stops_the_build(quads: list[ox.Quad]) -> None:
    thing, kind, graph = _name(f"{BASE}id/x"), _name(PREFIXES["rdf"] + "type"), _name("urn:g")
    wrong = [ox.Quad(thing, kind, _name(PG + name), graph) for name in ("PublicBody", "BodyGroup")]
    ontology = [quad for quad in quads if quad.graph_name == _name(f"{BASE}graph/ontology")]
    with pytest.raises(UserError) as problem:
        infer([*ontology, *wrong], BASE, TARGET)
    assert problem.value.key == "inconsistent"

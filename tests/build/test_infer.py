"""Inference: what is left out of the premises implies nothing, what is inferred says something, contradictions stop."""

from __future__ import annotations

import owlrl
import pyoxigraph as ox
import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, BNode, Literal, URIRef

from pactgraph.build.assemble import assemble
from pactgraph.build.infer import infer, uncovered
from pactgraph.build.infer_owlrl import infer_by_owlrl, to_rdflib
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


# Against the reference, on ontologies made up on the way ---------------------------------------------------------

_CLASSES = [_name(f"{BASE}ontology/C{n}") for n in range(4)]
_PROPERTIES = [_name(f"{BASE}ontology/p{n}") for n in range(4)]
_THINGS = [_name(f"{BASE}id/t{n}") for n in range(4)]
_RDF, _RDFS, _OWL = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["owl"]
_LIST = (_name("urn:list:1"), _name("urn:list:2"))


def _pair(of: list[ox.NamedNode], predicate: str, to: list[ox.NamedNode]) -> st.SearchStrategy[ox.Triple]:
    return st.builds(ox.Triple, st.sampled_from(of), st.just(_name(predicate)), st.sampled_from(to))


_AXIOM = st.one_of(
    _pair(_CLASSES, _RDFS + "subClassOf", _CLASSES),
    _pair(_PROPERTIES, _RDFS + "subPropertyOf", _PROPERTIES),
    _pair(_PROPERTIES, _OWL + "inverseOf", _PROPERTIES),
    _pair(_PROPERTIES, _RDFS + "domain", _CLASSES),
    _pair(_PROPERTIES, _RDFS + "range", _CLASSES),
)
_FACT = st.one_of(
    _pair(_THINGS, _RDF + "type", _CLASSES),
    st.builds(ox.Triple, st.sampled_from(_THINGS), st.sampled_from(_PROPERTIES), st.sampled_from(_THINGS)),
)


def _chain(whole: ox.NamedNode, one: ox.NamedNode, two: ox.NamedNode) -> list[ox.Triple]:
    """``whole`` is the chain of ``one`` and ``two``."""
    first, rest = _name(_RDF + "first"), _name(_RDF + "rest")
    return [ox.Triple(whole, _name(_OWL + "propertyChainAxiom"), _LIST[0]), ox.Triple(_LIST[0], first, one),
            ox.Triple(_LIST[0], rest, _LIST[1]), ox.Triple(_LIST[1], first, two), ox.Triple(_LIST[1], rest, _name(_RDF + "nil"))]


def _about_things(quads: list[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in quads}


@given(axioms=st.lists(_AXIOM, max_size=8), facts=st.lists(_FACT, max_size=8),
       chain=st.none() | st.builds(_chain, *[st.sampled_from(_PROPERTIES)] * 3))
@settings(max_examples=examples(60))
def test_the_rules_equal_owlrl_on_any_ontology_of_their_words(
        axioms: list[ox.Triple], facts: list[ox.Triple], chain: list[ox.Triple] | None) -> None:
    given_quads = [ox.Quad(*triple, _name("urn:g")) for triple in [*axioms, *facts, *(chain or [])]]
    assert _about_things(infer(given_quads, BASE, TARGET)) == _about_things(infer_by_owlrl(given_quads, BASE, TARGET))


def test_words_that_no_rule_reads_are_left_to_owlrl() -> None:
    above, (one, two, three, _) = _PROPERTIES[0], _THINGS
    triples = [ox.Triple(above, _name(_RDF + "type"), _name(_OWL + "TransitiveProperty")),
               ox.Triple(one, above, two), ox.Triple(two, above, three)]
    found = infer([ox.Quad(*triple, _name("urn:g")) for triple in triples], BASE, TARGET)
    assert ox.Triple(one, above, three) in _about_things(found)


def test_the_shipped_ontology_uses_only_what_the_rules_read(quads: list[ox.Quad]) -> None:
    store = ox.Store()
    store.bulk_extend(ox.Quad(*quad.triple) for quad in quads)
    assert uncovered(store) == []

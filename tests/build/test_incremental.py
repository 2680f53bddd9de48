"""What follows from a graph, kept up to date statement by statement, is what a whole run finds."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.build import addressees
from pactgraph.build.facts import Facts
from pactgraph.build.gaps import depends_on_day
from pactgraph.build.infer import infer
from pactgraph.build.infer_incremental import Closure, is_schema
from pactgraph.build.known_queries import reads_of
from pactgraph.build.shacl.graph import TermGraph
from pactgraph.catalogue import load, names
from pactgraph.namespaces import BASE, PREFIXES, RDF, RDFS
from pactgraph.store.generations import current

OWL = PREFIXES["owl"]
ONTOLOGY = f"""
@prefix owl: <{OWL}> . @prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> . @prefix : <urn:> .
:p rdfs:subPropertyOf :q ; rdfs:domain :A ; rdfs:range :B .
:q owl:inverseOf :r .
:whole owl:propertyChainAxiom ( :p :r2 ) ; rdfs:subPropertyOf :p .
:A rdfs:subClassOf :C . :B rdfs:subClassOf :C . :D rdfs:domain :A .
:v a owl:DatatypeProperty ; rdfs:domain :D .
"""
SCHEMA = list(ox.parse(ONTOLOGY, format=ox.RdfFormat.TURTLE))
INFERRED = ox.NamedNode("urn:inferred")
NODES = [ox.NamedNode(f"{BASE}id/{name}") for name in "abcd"]
LINKS = [ox.NamedNode(f"urn:{name}") for name in ("p", "q", "r", "r2", "whole")]
TRIPLES = st.one_of(
    st.builds(ox.Quad, st.sampled_from(NODES), st.sampled_from(LINKS), st.sampled_from(NODES)),
    st.builds(ox.Quad, st.sampled_from(NODES), st.just(ox.NamedNode(RDF + "type")),
              st.sampled_from([ox.NamedNode("urn:A"), ox.NamedNode("urn:D")])),
    st.builds(ox.Quad, st.sampled_from(NODES), st.sampled_from([ox.NamedNode("urn:v"), ox.NamedNode(RDFS + "label")]),
              st.just(ox.Literal("x"))),
)


@given(st.frozensets(TRIPLES, max_size=12), st.lists(st.tuples(st.frozensets(TRIPLES, max_size=4), st.frozensets(
    st.integers(0, 20), max_size=4)), max_size=5))
def test_inference_kept_up_to_date_is_inference_made_anew(given: frozenset[ox.Quad],
                                                          steps: list[tuple[frozenset[ox.Quad], frozenset[int]]]) -> None:
    graph = TermGraph([*SCHEMA, *given])
    closure, stated = Closure(graph), set(given)
    for added, places in steps:
        there = sorted(stated, key=str)
        gone = {there[place] for place in places if place < len(there)} - added
        new = added - stated
        stated = (stated - gone) | new
        triples = [[tuple(map(graph.number, (q.subject, q.predicate, q.object))) for q in side] for side in (new, gone)]
        for triple in triples[0]:
            graph.add(*triple)
        for triple in triples[1]:
            graph.remove(*triple)
        before = set(closure.made)
        came, went = closure.change(*triples)  # type: ignore[arg-type]
        assert (before - went) | came == set(closure.made)
        found = closure.quads(closure.made, BASE, INFERRED)
        assert found == set(infer([*SCHEMA, *stated], BASE, INFERRED.value))


def test_it_finds_in_the_real_graph_what_the_build_found(built_store: Path) -> None:
    generation = current(built_store)
    assert generation is not None
    derived = f"{BASE}graph/derived/"
    quads = list(ox.parse(path=str(generation.nquads), format=ox.RdfFormat.N_QUADS))
    stated = [q for q in quads if q.graph_name.value not in (f"{derived}inferred", f"{derived}gaps")]  # type: ignore[union-attr]
    closure = Closure(TermGraph(stated))
    place = ox.NamedNode(f"{derived}inferred")
    assert closure.quads(closure.made, BASE, place) == {q for q in quads if q.graph_name == place}


@pytest.mark.parametrize(("predicate", "value", "schema"), [
    (RDFS + "subClassOf", "urn:A", True), (OWL + "inverseOf", "urn:p", True), (RDF + "type", OWL + "Class", True),
    (RDF + "rest", "urn:l", True), (RDFS + "seeAlso", "urn:x", False), (RDF + "type", "urn:A", False), ("urn:p", "urn:x", False),
])
def test_what_changes_the_rules(predicate: str, value: str, schema: bool) -> None:
    assert is_schema(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode(predicate), ox.NamedNode(value))) == schema


def test_addressees_read_only_what_they_say_they_read(built_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generation = current(built_store)
    assert generation is not None
    read: set[str] = set()
    classes: set[str] = set()
    real, instances = Facts.all, Facts.instances
    monkeypatch.setattr(Facts, "all", lambda self, subject, name: (read.add(name), real(self, subject, name))[1])
    monkeypatch.setattr(Facts, "instances", lambda self, name: (classes.add(name), instances(self, name))[1])
    addressees.derive_addressees(ox.parse(path=str(generation.nquads), format=ox.RdfFormat.N_QUADS), "urn:g")
    assert read == addressees.READS and classes == addressees.CLASSES


def test_what_gap_queries_read_is_known() -> None:
    task = ox.NamedNode(f"{BASE}ontology/PlanTask")
    reads = reads_of(load("gaps", "orphan-task").text)
    assert reads is not None and (ox.NamedNode(RDF + "type"), task) in reads
    assert (ox.NamedNode(f"{BASE}ontology/addresses"), None) in reads
    stored = [name for name in names("gaps") if not depends_on_day(load("gaps", name))]
    assert [name for name in stored if reads_of(load("gaps", name).text) is None] == []
    assert reads_of("SELECT ?s WHERE { ?s ?p ?o }") is None
    assert reads_of("SELECT ?s WHERE { ?s !<urn:p> ?o }") is None

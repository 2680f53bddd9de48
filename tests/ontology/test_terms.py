"""Hygiene of the terms: each is named, defined, exemplified and used; nothing undeclared is used anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

ROOT = Path(__file__).resolve().parents[2]
IRI = URIRef("https://w3id.org/pactgraph/ontology")
PG = Namespace("https://w3id.org/pactgraph/ontology/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
DCAM = Namespace("http://purl.org/dc/dcam/")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
SMALL_WORDS = {"of", "a", "the"}

USERS = sorted(
    file
    for pattern in ("ontology/*.ttl", "ontology/vocabularies/*.ttl", "shapes/*.ttl", "tests/**/*.ttl", "data/**/*.ttl")
    for file in ROOT.glob(pattern)
)


def _terms(ontology: Graph, *kinds: URIRef) -> list[URIRef]:
    terms = {term for kind in kinds or KINDS for term in ontology.subjects(RDF.type, kind)}
    return sorted(term for term in terms if term in PG)


def _name(term: URIRef) -> str:
    return str(term).removeprefix(str(PG))


def test_every_term_is_described_in_both_languages(ontology: Graph) -> None:
    for term in _terms(ontology):
        for predicate in (RDFS.label, SKOS.definition, SKOS.example):
            texts = list(ontology.objects(term, predicate))
            assert sorted(str(text.language) for text in texts) == ["en", "vi"], (term, predicate)
            assert all(str(text).strip() for text in texts)


def test_every_term_says_where_it_comes_from(ontology: Graph) -> None:
    for term in _terms(ontology):
        assert ontology.value(term, RDFS.isDefinedBy) == IRI, term
        origins = [*ontology.objects(term, DCTERMS.source), *ontology.objects(term, RDFS.seeAlso)]
        assert origins, term


def test_a_term_is_of_one_kind(ontology: Graph) -> None:
    for term in _terms(ontology):
        assert sum((term, RDF.type, kind) in ontology for kind in KINDS) == 1, term


def test_names_and_labels_follow_one_style(ontology: Graph) -> None:
    for term in _terms(ontology, OWL.Class):
        assert re.fullmatch(r"([A-Z][a-z]+)+", _name(term)), term
        label = next(str(text) for text in ontology.objects(term, RDFS.label) if text.language == "en")
        words = [word for word in re.split(r"[ ]", label) if word not in SMALL_WORDS]
        assert all(word[0].isupper() for word in words), label
    for term in _terms(ontology, OWL.ObjectProperty, OWL.DatatypeProperty):
        assert re.fullmatch(r"[a-z][A-Za-z0-9]*", _name(term)), term


def test_definitions_are_sentences_and_unique(ontology: Graph) -> None:
    seen: dict[str, URIRef] = {}
    for term in _terms(ontology):
        for text in ontology.objects(term, SKOS.definition):
            assert str(text).endswith("."), term
            assert seen.setdefault(str(text), term) == term, f"{term} is defined like {seen[str(text)]}"


def test_labels_are_unique(ontology: Graph) -> None:
    seen: dict[tuple[str, str, bool], URIRef] = {}
    for term in _terms(ontology):
        is_class = (term, RDF.type, OWL.Class) in ontology
        for text in ontology.objects(term, RDFS.label):
            key = (str(text).casefold(), str(text.language), is_class)
            assert seen.setdefault(key, term) == term, f"{term} is labelled like {seen[key]}"


def test_every_property_says_what_it_links(ontology: Graph) -> None:
    """By an axiom where the inference is right, otherwise by dcam:domainIncludes and dcam:rangeIncludes."""
    inverse = {term for pair in ontology.subject_objects(OWL.inverseOf) for term in pair}
    for term in _terms(ontology, OWL.ObjectProperty, OWL.DatatypeProperty):
        domain = {*ontology.objects(term, RDFS.domain), *ontology.objects(term, DCAM.domainIncludes)}
        target = {*ontology.objects(term, RDFS.range), *ontology.objects(term, DCAM.rangeIncludes)}
        assert domain or term in inverse, term
        assert target or term in inverse, term
        for value in domain | target:
            assert value not in PG or (value, RDF.type, OWL.Class) in ontology, (term, value)


def test_no_cycles_among_classes(ontology: Graph) -> None:
    for term in _terms(ontology, OWL.Class):
        parents = list(ontology.objects(term, RDFS.subClassOf))
        above = {ancestor for parent in parents for ancestor in ontology.transitive_objects(parent, RDFS.subClassOf)}
        assert term not in above, term


def test_no_term_without_a_use(ontology: Graph, examples: Graph) -> None:
    used = {term for triple in examples for term in triple if isinstance(term, URIRef)}
    for one, other in list(ontology.subject_objects(OWL.inverseOf)):
        if one in used or other in used:
            used |= {one, other}
    for term in _terms(ontology, OWL.Class):
        if used & set(ontology.transitive_subjects(RDFS.subClassOf, term)):
            used.add(term)
    assert [term for term in _terms(ontology) if term not in used] == []


@pytest.mark.parametrize("file", USERS, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_undeclared_is_used(ontology: Graph, file: Path) -> None:
    declared = set(_terms(ontology))
    graph = Graph().parse(file, format="turtle")
    used = {term for triple in graph for term in triple if isinstance(term, URIRef) and term in PG}
    used -= {URIRef(f"{PG}0.1.0"), URIRef(f"{PG}alignments"), URIRef(f"{PG}alignments/0.1.0")}
    assert sorted(used - declared) == []

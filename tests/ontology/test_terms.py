"""Hygiene of the terms that a query cannot see: one kind each, a use for each, one style of labels.

The other rules stand one a file in ``queries/checks`` (see test_checks.py).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

ROOT = Path(__file__).resolve().parents[2]
PG = Namespace("https://w3id.org/pactgraph/ontology/")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
SMALL_WORDS = {"of", "a", "the"}
VERSIONS = (OWL.versionIRI, OWL.priorVersion)

# The files of the rules hold errors on purpose, the formatter's tests hold none of our terms.
USERS = sorted(
    file
    for pattern in ("ontology/*.ttl", "ontology/vocabularies/*.ttl", "shapes/*.ttl", "tests/**/*.ttl", "data/**/*.ttl")
    for file in ROOT.glob(pattern)
    if "checks" not in file.parts
)


def _terms(ontology: Graph, *kinds: URIRef) -> list[URIRef]:
    terms = {term for kind in kinds or KINDS for term in ontology.subjects(RDF.type, kind)}
    return sorted(term for term in terms if term in PG)


def test_a_term_is_of_one_kind(ontology: Graph) -> None:
    for term in _terms(ontology):
        assert sum((term, RDF.type, kind) in ontology for kind in KINDS) == 1, term


def test_labels_of_classes_are_in_title_case(ontology: Graph) -> None:
    for term in _terms(ontology, OWL.Class):
        label = next(str(text) for text in ontology.objects(term, RDFS.label) if text.language == "en")
        words = [word for word in label.split(" ") if word not in SMALL_WORDS]
        assert all(word[0].isupper() for word in words), label


def test_no_term_without_a_use(ontology: Graph, examples: Graph) -> None:
    schemes = Graph()
    for file in (ROOT / "ontology" / "vocabularies").glob("*.ttl"):
        schemes.parse(file)
    used = {term for triple in examples + schemes for term in triple if isinstance(term, URIRef)}
    for one, other in list(ontology.subject_objects(OWL.inverseOf)):
        if one in used or other in used:
            used |= {one, other}
    for term in _terms(ontology, OWL.Class):
        if used & set(ontology.transitive_subjects(RDFS.subClassOf, term)):
            used.add(term)
    assert [term for term in _terms(ontology) if term not in used] == []


@pytest.mark.parametrize("file", USERS, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_undeclared_is_used(ontology: Graph, file: Path) -> None:
    """File by file, the wrong examples too: what is wrong in one must not be a term that nobody knows."""
    declared = {*_terms(ontology), PG.alignments}
    graph = Graph().parse(file, format="turtle")
    used = {
        term
        for subject, predicate, value in graph
        for term in (subject, predicate, *([] if predicate in VERSIONS else [value]))
        if isinstance(term, URIRef) and term in PG
    }
    assert sorted(used - declared) == []

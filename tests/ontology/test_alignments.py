"""The alignments: only from our terms, only to terms that exist, and none that would say too much."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCAT, DCTERMS, ORG, OWL, RDF, RDFS, SKOS, VANN, Graph, Namespace, URIRef
from rdflib import PROV as PROV_TERMS

PG = Namespace("https://w3id.org/pactgraph/ontology/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
PROV = Namespace("http://www.w3.org/ns/prov#")
SDG = "http://metadata.un.org/sdg/"
UNBIS = "http://metadata.un.org/thesaurus/"
UNDO = Namespace("https://w3id.org/un/ontology/undo/")
MAPPINGS = (SKOS.closeMatch, SKOS.relatedMatch, SKOS.broadMatch, SKOS.narrowMatch)
AXIOMS = (RDFS.subClassOf, RDFS.subPropertyOf)

# Read in the other vocabulary's own file: ELI 1.5, UNDO of 2017-06-01.
READ = {
    ELI: {
        "LegalResource", "LegalResourceSubdivision", "Work", "WorkSubdivision", "amends", "date_document",
        "date_no_longer_in_force", "first_date_entry_in_force", "id_local", "is_part_of", "number", "passed_by", "repeals",
    },
    UNDO: {"Document", "MeetingReport", "Recommendation", "Treaty"},
}  # fmt: skip


def test_alignments_start_from_declared_terms(ontology: Graph, alignments: Graph) -> None:
    for predicate in (*AXIOMS, *MAPPINGS):
        for subject in alignments.subjects(predicate, None):
            if subject in PG:
                assert (subject, RDF.type, None) in ontology, subject


def test_no_equivalence_and_no_exact_match(alignments: Graph) -> None:
    for predicate in (OWL.equivalentClass, OWL.equivalentProperty, OWL.sameAs, SKOS.exactMatch):
        assert not list(alignments.subject_objects(predicate))


def test_targets_were_read_in_the_other_vocabulary(alignments: Graph) -> None:
    for namespace, names in READ.items():
        used = {term for triple in alignments for term in triple if isinstance(term, URIRef) and term in namespace}
        assert {str(term).removeprefix(str(namespace)) for term in used} <= names


@pytest.mark.parametrize("vocabulary", [DCAT, DCTERMS, ORG, PROV_TERMS, SKOS, VANN], ids=lambda it: str(it._NS))
def test_targets_exist_in_the_vocabularies_that_rdflib_ships(alignments: Graph, vocabulary: type) -> None:
    """rdflib makes its closed namespaces from the published files of the vocabularies."""
    used = {term for triple in alignments for term in triple if isinstance(term, URIRef) and term in vocabulary._NS}
    assert sorted(used - set(dir(vocabulary))) == []


def test_goals_and_targets_exist_in_the_sdg_scheme(alignments: Graph) -> None:
    known = set((Path(__file__).parent / "sdg-goals-and-targets.txt").read_text(encoding="utf-8").split())
    used = {str(term).removeprefix(SDG) for term in alignments.objects() if str(term).startswith(SDG)}
    assert used
    assert used <= known


def test_subjects_of_the_examples_exist_in_unbis(examples: Graph) -> None:
    """Addresses of the UNBIS Thesaurus that were read in the published file."""
    read = {"http://metadata.un.org/thesaurus/1000811"}
    assert set(map(str, examples.objects(None, DCTERMS.subject))) <= read


def test_concepts_of_unbis_are_among_those_whose_labels_were_read(alignments: Graph) -> None:
    known = set((Path(__file__).parent / "unbis-concepts.txt").read_text(encoding="utf-8").split())
    used = {str(term).removeprefix(UNBIS) for term in alignments.objects() if str(term).startswith(UNBIS)}
    assert used and used <= known


def test_nothing_says_conformity_or_makes_a_task_an_activity(alignments: Graph) -> None:
    terms = {term for triple in alignments for term in triple}
    assert not terms & {ELI.implements, ELI.implemented_by, ELI.applies, ELI.applied_by}
    assert not terms & {PROV.qualifiedAssociation, PROV.qualifiedAttribution, PROV.Association}
    assert set(alignments.subjects(RDFS.subClassOf, PROV.Activity)) == {PG.ImplementationActivity, PG.JournalEntry}


def test_classes_are_aligned_with_classes(ontology: Graph, alignments: Graph) -> None:
    for subject, value in alignments.subject_objects(RDFS.subClassOf):
        assert (subject, RDF.type, OWL.Class) in ontology
        assert (value, RDF.type, OWL.Class) in alignments
    for subject, value in alignments.subject_objects(RDFS.subPropertyOf):
        assert (subject, RDF.type, OWL.ObjectProperty) in ontology
        assert (value, RDF.type, OWL.ObjectProperty) in alignments


def test_concepts_are_mapped_from_their_vocabulary(alignments: Graph, vocabularies: dict[str, Graph]) -> None:
    for subject in {subject for kind in MAPPINGS for subject in alignments.subjects(kind, None)}:
        if subject not in PG:
            scheme = str(subject).rsplit("/", 2)[1]
            assert (subject, RDF.type, SKOS.Concept) in vocabularies[scheme]

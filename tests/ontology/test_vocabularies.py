"""The concept schemes: one a file, bilingual, and consistent as SKOS asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Namespace, URIRef

ROOT = Path(__file__).resolve().parents[2]
VOCAB = "https://w3id.org/pactgraph/vocab/"
DCTERMS = Namespace("http://purl.org/dc/terms/")
SCHEMES = sorted(file.stem for file in (ROOT / "ontology" / "vocabularies").glob("*.ttl"))


def _concepts(graph: Graph) -> list[URIRef]:
    return sorted(graph.subjects(RDF.type, SKOS.Concept))


def test_the_schemes_that_the_graph_needs() -> None:
    assert set(SCHEMES) >= {
        "basis", "body-kind", "committee-grade", "deadline-kind", "derogation", "function", "gap-type", "issue-code",
        "link-method", "link-status", "paragraph-type", "role", "severity", "task-status", "text-status",
        "transfer-kind", "verification",
    }  # fmt: skip


@pytest.mark.parametrize("name", SCHEMES)
def test_one_scheme_a_file(vocabularies: dict[str, Graph], name: str) -> None:
    graph = vocabularies[name]
    scheme = URIRef(VOCAB + name)
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    for predicate in (DCTERMS.title, DCTERMS.description, RDFS.label, SKOS.prefLabel):
        assert sorted(str(text.language) for text in graph.objects(scheme, predicate)) == ["en", "vi"]
    assert graph.value(scheme, DCTERMS.license)
    for resource in set(graph.subjects()):
        assert resource == scheme or str(resource).startswith(f"{scheme}/"), f"{resource} belongs to another file"


@pytest.mark.parametrize("name", SCHEMES)
def test_concepts_are_described_in_both_languages(vocabularies: dict[str, Graph], name: str) -> None:
    graph = vocabularies[name]
    assert _concepts(graph)
    for concept in _concepts(graph):
        for predicate in (SKOS.prefLabel, RDFS.label, SKOS.definition):
            assert sorted(str(text.language) for text in graph.objects(concept, predicate)) == ["en", "vi"], concept
        assert set(graph.objects(concept, SKOS.prefLabel)) == set(graph.objects(concept, RDFS.label)), concept


@pytest.mark.parametrize("name", SCHEMES)
def test_the_notation_is_the_end_of_the_iri(vocabularies: dict[str, Graph], name: str) -> None:
    graph = vocabularies[name]
    for resource in (*_concepts(graph), *graph.subjects(RDF.type, SKOS.Collection)):
        assert [str(code) for code in graph.objects(resource, SKOS.notation)] == [str(resource).rsplit("/", 1)[1]]


@pytest.mark.parametrize("name", SCHEMES)
def test_names_are_unique_in_a_scheme(vocabularies: dict[str, Graph], name: str) -> None:
    names: dict[tuple[str, str], URIRef] = {}
    for concept in _concepts(vocabularies[name]):
        for text in vocabularies[name].objects(concept, SKOS.prefLabel):
            key = (str(text).casefold(), str(text.language))
            assert names.setdefault(key, concept) == concept, f"{concept} is named like {names[key]}"


@pytest.mark.parametrize("name", SCHEMES)
def test_hierarchy_is_stated_both_ways_and_without_cycles(vocabularies: dict[str, Graph], name: str) -> None:
    graph = vocabularies[name]
    scheme = URIRef(VOCAB + name)
    concepts = _concepts(graph)
    for concept in concepts:
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
        is_top = (scheme, SKOS.hasTopConcept, concept) in graph
        assert is_top == ((concept, SKOS.topConceptOf, scheme) in graph) == ((concept, SKOS.broader, None) not in graph)
        for broader in graph.objects(concept, SKOS.broader):
            assert broader in concepts and (broader, SKOS.narrower, concept) in graph
            assert concept not in set(graph.transitive_objects(broader, SKOS.broader))
        for narrower in graph.objects(concept, SKOS.narrower):
            assert (narrower, SKOS.broader, concept) in graph


def test_collections_hold_concepts_of_their_scheme(vocabularies: dict[str, Graph]) -> None:
    for graph in vocabularies.values():
        for collection in graph.subjects(RDF.type, SKOS.Collection):
            assert (collection, RDF.type, SKOS.Concept) not in graph
            assert set(graph.objects(collection, SKOS.member)) <= set(_concepts(graph))


def test_every_gap_type_stands_in_one_group(vocabularies: dict[str, Graph]) -> None:
    graph = vocabularies["gap-type"]
    assert sorted(graph.objects(None, SKOS.member)) == _concepts(graph)


def test_no_word_of_blame_in_gap_types(vocabularies: dict[str, Graph]) -> None:
    """A gap says what is not recorded; it does not say that anybody violated or neglected something."""
    texts = [text for _, p, text in vocabularies["gap-type"] if p in (SKOS.prefLabel, SKOS.definition)]
    for text in texts:
        words = str(text).casefold()
        assert not any(word in words for word in ("violat", "failed", "overdue", "vi phạm", "chậm trễ")), text


def test_that_nothing_is_recorded_is_no_status(vocabularies: dict[str, Graph]) -> None:
    codes = {str(code) for code in vocabularies["task-status"].objects(None, SKOS.notation)}
    assert codes == {"task-status", "not-started", "in-progress", "completed"}

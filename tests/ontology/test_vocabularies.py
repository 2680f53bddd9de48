"""The concept schemes: one a file, with what their sources say. The rules of SKOS stand in ``queries/checks``."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

ROOT = Path(__file__).resolve().parents[2]
VOCAB = "https://w3id.org/pactgraph/vocab/"
DCTERMS = Namespace("http://purl.org/dc/terms/")
PG = Namespace("https://w3id.org/pactgraph/ontology/")
SCHEMES = sorted(file.stem for file in (ROOT / "ontology" / "vocabularies").glob("*.ttl"))


def _codes(graph: Graph) -> set[str]:
    return {str(graph.value(concept, SKOS.notation)) for concept in _concepts(graph)}


def _concepts(graph: Graph) -> list[URIRef]:
    return sorted(graph.subjects(RDF.type, SKOS.Concept))


def test_the_schemes_that_the_graph_needs() -> None:
    assert set(SCHEMES) >= {
        "access-class", "action-level", "affected-group", "basis", "body-kind", "committee-grade", "committee-subgrade",
        "count-rule", "deadline-kind", "derogation", "event-kind", "function", "gap-type", "indicator-kind", "issue-code",
        "link-extent", "link-method", "link-status", "paragraph-type", "review-mechanism", "role", "severity", "task-status",
        "text-status", "theme", "theme-code", "transfer-kind", "treaty-act", "upr-info-issue", "upr-position", "verification",
    }  # fmt: skip


@pytest.mark.parametrize("name", SCHEMES)
def test_one_scheme_a_file(vocabularies: dict[str, Graph], name: str) -> None:
    graph = vocabularies[name]
    scheme = URIRef(VOCAB + name)
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    for predicate in (DCTERMS.title, DCTERMS.description, RDFS.label, SKOS.prefLabel):
        assert sorted(str(text.language) for text in graph.objects(scheme, predicate)) == ["en", "vi"]
    assert graph.value(scheme, DCTERMS.license)
    assert str(graph.value(scheme, OWL.versionInfo)) == "1.0.0"
    for resource in set(graph.subjects()):
        assert resource == scheme or str(resource).startswith(f"{scheme}/"), f"{resource} belongs to another file"


@pytest.mark.parametrize("name", SCHEMES)
def test_concepts_are_labelled_as_they_are_named(vocabularies: dict[str, Graph], name: str) -> None:
    graph = vocabularies[name]
    assert _concepts(graph)
    for concept in _concepts(graph):
        assert set(graph.objects(concept, SKOS.prefLabel)) == set(graph.objects(concept, RDFS.label)), concept


def test_the_notation_of_a_group_is_the_end_of_its_address(vocabularies: dict[str, Graph]) -> None:
    for graph in vocabularies.values():
        for group in graph.subjects(RDF.type, SKOS.Collection):
            assert [str(code) for code in graph.objects(group, SKOS.notation)] == [str(group).rsplit("/", 1)[1]]


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


def test_scales_of_the_committee_say_their_years(vocabularies: dict[str, Graph]) -> None:
    """The sub-grades ended in the year in which the present grades began; both may be found in that year."""
    new, old = vocabularies["committee-grade"], vocabularies["committee-subgrade"]
    assert new.value(URIRef(VOCAB + "committee-grade"), PG.validFromYear) == Literal(2016)
    assert old.value(URIRef(VOCAB + "committee-subgrade"), PG.validUntilYear) == Literal(2016)
    assert _codes(new) == {"A", "B", "C", "D", "E"}
    assert _codes(old) == {"A", "B1", "B2", "C1", "C2", "D1", "D2", "E"}


def test_in_part_is_the_words_of_the_state(vocabularies: dict[str, Graph]) -> None:
    graph = vocabularies["upr-position"]
    assert _codes(graph) == {
        "supported", "supported-in-part", "noted", "not-supported", "considered-implemented", "pending",
    }  # fmt: skip
    partly = next(text for text in graph.objects(URIRef(VOCAB + "upr-position/supported-in-part"), SKOS.definition)
                  if text.language == "en")  # fmt: skip
    assert "State's own wording" in partly


def test_action_levels_are_the_five_of_upr_info(vocabularies: dict[str, Graph]) -> None:
    assert _codes(vocabularies["action-level"]) == set("12345")


def test_old_codes_stand_below_codes_that_begin_like_them(vocabularies: dict[str, Graph]) -> None:
    graph = vocabularies["theme-code"]
    pairs = list(graph.subject_objects(SKOS.broader))
    assert pairs
    for narrower, broader in pairs:
        assert str(narrower).startswith(str(broader))


def test_themes_are_matched_with_themes_that_exist(vocabularies: dict[str, Graph]) -> None:
    themes = set(_concepts(vocabularies["theme"]))
    matched = list(vocabularies["theme-code"].objects(None, SKOS.closeMatch))
    assert matched
    assert set(matched) <= themes

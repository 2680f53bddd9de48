"""docs/gaps.md says of every gap type what the vocabulary says, and marks those that depend on a day."""

from __future__ import annotations

from pathlib import Path

from rdflib import RDF, SKOS, Graph, URIRef

from pactgraph.build.gaps import depends_on_day
from pactgraph.catalogue import load, names

ROOT = Path(__file__).resolve().parents[2]
CLOSED_BY = URIRef("https://w3id.org/pactgraph/ontology/closedBy")


def test_the_page_says_what_the_vocabulary_says() -> None:
    page = (ROOT / "docs" / "gaps.md").read_text("utf-8")
    graph = Graph().parse(ROOT / "ontology" / "vocabularies" / "gap-type.ttl")
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        for predicate in (SKOS.prefLabel, SKOS.definition, SKOS.scopeNote, CLOSED_BY):
            for text in graph.objects(concept, predicate):
                assert str(text) in page, f"docs/gaps.md does not say: {text}"


def test_types_of_a_day_are_marked() -> None:
    page = (ROOT / "docs" / "gaps.md").read_text("utf-8")
    for name in names("gaps"):
        assert f"\n### `{name}`{' ◷' if depends_on_day(load('gaps', name)) else ''}\n" in page

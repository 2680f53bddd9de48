"""The JSON-LD context: a key for every term, and a recommendation that reads as plain JSON and is still the graph."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://w3id.org/pactgraph/ontology/context.jsonld"
CONTEXT: dict[str, Any] = json.loads((ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8"))["@context"]
EXAMPLE = ROOT / "docs" / "ontology" / "recommendation"
PG = Namespace("https://w3id.org/pactgraph/ontology/")
DCAM = Namespace("http://purl.org/dc/dcam/")
OK = Namespace("https://example.org/valid/")


def _definitions(term: URIRef) -> list[dict[str, str]]:
    """The forward keys of a term; a key that is only a string is a key without a type."""
    name = "pg:" + str(term).removeprefix(str(PG))
    full = [value if isinstance(value, dict) else {"@id": value} for value in CONTEXT.values()]
    return [definition for definition in full if definition.get("@id") == name]


def _example() -> dict[str, Any]:
    """The example with the context in place of its address: nothing is fetched."""
    document = json.loads(EXAMPLE.with_suffix(".jsonld").read_text(encoding="utf-8"))
    assert document["@context"] == ADDRESS
    return {**document, "@context": CONTEXT}


def _turtle() -> Graph:
    return Graph().parse(EXAMPLE.with_suffix(".ttl"), format="turtle")


def test_every_term_has_one_key(ontology: Graph) -> None:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    for term in {term for kind in kinds for term in ontology.subjects(RDF.type, kind) if term in PG}:
        assert len(_definitions(term)) == 1, term


def test_every_key_leads_to_a_term(ontology: Graph) -> None:
    for key, value in CONTEXT.items():
        name = value if isinstance(value, str) else str(value.get("@id") or value.get("@reverse")) if value != 1.1 else ""
        if name.startswith("pg:"):
            assert (PG[name.removeprefix("pg:")], RDF.type, None) in ontology, key


def test_links_dates_and_texts_are_typed(ontology: Graph) -> None:
    for term in ontology.subjects(RDF.type, OWL.ObjectProperty):
        assert _definitions(term)[0]["@type"] == "@id", term
    for term in ontology.subjects(RDF.type, OWL.DatatypeProperty):
        (key,) = _definitions(term)
        meant = {str(value).rsplit("#")[-1] for p in (RDFS.range, DCAM.rangeIncludes) for value in ontology.objects(term, p)}
        if meant == {"langString"}:
            assert key["@container"] == "@language", term
        elif meant == {"date"}:
            assert key["@type"] == "xsd:date", term


def test_the_example_says_what_its_turtle_says() -> None:
    read = Graph().parse(data=json.dumps(_example()), format="json-ld")
    assert isomorphic(read, _turtle())


def test_a_second_reader_agrees() -> None:
    triples = [quad.triple for quad in ox.parse(json.dumps(_example()), format=ox.RdfFormat.JSON_LD)]
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    assert isomorphic(Graph().parse(data=text.decode("utf-8"), format="nt"), _turtle())


def test_the_example_uses_plain_keys_only() -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return {key for item in value for key in keys(item)}
        if not isinstance(value, dict):
            return set()
        return set(value) | {key for item in value.values() for key in keys(item)}

    plain = keys({key: value for key, value in _example().items() if key != "@context"})
    assert not [key for key in plain if ":" in key or key.startswith("@")]


def test_a_graph_compacted_with_the_context_is_still_the_graph(examples: Graph) -> None:
    part = Graph()
    for name in ("rec-24", "rec-24-a", "assessment", "task", "lead", "final", "law-2018", "position-2016"):
        part += examples.triples((OK[name], None, None))
    text = part.serialize(format="json-ld", context=CONTEXT, auto_compact=False)
    assert isomorphic(Graph().parse(data=text, format="json-ld"), part)
    nodes = {node["id"]: node for node in json.loads(text)["@graph"]}
    recommendation = nodes[str(OK["rec-24"])]
    assert recommendation["label"] == {"vi": "Hình phạt tử hình", "en": "Death penalty"}
    assert recommendation["responseDueOn"] == "2021-03-29"
    assert recommendation["document"] == str(OK.co3)

"""The shapes: every valid example passes, every invalid example is found by the shape that it names."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, BNode, Graph, Namespace, URIRef

from pactgraph.build.check import check
from pactgraph.build.rdflib_graph import to_graph

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).resolve().parent / "cases"
SH = Namespace("http://www.w3.org/ns/shacl#")
PG = Namespace("https://w3id.org/pactgraph/ontology/")
SHAPES = "https://w3id.org/pactgraph/shapes/"
INVALID = "https://example.org/invalid/"
SEVERITIES = {
    "integrity": {SH.Violation},
    "completeness": {SH.Warning, SH.Info},
    "publication": {SH.Violation, SH.Warning},
}


def _quads(*files: Path) -> list[ox.Quad]:
    return [quad for file in files for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)]


def _parse(*files: Path) -> Graph:
    return to_graph(_quads(*files))


def _expected(file: Path) -> set[str]:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# expect: (.+)", first)
    assert found, f"{file.name} does not say which shape it must trigger"
    return set(found[1].split())


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return _parse(*sorted((ROOT / "shapes").glob("*.ttl")))


@pytest.fixture(scope="module")
def valid_quads() -> list[ox.Quad]:
    """The valid examples with ontology and vocabularies, as they stand together in a built graph."""
    return _quads(*sorted((ROOT / "ontology").glob("**/*.ttl")), *sorted((CASES / "valid").glob("*.ttl")))


@pytest.fixture(scope="module")
def valid(valid_quads: list[ox.Quad]) -> Graph:
    return to_graph(valid_quads)


@pytest.fixture(scope="module")
def found(valid_quads: list[ox.Quad]) -> dict[str, set[str]]:
    """What is found in each invalid example; all are checked in one run, each has a namespace of its own.

    Our engine checks; that pySHACL says the same of the same files is a test in tests/checking.
    """
    findings: dict[str, set[str]] = defaultdict(set)
    for result in check([*valid_quads, *_quads(*sorted((CASES / "invalid").glob("*.ttl")))]):
        case = result.focus.removeprefix(INVALID).split("/")[0] if result.focus.startswith(INVALID) else "elsewhere"
        findings[case].add(result.shape.removeprefix(SHAPES))
    return findings


def _with_message(shapes: Graph) -> set[str]:
    kinds = (SH.NodeShape, SH.PropertyShape)
    nodes = {shape for kind in kinds for shape in shapes.subjects(RDF.type, kind)}
    return {str(shape).removeprefix(SHAPES) for shape in nodes if (shape, SH.message, None) in shapes}


def test_valid_examples_pass_without_any_finding(valid_quads: list[ox.Quad]) -> None:
    assert check(valid_quads) == []


def test_the_shapes_are_shapes_by_the_shapes_of_shacl(shapes: Graph) -> None:
    conforms, _, text = validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("file", sorted((CASES / "invalid").glob("*.ttl")), ids=lambda file: file.stem)
def test_invalid_example_is_found_by_the_shape_that_it_names(found: dict[str, set[str]], file: Path) -> None:
    assert found[file.stem] == _expected(file)


def test_invalid_examples_do_not_disturb_the_valid_ones(found: dict[str, set[str]]) -> None:
    assert found.get("elsewhere", set()) == set()


def test_every_shape_has_an_invalid_example(shapes: Graph) -> None:
    named = {name for file in (CASES / "invalid").glob("*.ttl") for name in _expected(file)}
    assert _with_message(shapes) == named


def test_every_invalid_example_uses_its_own_namespace() -> None:
    for file in (CASES / "invalid").glob("*.ttl"):
        assert f"@prefix ex: <{INVALID}{file.stem}/> ." in file.read_text(encoding="utf-8"), file.name


def test_headings_are_never_reported(shapes: Graph, valid: Graph) -> None:
    """A heading has no responsibility, no result, no deadline and no link, by design."""
    headings = set(valid.subjects(RDF.type, PG.PlanHeading))
    assert headings
    for target in shapes.objects(None, SH.targetClass):
        if target == PG.PlanItem:
            continue
        assert (PG.PlanHeading, RDFS.subClassOf, target) not in valid
        assert target != PG.PlanHeading


def test_shapes_have_addresses_names_and_messages_in_both_languages(shapes: Graph) -> None:
    kinds = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)
    for shape in (node for kind in kinds for node in shapes.subjects(RDF.type, kind)):
        assert isinstance(shape, URIRef) and shape.startswith(SHAPES), shape
        assert sorted(str(text.language) for text in shapes.objects(shape, RDFS.label)) == ["en", "vi"], shape
        languages = sorted(str(text.language) for text in shapes.objects(shape, SH.message))
        assert languages in ([], ["en", "vi"]), shape
    for shape in shapes.subjects(SH.targetClass, None):
        assert not isinstance(shape, BNode)


def test_property_shapes_of_a_target_have_a_message(shapes: Graph) -> None:
    for shape in shapes.subjects(SH.targetSubjectsOf, None):
        assert (shape, SH.message, None) in shapes and (shape, SH.severity, None) in shapes, shape
    for target in shapes.subjects(SH.targetClass, None):
        for shape in shapes.objects(target, SH.property):
            assert (shape, SH.message, None) in shapes and (shape, SH.severity, None) in shapes, shape


@pytest.mark.parametrize("room", sorted(SEVERITIES))
def test_severity_stands_on_the_shape_and_fits_the_file(room: str) -> None:
    graph = _parse(ROOT / "shapes" / f"{room}.ttl")
    assert set(graph.objects(None, SH.severity)) <= SEVERITIES[room]
    for constraint in graph.subjects(RDF.type, SH.SPARQLConstraint):
        assert (constraint, SH.severity, None) not in graph, "the checker ignores a severity here"
        assert all((shape, SH.severity, None) in graph for shape in graph.subjects(SH.sparql, constraint))


def test_messages_tell_people_of_data_not_of_violations(shapes: Graph) -> None:
    for text in shapes.objects(None, SH.message):
        assert not re.search(r"violat|vi phạm|minCount|sh:|pg:", str(text), re.IGNORECASE), text
        assert str(text).endswith("."), text


def test_gap_types_of_shapes_exist(shapes: Graph, valid: Graph) -> None:
    linked = {str(shape).removeprefix(SHAPES): code for shape, code in shapes.subject_objects(PG.gapType)}
    vocabulary = URIRef("https://w3id.org/pactgraph/vocab/gap-type")
    scheme = URIRef("http://www.w3.org/2004/02/skos/core#inScheme")
    assert all((code, scheme, vocabulary) in valid for code in linked.values())
    assert {name: str(code).rsplit("/", 1)[1] for name, code in linked.items()} == {
        "ImplementationPlan-text": "text-not-loaded",
        "Label-en": "missing-translation",
        "Label-vi": "missing-translation",
        "PlanTask-hasDeadline": "no-deadline",
        "PlanTask-hasExpectedResult": "no-result",
        "PlanTask-lead": "no-lead",
        "Recommendation-text": "text-not-loaded",
    }


def test_paths_name_declared_terms(shapes: Graph, valid: Graph) -> None:
    properties = {
        term for kind in (OWL.ObjectProperty, OWL.DatatypeProperty) for term in valid.subjects(RDF.type, kind)
    }
    for path in shapes.objects(None, SH.path):
        if isinstance(path, URIRef) and path in PG:
            assert path in properties, path

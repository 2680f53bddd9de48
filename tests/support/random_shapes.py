"""Random graphs and shapes in Turtle, the examples of our own shapes, and what a check told, for comparing two checkers."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
from hypothesis import strategies as st

from pactgraph.build.check import CheckResult
from pactgraph.sources.rdf import FORMATS, RdfFile, distinct_blank_nodes, parse_rdf

ROOT = Path(__file__).resolve().parents[2]
HEAD = """@prefix ex: <https://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODES = ["ex:a", "ex:b", "ex:c", "_:x", "_:y"]
CLASSES = ["ex:A", "ex:B", "ex:C"]
LITERALS = [
    "1", "2", '"01"^^xsd:integer', "1.5", "1.50", "2e0", "true", '"1"^^xsd:boolean', '"a"', '"b"', '""', '"aa"@en', '"a"@en',
    '"a"@EN-gb', '"a"@vi', '"2020-01-01"^^xsd:date', '"2021-01-01"^^xsd:date', '"2020-02-30"^^xsd:date',
    '"2020-01-01Z"^^xsd:date', '"2020-01-01T00:00:00"^^xsd:dateTime', '"2020-01-01T00:00:00Z"^^xsd:dateTime',
    '"x"^^xsd:integer', '"x"^^ex:t', '"2020"^^xsd:gYear',
]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
PATHS = st.recursive(
    st.sampled_from(PROPERTIES),
    lambda inner: st.one_of(
        inner.map(lambda path: f"[ sh:inversePath {path} ]"), inner.map(lambda path: f"[ sh:zeroOrMorePath {path} ]"),
        inner.map(lambda path: f"[ sh:oneOrMorePath {path} ]"), inner.map(lambda path: f"[ sh:zeroOrOnePath {path} ]"),
        st.tuples(inner, inner).map(lambda two: f"( {two[0]} {two[1]} )"),
        st.tuples(inner, inner).map(lambda two: f"[ sh:alternativePath ( {two[0]} {two[1]} ) ]"),
    ), max_leaves=3)
TERM = st.sampled_from(NODES[:3] + CLASSES + LITERALS)
STATEMENT = st.one_of(
    st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES + LITERALS)),
    st.tuples(st.sampled_from(NODES), st.just("a"), st.sampled_from(CLASSES)),
    st.tuples(st.sampled_from(CLASSES), st.just("rdfs:subClassOf"), st.sampled_from(CLASSES)),
)
TARGET = st.one_of(
    st.sampled_from(CLASSES).map(lambda term: f"sh:targetClass {term}"), TERM.map(lambda term: f"sh:targetNode {term}"),
    st.sampled_from(PROPERTIES).map(lambda term: f"sh:targetSubjectsOf {term}"),
    st.sampled_from(PROPERTIES).map(lambda term: f"sh:targetObjectsOf {term}"),
)
KINDS = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
TYPES = ("string", "integer", "decimal", "double", "boolean", "date", "dateTime", "gYear")
OF_VALUES = st.one_of(
    st.sampled_from(CLASSES).map(lambda term: f"sh:class {term}"),
    st.sampled_from(KINDS).map(lambda kind: f"sh:nodeKind sh:{kind}"),
    st.sampled_from([*(f"xsd:{name}" for name in TYPES), "rdf:langString", "rdfs:Literal", "ex:t"]).map("sh:datatype {}".format),
    st.tuples(st.sampled_from(("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")), st.sampled_from(LITERALS))
    .map(lambda two: f"sh:{two[0]} {two[1]}"),
    st.tuples(st.sampled_from(("minLength", "maxLength")), st.integers(0, 3)).map(lambda two: f"sh:{two[0]} {two[1]}"),
    st.sampled_from(('sh:pattern "^a"', 'sh:pattern "A" ; sh:flags "i"', 'sh:pattern "[0-9]+$"', 'sh:pattern "example"')),
    st.lists(st.sampled_from(('"en"', '"vi"', '"en-gb"', '"*"')), max_size=2)
    .map(lambda some: f"sh:languageIn ( {' '.join(some)} )"),
    st.lists(TERM, max_size=4).map(lambda some: f"sh:in ( {' '.join(some)} )"),
    TERM.map(lambda term: f"sh:hasValue {term}"),
    st.tuples(st.sampled_from(("equals", "disjoint")), st.sampled_from(PROPERTIES)).map(lambda two: f"sh:{two[0]} {two[1]}"),
    st.sampled_from(("sh:closed true", "sh:closed true ; sh:ignoredProperties ( rdf:type ex:p )")),
)
OF_PROPERTIES = st.one_of(
    st.tuples(st.sampled_from(("minCount", "maxCount")), st.integers(0, 2)).map(lambda two: f"sh:{two[0]} {two[1]}"),
    st.just("sh:uniqueLang true"),
    st.tuples(st.sampled_from(("lessThan", "lessThanOrEquals")), st.sampled_from(PROPERTIES))
    .map(lambda two: f"sh:{two[0]} {two[1]}"),
)


def _short(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The same strategy with a short name: the parts of one that holds itself would fill a book."""
    @st.composite
    def some(draw: st.DrawFn) -> str:
        return draw(strategy)

    return some()


def _distinct(parts: list[str]) -> str:
    """Each parameter once."""
    return " ; ".join({part.split()[0]: part for part in parts}.values())


def _within(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Constraints, some of which name other shapes."""
    shapes = _short(inner.map(lambda text: f"[ {text} ]"))
    node_shapes = shapes.filter(lambda text: not text.startswith("[ sh:path"))
    lists = st.lists(shapes, min_size=1, max_size=3).map(" ".join)
    nested = st.one_of(
        OF_VALUES, node_shapes.map(lambda shape: f"sh:node {shape}"), shapes.map(lambda shape: f"sh:not {shape}"),
        st.tuples(st.sampled_from(("and", "or", "xone")), lists).map(lambda two: f"sh:{two[0]} ( {two[1]} )"),
        shapes.filter(lambda text: text.startswith("[ sh:path")).map(lambda shape: f"sh:property {shape}"),
    )
    qualified = st.tuples(shapes, st.sampled_from(("sh:qualifiedMinCount 1", "sh:qualifiedMaxCount 0",
                                                   "sh:qualifiedMinCount 2 ; sh:qualifiedMaxCount 1")),
                          st.booleans()).map(lambda three: f"sh:qualifiedValueShape {three[0]} ; {three[1]}"
                                             + (" ; sh:qualifiedValueShapesDisjoint true" if three[2] else ""))
    some = st.lists(nested, min_size=1, max_size=2)
    more = st.lists(st.one_of(nested, OF_PROPERTIES, qualified), min_size=1, max_size=3)
    return st.one_of(some.map(_distinct), st.tuples(PATHS, more).map(lambda two: f"sh:path {two[0]} ; {_distinct(two[1])}"))


SHAPE = _short(st.recursive(st.one_of(
    st.lists(OF_VALUES, min_size=1, max_size=2).map(_distinct),
    st.tuples(PATHS, st.lists(st.one_of(OF_VALUES, OF_PROPERTIES), min_size=1, max_size=3))
    .map(lambda two: f"sh:path {two[0]} ; {_distinct(two[1])}"),
), _within, max_leaves=4))
SEVERITY = st.sampled_from((
    "", " ; sh:severity sh:Warning", " ; sh:deactivated true", ' ; sh:message "{$this} {?value}"@en , "x"@vi'))
Triples = list[tuple[str, str, str]]


def quads(turtle: str) -> list[ox.Quad]:
    return list(ox.parse((HEAD + turtle).encode("utf-8"), format=ox.RdfFormat.TURTLE))


def told(results: list[CheckResult], messages: bool = False) -> Counter[object]:
    """Results as often as they are told; a shape without a name has another in each report of pySHACL."""
    return Counter((item.severity, item.focus_term, item.path, item.value_term, item.component, item.gap_type,
                    "" if item.shape.startswith("_:") else item.shape,
                    tuple(sorted(item.message.items())) if messages else ()) for item in results)


@cache
def our_files(*kinds: str) -> tuple[ox.Quad, ...]:
    """Ontology and vocabularies with the examples of our shapes, each file with blank nodes of its own."""
    files: list[RdfFile] = []
    for file in [*sorted((ROOT / "ontology").glob("**/*.ttl")),
                 *(file for kind in kinds for file in sorted((ROOT / "tests" / "shapes" / "cases" / kind).glob("*.ttl")))]:
        files.append(parse_rdf(file.read_bytes(), str(file), FORMATS[".ttl"], "https://example.org/"))
    return tuple(quad for file in distinct_blank_nodes(files) for quad in file.quads)

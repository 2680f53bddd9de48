"""Whatever a file states, the check ends with results or an error of the user, and every report of it can be written."""

from __future__ import annotations

import pyoxigraph as ox
from effort import examples
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pactgraph.build.check_report import as_html, as_turtle, summary
from pactgraph.build.validate import check_files
from pactgraph.errors import UserError
from pactgraph.sources.rdf import FORMATS, parse_rdf

HEAD = """@prefix pg: <https://w3id.org/pactgraph/ontology/> . @prefix ex: <https://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix sh: <http://www.w3.org/ns/shacl#> ."""
SUBJECT = st.sampled_from(["ex:a", "ex:b", "_:x", "_:y", "pg:Plan", "<https://w3id.org/pactgraph/vocab/role/lead>"])
PREDICATE = st.sampled_from([
    "a", "rdfs:label", "rdfs:subClassOf", "rdf:first", "rdf:rest", "skos:broader", "skos:inScheme", "pg:inPlan", "pg:role",
    "pg:rowNumber", "pg:hasDeadline", "pg:dueOn", "pg:startsOn", "pg:dueYear", "pg:deadlineKind", "pg:parentItem",
    "pg:validFrom", "pg:validUntil", "pg:confidence", "pg:partOfProvision", "pg:hasAddressee", "pg:sourceLine", "sh:path",
])
OBJECT = st.one_of(SUBJECT, st.sampled_from([
    "pg:PlanTask", "pg:Deadline", "pg:Addressee", "pg:Responsibility", "pg:LinkAssertion", "skos:Concept", "owl:Class",
    "pg:TreatyBodyRecommendation", "pg:Law", "( )", "( ex:a _:x )", "[ a pg:Deadline ]", "rdf:nil", "1", "-1.5", "1e400", "true",
    '"x"', '"x"@vi', '""@en', '"<b>&{?value}"', '"2020-13-45"^^xsd:date', '"2020-01-01+25:00"^^xsd:date', '"no"^^xsd:boolean',
    '"2020-01-01"^^xsd:date', '"99999-01-01T00:00:00Z"^^xsd:dateTime', '"x"^^ex:unknown', '"1"^^xsd:integer', '"\\u0000"',
]))


@given(st.lists(st.tuples(SUBJECT, PREDICATE, OBJECT), min_size=1, max_size=12))
@example([("ex:a", "pg:startsOn", '"no"^^xsd:boolean'), ("ex:a", "pg:dueOn", '"1"^^xsd:boolean'), ("ex:a", "a", "pg:Deadline")])
@settings(max_examples=examples(8), suppress_health_check=list(HealthCheck))
def test_any_statements_are_checked_and_told(triples: list[tuple[str, str, str]]) -> None:
    text = HEAD + "".join(f"\n{' '.join(triple)} ." for triple in triples)
    try:
        report = check_files([parse_rdf(text.encode("utf-8"), "a.ttl", FORMATS[".ttl"], "https://example.org/base")])
    except UserError as problem:
        assert problem.message("vi")
        return
    assert list(ox.parse(as_turtle(report.results), format=ox.RdfFormat.TURTLE))
    for lang in ("vi", "en"):
        assert summary(report, lang) and as_html(report, lang)
    assert all(finding.line is None or finding.line >= 4 for finding in report.findings)

"""What the scanner of queries sees, and what it does not mistake for something else."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest

from pactgraph.store import screen

CALLS = [
    "SELECT * WHERE { SERVICE <http://x/> { } }",
    "select * where { service silent ?x { } }",
    "SELECT*{{}SERVICE:x{}}",
    "SELECT * WHERE { SERVICE # comment }\n <http://x/> # {\n { } }",
    "SELECT * WHERE { FILTER(1<2)SERVICE<http://x/>{} }",
    "SELECT * WHERE { ?a ?b ?c FILTER(?a<'>')SERVICE<http://x/> { ?s ?p ?o }#'\n }",
    "SELECT * WHERE { ?a ?b ?c FILTER(?a<?b)SERVICE#>\n<http://x/> { ?s ?p ?o } }",
    "SELECT * WHERE { ?s ?p 1.SERVICE?x{} }",
    "SELECT * WHERE { ?s ?p 1e5SERVICE?x{} }",
    "SELECT * WHERE { ?s ?p ?o.SERVICE?x{} }",
    "SELECT * WHERE { ?s ?p ''@en.SERVICE?x{} }",
    "SELECT * WHERE { ?s ?p :.SERVICE?x{} }",
    "SELECT * WHERE { ?s ?p trueSERVICE:x{} }",
    "SELECT * WHERE { ?a ?b '''x''y\\'''' SERVICE :x {} }",
]
NO_CALLS = [
    "SELECT * WHERE { ?s a <http://www.w3.org/ns/sparql-service-description#Service> }",
    "PREFIX service: <http://service/> SELECT ?service { ?service service:x 'SERVICE <x> {' } # SERVICE <x> {",
    'SELECT * WHERE { ?s ?p """ a " SERVICE <x> { """ }',
    "SELECT * WHERE { ?s <service> ?o { ?o ?p ?q } }",
    "SELECT * WHERE { ?s :service ?x { ?x a :B } }",
    "SELECT * WHERE { ?s ?p ''@en-service }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_is_seen_however_it_is_written(query: str) -> None:
    ox.Store().query("PREFIX : <http://example.org/> " + query)  # the engine takes every one of them
    assert screen.calls_service(query)


@pytest.mark.parametrize("query", NO_CALLS)
def test_what_only_looks_like_a_call_is_none(query: str) -> None:
    ox.Store().query("PREFIX : <http://example.org/> " + query, base_iri="http://example.org/")
    assert not screen.calls_service(query)


def test_the_choice_of_a_dataset_is_seen() -> None:
    assert screen.chooses_dataset("SELECT * FROM <http://x/> WHERE { }")
    assert screen.chooses_dataset("SELECT*FROM named:x{}")
    assert screen.chooses_dataset("SELECT * from\n#c\nNAMED <http://x/> WHERE { }")
    assert not screen.chooses_dataset("SELECT ?from WHERE { <from> :from ?from } # FROM <http://x/>")
    assert not screen.chooses_dataset("SELECT * WHERE { ?s ?p 'FROM <http://x/>' }")


def test_questions_about_the_moment_are_seen() -> None:
    assert screen.is_volatile("SELECT (now ( ) AS ?x) {}")
    assert not screen.is_volatile("SELECT ?now { ?s :now ?rand }")


@pytest.mark.parametrize("junk", [
    "<a" * 100_000, "'''a" * 50_000, '"""' * 50_000, "'''\\'" * 50_000, "# \n" * 50_000, "?a<?b" * 50_000,
    "<a>'" * 50_000, "service " * 20_000, ":a\\(" * 50_000,
])
def test_the_scanner_is_quick_whatever_it_is_given(junk: str) -> None:
    begun = time.monotonic()
    screen.calls_service("'service ?x {'" + junk)
    screen.calls_service(junk + "service ?x ")
    assert time.monotonic() - begun < 3

"""Checking what a change touches gives the results of a full check, whatever the graph, the shapes and the change."""

from __future__ import annotations

import random
import time
from collections import Counter

import pyoxigraph as ox
import pytest
import random_shapes as beside
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactgraph.build import check_incremental
from pactgraph.build.check import PYSHACL, check
from pactgraph.build.check_incremental import CheckedGraph, check_changes
from pactgraph.build.checks import check_all, run_checks
from pactgraph.build.known_queries import reach_of
from pactgraph.build.rdflib_graph import to_graph
from pactgraph.build.reach import Reach
from pactgraph.build.results import CheckResult
from pactgraph.catalogue import load, names
from pactgraph.catalogue.load import parse
from pactgraph.errors import UserError
from pactgraph.namespaces import PREFIXES
from pactgraph.store.embedded import EmbeddedStore

VOCAB = "https://w3id.org/pactgraph/vocab/"
DATA = """
@prefix pg: <https://w3id.org/pactgraph/ontology/> . @prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""


def quads(turtle: str, graph: str = "g") -> list[ox.Quad]:
    name = ox.NamedNode(f"https://example.org/{graph}")
    parsed = ox.parse((DATA + turtle).encode("utf-8"), format=ox.RdfFormat.TURTLE)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in parsed]


def same(found: list[CheckResult], wanted: list[CheckResult]) -> bool:
    return beside.told(found, messages=True) == beside.told(wanted, messages=True)


Triples = list[tuple[str, str, str]]
CHANGE = st.tuples(st.lists(beside.STATEMENT, max_size=4), st.lists(st.integers(0, 30), max_size=4))


@given(st.lists(beside.STATEMENT, min_size=1, max_size=14),
       st.lists(st.tuples(beside.TARGET, beside.SHAPE), min_size=1, max_size=3), st.lists(CHANGE, min_size=1, max_size=4))
@settings(max_examples=examples(100), suppress_health_check=list(HealthCheck))
def test_any_change_gives_the_results_of_a_full_check(
        triples: Triples, parts: list[tuple[str, str]], changes: list[tuple[Triples, list[int]]]) -> None:
    def stated(some: Triples) -> list[ox.Quad]:
        return beside.quads("".join(f"{' '.join(triple)} .\n" for triple in some).replace("_:", "ex:blank-"))

    shapes = to_graph(beside.quads("".join(f"ex:S{place} {target} ; {shape} .\n" for place, (target, shape) in enumerate(parts))))
    checked = CheckedGraph(stated(triples), shapes, [])
    if checked.engine.left:
        return  # these are checked whole, by pySHACL: a test of its own
    results = Counter(checked.results())
    for added, places in changes:
        standing = sorted(checked.store, key=str)
        gone = [standing[place % len(standing)] for place in places if standing]
        changed = check_changes(checked, stated(added), gone)
        assert same(checked.results(), check(list(checked.store), shapes))
        results = results + Counter(changed.opened) - Counter(changed.closed)
        assert results == Counter(checked.results())


PG, SKOS, OWL, XSD = (PREFIXES[name] for name in ("pg", "skos", "owl", "xsd"))
THINGS = [ox.NamedNode(iri) for iri in (
    f"{PG}plan", f"{PG}Plan", f"{PG}leads", f"{VOCAB}s", f"{VOCAB}s/a", f"{VOCAB}s/b", "https://example.org/x", "https://example.org/y")]
VALUES = [*THINGS, *(ox.NamedNode(iri) for iri in (
    f"{VOCAB}link-status/curated", f"{PG}concernsProvision", f"{PG}nothing")), *(
    ox.Literal("a", language="en"), ox.Literal("A", language="en"), ox.Literal("b.", language="vi"), ox.Literal("a"),
    ox.Literal(""),
    ox.Literal("2020-01-01", datatype=ox.NamedNode(XSD + "date")), ox.Literal("2021-01-01", datatype=ox.NamedNode(XSD + "date")),
    ox.Literal("true", datatype=ox.NamedNode(XSD + "boolean")))]
KINDS = [ox.NamedNode(iri) for iri in (
    OWL + "Class", OWL + "ObjectProperty", f"{SKOS}Concept", f"{SKOS}ConceptScheme", f"{PG}SourceDocument", f"{PG}Plan")]
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def _asked(reach: Reach) -> list[ox.NamedNode]:
    """The properties that a query asks for, and some that it may meet."""
    found = {term for pattern, beside_it in reach.patterns for term, _ in pattern.steps}
    limits = {term for _, beside_it in reach.patterns for terms in beside_it._known[1].values() for term in terms}
    return sorted(found | {term for term in limits if isinstance(term, ox.NamedNode)}, key=str) or [TYPE]


def test_check_queries_are_run_again_wherever_a_change_reaches() -> None:
    chance, found = random.Random(4), set()
    for name in names("checks"):
        query = load("checks", name)
        asked = _asked(reach_of(query.text))
        for _ in range(2):
            def some(number: int, asked: list[ox.NamedNode] = asked) -> list[ox.Quad]:
                chosen = [(chance.choice(THINGS), chance.choice([*asked, TYPE]), chance.randrange(2)) for _ in range(number)]
                return [ox.Quad(subject, predicate, chance.choice(KINDS if predicate == TYPE else VALUES),
                                ox.NamedNode(f"https://example.org/g{graph}")) for subject, predicate, graph in chosen]

            checked = CheckedGraph(some(30), to_graph([]), [query])
            assert checked.queries[0][1].plain, name
            for _ in range(8):
                standing = sorted(checked.store, key=str)
                check_changes(checked, some(chance.randrange(5)), chance.sample(standing, chance.randrange(5)))
                wanted = run_checks(EmbeddedStore(checked.store), [query])
                assert same(checked.results(), wanted), name
                found |= {item.shape for item in wanted}
    assert len(found) > 35


def test_our_shapes_and_queries_after_changes_of_the_examples() -> None:
    chance = random.Random(3)
    pool = [quad for quad in beside.our_files("valid", "invalid") if "example.org" in str(quad.subject)]
    checked = CheckedGraph(chance.sample(pool, len(pool) // 2))
    for _ in range(4):
        standing = sorted(checked.store, key=str)
        check_changes(checked, chance.sample(pool, 20), chance.sample(standing, 14))
        assert same(checked.results(), check_all(list(checked.store)))


def test_what_opened_and_closed_is_told_and_a_change_that_is_none_does_nothing() -> None:
    checked = CheckedGraph(quads('ex:d a pg:Deadline ; pg:dueYear 2020 . ex:t a pg:PlanTask .'))
    before = checked.results()
    wrong = quads('ex:d pg:dueYear 1900 .')
    changed = check_changes(checked, wrong)
    assert {item.component for item in changed.opened} == {"MaxCountConstraintComponent", "MinInclusiveConstraintComponent"}
    assert changed.closed == []
    again = check_changes(checked, [*wrong, *quads('ex:d pg:dueYear 1900 .', "other")], quads('ex:none pg:dueYear 1 .'))
    assert again.opened == again.closed == []
    assert check_changes(checked, [], wrong).closed == []  # it still stands in the other graph
    assert check_changes(checked, [], quads('ex:d pg:dueYear 1900 .', "other")).closed == changed.opened
    assert checked.results() == before


def test_a_shape_that_is_left_to_pyshacl_is_checked_whole() -> None:
    shapes = to_graph(beside.quads("""ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ;
        sh:sparql [ sh:select "SELECT $this ?value WHERE { $this ?q ?value FILTER ( STRLEN(STR(?value)) > 3 ) }" ] ."""))
    checked = CheckedGraph(quads("ex:a ex:p 1 ."), shapes, [])
    assert len(checked.engine.left) == 1
    assert [item.value for item in check_changes(checked, quads("ex:b ex:p 1234 .")).opened] == ["1234"]
    assert [item.value for item in check_changes(checked, [], quads("ex:b ex:p 1234 .")).closed] == ["1234"]


def test_a_shape_is_left_to_pyshacl_as_soon_as_the_data_ask_for_it() -> None:
    shapes = to_graph(beside.quads("""ex: sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/" ] .
        ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql [ sh:prefixes ex: ;
        sh:select "SELECT $this ?value WHERE { $this ex:p ?value FILTER ( ?value > 3 ) }" ] ."""))
    checked = CheckedGraph(quads("ex:a ex:p 4 ."), shapes, [])
    assert len(checked.results()) == 1 and checked.engine.left == {}
    check_changes(checked, quads('ex:b ex:p "x"@en , 5 .'))
    assert len(checked.engine.left) == 1
    assert same(checked.results(), check(list(checked.store), shapes, PYSHACL))


def test_a_check_that_does_not_come_to_an_end_is_never_taken_for_one() -> None:
    shapes = to_graph(beside.quads('ex:S sh:targetSubjectsOf ex:p ; sh:sparql [ sh:select "SELECT" ] .'))
    checked = CheckedGraph([], shapes, [])
    for error in (UserError, RuntimeError):
        with pytest.raises(error):
            check_changes(checked, quads("ex:a ex:p 1 ."))


def test_a_query_that_is_not_understood_is_run_whole() -> None:
    text = "SELECT ?focus (COUNT(*) AS ?value) WHERE { ?focus ?p ?o } GROUP BY ?focus HAVING (COUNT(*) > 1)"
    query = parse("mine", "checks", f"#! title.en: A title\n#! title.vi: Một tiêu đề\n#! severity: warning\n{text}")
    checked = CheckedGraph(quads("ex:a ex:p 1 ."), to_graph([]), [query])
    assert not checked.queries[0][1].plain
    assert [item.focus for item in check_changes(checked, quads("ex:a ex:p 2 .")).opened] == ["https://example.org/a"]


def test_a_progress_report_is_checked_in_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = CheckedGraph(beside.our_files("valid"))
    asked: list[int] = []
    whole = CheckedGraph.check_whole
    monkeypatch.setattr(check_incremental.CheckedGraph, "check_whole", lambda self, root: asked.append(1) or whole(self, root))
    taken = []
    for number in range(5):
        began = time.process_time()
        changed = check_changes(checked, quads(f"""
            ex:s{number} a pg:ProgressStatement ; pg:aboutItem <https://example.org/valid/task> ; pg:asOf "2026-01-01"^^xsd:date ;
                pg:reportedBy <https://example.org/valid/example-ministry> ; pg:statementText "Nội dung"@vi .
            ex:o{number} a pg:StatusObservation ; pg:aboutItem <https://example.org/valid/task> ; pg:asOf "2026-01-01"^^xsd:date ;
                pg:reportedBy <https://example.org/valid/example-ministry> ; pg:taskStatus <{VOCAB}task-status/no-such-status> .
            ex:e{number} a pg:Evidence ; rdfs:label "Tài liệu"@vi ; pg:evidenceFor ex:s{number} ;
                pg:accessClass <{VOCAB}access-class/public> ; dcterms:source "báo cáo" ."""))
        taken.append(time.process_time() - began)
        assert {item.focus.rsplit("/", 1)[1] for item in changed.opened} >= {f"o{number}", f"e{number}"}
    assert asked == [] and min(taken) < 0.05

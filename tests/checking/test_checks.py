"""Check queries: findings in the same records as those of shapes."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from pactgraph.build.checks import SEVERITIES, check_all, run_checks
from pactgraph.catalogue import load, names
from pactgraph.catalogue.load import Query, parse
from pactgraph.store.embedded import EmbeddedStore

ROWS = """
@prefix pg: <https://w3id.org/pactgraph/ontology/> .
@prefix ex: <https://example.org/> .
ex:1 pg:inPlan ex:plan ; pg:rowNumber "A.1" .
ex:2 pg:inPlan ex:plan ; pg:rowNumber "A.2" .
ex:3 pg:inPlan ex:other ; pg:rowNumber "A.1" .
"""
TWICE = ROWS + 'ex:4 pg:inPlan ex:plan ; pg:rowNumber "A.1" .'


def store(turtle: str, graph: str | None = None) -> EmbeddedStore:
    opened = EmbeddedStore.in_memory()
    quads = ox.parse(turtle.encode("utf-8"), format=ox.RdfFormat.TURTLE)
    opened.load(ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode(graph)) if graph else q for q in quads)
    return opened


def query(body: str, header: str = "#! severity: warning") -> Query:
    return parse("mine", "checks", f"#! title.en: A title\n#! title.vi: Một tiêu đề\n{header}\n{body}")


def test_a_row_number_is_unique_within_its_plan() -> None:
    check = [load("checks", "row-number-unique")]
    assert run_checks(store(ROWS), check) == []
    found = run_checks(store(TWICE, "https://example.org/graph"), check)
    assert [(item.focus, item.value, item.severity) for item in found] == [
        ("https://example.org/1", "A.1", "error"), ("https://example.org/4", "A.1", "error")]
    assert found[0].path == "https://w3id.org/pactgraph/ontology/rowNumber"
    assert found[0].shape == "https://w3id.org/pactgraph/shapes/checks/row-number-unique"
    assert found[0].value_term == '"A.1"' and found[0].focus_term == "<https://example.org/1>"
    assert found[0].message["vi"].startswith("Một mục khác") and found[0].message["en"].startswith("Another item")


def test_a_query_can_select_its_own_messages_and_leave_out_path_and_value() -> None:
    own = query('SELECT ?focus ?message_en ?message_vi { ?focus ?p "A.2" BIND("here" AS ?message_en) '
                'BIND("ở đây" AS ?message_vi) }')
    plain = query('SELECT ?focus { ?focus ?p "A.2" }', "#! severity: info\n#! gap: no-result")
    found = run_checks(store(ROWS), [own, plain])
    assert [(item.severity, item.message, item.path, item.value, item.gap_type) for item in found] == [
        ("info", {"vi": "Một tiêu đề", "en": "A title"}, "", "", "no-result"),
        ("warning", {"vi": "ở đây", "en": "here"}, "", "", ""),
    ]


@pytest.mark.parametrize("header", ["", "#! severity: violation", "#! severity:"])
def test_a_query_without_a_severity_is_a_mistake_of_ours(header: str) -> None:
    with pytest.raises(ValueError, match="severity"):
        run_checks(store(ROWS), [query("SELECT ?focus { ?focus ?p ?o }", header)])


@pytest.mark.parametrize("name", names("checks"))
def test_every_check_has_a_severity_titles_and_a_focus(name: str) -> None:
    check = load("checks", name)
    assert check.headers["severity"] in SEVERITIES
    assert check.title["en"].endswith(".") and check.title["vi"].endswith(".")
    rows = EmbeddedStore.in_memory().query(check.text)
    assert isinstance(rows, ox.QuerySolutions)
    assert "focus" in {variable.value for variable in rows.variables}


def test_shapes_and_queries_report_together() -> None:
    found = check_all(ox.parse(TWICE.encode("utf-8"), format=ox.RdfFormat.TURTLE))
    assert "https://w3id.org/pactgraph/shapes/checks/row-number-unique" in {item.shape for item in found}
    assert found == sorted(found, key=lambda item: item.sort_key())


def test_the_build_runs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    from pactgraph.build import pipeline
    from pactgraph.settings import Settings

    seen = []
    monkeypatch.setattr(pipeline, "infer", lambda *_: [])
    monkeypatch.setattr(pipeline, "check_all", lambda quads, checker: seen.append((len(quads), checker)) or [])
    assert pipeline.make_graph(Settings(checker="pyshacl")).results == []
    assert seen[0][0] > 10_000 and seen[0][1] == "pyshacl"


def test_the_setting_chooses_the_checker(monkeypatch: pytest.MonkeyPatch) -> None:
    from pactgraph.build import check
    from pactgraph.errors import UserError
    from pactgraph.settings import Settings

    assert Settings.from_environment({}).checker == "fast"
    chosen = Settings.from_environment({"PACTGRAPH_CHECKER": "pyshacl"}).checker
    with pytest.raises(UserError, match="PACTGRAPH_CHECKER"):
        Settings.from_environment({"PACTGRAPH_CHECKER": "quick"})
    monkeypatch.setattr(check, "Engine", lambda *_: pytest.fail("our engine was asked"))
    quads = list(ox.parse(TWICE.encode("utf-8"), format=ox.RdfFormat.TURTLE))
    assert check_all(quads, checker=chosen)

"""From anything in the graph one step leads to its source: file and line, or a publication."""

from __future__ import annotations

from collections import defaultdict

import pyoxigraph as ox
import pytest

from pactgraph.namespaces import BASE, PG
from pactgraph.questions.run import ask
from pactgraph.store.embedded import EmbeddedStore

COLUMNS = ["thing", "step", "words", "source", "line", "status", "checksum", "rights"]
DECISION = "e1573708145eb700c95904cb3fe72ad13a201a64f67e377f7ba4f5ba6546ffb3"  # sha256sum of the decision's text


@pytest.fixture(scope="module")
def graph(real_graph: EmbeddedStore) -> EmbeddedStore:
    return real_graph


def _evidence(graph: EmbeddedStore, thing: str) -> list[dict[str, str]]:
    table = ask(graph, "evidence-of-thing", {"thing": thing}, lang="en")
    assert table.columns == COLUMNS
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_things_of_every_class_lead_to_a_source(graph: EmbeddedStore) -> None:
    """The first, the middle and the last thing of every class; the inferred classes are left out."""
    rows = graph.query(f"""
        SELECT ?class ?thing WHERE {{
          GRAPH ?graph {{ ?thing a ?class }}
          FILTER(STRSTARTS(STR(?thing), '{BASE}id/') && STRSTARTS(STR(?class), '{PG}'))
          FILTER(?graph != <{BASE}graph/derived/inferred>)
        }} ORDER BY ?class ?thing""")
    assert isinstance(rows, ox.QuerySolutions)
    classes = defaultdict(list)
    for row in rows:
        classes[row["class"].value].append(row["thing"].value)
    assert len(classes) > 35
    chosen = [(name, thing) for name, things in classes.items() for thing in {things[0], things[len(things) // 2], things[-1]}]
    assert [pair for pair in chosen if not any(row["source"] for row in _evidence(graph, pair[1]))] == []


def test_a_link_leads_to_its_words_line_and_checksum(graph: EmbeddedStore) -> None:
    (row,) = _evidence(graph, f"{BASE}id/vnm/link/1252-qd-ttg-2019/A.II.3.8/iccpr-21")
    assert (row["words"], row["source"], row["line"]) == ("Quyền hội họp hòa bình", "decision-1252-qd-ttg-2019.txt", "179")
    assert (row["status"], row["checksum"]) == ("curated", DECISION)
    assert row["step"] == "A.II.3.8 → ICCPR/21 (Names the Right, 0.95)" and "public domain" in row["rights"]


def test_a_part_leads_to_the_row_that_it_is_a_part_of(graph: EmbeddedStore) -> None:
    (row,) = _evidence(graph, f"{BASE}id/vnm/deadline/1252-qd-ttg-2019/A.II.3.3/1")
    assert (row["step"], row["words"], row["line"]) == ("document ← A.II.3.3", "Báo cáo sơ bộ: 2020", "172")


def test_a_fact_leads_to_the_publication_and_how_far_it_was_verified(graph: EmbeddedStore) -> None:
    (row,) = (row for row in _evidence(graph, "CCPR/C/VNM/CO/3/52") if row["step"] == "publication")
    assert row["source"].startswith("CCPR/C/136/2/Add.4, as transcribed in github RolandCCPR") and row["status"] == "Verified"


def test_the_wording_is_that_of_the_official_record(graph: EmbeddedStore) -> None:
    row = _evidence(graph, "A.II.3.8")[0]
    assert row["step"] == "document" and row["words"].startswith("Quyền hội họp hòa bình")

"""Withdrawn addresses: ``withdrawn.csv``."""

from __future__ import annotations

from pathlib import Path

import pytest
from tables_help import Graph, put, told

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import withdrawn

IDS = Ids()
BASE = "https://w3id.org/pactgraph/"
HEADING = "iri,replaced_by,withdrawn_on,label_vi,label_en,reason_vi,reason_en\n"


def read(folder: Path, rows: str, problems: list[UserError]) -> Graph:
    around = GraphWriter(IDS.graph("around"))
    around.label(BASE + "id/vnm/body/moj", "Bộ Tư pháp", "Justice")
    around.link(BASE + "id/vnm/body/moj", "rdfs:seeAlso", BASE + "id/vnm/body/pointed-at")
    put(folder / "withdrawn.csv", HEADING + rows)
    return Graph(withdrawn.read(folder, IDS, around.quads, problems))


def test_two_withdrawn_addresses(tmp_path: Path) -> None:
    problems: list[UserError] = []
    graph = read(tmp_path, "id/vnm/body/moj-2,id/vnm/body/moj; graph/around,2026-11-22,Bộ,Ministry,Nhập hai lần.,Entered twice.\n"
                           "id/vnm/body/moj-1,id/vnm/body/moj-2,2026-11-01,,,Nhầm.,A mistake.\n", problems)
    assert problems == []
    second, first = BASE + "id/vnm/body/moj-2", BASE + "id/vnm/body/moj-1"
    assert graph.instances("pg:WithdrawnName") == {first, second}
    assert {str(quad.graph_name.value) for quad in graph.quads} == {BASE + "graph/withdrawn"}
    assert graph.all(second, "dcterms:isReplacedBy") == [BASE + "id/vnm/body/moj", BASE + "graph/around"]
    assert graph.one(first, "dcterms:isReplacedBy") == second
    assert graph.one(second, "pg:withdrawnOn") == "2026-11-22"
    assert graph.one(second, "rdfs:comment", "vi") == "Nhập hai lần." and graph.one(second, "rdfs:label", "en") == "Ministry"


def test_without_the_table_nothing_is_withdrawn(tmp_path: Path) -> None:
    assert withdrawn.read(tmp_path, IDS, [], []) == []


@pytest.mark.parametrize(("row", "expected"), [
    ("https://example.org/x,,2026-11-22,,,Lý do.,Reason.", ("withdrawn-path", 2, "iri")),
    ("ontology/Body,,2026-11-22,,,Lý do.,Reason.", ("withdrawn-path", 2, "iri")),
    ("id/vnm/body/moj,,2026-11-22,,,Lý do.,Reason.", ("withdrawn-in-use", 2, "iri")),
    ("id/vnm/body/pointed-at,,2026-11-22,,,Lý do.,Reason.", ("withdrawn-in-use", 2, "iri")),
    ("id/vnm/body/x,id/vnm/body/none,2026-11-22,,,Lý do.,Reason.", ("withdrawn-successor", 2, "replaced_by")),
    ("id/vnm/body/x,id/vnm/body/x,2026-11-22,,,Lý do.,Reason.", ("withdrawn-successor", 2, "replaced_by")),
    ("id/vnm/body/x,moj,2026-11-22,,,Lý do.,Reason.", ("withdrawn-path", 2, "replaced_by")),
    ("id/vnm/body/x,,,,,Lý do.,Reason.", ("table-cell-empty", 2, "withdrawn_on")),
    ("id/vnm/body/x,,22/11/2026,,,Lý do.,Reason.", ("table-cell-date", 2, "withdrawn_on")),
    ("id/vnm/body/x,,2026-11-22,,,,Reason.", ("table-cell-empty", 2, "reason_vi")),
])
def test_what_is_wrong_is_told(tmp_path: Path, row: str, expected: tuple[str, int, str]) -> None:
    problems: list[UserError] = []
    read(tmp_path, row + "\n", problems)
    assert expected in told(problems)
    assert all(problem.message(lang) for problem in problems for lang in ("vi", "en"))


def test_an_address_is_withdrawn_once(tmp_path: Path) -> None:
    problems: list[UserError] = []
    read(tmp_path, "id/a/b,,2026-11-22,,,Lý do.,Reason.\n" * 2, problems)
    assert told(problems) == [("table-row-twice", 3, "iri")]


def test_the_table_that_is_shipped_is_sound(root: Path) -> None:
    problems: list[UserError] = []
    withdrawn.read(root / "data", IDS, [], problems)
    assert [problem for problem in problems if problem.key != "withdrawn-successor"] == []

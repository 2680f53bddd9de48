"""The annex of Decision 1252/QĐ-TTg against rows that were written by hand from the official text."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from pactgraph.sources.annex.read import read_annex
from pactgraph.sources.annex.reading import load_reading
from pactgraph.sources.annex.records import Annex

EXPECTED = json.loads((Path(__file__).parents[1] / "expected" / "annex-1252.json").read_text("utf-8"))
ROWS = {row["id"]: row for row in EXPECTED["rows"]}


@pytest.fixture(scope="module")
def annex(root: Path, decision: Path) -> Annex:
    return read_annex(decision, load_reading(root / "data" / "vnm"))


@pytest.fixture(scope="module")
def rows(annex: Annex) -> dict[str, dict]:
    return {row["id"]: row for row in annex.as_json()["rows"]}


def test_71_rows_54_tasks_17_headings(annex: Annex) -> None:
    assert len(annex.rows) == 71
    assert sum(row.is_leaf for row in annex.rows) == 54
    assert [row["id"] for row in EXPECTED["rows"]] == [row.id for row in annex.rows]


@pytest.mark.parametrize("key", ROWS)
def test_row_is_right_in_every_field(key: str, rows: dict[str, dict]) -> None:
    expected, found = ROWS[key], dict(rows[key])
    source = found.pop("source")
    assert source["lines"] == expected["source"]["lines"]
    assert source["file"] == "decision-1252-qd-ttg-2019.txt"
    assert found == {name: value for name, value in expected.items() if name != "source"}


def test_head(annex: Annex) -> None:
    document = annex.as_json()["document"]
    assert document["number"] == {"verbatim": "125/LQĐ-TTg", "reading": "1252/QĐ-TTg"}
    assert document["date"] == "2019-09-26"
    assert document["title"] == EXPECTED["document"]["title"]


def test_duties_of_the_body(annex: Annex) -> None:
    assert annex.as_json()["document"]["duties"] == EXPECTED["document"]["duties"]


def test_what_the_source_gets_wrong_is_told_with_the_reading(annex: Annex) -> None:
    found = {(issue.code, issue.lines[0], issue.found, issue.reading) for _, issue in annex.all_issues()}
    assert found == {
        ("document-number-mismatch", 3, "125/LQĐ-TTg", "1252/QĐ-TTg"),
        ("misprint", 59, "tổ tụng hình sự", "tố tụng hình sự"),
        ("misprint", 137, "NHẪM", "NHẰM"),
        ("role-verb", 178, "phối hợp", "cooperating"),
        ("word-cut", 213, "hội ng nghị", "hội nghị"),
        ("unbalanced-bracket", 236, "tiếp theo)", "tiếp theo"),
    }
    assert annex.errors() == []


def test_no_line_of_the_table_is_lost(annex: Annex, decision: Path) -> None:
    lines = decision.read_text("utf-8").split("\n")
    table = {number for number, line in enumerate(lines, 1) if number > 143 and line.strip()}
    assert {line for row in annex.rows for line in row.lines} == table


def test_totals_counted_by_hand(annex: Annex) -> None:
    lead = [agency for row in annex.rows for agency in row.lead]
    cooperating = [agency for row in annex.rows for agency in row.cooperating]
    kinds = Counter(deadline.kind for row in annex.rows for deadline in row.deadlines)
    assert (len(lead), len(cooperating)) == (96, 118)
    assert sum(agency.requested for agency in lead + cooperating) == 62
    assert sum(agency.group for agency in lead + cooperating) == 54
    assert kinds == {"final": 29, "preliminary": 22, "annual": 20, "range": 4, "other": 2, "periodic": 1, "adhoc": 1}

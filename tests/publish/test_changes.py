"""Changes between two builds: told once, as a change of the whole thing, in words of both languages."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from cli_help import run
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.publish.changes import Build, compare
from pactgraph.publish.changes_words import as_data, as_words

PREFIXES = """
@prefix pg: <https://w3id.org/pactgraph/ontology/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://w3id.org/pactgraph/id/xyz/> .
"""
WORDS = """
graph <https://w3id.org/pactgraph/graph/ontology> {
  pg:PlanTask rdfs:label "Plan Task"@en , "Nhiệm vụ"@vi . pg:Law rdfs:label "Law"@en , "Văn bản pháp luật"@vi .
  pg:Responsibility rdfs:label "Responsibility"@en . pg:hasResponsibility rdfs:label "has responsibility"@en .
  pg:responsibleAgent rdfs:label "responsible agent"@en .
  pg:inForceFrom rdfs:label "in force from"@en , "có hiệu lực từ ngày"@vi .
}
"""
TASK = """
graph <https://w3id.org/pactgraph/graph/xyz/source/1> {
  :t1 a pg:PlanTask ; skos:notation "A.1" ; rdfs:label "Train judges"@en , "Tập huấn thẩm phán"@vi ; pg:hasResponsibility :t1r1 .
  :t1r1 a pg:Responsibility ; pg:responsibilityOf :t1 ; pg:verbatim "Bộ Tư pháp"@vi ; pg:responsibleAgent :moj .
}
"""
LAW = """
graph <https://w3id.org/pactgraph/graph/xyz/laws> {
  :law a pg:Law ; skos:notation "1/2020" ; rdfs:label "Law on Things"@en ; pg:inForceFrom "2020-01-01"^^xsd:date .
}
"""
GAP = """
graph <https://w3id.org/pactgraph/graph/derived/gaps> { :g a pg:Gap ; rdfs:label "No deadline is recorded"@en . }
"""


def _build(*parts: str) -> Build:
    return Build(ox.parse(PREFIXES + WORDS + "".join(parts), format=ox.RdfFormat.TRIG))


def _words(old: Build, new: Build, lang: str = "en") -> str:
    return as_words(compare(old, new), old, new, lang)


def test_the_same_build_did_not_change() -> None:
    assert not compare(_build(TASK, LAW), _build(TASK, LAW))
    assert _words(_build(TASK), _build(TASK)) == "Nothing changed.\n"


def test_what_came_and_went_is_named_by_kind_code_and_label() -> None:
    assert _words(_build(LAW), _build(TASK)) == (
        "1 things added, 1 removed, 0 changed; 0 gaps opened, 0 closed.\n\n"
        "Added:\n  Plan Task: A.1 Train judges\n\nRemoved:\n  Law: 1/2020 Law on Things\n")


def test_a_value_that_changed_is_told_with_both_values_in_either_language() -> None:
    later = LAW.replace("2020-01-01", "2020-07-01")
    assert "  Law: 1/2020 Law on Things\n    in force from: 2020-01-01 → 2020-07-01\n" in _words(_build(LAW), _build(later))
    assert "    có hiệu lực từ ngày: 2020-01-01 → 2020-07-01\n" in _words(_build(LAW), _build(later), "vi")


def test_a_part_is_told_under_the_thing_that_it_belongs_to() -> None:
    other = TASK.replace("responsibleAgent :moj", "responsibleAgent :mod")
    found = compare(_build(TASK), _build(other))
    assert list(found.changed) == ["https://w3id.org/pactgraph/id/xyz/t1"]
    assert "  Plan Task: A.1 Train judges\n    Responsibility: Bộ Tư pháp\n      responsible agent: moj → mod\n" in _words(
        _build(TASK), _build(other))


def test_a_part_that_came_is_one_change_of_the_whole() -> None:
    more = TASK.replace("pg:hasResponsibility :t1r1 .", "pg:hasResponsibility :t1r1 , :t1r2 .").replace(
        "}", ':t1r2 a pg:Responsibility ; pg:responsibilityOf :t1 ; pg:verbatim "Tòa án"@vi . }', 1)
    words = _words(_build(TASK), _build(more))
    assert words.endswith("    + has responsibility: Tòa án\n") and words.count("Tòa án") == 1


def test_gaps_open_and_close() -> None:
    assert _words(_build(), _build(GAP)).endswith("Gaps that opened (not recorded in this graph):\n  No deadline is recorded\n")
    assert compare(_build(GAP), _build()).closed == ["https://w3id.org/pactgraph/id/xyz/g"]


def test_what_only_follows_is_not_told() -> None:
    follows = "graph <https://w3id.org/pactgraph/graph/derived/inferred> { :t1 a pg:PlanItem . }"
    assert not compare(_build(TASK), _build(TASK, follows))


def test_json_holds_every_value_with_its_type() -> None:
    old, new = _build(LAW), _build(LAW.replace("2020-01-01", "2020-07-01"))
    (changed,) = as_data(compare(old, new), old, new, "en")["changed"]
    day = "http://www.w3.org/2001/XMLSchema#date"
    assert changed["changes"] == [{
        "property": "https://w3id.org/pactgraph/ontology/inForceFrom", "name": "in force from", "part": None,
        "removed": [{"type": "literal", "value": "2020-01-01", "datatype": day}],
        "added": [{"type": "literal", "value": "2020-07-01", "datatype": day}],
    }]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("pq"), st.sampled_from("123")), max_size=9),
       st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("pq"), st.sampled_from("123")), max_size=9))
def test_changes_one_way_are_those_of_the_other_turned_round(before: list[tuple[str, ...]], after: list[tuple[str, ...]]) -> None:
    def build(rows: list[tuple[str, ...]]) -> Build:
        return Build(ox.Quad(ox.NamedNode(f"urn:{s}"), ox.NamedNode(f"urn:{p}"), ox.Literal(o)) for s, p, o in rows)

    there, back = compare(build(before), build(after)), compare(build(after), build(before))
    assert (there.added, there.removed, list(there.changed)) == (back.removed, back.added, list(back.changed))
    assert bool(there) == (set(before) != set(after))


# The command ------------------------------------------------------------------------------------------------------

def _diff(*arguments: str) -> subprocess.CompletedProcess[str]:
    return run("diff", *arguments)


def test_the_command_compares_a_store_with_a_file(built_store: Path, tmp_path: Path) -> None:
    (graph,) = built_store.glob("generations/*/graph.nq")
    other = tmp_path / "later.nq"
    other.write_text(graph.read_text("utf-8").replace('inForceUntil> "2026-07-01"', 'inForceUntil> "2026-07-02"'), "utf-8")
    done = _diff(str(built_store), str(other), "--lang", "vi")
    assert done.returncode == 0, done.stderr
    assert "Văn bản pháp luật: 24/2018/QH14" in done.stdout and "2026-07-01 → 2026-07-02" in done.stdout
    data = json.loads(_diff(str(built_store), str(other), "--format", "json").stdout)
    assert data["added"] == data["removed"] == [] and len(data["changed"]) >= 3


@pytest.mark.parametrize(("old", "words"), [
    ("no-such-place", "'no-such-place' is neither a folder of a store nor a file of a graph"),
    ("previous", "holds no earlier build"),
])
def test_what_is_no_build_is_refused(old: str, words: str, built_store: Path) -> None:
    done = _diff(old, str(built_store), "--store", str(built_store), "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr and "Traceback" not in done.stderr

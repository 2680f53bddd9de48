"""Reports of a graph that holds a body's report: the real graph with one observation added."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from pactgraph.reports.document import Paragraph
from pactgraph.reports.make import kind_of, make_report
from pactgraph.resources import shipped
from pactgraph.store.embedded import EmbeddedStore

DAY = "2026-11-21"
BASE = "https://w3id.org/pactgraph/"
REPORTED = f"""
@prefix pg: <{BASE}ontology/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:seen> a pg:StatusObservation ; pg:aboutItem <{BASE}id/vnm/task/1252-qd-ttg-2019/A.II.1.2> ;
    pg:taskStatus <{BASE}vocab/task-status/completed> ; pg:asOf "2023-11-28"^^xsd:date ; pg:reportedBy <{BASE}id/vnm/body/mps> ;
    <http://purl.org/dc/terms/source> "Report of the Ministry of Public Security, test" .
"""


@pytest.fixture(scope="module")
def store(built_store) -> EmbeddedStore:
    (dump,) = built_store.glob("generations/*/graph.nq")
    made = EmbeddedStore.in_memory()
    made.load(ox.parse(path=str(dump), format=ox.RdfFormat.N_QUADS))
    made.load(quad for quad in ox.parse(REPORTED, format=ox.RdfFormat.TURTLE))
    return made


def report(store, kind, day=DAY, **params):
    return make_report(store, kind_of(kind), params, as_of=day, lang="en", data=shipped("data"))


def texts(found) -> str:
    return "\n".join(part.text for block in found.blocks if isinstance(block, Paragraph) for part in block.parts)


def rows(found, words: str) -> dict[str, list[str]]:
    return {row[0].text: [cell.text for cell in row] for grid in found.grids() if words in grid.caption for row in grid.rows}


def test_a_reported_status_is_the_reporters_own(store):
    found = report(store, "synthesis")
    tasks = rows(found, "Tasks and duties of 1252/QĐ-TTg")
    assert tasks["A.II.1.2"][5] == "Completed (Ministry of Public Security, 28 November 2023)"
    assert tasks["A.II.1.1"][5] == "deadline passed; no result recorded in this graph, as of 21 November 2026"
    assert "No reports loaded" not in texts(found)


def test_before_it_was_reported_nothing_is_loaded(store):
    found = report(store, "synthesis", day="2023-11-27")
    assert "No reports loaded" in texts(found)
    assert rows(found, "Tasks and duties of 1252/QĐ-TTg")["A.II.1.2"][5] == "deadline passed"


def test_the_yearly_form_shows_what_was_reported(store):
    forms = [[cell.text for cell in row] for grid in report(store, "yearly", body="mps").grids() for row in grid.rows]
    (row,) = [row for row in forms if row[1].startswith("A.II.1.2.")]
    assert row[4] == "Completed (Ministry of Public Security, 28 November 2023)"

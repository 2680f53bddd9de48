"""Paragraphs of which only the number is known stay out of every answer, gap and count; only "text not loaded" tells of them.

The build refuses links to them (``tests/sources``, ``queries/checks/placeholder-link.rq``). Here they have every link, grade
and position that a mistake could give them, so that each question is put to the test.
"""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from pactgraph.build.gaps import gaps_of
from pactgraph.catalogue import load, names
from pactgraph.catalogue.bind import day
from pactgraph.store.embedded import EmbeddedStore

BASE = "https://w3id.org/pactgraph/"
TODAY = "2026-11-21"
COMMITTEE, UPR = (BASE + "id/un/rec/" + end for end in ("ccpr-c-xyz-co-1/14", "a-hrc-1/1"))
PART = COMMITTEE + "/a"
CONCERN = BASE + "id/un/para/ccpr-c-xyz-co-1/13"
DAY = "^^xsd:date"
# Two recommendations, a part of one and a concern; none has a text, all have what a recommendation can have
HOSTILE = f"""
INSERT DATA {{ GRAPH <graph/un/hostile> {{
  <{CONCERN}> a pg:DocumentParagraph ; pg:placeholder true ; pg:paragraphNumber "13" ; pg:ordinal 13 ;
    pg:inDocument <id/un/doc/ccpr-c-xyz-co-1> ; pg:responseDueOn "2021-03-29"{DAY} .
  <{COMMITTEE}> a pg:TreatyBodyRecommendation , pg:Recommendation ; pg:placeholder true ;
    <http://www.w3.org/2004/02/skos/core#notation> "CCPR/C/XYZ/CO/1/14" ; pg:paragraphNumber "14" ; pg:ordinal 14 ;
    pg:inDocument <id/un/doc/ccpr-c-xyz-co-1> ; pg:textStatus <vocab/text-status/not-loaded> ; pg:pairedWith <{CONCERN}> ;
    pg:concernsProvision <id/treaty/iccpr/article/6> ; pg:theme <vocab/theme/t> ; pg:responseDueOn "2021-03-29"{DAY} ;
    <http://purl.org/dc/terms/subject> <http://metadata.un.org/sdg/16.3> ; pg:repeats <{UPR}> .
  <{PART}> a pg:RecommendedAction ; pg:partOfRecommendation <{COMMITTEE}> ; pg:partLetter "a" ; pg:theme <vocab/theme/t> ;
    pg:concernsProvision <id/treaty/iccpr/article/6> ; <http://purl.org/dc/terms/subject> <http://metadata.un.org/sdg/16.3> .
  <{UPR}> a pg:UprRecommendation , pg:Recommendation ; pg:placeholder true ; pg:paragraphNumber "1" ; pg:ordinal 1 ;
    pg:inDocument <id/un/doc/ccpr-c-xyz-co-1> ; pg:concernsProvision <id/treaty/iccpr/article/6> .
  <id/un/rec/ccpr-c-xyz-co-1/6> pg:repeats <{COMMITTEE}> .
  <id/un/position/1> pg:positionOn <{UPR}> ; pg:position <vocab/upr-position/noted> ; pg:statedOn "2020-01-01"{DAY} .
  <id/un/position/2> pg:positionOn <{COMMITTEE}> ; pg:position <vocab/upr-position/supported> ; pg:statedOn "2020-01-01"{DAY} .
  <id/un/assessment/1> pg:assesses <{COMMITTEE}> ; pg:grade <vocab/committee-grade/E> ;
    pg:assessor <id/un/body/hrctte> ; pg:assessedOn "2022-11-04"{DAY} .
  <id/un/assessment/2> pg:assesses <{PART}> ; pg:grade <vocab/committee-grade/E> ;
    pg:assessor <id/un/body/hrctte> ; pg:assessedOn "2022-11-04"{DAY} .
  <id/xyz/task/1-qd-2019/A.1> pg:addresses <{COMMITTEE}> , <{PART}> , <{UPR}> ; pg:preparesAnswerTo <{CONCERN}> .
}} }}
"""
# What a question must be told
GIVEN = {
    "from": day("2000-01-01"),
    "article": f"<{BASE}id/treaty/iccpr/article/6>",
    "body": f"<{BASE}id/xyz/body/moj>",
    "plan": f"<{BASE}id/xyz/plan/1-qd-2019>",
    "start": f"<{COMMITTEE}>",
    "thing": f"<{BASE}id/xyz/task/1-qd-2019/A.1>",
}
HIDDEN = (COMMITTEE, UPR, CONCERN)


def bound(room: str, name: str, **more: str) -> str:
    query = load(room, name)
    wanted = {parameter.name: GIVEN[parameter.name] for parameter in query.parameters
              if parameter.required and parameter.name not in more}
    if any(parameter.name == "asOf" for parameter in query.parameters):
        wanted["asOf"] = day(TODAY)
    return query.bind({**wanted, **more})


def terms(store: EmbeddedStore, text: str) -> set[str]:
    """Every IRI of an answer; cells may hold several, between semicolons."""
    rows = store.query(text)
    assert isinstance(rows, ox.QuerySolutions)
    cells = [row[variable] for row in rows for variable in rows.variables]
    return {piece for cell in cells if cell is not None for piece in cell.value.split("; ")}


@pytest.fixture
def hostile(changed_store: Callable[[str], EmbeddedStore]) -> EmbeddedStore:
    return changed_store(HOSTILE)


@pytest.mark.parametrize("name", names("questions"))
def test_no_question_shows_what_was_not_read(hostile: EmbeddedStore, name: str) -> None:
    shown = terms(hostile, bound("questions", name))
    assert not [iri for iri in shown if iri.startswith(HIDDEN)], name


@pytest.mark.parametrize("name", names("questions"))
def test_answers_are_as_if_it_were_not_there(hostile: EmbeddedStore, store: EmbeddedStore, name: str) -> None:
    """The same rows, so that no count beside another recommendation grows either."""
    text = bound("questions", name)
    assert rows_of(hostile, text) == rows_of(store, text)


def rows_of(store: EmbeddedStore, text: str) -> list[tuple[str, ...]]:
    rows = store.query(text)
    assert isinstance(rows, ox.QuerySolutions)
    return [tuple("" if row[variable] is None else row[variable].value for variable in rows.variables) for row in rows]


@pytest.mark.parametrize("name", [name for name in names("gaps") if name != "text-not-loaded"])
def test_no_gap_is_about_it(hostile: EmbeddedStore, name: str) -> None:
    found = {gap.subject for gap in gaps_of(load("gaps", name), hostile, bound("gaps", name))}
    assert not [iri for iri in found if iri.startswith(HIDDEN)]


def test_that_its_text_is_not_loaded_is_told_once(hostile: EmbeddedStore) -> None:
    found = gaps_of(load("gaps", "text-not-loaded"), hostile, bound("gaps", "text-not-loaded"))
    told = {gap.subject: gap for gap in found}
    assert len(told) == len(found)
    known = BASE + "id/un/rec/ccpr-c-xyz-co-1/12"
    assert set(told) == {COMMITTEE, UPR, CONCERN, known}
    assert told[COMMITTEE].message == {
        "vi": "Mới chỉ biết số của đoạn này; nội dung chưa được nạp vào đồ thị này.",
        "en": "Only the number of this paragraph is known; its text is not loaded in this graph.",
    }
    assert told[known].message["en"] == "The text of this recommendation is not loaded in this graph."
    assert told[COMMITTEE].since == "2019-03-25"


def test_observations_without_any_paragraph_are_a_gap(changed_store: Callable[[str], EmbeddedStore]) -> None:
    store = changed_store("INSERT DATA { GRAPH <graph/un/documents> { <id/un/doc/co-2> a pg:ConcludingObservations ; "
                          f'pg:publishedOn "2025-07-18"{DAY} }} }}')
    found = {gap.subject: gap for gap in gaps_of(load("gaps", "text-not-loaded"), store, bound("gaps", "text-not-loaded"))}
    assert found[BASE + "id/un/doc/co-2"].since == "2025-07-18"
    assert "the due dates are not recorded in this graph" in found[BASE + "id/un/doc/co-2"].message["en"]
    assert BASE + "id/un/doc/ccpr-c-xyz-co-1" not in found


def test_it_is_not_counted(hostile: EmbeddedStore) -> None:
    counts = load("lookup", "counts").text
    (row,) = hostile.query(counts)
    assert row["recommendations"].value == "4"


@pytest.mark.parametrize("name", ["recommendations", "articles"])
def test_the_lists_of_the_pages_leave_it_out(hostile: EmbeddedStore, name: str) -> None:
    # The pages look for recommendations by their general class, which the build infers
    hostile.update("PREFIX pg: <https://w3id.org/pactgraph/ontology/> INSERT { GRAPH ?g { ?x a pg:Recommendation } } "
                   "WHERE { GRAPH ?g { ?x a pg:TreatyBodyRecommendation } }")
    shown = terms(hostile, bound("pages", name))
    assert not [iri for iri in shown if iri.startswith(HIDDEN)]
    if name == "articles":
        counts = {row[0]: row[3] for row in rows_of(hostile, bound("pages", name))}
        assert counts[BASE + "id/treaty/iccpr/article/6"] == "1"


def test_the_page_of_the_document_shows_its_number(hostile: EmbeddedStore) -> None:
    """The structure of a document is complete: its placeholders stand there, with nothing beside the number."""
    text = bound("pages", "document-paragraphs", thing=f"<{BASE}id/un/doc/ccpr-c-xyz-co-1>")
    assert {COMMITTEE, CONCERN} <= terms(hostile, text)

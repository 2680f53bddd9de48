"""Gaps as a list for a day and as resources: bodies of that day, identity from run to run, filters and bad words."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from pactgraph.build.gaps import opened_and_closed, stored_gaps
from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.questions.gaps import Filter, Listed, filter_of, gap_list, gap_rows, gap_table, gap_turtle
from pactgraph.store.embedded import EmbeddedStore

BASE = "https://w3id.org/pactgraph/id/"
PG = "https://w3id.org/pactgraph/ontology/"
TODAY = "2026-11-21"
ONE, TWO = BASE + "xyz/task/1-qd-2019/", BASE + "xyz/task/2-qd-2024/"
CLOSINGS = """
INSERT DATA { GRAPH <graph/vocabularies> {
  <vocab/gap-type/no-deadline> <http://www.w3.org/2004/02/skos/core#inScheme> <vocab/gap-type> ;
    pg:closedBy "Thời hạn của nhiệm vụ."@vi , "A deadline of the task."@en .
} }
"""


def stored(store: EmbeddedStore) -> EmbeddedStore:
    """The store with its gaps, as the build leaves it."""
    store.load(stored_gaps(store, [], Ids()))
    return store


@pytest.fixture
def built(changed_store) -> EmbeddedStore:
    return stored(changed_store(CLOSINGS))


def one(found: list[Listed], kind: str, subject: str) -> Listed:
    (item,) = [item for item in found if (item.gap.type, item.gap.subject) == (kind, subject)]
    return item


def test_a_requested_body_is_shown_as_asked(built):
    """The court is asked to lead task A.1 of plan 2: it is named, and neither responsible nor late."""
    built.update(f"INSERT DATA {{ GRAPH <{BASE}more> {{ <{TWO}A.1> <{PG}addresses> <{BASE}un/rec/ccpr-c-xyz-co-1/8/b> . "
                 f"<{BASE}xyz/link/9> <{PG}linkStatus> <https://w3id.org/pactgraph/vocab/link-status/proposed> ; "
                 f"<{PG}linkSubject> <{TWO}A.1> ; <{PG}linkObject> <{BASE}treaty/iccpr/article/6> . }} }}")
    stored(built)
    for lang, name in (("vi", "Tòa án tối cao (được đề nghị)"), ("en", "Supreme Court (asked)")):
        rows = gap_rows([one(gap_list(built, lang, TODAY), "unreviewed-link", BASE + "xyz/link/9")], lang)
        assert rows.records()[0]["body_today"] == name
    assert not [item for item in gap_list(built, "en", TODAY) if item.gap.type in ("overdue-without-evidence",)
                and item.gap.subject == TWO + "A.1"]


def test_the_bodies_are_those_of_the_day(built):
    kind = "no-result"
    before = one(gap_list(built, "en", "2025-02-28"), kind, ONE + "A.2")
    after = one(gap_list(built, "en", TODAY), kind, ONE + "A.2")
    assert [body.label for body in before.bodies] == ["Ministry of Labour and Information"]
    assert [body.label for body in after.bodies] == ["Ministry of Culture", "Ministry of Science"]
    assert not any(body.asked for body in after.bodies)


def test_a_recommendation_has_the_bodies_of_its_tasks(built):
    item = one(gap_list(built, "en", TODAY), "adverse-grade", BASE + "un/rec/ccpr-c-xyz-co-1/8/a")
    assert [body.label for body in item.bodies] == ["Ministry of Culture", "Ministry of Science"]


def test_what_began_later_was_no_gap_then(built):
    assert all(item.gap.since <= "2020-01-01" for item in gap_list(built, "en", "2020-01-01"))
    assert not [item for item in gap_list(built, "en", "2022-11-03") if item.gap.type == "adverse-grade"]
    assert [item for item in gap_list(built, "en", "2022-11-04") if item.gap.type == "adverse-grade"]


def test_the_same_gap_has_the_same_address(built, changed_store):
    """From run to run, from day to day, and whatever else was written."""
    def addresses(store: EmbeddedStore, day: str) -> dict[tuple[str, str], str]:
        graph = ox.Store()
        graph.load(gap_turtle(store, Ids(), day, gap_list(store, "en", day)), format=ox.RdfFormat.TURTLE)
        rows = graph.query(f"SELECT ?gap ?type ?subject WHERE {{ ?gap <{PG}gapType> ?type ; <{PG}gapSubject> ?subject }}")
        assert isinstance(rows, ox.QuerySolutions)
        return {(row["type"].value, row["subject"].value): row["gap"].value for row in rows}

    first, second = addresses(built, TODAY), addresses(built, "2026-11-20")
    other = addresses(stored(changed_store("INSERT DATA { GRAPH <graph/more> { <id/xyz/task/1-qd-2019/A.3> a pg:PlanTask } }")),
                      TODAY)
    assert first == second
    assert first.items() <= other.items() and len(other) > len(first)
    assert len(set(first.values())) == len(first)


def test_gaps_are_the_same_each_time_they_are_made(built, changed_store):
    once = stored_gaps(built, [], Ids())
    assert once == stored_gaps(built, [], Ids()), "gaps are about things, not about gaps"
    more = changed_store(CLOSINGS + "; INSERT DATA { GRAPH <graph/more> { <id/xyz/task/2-qd-2024/C.1> pg:hasDeadline <id/d> . "
                         "<id/xyz/task/1-qd-2019/A.9> a pg:PlanTask ; pg:hasExpectedResult <id/r> ; pg:hasDeadline <id/d> . } }")
    opened, closed = opened_and_closed(once, stored_gaps(more, [], Ids()))
    assert [iri.split("/gap/")[1].split("/")[0] for iri in closed] == ["no-deadline"]
    assert sorted(iri.split("/gap/")[1].split("/")[0] for iri in opened) == ["missing-translation", "no-lead"]


def test_a_gap_as_a_resource(built):
    found = [one(gap_list(built, "en", TODAY), "no-deadline", TWO + "C.1"),
             one(gap_list(built, "en", TODAY), "yearly-report-missing", ONE + "A.2")]
    graph = ox.Store()
    graph.load(gap_turtle(built, Ids(), TODAY, found), format=ox.RdfFormat.TURTLE)

    def values(subject: str, name: str) -> set[str]:
        return {quad.object.value for quad in graph.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(PG + name), None)}

    subjects = {quad.object.value: quad.subject.value
                for quad in graph.quads_for_pattern(None, ox.NamedNode(PG + "gapSubject"), None)}
    gap = subjects[TWO + "C.1"]
    assert gap.startswith(BASE + "gap/no-deadline/")
    assert values(gap, "severity") == {"https://w3id.org/pactgraph/vocab/severity/warning"}
    assert values(gap, "foundBy") == {"no-deadline"}
    assert values(gap, "since") == {"2024-05-01"}
    assert values(gap, "asOf") == {TODAY}
    assert values(gap, "closedBy") == {"Thời hạn của nhiệm vụ.", "A deadline of the task."}
    assert values(gap, "bodyOnDay") == set(), "its lead is gone, and no successor is recorded"
    yearly = subjects[ONE + "A.2"]
    assert values(yearly, "bodyOnDay") == {BASE + "xyz/body/mci", BASE + "xyz/body/mos"}


def test_stored_gaps_hold_no_day(built):
    assert not list(built.query(f"SELECT ?gap WHERE {{ ?gap a <{PG}Gap> ; <{PG}asOf>|<{PG}bodyOnDay> ?any }}"))
    assert list(built.query(f"SELECT ?gap WHERE {{ ?gap a <{PG}Gap> ; <{PG}closedBy> ?sentence }}"))


def test_filters(built):
    def kinds(**words: str) -> set[tuple[str, str]]:
        rows = gap_table(built, "en", TODAY, filter_of(built, words)).records()
        return {(row["type"], row["subject"].removeprefix(BASE)) for row in rows}

    assert kinds(type="no-deadline") == {("no-deadline", "xyz/task/2-qd-2024/C.1")}
    assert kinds(plan="2/QĐ-TTg", severity="info") == {
        ("missing-translation", "xyz/task/2-qd-2024/B.dd"), ("orphan-task", "xyz/plan/2-qd-2024"),
        ("overdue-without-evidence", "xyz/plan/2-qd-2024"), ("unreviewed-link", "xyz/link/3"), ("unreviewed-link", "xyz/link/4"),
    }
    assert ("article-without-law", "treaty/iccpr/article/20") in kinds(article="20")
    assert {kind for kind, _ in kinds(article="ICCPR/20")} == {"article-without-law", "unreviewed-link"}
    assert kinds(body="mos", type="no-result") == {("no-result", "xyz/task/1-qd-2019/A.2")}
    assert kinds(body="", article="", plan="", severity="", type="") == kinds()


@pytest.mark.parametrize(("words", "said"), [
    ({"severity": "grave"}, ("error, warning, info", "mức độ")),
    ({"type": "no-deadlin"}, ("no-deadline", "loại khoảng trống")),
    ({"body": "mso"}, ("mos", "cơ quan")),
    ({"article": "99"}, ("No article is called '99'", "điều khoản")),
    ({"plan": "2/QĐ-TT"}, ("2/QĐ-TTg", "kế hoạch")),
])
def test_words_that_mean_nothing_are_told_with_the_nearest(built, words, said):
    with pytest.raises(UserError) as problem:
        filter_of(built, words)
    assert said[0] in problem.value.message("en") and said[1] in problem.value.message("vi")


@pytest.mark.parametrize("day", ["21/11/2026", "2026-13-01", "2026-11", "today", "2026-11-21T00:00:00"])
def test_a_day_of_another_form_is_told(built, day):
    with pytest.raises(UserError) as problem:
        gap_list(built, "en", day)
    assert problem.value.key == "bad-as-of" and day in problem.value.message("vi")


def test_all_pass_an_empty_filter(built):
    assert gap_list(built, "en", TODAY) == gap_list(built, "en", TODAY, Filter())

"""Every gap query finds its gap and leaves the neighbour without one alone; rows written by hand from the fixture."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pactgraph.build.gaps import Gap, gaps_of
from pactgraph.catalogue import load, names
from pactgraph.catalogue.bind import day

BASE = "https://w3id.org/pactgraph/id/"
TODAY = "2026-11-21"
REC, ARTICLE = "un/rec/ccpr-c-xyz-co-1/", "treaty/iccpr/article/"
ONE, TWO = "xyz/task/1-qd-2019/", "xyz/task/2-qd-2024/"

# The gaps that the fixture holds: query → thing → (severity, since)
EXPECTED: dict[str, dict[str, tuple[str, str]]] = {
    "adverse-grade": {REC + "8/a": ("warning", "2022-11-04")},  # 8/b had an E, and a B since; 6 has an A
    "ambiguous-successor": {ONE + "A.2": ("warning", "2025-03-01")},
    # 19 has a law by its paragraph, 40 is in part IV
    "article-without-law": {ARTICLE + "6": ("info", ""), ARTICLE + "20": ("info", "")},
    "claim-without-evidence": {ONE + "A.1": ("info", "2021-01-15")},
    "dissolved-lead": {TWO + "C.1": ("warning", "2025-01-01")},  # the lead of A.2 is gone too, and has successors
    "grade-contradicts-report": {},
    "inconsistency-raised": {},
    "law-repealed-since-link": {},  # the law that is linked is in force
    "missing-translation": {TWO + "B.dd": ("info", ""), "xyz/body/mos": ("info", "")},
    "no-deadline": {TWO + "C.1": ("warning", "2024-05-01")},
    "no-lead": {TWO + "B.dd": ("warning", "2024-05-01")},
    "no-result": {ONE + "A.2": ("info", "2019-09-26")},
    "no-task": {REC + "12": ("warning", "2019-03-25")},
    "not-carried-over": {},  # no plan follows another
    # No task of plan 2 has a reviewed link
    "orphan-task": {"xyz/plan/2-qd-2024": ("info", "2024-05-01")},
    # A.1 of plan 1 is completed, A.2 is due every year; no report on plan 2 was ever loaded
    "overdue-without-evidence": {"xyz/duty/1-qd-2019/III.1": ("warning", "2019-12-15"),
                                 "xyz/plan/2-qd-2024": ("info", "2025-12-31")},
    "partial-task": {REC + "8": ("warning", "2019-03-25"), REC + "10": ("warning", "2019-03-25")},
    "repeated-recommendation": {},
    "supported-upr-without-task": {},
    "text-not-loaded": {REC + "12": ("info", "2019-03-25")},
    "unreviewed-link": {"xyz/link/3": ("info", ""), "xyz/link/4": ("info", "")},
    "yearly-report-missing": {"xyz/duty/1-qd-2019/III.1": ("warning", "2025-11-30"), ONE + "A.2": ("warning", "2025-12-31")},
}


def find(store, name: str, as_of: str = TODAY) -> list[Gap]:
    query = load("gaps", name)
    values = {"asOf": day(as_of)} if query.parameters else {}
    return gaps_of(query, store, query.bind(values))


@pytest.fixture
def gaps(store) -> Callable[..., list[Gap]]:
    return lambda name, as_of=TODAY: find(store, name, as_of)


def test_every_gap_query_is_expected_here():
    assert set(names("gaps")) == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_gaps(gaps, name):
    found = gaps(name)
    assert {gap.subject.removeprefix(BASE): (gap.severity, gap.since) for gap in found} == EXPECTED[name]
    assert len(found) == len(EXPECTED[name]), "a thing has a gap of a type once"
    assert all(gap.type == name for gap in found)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_headings_never_have_gaps(gaps, name):
    assert ONE + "A" not in {gap.subject.removeprefix(BASE) for gap in gaps(name)}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_messages_in_both_languages(gaps, name):
    for gap in gaps(name):
        assert gap.message["vi"].endswith(".")
        assert gap.message["en"].endswith(".")
        assert gap.message["vi"] != gap.message["en"]


@pytest.mark.parametrize(("name", "before", "since"), [
    ("dissolved-lead", "2024-12-31", "2025-01-01"),
    ("ambiguous-successor", "2025-02-28", "2025-03-01"),
])
def test_gaps_of_a_day(gaps, name, before, since):
    assert gaps(name, before) == []
    assert len(gaps(name, since)) == 1


def message(found: list[Gap], subject: str) -> tuple[str, str]:
    (gap,) = [gap for gap in found if gap.subject == BASE + subject]
    return gap.message["vi"], gap.message["en"]


def test_what_is_missing_is_not_recorded_in_this_graph(gaps):
    assert message(gaps("no-task"), REC + "12") == (
        "Chưa ghi nhận trong đồ thị này nhiệm vụ nào đáp ứng khuyến nghị.",
        "No task that answers this recommendation is recorded in this graph.",
    )


def test_a_grade_is_its_assessors(gaps):
    assert message(gaps("adverse-grade"), REC + "8/a") == (
        "Ủy ban Nhân quyền, 2022-11-04: mức C (CCPR/C/136/2).",
        "Human Rights Committee, 2022-11-04: grade C (CCPR/C/136/2).",
    )


def test_partial_tasks(gaps):
    found = gaps("partial-task")
    assert message(found, REC + "8")[1] == "Tasks are recorded in this graph for 1 of 2 parts of this recommendation."
    assert message(found, REC + "10")[1] == (
        "Tasks are linked by proposals only (1), which wait for a review; "
        "no curated or confirmed link is recorded in this graph."
    )


def test_names_of_bodies(gaps):
    assert message(gaps("dissolved-lead"), TWO + "C.1") == (
        "Cơ quan chủ trì không còn tồn tại: Cục Lưu trữ. Tính đến 2026-11-21, chưa ghi nhận trong đồ thị này cơ quan "
        "tiếp nhận.",
        "A lead no longer exists: Archives Department. As of 2026-11-21, no body that took over is recorded in this "
        "graph.",
    )
    assert message(gaps("ambiguous-successor"), ONE + "A.2") == (
        "Có nhiều cơ quan có thể kế nhiệm cơ quan chủ trì: Bộ Đại chúng; Ministry of Science. Tính đến 2026-11-21, "
        "chưa ghi nhận trong đồ thị này cơ quan nào phụ trách nhiệm vụ.",
        "The lead has several possible successors: Ministry of Culture; Ministry of Science. As of 2026-11-21, it is "
        "not recorded in this graph which of them has this task.",
    )


def test_languages_that_are_missing(gaps):
    found = gaps("missing-translation")
    assert message(found, TWO + "B.dd")[1] == "No English label is recorded in this graph."
    assert message(found, "xyz/body/mos")[1] == "No Vietnamese label is recorded in this graph."


def test_articles_are_asked_for_laws_only_where_such_links_are_kept(changed_store):
    store = changed_store("DELETE WHERE { GRAPH ?g { ?law pg:givesEffectTo ?article } }")
    assert find(store, "article-without-law") == []


@pytest.mark.parametrize(("name", "update"), [
    ("no-task", "<id/xyz/task/2-qd-2024/A.1> pg:addresses <id/un/rec/ccpr-c-xyz-co-1/12>"),
    ("no-lead", "<id/xyz/task/2-qd-2024/B.dd> pg:hasResponsibility <id/xyz/responsibility/1-qd-2019/A.1/1>"),
    ("no-deadline", "<id/xyz/task/2-qd-2024/C.1> pg:hasDeadline <id/xyz/deadline/1-qd-2019/A.2/1>"),
    ("no-result", "<id/xyz/task/1-qd-2019/A.2> pg:hasExpectedResult <id/xyz/result/1-qd-2019/A.1/1>"),
    ("dissolved-lead", "<id/xyz/responsibility/2-qd-2024/C.1/1> pg:hasAddressee <id/xyz/addressee/14>"),
    ("adverse-grade", "<id/un/assessment/new> pg:assesses <id/un/rec/ccpr-c-xyz-co-1/8/a> ; "
                      "pg:assessor <id/un/body/hrctte> ; pg:grade <vocab/committee-grade/B> ; "
                      "pg:assessedOn '2024-01-01'^^xsd:date"),
])
def test_a_gap_closes(changed_store, name, update):
    assert find(changed_store(f"INSERT DATA {{ GRAPH <graph/more> {{ {update} }} }}"), name) == []


def test_a_part_with_a_task_is_no_gap_once_all_have_one(changed_store):
    store = changed_store("INSERT DATA { GRAPH <graph/more> { <id/xyz/task/1-qd-2019/A.2> pg:addresses "
                          "<id/un/rec/ccpr-c-xyz-co-1/8/b> } }")
    assert [gap.subject for gap in find(store, "partial-task")] == [BASE + REC + "10"]

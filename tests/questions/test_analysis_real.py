"""The questions of the analysis on the real graph of Viet Nam; what is expected was read in the sources, not in an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from pactgraph.questions.run import ask as ask_store
from pactgraph.questions.table import Table
from pactgraph.store.embedded import EmbeddedStore

TODAY = "2026-11-21"
Records = Callable[..., list[dict[str, str]]]


@pytest.fixture(scope="module")
def table(real_graph: EmbeddedStore) -> Callable[..., Table]:
    def asked(name: str, as_of: str | None = TODAY, lang: str = "en", **params: str) -> Table:
        return ask_store(real_graph, name, params, as_of=as_of, lang=lang)

    return asked


@pytest.fixture(scope="module")
def ask(table: Callable[..., Table]) -> Records:
    return lambda *arguments, **params: table(*arguments, **params).records()


def test_the_law_on_cybersecurity_is_seen_in_two_ways(ask: Records) -> None:
    """A release of 14 June 2018 and a press conference of the same day; the law ended on 1 July 2026."""
    lines = ask("assessors-compared", law="24/2018/QH14")
    assert {(line["assessor"].split(",")[0].split(" (")[0], line["said_on"], line["side"]) for line in lines} == {
        ("Ministry of Foreign Affairs", "2018-06-14", "State"),
        ("Regional Office for South-East Asia", "2018-06-14", "others"),
        ("International Commission of Jurists", "2023-10-11", "others"),
    }
    assert {line["law_status"] for line in lines} == {"no longer in force"}
    assert sum("does not agree" in line["says"] for line in lines) == 2
    then = ask("assessors-compared", law="24/2018/QH14", as_of="2026-06-30")
    assert {line["law_status"] for line in then} == {"in force"}


def test_article_19_today_and_in_2024(ask: Records) -> None:
    (today,) = ask("article-matrix", article="ICCPR/19")
    assert today["conformity"].startswith("Open Net (Republic of Korea), 2025-05-26, considers that the following does not agree")
    assert "24/2018/QH14" not in today["conformity"]
    (before,) = ask("article-matrix", article="ICCPR/19", as_of="2024-01-01")
    assert "Open Net" not in before["conformity"]
    claim = "Ministry of Foreign Affairs, 2018-06-14, considers that the following agrees with it: 24/2018/QH14"
    assert claim in before["conformity"]
    # CCPR/C/136/2/Add.4 graded paragraph 46 with E
    assert today["lowest_grade"] == before["lowest_grade"] == "E (2022)"
    assert today["treaty_body"] == "1"
    assert today["progress"] == "no reports loaded"
    assert today["bodies"] == "Ministry of Culture, Sports and Tourism; Ministry of Public Security"
    assert before["bodies"].startswith("Ministry of Information and Communications")


def test_article_6_has_an_indicator_and_article_7_is_not_assessed(ask: Records) -> None:
    (six,) = ask("article-matrix", article="ICCPR/6")
    assert (six["structural"], six["process"], six["outcome"]) == ("1", "0", "0")
    # One act and one clause changed it on 1 July 2025: 18 offences before, 10 since
    values = [(line["as_of"], line["value"]) for line in ask("indicators", article="ICCPR/6")]
    assert values == [("2025-06-30", "18"), ("2025-07-01", "10")]
    (seven,) = ask("article-matrix", article="ICCPR/7", lang="vi")
    assert seven["conformity"] == "chưa được đánh giá"


def test_a_claim_carries_the_name_of_who_makes_it(ask: Records) -> None:
    claims = {line["indicator"]: (line["as_of"], line["value"], line["reporter"])
              for line in ask("indicators") if line["reporter"]}
    assert claims == {
        "upr-3-implemented": ("2023-11-24", "86.7", "Ministry of Foreign Affairs"),
        "upr-3-partly-implemented": ("2023-11-24", "12.4", "Ministry of Foreign Affairs"),
    }


def test_every_number_of_the_matrix_equals_its_list(ask: Records, table: Callable[..., Table]) -> None:
    rows = ask("article-matrix")
    assert len(rows) == 53
    for row in rows:
        article = row["article"]
        recommendations = ask("recommendations-for-article", article=article)
        from_committee = sum(line["mechanism"] == "treaty body" for line in recommendations)
        supported = sum(line["position"].startswith("Supported") for line in recommendations)
        laws = {line["law"] for line in ask("laws-for-article", article=article)}
        numbers = (len(laws), from_committee, supported, len(recommendations) - from_committee - supported,
                   len(ask("tasks-for-article", article=article)), len(ask("gaps-for-article", article=article)))
        names = ("laws", "treaty_body", "upr_supported", "upr_other", "tasks", "gaps")
        assert numbers == tuple(int(row[name]) for name in names), article


def test_coverage_by_cycle(ask: Records) -> None:
    """145 items in A/HRC/12/11 and 227 in A/HRC/26/6, whose plan (2057/QĐ-TTg) is known by its number only."""
    rows = {row["document"]: row for row in ask("plan-coverage-summary")}
    assert (rows["A/HRC/12/11"]["recommendations"], rows["A/HRC/12/11"]["no_plan"]) == ("145", "145")
    assert (rows["A/HRC/26/6"]["recommendations"], rows["A/HRC/26/6"]["text_not_loaded"]) == ("227", "227")
    assert rows["A/HRC/26/6"]["plans"] == "2057/QĐ-TTg"
    # Paragraphs 6, 8, 24, 46 and 52 are those whose subject was read
    assert rows["CCPR/C/VNM/CO/3"]["recommendations"] == "5"
    rows_of_2019 = ask("plan-coverage", document="CCPR/C/VNM/CO/3")
    assert {row["recommendation"].rsplit("/", 1)[-1]: row["coverage"] for row in rows_of_2019} == {
        "6": "answered", "8": "answered", "24": "answered in part", "46": "answered", "52": "not recorded in this graph",
    }


def test_the_plan_of_2019(ask: Records) -> None:
    """54 tasks in the annex and 5 duties in the body of Decision 1252/QĐ-TTg; no report is loaded."""
    rows = ask("plan-state", plan="1252/QĐ-TTg")
    assert {row["status"] for row in rows} == {"no reports loaded"}
    assert sum(int(row["count"]) for row in rows if row["kind"] == "task") == 54
    assert sum(int(row["count"]) for row in rows if row["kind"] == "duty") == 5
    assert all(len(row["tasks"].split("; ")) == int(row["count"]) for row in rows)
    (asked,) = [row for row in rows if row["deadline_state"].startswith("asked, not ordered")]
    assert asked["tasks"] == "A.II.3.1; A.II.3.9; B.III.1"
    (yearly,) = [row for row in rows if row["kind"] == "duty" and row["deadline_state"] == "due every year"]
    assert (yearly["tasks"], yearly["next_due"]) == ("III.3", "2026-11-30")


def test_the_inbox_of_a_ministry_and_of_a_court(ask: Records) -> None:
    moj = ask("inbox", body="moj")
    assert {line["requested"] for line in moj} == {"false"}
    assert ask("inbox", body="mcst", as_of="2024-12-31") != ask("inbox", body="mcst")
    inherited = {line["task"] for line in ask("inbox", body="mcst") if line["inherited"] == "true"}
    assert "A.II.1.5" in inherited
    court = ask("inbox", body="spc")
    assert {line["requested"] for line in court if line["role"] == "lead"} == {"true"}
    assert not any(line["deadline_state"].startswith("deadline passed") for line in court if line["requested"] == "true")


def test_the_day_of_the_reorganisation(ask: Records) -> None:
    """Resolution 176/2025/QH15: on 1 March 2025 two ministries were founded anew and seven bodies of the registry ended."""
    lines = ask("changed-between", as_of=None, **{"from": "2025-02-28", "to": "2025-03-01"})
    assert {line["day"] for line in lines} == {"2025-03-01"}
    assert {line["thing"] for line in lines if line["change"] == "founded"} == {"mae", "memr"}
    assert {line["thing"] for line in lines if line["change"].startswith("gone")} == {
        "cema", "mard", "mic", "molisa", "monre", "mot", "mpi"}


def test_the_laws_of_the_middle_of_2026(ask: Records) -> None:
    lines = ask("changed-between", as_of=None, **{"from": "2026-06-30", "to": "2026-07-01"})
    assert "24/2018/QH14" in {line["thing"] for line in lines if line["change"].startswith("no longer in force")}
    assert "116/2025/QH15" in {line["thing"] for line in lines if line["change"] == "in force"}


@pytest.mark.parametrize(("name", "params"), [
    ("article-matrix", {}), ("inbox", {"body": "moj"}), ("plan-state", {"plan": "1252/QĐ-TTg"}), ("plan-coverage", {}),
    ("plan-coverage-summary", {}), ("assessors-compared", {"article": "ICCPR/19"}), ("changed-between", {"from": "2019-01-01"}),
    ("recommendations-for-article", {"article": "ICCPR/19"}), ("tasks-for-article", {"article": "ICCPR/14"}), ("indicators", {}),
    ("gaps-for-article", {"article": "ICCPR/19"}),
])
def test_no_row_stands_twice_and_both_languages_have_the_same_rows(table: Callable[..., Table], name: str,
                                                                   params: dict[str, str]) -> None:
    english, vietnamese = (partial(table, name, **params)(lang=lang) for lang in ("en", "vi"))
    assert len({tuple(row) for row in english.rows}) == len(english.rows) == len(vietnamese.rows) > 0

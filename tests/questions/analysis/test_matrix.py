"""The matrix of articles and the lists behind its numbers, against the fixture, by hand."""

from __future__ import annotations

import pytest

DAY = "^^xsd:date"


def row(ask, article: str, **given: str) -> dict[str, str]:
    (found,) = ask("article-matrix", article=article, **given).records()
    return found


def test_one_row_an_article(ask):
    assert [found["article"] for found in ask("article-matrix").records()] == ["CV/6", "CV/19", "CV/40"]


def test_nothing_is_joined_across_states(changed):
    """Another State with a law, a plan and a recommendation on article 6 changes no number of the first."""
    ask = changed("""INSERT DATA { GRAPH <graph/more> {
        <id/xyz/body/m> a pg:PublicBody ; pg:concernsState <id/state/xyz> .
        <id/xyz/law/1> a pg:Law ; pg:concernsState <id/state/xyz> .
        <id/xyz/link/1> pg:linkSubject <id/xyz/law/1> ; pg:linkPredicate pg:givesEffectTo ;
          pg:linkStatus <vocab/link-status/curated> ; pg:linkObject <id/treaty/cv/article/6> .
        <id/xyz/plan/1> a pg:ImplementationPlan ; pg:concernsState <id/state/xyz> .
        <id/xyz/task/1> a pg:PlanTask ; pg:inPlan <id/xyz/plan/1> ; pg:concernsProvision <id/treaty/cv/article/6> .
        <id/un/doc/xyz> a pg:ConcludingObservations ; pg:concernsState <id/state/xyz> .
        <id/un/rec/xyz/1> a pg:TreatyBodyRecommendation ; pg:inDocument <id/un/doc/xyz> ; pg:paragraphNumber "1" ;
          pg:concernsProvision <id/treaty/cv/article/6> } }""")
    ours, theirs = ask("article-matrix", article="CV/6").records()
    assert [ours[name] for name in ("state", "laws", "treaty_body", "tasks")] == ["Abc", "1", "2", "2"]
    assert [theirs[name] for name in ("laws", "treaty_body", "tasks", "conformity")] == ["1", "1", "1", "chưa được đánh giá"]
    assert ours["tasks_list"] == "tasks-for-article?article=CV/6&state=abc&as_of=2026-11-21"
    assert len(behind(ask, ours["tasks_list"])) == 2 and len(ask("tasks-for-article", article="CV/6").rows) == 3
    assert len(behind(ask, ours["laws_list"])) == 1 and len(behind(ask, ours["recommendations_list"])) == 3


def test_the_axis_of_law(ask):
    today = row(ask, "CV/19", lang="en")
    # Law Two has ended, and what was said of it stands with it
    assert today["laws"] == "1"
    assert today["conformity"] == (
        "Institute A, 2022-02-03, considers that the following agrees with it in part: 1/L/5; "
        "Justice, 2021-05-05, considers that the following agrees with it: 1/L/5")
    before = row(ask, "CV/19", lang="en", as_of="2021-01-01")
    assert before["laws"] == "2"
    assert before["conformity"] == (
        "Institute A, 2020-02-03, considers that the following does not agree with it: 1/L/5; "
        "Institute A, 2020-02-03, considers that the following does not agree with it: 2/L")
    assert row(ask, "CV/40")["conformity"] == "Ủy ban, 2015-03-01, cho rằng nội dung sau chưa quy định nội dung này: abc"


@pytest.mark.parametrize(("lang", "words"), [("en", "not assessed"), ("vi", "chưa được đánh giá")])
def test_where_nobody_assessed_it_says_so(ask, lang, words):
    assert row(ask, "CV/6", lang=lang)["conformity"] == words


def test_a_law_that_is_only_proposed_does_not_count(ask):
    assert row(ask, "CV/40")["laws"] == "0"


@pytest.mark.parametrize(("article", "day", "numbers"), [
    ("CV/6", "2026-11-21", ("2", "0", "1")), ("CV/6", "2022-12-31", ("1", "0", "1")), ("CV/6", "2014-12-31", ("0", "0", "1")),
    ("CV/19", "2026-11-21", ("1", "1", "0")), ("CV/19", "2016-06-29", ("1", "0", "1")), ("CV/19", "2014-01-01", ("0", "0", "0")),
])
def test_recommendations_by_position(ask, article, day, numbers):
    found = row(ask, article, as_of=day)
    assert (found["treaty_body"], found["upr_supported"], found["upr_other"]) == numbers


@pytest.mark.parametrize(("day", "grade"), [("2026-11-21", "C (2022)"), ("2022-11-03", "E (2018)"), ("2018-11-03", "")])
def test_the_lowest_of_the_latest_grades(ask, day, grade):
    assert row(ask, "CV/6", as_of=day)["lowest_grade"] == grade


def test_tasks_bodies_of_the_day_and_progress(ask):
    six = row(ask, "CV/6", lang="en")
    assert (six["tasks"], six["bodies"], six["progress"]) == ("2", "Justice; Court (asked)", "1/2 reported as completed")
    assert row(ask, "CV/19")["bodies"] == "Bộ Mới"
    assert row(ask, "CV/19", as_of="2019-12-31")["bodies"] == "Bộ Cũ"
    assert row(ask, "CV/6", as_of="2016-04-30")["tasks"] == "0"


def test_a_later_report_replaces_an_earlier_one_of_progress(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/abc/status/A2> pg:aboutItem <id/abc/task/1/A> ; "
                  f"pg:taskStatus <vocab/task-status/in-progress> ; pg:asOf '2020-01-15'{DAY} ; "
                  "pg:reportedBy <id/abc/body/moj> } }")
    assert row(ask, "CV/6", lang="en")["progress"] == "0/2 reported as completed"
    assert row(ask, "CV/6", lang="en", as_of="2019-12-31")["progress"] == "1/2 reported as completed"


def test_where_no_report_was_ever_loaded_it_says_so(changed):
    ask = changed("DELETE WHERE { GRAPH ?g { ?status pg:aboutItem ?item } }")
    assert row(ask, "CV/6", lang="en")["progress"] == "no reports loaded"
    assert row(ask, "CV/40", lang="vi")["progress"] == "chưa nạp báo cáo nào"


def test_the_axis_of_practice(ask):
    six = row(ask, "CV/6")
    assert (six["structural"], six["process"], six["outcome"]) == ("1", "0", "0")
    assert row(ask, "CV/6", as_of="2019-12-30")["structural"] == "0"


def test_gaps(ask):
    assert [found["gaps"] for found in ask("article-matrix").records()] == ["0", "1", "0"]
    (gap,) = ask("gaps-for-article", article="CV/19").rows
    assert gap == ["no-task", "Chưa có nhiệm vụ", "Cảnh báo", "CO/1/8", "2015-03-01", "Chưa ghi nhận"]


def test_every_number_has_its_list(ask):
    """A cell of a list is a question; asked as it stands, it gives what the number counts."""
    for found in ask("article-matrix", lang="en").records():
        lists = {column: behind(ask, cell) for column, cell in found.items() if column.endswith("_list")}
        assert len(lists) == 7
        assert len({line["law"] for line in lists["laws_list"]}) == int(found["laws"])
        recommendations = lists["recommendations_list"]
        assert sum(line["mechanism"] == "treaty body" for line in recommendations) == int(found["treaty_body"])
        assert sum(line["position"] == "Supported" for line in recommendations) == int(found["upr_supported"])
        assert len(recommendations) == sum(int(found[name]) for name in ("treaty_body", "upr_supported", "upr_other"))
        assert len(lists["tasks_list"]) == int(found["tasks"])
        assert len(lists["gaps_list"]) == int(found["gaps"])
        counted = sum(int(found[name]) for name in ("structural", "process", "outcome"))
        assert len({line["indicator"] for line in lists["indicators_list"]}) == counted


def behind(ask, cell: str) -> list[dict[str, str]]:
    name, _, given = cell.partition("?")
    params = dict(part.split("=", 1) for part in given.split("&"))
    return ask(name, lang="en", **params).records()


def test_recommendations_for_article(ask):
    assert ask("recommendations-for-article", article="CV/6").rows == [
        ["CO/1/6", "Đoạn 6", "ủy ban công ước", "CO/1", "", "", "(a) C (2022-11-04); (b) A (2018-11-04)", "1", "CO/1"],
        ["CO/2/9", "Đoạn 9", "ủy ban công ước", "CO/2", "", "", "", "0", "CO/2"],
        ["UPR/1/1.2", "Sự sống", "rà soát định kỳ phổ quát", "UPR/1", "Ghi nhận", "2014-06-20", "", "0", "UPR/1"],
    ]
    # By a paragraph of the article too
    assert [line[0] for line in ask("recommendations-for-article", article="CV/19").rows] == ["CO/1/8", "UPR/1/1.1"]
    assert [line[0] for line in ask("recommendations-for-article", article="CV/19/3").rows] == ["UPR/1/1.1"]


def test_tasks_for_article(ask):
    assert ask("tasks-for-article", article="CV/6").rows == [
        ["A", "Việc A", "1/KH", "CO/1/6", "Bộ Tư pháp", "", "Bộ Tư pháp: Đã hoàn thành (2019-01-15)", "plan.txt:10"],
        ["C", "Việc C", "1/KH", "", "", "Tòa án", "chưa ghi nhận trong đồ thị này", "plan.txt:12"],
    ]


def test_indicators(ask):
    assert ask("indicators", lang="en").rows == [
        ["done", "Share", "Process", "upr-1", "2019-05-05", "86.7", "percent", "Justice", "", "news"],
        ["crimes", "Crimes", "Structural", "CO/1/6", "2019-12-31", "18", "crimes", "", "", "code"],
        ["crimes", "Crimes", "Structural", "CO/1/6", "2020-01-01", "10", "crimes", "Justice", "", "code"],
    ]
    assert [line[5] for line in ask("indicators", article="CV/6", as_of="2019-12-31").rows] == ["18"]

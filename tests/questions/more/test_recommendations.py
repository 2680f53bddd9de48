"""Recommendations beside grades, reports, earlier ones and plans, against rows written by hand from the fixture."""

from __future__ import annotations

import pytest

DAY = "^^xsd:date"
NOT_RECORDED = "chưa ghi nhận trong đồ thị này"


def test_graded_though_reported_done(ask):
    answer = ask("graded-though-reported-done")
    assert answer.columns == [
        "recommendation", "paragraph", "grade", "assessor", "assessed_on", "task", "label", "reporter", "reported_on",
        "note", "report", "source",
    ]
    assert answer.rows == [
        ["CO/2/8", "8(a)", "E", "Ủy ban", "2022-11-04", "A.1", "Thống kê án tử hình", "Bộ Công an", "2023-01-15",
         "Mức E của Ủy ban (2022) và tình trạng 'đã hoàn thành' do cơ quan báo cáo (2023) cùng được ghi nhận",
         "report of 2023", "FU/2"],
    ]
    assert ask("graded-though-reported-done", recommendation="CO/2/8").rows == answer.rows
    # Reported as completed, but graded A
    assert ask("graded-though-reported-done", recommendation="CO/2/10").rows == []


def test_both_are_recorded_is_what_is_said(ask):
    (row,) = ask("graded-though-reported-done", lang="en").rows
    assert row[9] == "Committee grade E (2022) and the body's 'completed' (2023) are both recorded"


@pytest.mark.parametrize(("day", "rows"), [("2023-01-14", 0), ("2023-01-15", 1), ("2022-11-03", 0)])
def test_graded_though_reported_done_on_a_day(ask, day, rows):
    assert len(ask("graded-though-reported-done", as_of=day).rows) == rows


def test_the_old_scale_of_grades_counts_too(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/abc/status/9> pg:aboutItem <id/abc/task/5-2010/A.1> ; "
                  f"pg:taskStatus <vocab/task-status/completed> ; pg:asOf '2015-01-01'{DAY} ; "
                  "pg:reportedBy <id/abc/body/mps> } }")
    rows = ask("graded-though-reported-done").rows
    assert [[row[0], row[1], row[2], row[11]] for row in rows] == [
        ["CO/1/7", "7", "C1", "a letter of 2011"], ["CO/2/8", "8(a)", "E", "FU/2"],
    ]


def test_what_the_same_body_says_later_counts(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/abc/status/9> pg:aboutItem <id/abc/task/6-2019/A.1> ; "
                  f"pg:taskStatus <vocab/task-status/in-progress> ; pg:asOf '2024-01-01'{DAY} ; "
                  "pg:reportedBy <id/abc/body/mps> } }")
    assert ask("graded-though-reported-done").rows == []
    assert len(ask("graded-though-reported-done", as_of="2023-12-31").rows) == 1


def test_a_better_grade_later_counts(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/un/assessment/9> pg:assesses <id/un/rec/co-2/8/a> ; "
                  f"pg:grade <vocab/committee-grade/B> ; pg:assessedOn '2025-03-01'{DAY} ; "
                  "pg:assessor <id/un/body/hrctte> } }")
    assert ask("graded-though-reported-done").rows == []
    assert len(ask("graded-though-reported-done", as_of="2025-02-28").rows) == 1


def test_repeated_recommendations(ask):
    answer = ask("repeated-recommendations")
    assert answer.columns == [
        "recommendation", "label", "document", "repeats", "earlier_label", "earlier_document", "grades", "positions",
        "tasks", "status", "link", "source",
    ]
    assert answer.rows == [
        ["CO/2/8", "Đoạn 8: Án tử hình", "CO/2", "CO/1/7", "Đoạn 7: Án tử hình", "CO/1", "C1 (2011-07-28)", "",
         "5/QĐ A.1", "A.1: Đang thực hiện (2012-12-31)", "Đã biên tập", "CO/2, para. 8"],
    ]
    for either in ("CO/2/8", "CO/1/7"):
        assert ask("repeated-recommendations", recommendation=either).rows == answer.rows
    # Only proposed as a repetition
    assert ask("repeated-recommendations", recommendation="CO/2/10").rows == []


def test_repeated_recommendations_on_a_day(ask):
    (row,) = ask("repeated-recommendations", as_of="2011-07-27").rows
    assert row[6:10] == ["", "", "5/QĐ A.1", NOT_RECORDED]


def test_a_repeated_upr_recommendation_shows_its_positions(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/un/rec/co-2/10> pg:repeats <id/un/rec/upr-26-9/143.2> } }")
    (row,) = ask("repeated-recommendations", recommendation="143.2", lang="en").rows
    assert row[3] == "143.2"
    assert row[6:] == ["", "Noted (2014-06-20); Supported (2016-06-30)", "", "not recorded in this graph", "", ""]


def test_supported_upr_without_task(ask):
    answer = ask("supported-upr-without-task")
    assert answer.columns == [
        "recommendation", "paragraph", "label", "document", "recommending", "position", "stated_on", "proposed", "source",
    ]
    report = "A/HRC/26/9"
    assert answer.rows == [
        ["143.2", "143.2", "Tự do báo chí", report, "Nước A; Nước B", "Chấp thuận", "2016-06-30", "0", report],
        ["143.4", "143.4", "Trẻ em", report, "", "Chấp thuận một phần", "2014-06-20", "1", "addendum of 2014"],
    ]
    assert ask("supported-upr-without-task", document=report).rows == answer.rows
    assert ask("supported-upr-without-task", document="CO/2").rows == []


@pytest.mark.parametrize(("day", "found"), [
    ("2014-06-19", []), ("2014-06-20", ["143.4"]), ("2016-06-29", ["143.4"]), ("2016-06-30", ["143.2", "143.4"]),
])
def test_the_position_of_the_day_counts(ask, day, found):
    assert [row[0] for row in ask("supported-upr-without-task", as_of=day).rows] == found


def test_noted_upr_matching_committee(ask):
    answer = ask("noted-upr-matching-committee")
    assert answer.columns == [
        "recommendation", "label", "position", "stated_on", "article", "committee", "committee_label", "source",
    ]
    noted = ["143.1", "Bỏ án tử hình", "Ghi nhận", "2014-06-20", "ICCPR/6"]
    assert answer.rows == [
        [*noted, "CO/1/7", "Đoạn 7: Án tử hình", "addendum of 2014"],
        [*noted, "CO/2/8", "Đoạn 8: Án tử hình", "addendum of 2014"],
    ]
    assert ask("noted-upr-matching-committee", article="6").rows == answer.rows
    # Noted, but no treaty body speaks of its article
    assert ask("noted-upr-matching-committee", article="24").rows == []


def test_noted_then_and_an_article_by_its_paragraph(ask):
    """143.2 was noted until 2016; it concerns article 19, the Committee's paragraph 10 concerns article 19(3)."""
    rows = ask("noted-upr-matching-committee", article="19", as_of="2016-06-29").rows
    assert [[row[0], row[4], row[5]] for row in rows] == [["143.2", "ICCPR/19", "CO/2/10"]]
    assert ask("noted-upr-matching-committee", article="19", as_of="2016-06-30").rows == []


def test_a_part_of_a_recommendation_matches_as_the_whole(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/un/rec/co-2/8/b> pg:concernsProvision "
                  "<id/treaty/iccpr/article/24> } }")
    rows = ask("noted-upr-matching-committee", article="24").rows
    assert [[row[0], row[5]] for row in rows] == [["143.5", "CO/2/8"]]


def test_time_to_first_task(ask):
    answer = ask("time-to-first-task", document="CO/2")
    assert answer.columns == [
        "recommendation", "label", "adopted", "tasks", "plan", "planned", "days_to_task", "reported", "days_to_report",
        "status", "source",
    ]
    plan = ["6/QĐ", "2019-09-26", "185"]
    assert answer.rows == [
        ["CO/2/8", "Đoạn 8: Án tử hình", "2019-03-25", "A.1", *plan, "2020-11-30", "616", "đã ghi nhận", "CO/2"],
        ["CO/2/10", "Đoạn 10: Ngôn luận", "2019-03-25", "A.2", *plan, "2021-03-01", "707", "đã ghi nhận", "CO/2"],
        ["CO/2/12", "Đoạn 12: Báo cáo", "2019-03-25", "", "", "", "", "", "",
         "chưa ghi nhận nhiệm vụ trong đồ thị này", "CO/2"],
    ]


def test_time_to_first_task_of_all(ask):
    rows = {row[0]: [row[2], row[5], row[6], row[8], row[9]] for row in ask("time-to-first-task", lang="en").rows}
    assert len(rows) == 10
    assert rows["CO/1/7"] == ["2009-03-30", "2010-05-10", "406", "1372", "recorded"]
    assert rows["CO/1/9"] == ["2009-03-30", "2010-05-10", "406", "", "no report recorded in this graph"]
    # No adoption is recorded: counted from the publication
    assert rows["143.3"] == ["2014-04-02", "2019-09-26", "2003", "4255", "recorded"]
    assert rows["143.4"] == ["2014-04-02", "", "", "", "no task recorded in this graph"]


@pytest.mark.parametrize(("day", "days", "status"), [
    ("2019-09-25", ["", ""], "no task recorded in this graph"),
    ("2019-09-26", ["185", ""], "no report recorded in this graph"),
    ("2020-11-30", ["185", "616"], "recorded"),
])
def test_time_to_first_task_on_a_day(ask, day, days, status):
    (row,) = ask("time-to-first-task", recommendation="CO/2/8", as_of=day, lang="en").rows
    assert [row[6], row[8], row[9]] == [*days, status]


@pytest.mark.parametrize(("adopted", "days"), [("2019-03-25", "0"), ("2010-05-10", "-3241")])
def test_a_plan_of_the_same_day_or_before(changed, adopted, days):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/abc/task/8/1> pg:addresses <id/un/rec/co-2/12> ; "
                  f"pg:inPlan <id/abc/plan/8> . <id/abc/plan/8> pg:adoptedOn '{adopted}'{DAY} }} }}")
    assert [row[6] for row in ask("time-to-first-task", recommendation="CO/2/12").rows] == [days]


def test_no_reports_loaded(changed):
    ask = changed("DELETE WHERE { GRAPH ?g { ?report pg:aboutItem ?item } }")
    assert {row[9] for row in ask("time-to-first-task", document="CO/1", lang="en").rows} == {"no reports loaded"}

"""Who handles what: the questions about responsibilities, against rows written by hand from the fixture."""

from __future__ import annotations

MOJ, COURT, GROUP = "Bộ Tư pháp", "Tòa án tối cao", "Các bộ liên quan"
MLI, MCI, BOTH = "Bộ Lao động và Thông tin", "Bộ Đại chúng", "Bộ Đại chúng; Ministry of Science"
UNKNOWN = "chưa ghi nhận trong đồ thị này"
A1_DUE = "sơ bộ: năm 2020; cuối: năm 2022"
LEAD, COOPERATING = "Chủ trì", "Phối hợp"


def test_agency_for_recommendation(ask):
    six = ["CCPR/C/XYZ/CO/1/6", "6", "A.1"]
    eight = ["CCPR/C/XYZ/CO/1/8", "8(a)", "A.2"]
    end_six = [A1_DUE, "Đã hoàn thành", "decision-1.txt:10,12"]
    end_eight = ["Hàng năm", UNKNOWN, "decision-1.txt:14"]
    answer = ask("agency-for-recommendation")
    assert answer.columns == [
        "recommendation", "paragraph", "task", "role", "requested", "scope", "body", "body_today", "basis", "deadline",
        "status", "source",
    ]
    assert answer.rows == [
        [*six, LEAD, "false", "", MOJ, MOJ, "verified", *end_six],
        [*six, COOPERATING, "false", "", GROUP, GROUP, "none", *end_six],
        [*six, COOPERATING, "true", "xét xử", COURT, COURT, "unverified", *end_six],
        [*eight, LEAD, "false", "báo chí", MLI, MCI, "verified", *end_eight],
        [*eight, LEAD, "false", "", MLI, BOTH, "ambiguous", *end_eight],
        [*eight, COOPERATING, "false", "", MOJ, MOJ, "verified", *end_eight],
    ]


def test_agency_then_and_in_english(ask):
    rows = ask("agency-for-recommendation", as_of="2020-12-31", lang="en").rows
    assert [row[3] for row in rows] == ["Lead", "Cooperating", "Cooperating", "Lead", "Lead", "Cooperating"]
    assert rows[3][5:9] == ["press"] + ["Ministry of Labour and Information"] * 2 + ["verified"]
    assert [row[10] for row in rows[2:4]] == ["In progress", "not recorded in this graph"]


def test_successor_from_the_day_of_the_transfer(ask):
    def today(day: str) -> str:
        return ask("agency-for-recommendation", as_of=day, recommendation="8").rows[0][7]

    assert today("2025-02-28") == MLI
    assert today("2025-03-01") == MCI


def test_agency_for_one_recommendation(ask):
    assert {row[0] for row in ask("agency-for-recommendation", recommendation="CO/1/6").rows} == {"CCPR/C/XYZ/CO/1/6"}
    assert ask("agency-for-recommendation", recommendation="12").rows == []


def test_reporters_of_one_day_stand_side_by_side(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/xyz/status/3> pg:aboutItem <id/xyz/task/1-qd-2019/A.1> ; "
                  "pg:taskStatus <vocab/task-status/in-progress> ; pg:asOf '2021-01-15'^^xsd:date } }")
    assert ask("agency-for-recommendation", recommendation="6").rows[0][10] == "Đang thực hiện; Đã hoàn thành"


def test_ids_instead_of_names(ask):
    row = ask("agency-for-recommendation", ids=True).rows[4]
    base = "https://w3id.org/pactgraph/id/"
    assert row[0] == base + "un/rec/ccpr-c-xyz-co-1/8"
    assert row[2] == base + "xyz/task/1-qd-2019/A.2"
    assert row[3] == "https://w3id.org/pactgraph/vocab/role/lead"
    assert row[7] == f"{base}xyz/body/mci; {base}xyz/body/mos"
    assert row[8] == "ambiguous"


def test_responsibilities(ask):
    answer = ask("responsibilities", plan="1/QĐ-TTg")
    assert answer.columns == [
        "task", "role", "requested", "group", "scope", "body", "body_today", "basis", "deadline", "source",
    ]
    one, two = [A1_DUE, "decision-1.txt:10,12"], ["Hàng năm", "decision-1.txt:14"]
    assert answer.rows == [
        ["A.1", LEAD, "false", "false", "", MOJ, MOJ, "verified", *one],
        ["A.1", COOPERATING, "false", "true", "", GROUP, GROUP, "none", *one],
        ["A.1", COOPERATING, "true", "false", "xét xử", COURT, COURT, "unverified", *one],
        ["A.2", LEAD, "false", "false", "báo chí", MLI, MCI, "verified", *two],
        ["A.2", LEAD, "false", "false", "", MLI, BOTH, "ambiguous", *two],
        ["A.2", COOPERATING, "false", "false", "", MOJ, MOJ, "verified", *two],
    ]


def test_responsibilities_where_nobody_answers_today(ask):
    assert ask("responsibilities", plan="2/QĐ-TTg").rows == [
        ["A.1", LEAD, "true", "false", "", COURT, COURT, "unverified", "Năm 2024", "decision-2.txt:20"],
        ["B.đ", COOPERATING, "false", "false", "", MOJ, MOJ, "verified", "2024 - 2025", "decision-2.txt:9,22"],
        ["C.1", LEAD, "false", "false", "", "Cục Lưu trữ", "", "none", "", "decision-2.txt:30"],
    ]


def test_duties_of_a_body_that_inherited(ask):
    start, end = ["1/QĐ-TTg", "A.2", "Thống kê án tử hình", LEAD, "false"], ["Hàng năm", "true", "decision-1.txt:14"]
    answer = ask("duties-of-body", body="mci")
    assert answer.columns == [
        "plan", "task", "label", "role", "requested", "scope", "body", "body_today", "basis", "deadline", "inherited",
        "source",
    ]
    assert answer.rows == [[*start, "báo chí", MLI, MCI, "verified", *end], [*start, "", MLI, BOTH, "ambiguous", *end]]
    assert ask("duties-of-body", body="mci", as_of="2025-02-28").rows == []


def test_duties_of_a_body_that_is_gone(ask):
    assert ask("duties-of-body", body="mli").rows == []
    assert [row[7:11:3] for row in ask("duties-of-body", body="mli", as_of="2020-01-01").rows] == [[MLI, "false"]] * 2


def test_duties_stay_with_the_named_body_where_no_successor_is_recorded(ask):
    assert ask("duties-of-body", body="doc").rows == [
        ["2/QĐ-TTg", "C.1", "Lưu trữ hồ sơ", LEAD, "false", "", "Cục Lưu trữ", "", "none", "", "false",
         "decision-2.txt:30"],
    ]


def test_duties_of_the_plan_itself_are_among_them(ask):
    rows = ask("duties-of-body", body="moj").rows
    assert [row[:2] + row[3:4] for row in rows] == [
        ["1/QĐ-TTg", "A.1", LEAD], ["1/QĐ-TTg", "III.1", LEAD], ["1/QĐ-TTg", "A.2", COOPERATING],
        ["2/QĐ-TTg", "B.đ", COOPERATING],
    ]
    assert rows[1][9] == "trước 15/12/2019; trước 30/11 hàng năm; tổng kết 4 năm"


def test_tasks_without_unique_successor(ask):
    answer = ask("tasks-without-unique-successor")
    assert answer.columns == ["task", "label", "scope", "body", "body_today", "successors", "basis", "source"]
    assert answer.rows == [
        ["A.2", "Thống kê án tử hình", "", MLI, BOTH, "2", "ambiguous", "decision-1.txt:14"],
        ["C.1", "Lưu trữ hồ sơ", "", "Cục Lưu trữ", "", "0", "none", "decision-2.txt:30"],
    ]
    assert ask("tasks-without-unique-successor", as_of="2024-12-31").rows == []
    assert [row[0] for row in ask("tasks-without-unique-successor", plan="2/QĐ-TTg").rows] == ["C.1"]


def test_tasks_asked_of_courts(ask):
    answer = ask("tasks-asked-of-courts")
    assert answer.columns == ["task", "label", "role", "body", "kind", "scope", "deadline", "source"]
    assert answer.rows == [
        ["A.1", "Rà soát tự do ngôn luận", COOPERATING, COURT, "Tòa án", "xét xử", A1_DUE, "decision-1.txt:10,12"],
        ["A.1", "Giảm án oan", LEAD, COURT, "Tòa án", "", "Năm 2024", "decision-2.txt:20"],
    ]
    assert ask("tasks-asked-of-courts", body="moj").rows == []

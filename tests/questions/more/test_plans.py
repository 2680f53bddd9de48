"""What was carried over, what is not reported and what left no output, against rows written by hand from the fixture."""

from __future__ import annotations

import pytest

DAY = "^^xsd:date"
NOT_RECORDED = "chưa ghi nhận trong đồ thị này"
MISSING = "chưa ghi nhận báo cáo trong đồ thị này cho năm trước ngày "
COUNT = ["A.1", "Thống kê án tử hình"]


def test_tasks_carried_over(ask):
    answer = ask("tasks-carried-over", plan="5/QĐ")
    assert answer.columns == [
        "task", "label", "carried", "later_plan", "later_task", "later_label", "link", "proposed", "source",
    ]
    assert answer.rows == [
        ["A.1", "Giảm án tử hình", "đã được tiếp nối", "6/QĐ", *COUNT, "Đã xác nhận", "0", "decision-5.txt:5"],
        ["A.2", "Sửa luật thông tin", NOT_RECORDED, "", "", "", "", "1", "decision-5.txt:6"],
    ]


def test_a_plan_under_the_plan_is_not_a_later_round(ask):
    rows = ask("tasks-carried-over", plan="6/QĐ", lang="en").rows
    assert [[row[0], row[2]] for row in rows] == [
        [code, "no tasks of a later plan in this graph"] for code in ("A.1", "A.2", "B.1", "B.2", "C.1")
    ]


def test_a_later_plan_without_rows_says_nothing(changed):
    ask = changed("DELETE WHERE { GRAPH ?g { ?task pg:inPlan <id/abc/plan/6-2019> } };"
                  "DELETE WHERE { GRAPH ?g { ?task pg:carriesOver ?earlier } }")
    assert {row[2] for row in ask("tasks-carried-over", plan="5/QĐ", lang="en").rows} == {
        "no tasks of a later plan in this graph",
    }


def test_yearly_reports_missing(ask):
    answer = ask("yearly-reports-missing")
    assert answer.columns == [
        "task", "label", "deadline", "due", "body", "body_today", "requested", "basis", "last_reported", "status", "source",
    ]
    # B.1 was reported on in the year before, C.1 ended in 2022
    assert answer.rows == [
        ["B.2", "Thống kê xét xử", "Hàng năm", "2025-12-31", "Tòa án", "Tòa án", "true", "unverified", "",
         f"được đề nghị, không bị coi là chậm; {MISSING}2026-11-21", "decision-6.txt:22"],
    ]


def test_yearly_reports_missing_on_a_day(ask):
    missing = "no report recorded in this graph for the year before 2023-06-01"
    justice, court = ["Ministry of Justice"] * 2, ["Court"] * 2
    assert ask("yearly-reports-missing", as_of="2023-06-01", lang="en").rows == [
        ["B.1", "Teach in schools", "trước 30/11 hàng năm", "2022-11-30", *justice, "false", "verified", "", missing,
         "decision-6.txt:20"],
        ["B.2", "Court statistics", "Hàng năm", "2022-12-31", *court, "true", "unverified", "",
         f"asked, not late; {missing}", "decision-6.txt:22"],
        ["C.1", "Training", "hàng năm đến 2022", "2022-12-31", "", "", "false", "", "", missing, "decision-6.txt:30"],
    ]


@pytest.mark.parametrize(("day", "tasks"), [
    ("2019-11-29", []),
    ("2019-11-30", ["B.1"]),  # "before 30 November": the day itself is too late
    ("2020-01-01", ["B.1", "B.2", "C.1"]),
    ("2023-12-31", ["B.1", "B.2", "C.1"]),
    ("2024-01-01", ["B.1", "B.2"]),  # C.1 was due for the last time more than a year ago
    ("2024-02-29", ["B.1", "B.2"]),
    ("2025-11-24", ["B.1", "B.2"]),
    ("2025-11-25", ["B.2"]),
    ("2026-11-24", ["B.2"]),
    ("2026-11-25", ["B.1", "B.2"]),
])
def test_which_yearly_reports_are_missing_when(ask, day, tasks):
    assert sorted(row[0] for row in ask("yearly-reports-missing", as_of=day).rows) == tasks


def test_the_last_report_stands_beside(ask):
    rows = ask("yearly-reports-missing", as_of="2026-12-01").rows
    assert [[row[0], row[3], row[8]] for row in rows] == [["B.2", "2025-12-31", ""], ["B.1", "2026-11-30", "2025-11-25"]]


def test_yearly_reports_of_a_body_and_a_plan(ask):
    assert [row[0] for row in ask("yearly-reports-missing", body="court", plan="6/QĐ").rows] == ["B.2"]
    assert ask("yearly-reports-missing", body="moj").rows == []
    assert ask("yearly-reports-missing", plan="5/QĐ").rows == []


def test_no_reports_loaded(changed):
    ask = changed("DELETE WHERE { GRAPH ?g { ?report pg:aboutItem ?item } }")
    rows = ask("yearly-reports-missing", lang="en").rows
    assert [[row[0], row[9]] for row in rows] == [["B.1", "no reports loaded"], ["B.2", "no reports loaded"]]
    assert {row[9] for row in ask("yearly-reports-missing").rows} == {"chưa nạp báo cáo nào"}


def test_results_without_output(ask):
    answer = ask("results-without-output")
    assert answer.columns == ["task", "label", "result", "deadline", "leads", "products", "status", "source"]
    # The first result of A.1 has a product
    assert answer.rows == [
        [*COUNT, "Cơ sở dữ liệu", "năm 2022", "Bộ Công an; Tòa án (được đề nghị)", "1", NOT_RECORDED, "decision-6.txt:11,12"],
        ["A.2", "Sửa luật báo chí", "Dự án luật", "", "", "0", NOT_RECORDED, "decision-6.txt:14"],
    ]
    assert ask("results-without-output", plan="5/QĐ").rows == []


@pytest.mark.parametrize(("day", "found"), [
    ("2022-05-31", [["Báo cáo", "0"], ["Cơ sở dữ liệu", "0"], ["Dự án luật", "0"]]),
    ("2022-06-01", [["Cơ sở dữ liệu", "0"], ["Dự án luật", "0"]]),
    ("2022-07-01", [["Cơ sở dữ liệu", "1"], ["Dự án luật", "0"]]),
])
def test_results_without_output_on_a_day(ask, day, found):
    assert [[row[2], row[5]] for row in ask("results-without-output", as_of=day).rows] == found


def test_no_outputs_loaded(changed):
    ask = changed("DELETE WHERE { GRAPH ?g { ?product pg:productOf ?activity } };"
                  "DELETE WHERE { GRAPH ?g { ?product pg:fulfilsResult ?result } }")
    assert [row[6] for row in ask("results-without-output", lang="en").rows] == ["no outputs loaded"] * 3

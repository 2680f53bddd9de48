"""What is past due and what comes next, against rows written by hand from the fixture."""

from __future__ import annotations

import pytest

MOJ, COURT, GROUP = "Bộ Tư pháp", "Tòa án tối cao", "Các bộ liên quan"
MLI, MCI, BOTH = "Bộ Lao động và Thông tin", "Bộ Đại chúng", "Bộ Đại chúng; Ministry of Science"
PASSED = "đã qua thời hạn; chưa ghi nhận kết quả trong đồ thị này, tính đến 2026-11-21"
ASKED = "được đề nghị, không phải được giao; chưa ghi nhận kết quả trong đồ thị này, tính đến 2026-11-21"
DAY = "^^xsd:date"


def test_overdue(ask):
    duty = ["III.1", "Báo cáo kết quả"]
    group = [GROUP, GROUP, "false", "none", PASSED, "decision-1.txt:5"]
    moj = [MOJ, MOJ, "false", "verified", PASSED, "decision-1.txt:5"]
    count = ["A.2", "Thống kê án tử hình", "Hàng năm", "2025-12-31", MLI]
    answer = ask("overdue")
    assert answer.columns == [
        "task", "label", "deadline", "due", "body", "body_today", "requested", "basis", "status", "source",
    ]
    assert answer.rows == [
        [*duty, "trước 15/12/2019", "2019-12-15", *group],
        [*duty, "trước 15/12/2019", "2019-12-15", *moj],
        [*duty, "tổng kết 4 năm", "2023-09-26", *group],
        [*duty, "tổng kết 4 năm", "2023-09-26", *moj],
        ["A.1", "Giảm án oan", "Năm 2024", "2024-12-31", COURT, COURT, "true", "unverified", ASKED,
         "decision-2.txt:20"],
        [*duty, "trước 30/11 hàng năm", "2025-11-30", *group],
        [*duty, "trước 30/11 hàng năm", "2025-11-30", *moj],
        [*count, MCI, "false", "verified", PASSED, "decision-1.txt:14"],
        [*count, BOTH, "false", "ambiguous", PASSED, "decision-1.txt:14"],
        ["B.đ", "Chống tuyên truyền chiến tranh", "2024 - 2025", "2025-12-31", "", "", "false", "", PASSED,
         "decision-2.txt:9,22"],
    ]


def test_a_requested_body_is_never_late(ask):
    statuses = {row[6]: row[8] for row in ask("overdue", lang="en").rows}
    assert statuses["true"] == "asked, not ordered; no result recorded in this graph, as of 2026-11-21"
    assert statuses["false"] == "deadline passed; no result recorded in this graph, as of 2026-11-21"


@pytest.mark.parametrize(("day", "dues"), [
    ("2019-11-29", []),
    ("2019-11-30", ["2019-11-30"]),  # "before 30 November": the day itself is too late
    ("2019-12-14", ["2019-11-30"]),
    ("2019-12-15", ["2019-11-30", "2019-12-15"]),
    ("2019-12-31", ["2019-11-30", "2019-12-15"]),  # a year ends on 31 December, which is in time
    ("2020-01-01", ["2019-11-30", "2019-12-15", "2019-12-31"]),
    ("2020-11-29", ["2019-11-30", "2019-12-15", "2019-12-31"]),
    ("2020-11-30", ["2019-12-15", "2019-12-31", "2020-11-30"]),
    ("2021-01-14", ["2019-12-15", "2020-11-30", "2020-12-31"]),
    ("2023-09-26", ["2019-12-15", "2022-11-30", "2022-12-31"]),
    ("2023-09-27", ["2019-12-15", "2022-11-30", "2022-12-31", "2023-09-26"]),
])
def test_overdue_on_a_day(ask, day, dues):
    assert sorted({row[3] for row in ask("overdue", as_of=day).rows}) == dues


def test_nothing_is_due_before_the_plan(ask):
    assert ask("overdue", as_of="2018-12-31").rows == []


def test_a_recorded_result_ends_it(ask):
    def preliminary(day: str) -> list[str]:
        return [row[2] for row in ask("overdue", as_of=day).rows if row[0] == "A.1"]

    assert preliminary("2021-01-14") == ["sơ bộ: năm 2020"]
    assert preliminary("2021-01-15") == []
    assert preliminary("2023-01-01") == []


def test_a_result_counts_for_one_year_only(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/xyz/status/9> pg:aboutItem <id/xyz/task/1-qd-2019/A.2> ; "
                  f"pg:taskStatus <vocab/task-status/completed> ; pg:asOf '2025-12-01'{DAY} }} }}")
    assert [row for row in ask("overdue", as_of="2026-11-21").rows if row[0] == "A.2"] == []
    assert [row[3] for row in ask("overdue", as_of="2027-01-01").rows if row[0] == "A.2"] == ["2026-12-31"] * 2
    assert [row for row in ask("due-soon", as_of="2025-12-02").rows if row[2] == "A.2"] == []


def test_progress_is_not_a_result(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/xyz/status/9> pg:aboutItem <id/xyz/task/2-qd-2024/B.dd> ; "
                  f"pg:taskStatus <vocab/task-status/in-progress> ; pg:asOf '2026-01-01'{DAY} }} }}")
    assert "B.đ" in {row[0] for row in ask("overdue").rows}


def test_yearly_until_an_end(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/xyz/deadline/1-qd-2019/A.2/1> "
                  f"pg:startsOn '2021-01-01'{DAY} ; pg:dueOn '2023-06-30'{DAY} }} }}")

    def due(name: str, day: str) -> set[str]:
        column = {"overdue": (0, 3), "due-soon": (2, 5)}[name]
        return {row[column[1]] for row in ask(name, as_of=day).rows if row[column[0]] == "A.2"}

    assert due("overdue", "2021-01-02") == set()
    assert due("overdue", "2022-01-01") == {"2021-12-31"}
    assert due("overdue", "2026-11-21") == {"2022-12-31"}
    assert due("due-soon", "2020-12-01") == set()
    assert due("due-soon", "2022-12-01") == {"2022-12-31"}
    assert due("due-soon", "2023-12-01") == set()


def test_overdue_of_a_body_then_or_today(ask):
    for body in ("mli", "mci"):
        assert [row[0] for row in ask("overdue", body=body).rows] == ["A.2", "A.2"]
    assert [row[0] for row in ask("overdue", body="mos").rows] == ["A.2"]
    assert ask("overdue", body="mos", as_of="2025-02-28").rows == []


def test_overdue_of_a_plan(ask):
    assert [row[0] for row in ask("overdue", plan="2/QĐ-TTg").rows] == ["A.1", "B.đ"]


def test_due_soon(ask):
    answer = ask("due-soon")
    assert answer.columns == [
        "body_today", "body", "task", "label", "deadline", "due", "requested", "basis", "source",
    ]
    report = ["III.1", "Báo cáo kết quả", "trước 30/11 hàng năm", "2026-11-30", "false"]
    count = ["A.2", "Thống kê án tử hình", "Hàng năm", "2026-12-31", "false"]
    assert answer.rows == [
        [MOJ, MOJ, *report, "verified", "decision-1.txt:5"],
        [MCI, MLI, *count, "verified", "decision-1.txt:14"],
        [BOTH, MLI, *count, "ambiguous", "decision-1.txt:14"],
        [GROUP, GROUP, *report, "none", "decision-1.txt:5"],
    ]


@pytest.mark.parametrize(("day", "days", "dues"), [
    ("2026-11-21", "8", []),
    ("2026-11-21", "9", ["2026-11-30"]),
    ("2026-11-29", "1", ["2026-11-30"]),
    ("2026-11-30", "0", []),  # "before 30 November" has passed
    ("2026-11-30", "365", ["2026-12-31", "2027-11-30"]),
    ("2026-12-31", "0", ["2026-12-31"]),
    ("2024-12-31", "0", ["2024-12-31"]),
    ("2023-09-26", "0", ["2023-09-26"]),
])
def test_due_within_days(ask, day, days, dues):
    assert sorted({row[5] for row in ask("due-soon", as_of=day, days=days).rows}) == dues

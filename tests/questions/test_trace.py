"""The chain from article to deadline, from every end, against rows written by hand from the fixture."""

from __future__ import annotations

import pytest

MOJ, COURT = "Bộ Tư pháp", "Tòa án tối cao"
MLI, MCI, BOTH = "Bộ Lao động và Thông tin", "Bộ Đại chúng", "Bộ Đại chúng; Ministry of Science"
LEAD, COOPERATING = "Chủ trì", "Phối hợp"
OLD_LAWS, NEW_LAW = "Luật Báo chí 2010; Luật Trẻ em", "Luật Báo chí 2019"
A1_END = [f"{OLD_LAWS}; {NEW_LAW}", "sơ bộ: năm 2020; cuối: năm 2022", "decision-1.txt:10,12"]
A1_START = ["ICCPR/19", "CCPR/C/XYZ/CO/1/6", "A.1"]
REVIEW = [*A1_START, LEAD, MOJ, MOJ, "verified", *A1_END]
COUNT = ["ICCPR/6", "CCPR/C/XYZ/CO/1/8(a)", "A.2", LEAD, MLI]
COUNT_END = ["", "Hàng năm", "decision-1.txt:14"]
BY_COURT = ["", "", "A.1", LEAD, COURT, COURT, "unverified", NEW_LAW, "Năm 2024", "decision-2.txt:20"]
ON_WAR = ["", "", "B.đ", "", "", "", "", "Dự án Luật về hội", "2024 - 2025", "decision-2.txt:9,22"]


def test_columns(ask):
    assert ask("trace", start="ICCPR/19").columns == [
        "article", "recommendation", "task", "role", "body", "body_today", "basis", "law", "deadline", "source",
    ]


@pytest.mark.parametrize(("start", "rows"), [
    ("ICCPR/19", [REVIEW]),
    ("CO/1/6", [REVIEW]),
    ("1-qd-2019/A.1", [REVIEW]),
    ("10/2010/QH", [REVIEW]),
    ("20/2019/QH", [BY_COURT, REVIEW]),  # named by one task, and gives effect to a paragraph of the article
    ("ICCPR/6", [[*COUNT, MCI, "verified", *COUNT_END], [*COUNT, BOTH, "ambiguous", *COUNT_END]]),
    ("CO/1/8", [[*COUNT, MCI, "verified", *COUNT_END], [*COUNT, BOTH, "ambiguous", *COUNT_END]]),
    ("CO/1/8(a)", [[*COUNT, MCI, "verified", *COUNT_END], [*COUNT, BOTH, "ambiguous", *COUNT_END]]),
    ("mli", [[*COUNT, MCI, "verified", *COUNT_END], [*COUNT, BOTH, "ambiguous", *COUNT_END]]),
    ("mos", [[*COUNT, BOTH, "ambiguous", *COUNT_END]]),
    ("court", [BY_COURT, [*A1_START, COOPERATING, COURT, COURT, "unverified", *A1_END]]),
    ("CO/1/12", [["ICCPR/40", "CCPR/C/XYZ/CO/1/12", *[""] * 8]]),  # no task
    ("du-an-luat-ve-hoi", [ON_WAR]),  # no lead
    ("ICCPR/20", []),  # only a proposed link
    ("2/QĐ-TTg", [BY_COURT, ON_WAR,
                  ["", "", "C.1", LEAD, "Cục Lưu trữ", "", "none", "", "", "decision-2.txt:30"]]),
])
def test_trace(ask, start, rows):
    assert ask("trace", start=start).rows == rows


def test_trace_of_a_task_that_concerns_more_than_its_recommendation(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/xyz/task/1-qd-2019/A.1> pg:concernsProvision "
                  "<id/treaty/iccpr/article/6> } }")
    rows = ask("trace", start="1-qd-2019/A.1").rows
    assert [row[:3] for row in rows] == [["ICCPR/6", "", "A.1"], A1_START]
    assert [row[7] for row in rows] == [OLD_LAWS, A1_END[0]]


def test_trace_of_a_lettered_part_that_its_whole_answers(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/xyz/task/2-qd-2024/A.1> pg:addresses "
                  "<id/un/rec/ccpr-c-xyz-co-1/8> } }")
    assert [row[:3] for row in ask("trace", start="CO/1/8(b)").rows] == [["ICCPR/6", "CCPR/C/XYZ/CO/1/8", "A.1"]]


def test_trace_then(ask):
    assert [row[5] for row in ask("trace", start="mli", as_of="2020-01-01").rows] == [MLI, MLI]
    assert ask("trace", start="mos", as_of="2020-01-01").rows == []

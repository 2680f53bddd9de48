"""Recommendations, articles, laws and links, against rows written by hand from the fixture."""

from __future__ import annotations

import pytest

SIX, EIGHT_A, TWELVE = "CCPR/C/XYZ/CO/1/6", "CCPR/C/XYZ/CO/1/8(a)", "CCPR/C/XYZ/CO/1/12"
CURATED, PROPOSED, SAID = "Đã biên tập", "Được đề xuất", "nêu trong nguồn"


def test_recommendations_without_task(ask):
    answer = ask("recommendations-without-task")
    assert answer.columns == ["recommendation", "paragraph", "label", "document", "follow_up", "proposed", "source"]
    document = "CCPR/C/XYZ/CO/1"
    assert answer.rows == [
        [document + "/10", "10", "Đoạn 10: Chiến tranh", document, "false", "1", document],
        [document + "/12", "12", "Đoạn 12: Báo cáo", document, "true", "0", document],
    ]
    assert len(ask("recommendations-without-task", document=document).rows) == 2
    assert ask("recommendations-without-task", document="CCPR/C/136/2").rows == []


def test_graded_recommendations(ask):
    answer = ask("graded-recommendations")
    assert answer.columns == [
        "recommendation", "paragraph", "grade", "meaning", "assessor", "assessed_on", "tasks", "source",
    ]
    committee, report = "Ủy ban Nhân quyền", "CCPR/C/136/2"
    eight = "CCPR/C/XYZ/CO/1/8"
    assert answer.rows == [
        [SIX, "6", "A", "A: Đạt", committee, "2022-11-04", "A.1", report],
        [eight, "8(a)", "C", "C: Chưa đạt", committee, "2022-11-04", "A.2", report],
        [eight, "8(b)", "E", "E: Trái", committee, "2020-11-06", "", "a letter of 2020"],
        [eight, "8(b)", "B", "B: Đạt một phần", committee, "2022-11-04", "", report],
    ]
    assert [row[2] for row in ask("graded-recommendations", recommendation="6").rows] == ["A"]


def test_laws_named_by_tasks(ask):
    answer = ask("laws-named-by-tasks")
    assert answer.columns == [
        "law", "number", "tasks", "in_force_from", "in_force_until", "status", "replaced_by", "verification", "source",
    ]
    old, new = "Luật Báo chí 2010", "Luật Báo chí 2019"
    read = "Đã kiểm chứng"
    assert answer.rows == [
        ["Dự án Luật về hội", "", "B.đ", "", "", "dự án, chưa phải luật", "", "", ""],
        [old, "10/2010/QH", "A.1", "2011-01-01", "2020-01-01", "không còn hiệu lực", new, read, "gazette 2010"],
        [new, "20/2019/QH", "A.1", "2020-01-01", "", "có hiệu lực", "", read, "gazette 2019"],
        ["Luật Trẻ em", "", "A.1", "", "", "chưa ghi nhận trong đồ thị này", "", "Chưa kiểm chứng", ""],
    ]


@pytest.mark.parametrize(("day", "statuses"), [
    ("2010-12-31", ["a bill, not a law", "not recorded in this graph", "not yet in force", "not yet in force"]),
    ("2019-12-31", ["a bill, not a law", "not recorded in this graph", "in force", "not yet in force"]),
    ("2020-01-01", ["a bill, not a law", "not recorded in this graph", "no longer in force", "in force"]),
])
def test_force_on_a_day(ask, day, statuses):
    assert [row[5] for row in ask("laws-named-by-tasks", as_of=day, lang="en").rows] == statuses


def test_laws_of_a_plan(ask):
    assert [row[1] for row in ask("laws-named-by-tasks", plan="2/QĐ-TTg").rows] == ["", "20/2019/QH"]


def test_article_dossier(ask):
    answer = ask("article-dossier", article="19")
    assert answer.columns == ["kind", "thing", "label", "relation", "status", "source"]
    task, review = "nhiệm vụ", "Rà soát tự do ngôn luận"
    law, named = "văn bản pháp luật", ["được nêu trong nhiệm vụ A.1", SAID, "decision-1.txt:10,12"]
    assert answer.rows == [
        ["khuyến nghị", SIX, "Đoạn 6: Ngôn luận", "liên quan đến ICCPR/19", CURATED, "CCPR/C/XYZ/Q/1, para. 3"],
        [task, "A.1", review, "liên quan đến ICCPR/19", CURATED, "decision-1.txt:9,12"],
        [task, "A.1", review, f"đáp ứng {SIX}", CURATED, "decision-1.txt:12"],
        [law, "20/2019/QH", "Luật Báo chí 2019", "thực hiện ICCPR/19/3", "Đã xác nhận", "gazette 2019"],
        [law, "10/2010/QH", "Luật Báo chí 2010", *named],
        [law, "Luật Trẻ em", "Luật Trẻ em", *named],
        ["đánh giá", "Mức A", "Mức A", f"đánh giá {SIX}", "A: Đạt", "CCPR/C/136/2"],
    ]


def test_article_dossier_with_a_plain_statement_and_a_part(ask):
    assert ask("article-dossier", article="ICCPR/6", lang="en").rows == [
        ["recommendation", "CCPR/C/XYZ/CO/1/8", "Paragraph 8: Death penalty", "concerns ICCPR/6",
         "stated in the source", "CCPR/C/XYZ/CO/1"],
        ["task", "A.2", "Count death sentences", f"answers {EIGHT_A}", "stated in the source", "decision-1.txt:14"],
        ["assessment", "Grade E", "Grade E", "assesses CCPR/C/XYZ/CO/1/8(b)", "E: Contrary", "a letter of 2020"],
        ["assessment", "Grade B", "Grade B", "assesses CCPR/C/XYZ/CO/1/8(b)", "B: Partly", "CCPR/C/136/2"],
        ["assessment", "Grade C", "Grade C", f"assesses {EIGHT_A}", "C: Not satisfactory", "CCPR/C/136/2"],
    ]


def test_article_dossier_tells_proposals_and_leaves_out_rejections(ask):
    assert ask("article-dossier", article="20").rows == [
        ["nhiệm vụ", "B.đ", "Chống tuyên truyền chiến tranh", "liên quan đến ICCPR/20", PROPOSED, "decision-2.txt:22"],
    ]


ADDRESSES, CONCERNS = "đáp ứng khuyến nghị", "liên quan đến quy định"


def test_evidence_from_a_subject(ask):
    answer = ask("evidence-for-link", subject="1-qd-2019/A.1")
    assert answer.columns == [
        "subject", "predicate", "object", "status", "method", "confidence", "quotation", "line", "source",
    ]
    assert answer.rows == [
        ["A.1", ADDRESSES, SIX, CURATED, "Nêu tên quyền", "0.9", "tự do ngôn luận", "12", "decision-1.txt:12"],
        ["A.1", CONCERNS, "ICCPR/19", CURATED, "names-the-right", "0.95", "ngôn luận", "9,12", "decision-1.txt:9,12"],
    ]


def test_evidence_to_a_target_and_its_parts(ask):
    assert [row[:3] + row[8:] for row in ask("evidence-for-link", target="ICCPR/19").rows] == [
        ["20/2019/QH", "givesEffectTo", "ICCPR/19/3", ""],
        ["A.1", CONCERNS, "ICCPR/19", "decision-1.txt:9,12"],
        [SIX, CONCERNS, "ICCPR/19", "CCPR/C/XYZ/Q/1, para. 3"],
    ]
    assert len(ask("evidence-for-link", target="ICCPR/19/3").rows) == 1
    assert len(ask("evidence-for-link").rows) == 7
    assert len(ask("evidence-for-link", subject="B.đ", target="ICCPR/20").rows) == 1


def test_unreviewed_links(ask):
    answer = ask("unreviewed-links")
    assert answer.columns == ["subject", "predicate", "object", "confidence", "method", "quotation", "source"]
    end = ["Nêu tên quyền"]
    assert answer.rows == [
        ["B.đ", CONCERNS, "ICCPR/20", "0.6", *end, "tuyên truyền", "decision-2.txt:22"],
        ["B.đ", ADDRESSES, "CCPR/C/XYZ/CO/1/10", "0.5", *end, "chiến tranh", "decision-2.txt:22"],
    ]

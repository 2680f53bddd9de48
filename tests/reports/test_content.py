"""What the reports say about the real graph; expected values were written by hand from the sources."""

from __future__ import annotations

import re

import pytest

from pactgraph.reports.document import Bullets, Grid, Heading, Letter, Paragraph, Picture, Report
from pactgraph.reports.words import count_words


def grid(report: Report, words: str) -> Grid:
    (found,) = [block for block in report.grids() if words in block.caption]
    return found


def cells(report: Report, words: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid(report, words).rows]


def said(report: Report) -> str:
    """The sentences of a report outside its tables."""
    parts = []
    for block in report.blocks:
        if isinstance(block, Paragraph):
            parts += [part.text for part in block.parts]
        elif isinstance(block, Bullets):
            parts += [item.text for item in block.items]
        elif isinstance(block, Letter):
            parts += [part.text for paragraph in block.text for part in paragraph.parts]
    return "\n".join(parts)


def test_the_dossier_of_article_9(desk):
    document = desk.docx("article", "vi")
    headings = [part.text for part in document.paragraphs if part.style.name == "Heading 1"]
    assert headings == [
        "Điều khoản", "Văn bản pháp luật đang có hiệu lực", "Trục pháp luật: ý kiến của các chủ thể",
        "Khuyến nghị, lập trường và mức đánh giá", "Nhiệm vụ và cơ quan theo văn bản và hiện nay", "Tiến độ",
        "Trục thực tiễn: chỉ số", "Khoảng trống: nội dung chưa ghi nhận", "Nguồn",
    ]
    assert document.paragraphs[1].text == "Hồ sơ Điều 9: Tự do và an ninh cá nhân"
    report = desk.report("article", "vi")
    text = said(report)
    assert "Bình luận chung số 35: Tự do và an ninh cá nhân (CCPR/C/GC/35, 16/12/2014)." in text
    assert text.count("Chưa nạp báo cáo nào") == 1
    laws = cells(report, "thực hiện điều khoản")
    assert [row[1].split(" Hiến pháp")[0] for row in laws] == ["Điều 20", "Điều 31"]
    assert {row[2] for row in laws} == {"01/01/2014"}
    recommendations = {row[0]: row[1:] for row in cells(report, "Các khuyến nghị liên quan")}
    assert len(recommendations) == 23
    assert recommendations["A/HRC/26/6/143.121"][1:] == ["Moldova", "Chấp thuận (20/06/2014)", "Đã biên tập"]
    assert recommendations["A/HRC/12/11/35(g)"][1:3] == ["Canada", "Không được chấp thuận (12/05/2009)"]
    assert recommendations["A/HRC/12/11/60(c)"][3] == "Được đề xuất"
    tasks = {row[0].split()[0]: row for row in cells(report, "Nhiệm vụ liên quan đến điều khoản")}
    assert list(tasks) == ["A.II.1.7", "A.II.3.2", "B.III.2", "B.III.4", "B.V.2", "C.II.3"]
    assert tasks["A.II.3.2"][3:5] == ["Bộ Lao động - Thương binh và Xã hội", "Bộ Công an"]
    assert "Tòa án nhân dân tối cao (đề nghị)" in tasks["B.III.4"][3]


def test_the_dossier_of_another_day(desk):
    """In 2013 the review of 2014, the plan of 2019 and general comment 35 (2014) did not exist."""
    report = desk.report("article", day="2013-01-01", article="9")
    assert {row[0].rsplit("/", 1)[0] for row in cells(report, "Recommendations that concern")} == {"A/HRC/12/11"}
    assert "No task that concerns the article" in said(report)
    assert "General comment No. 35" not in said(report)


def test_a_dossier_shows_grades_as_the_assessors_own(desk):
    rows = {row[0]: row for row in cells(desk.report("article", article="6"), "Recommendations that concern")}
    assert rows["CCPR/C/VNM/CO/3/24"][3].split("; ")[0] == "24(a): C: Not Satisfactory – Human Rights Committee, 4 November 2022"
    assert rows["CCPR/C/VNM/CO/3/24"][3].count("Human Rights Committee") == 5


@pytest.mark.parametrize(("lang", "limit"), [("en", "at most 21,200 (limit that OHCHR states for periodic reports)"),
                                             ("vi", "tối đa 21.200 (giới hạn của Văn phòng Cao ủy")])
def test_the_word_limit_is_shown_with_its_source(desk, lang, limit):
    report = desk.report("article", lang)
    first = report.blocks[0]
    assert isinstance(first, Paragraph)
    assert limit in first.parts[0].text
    assert "Guidelines and tools for treaty body reporting" in report.notes[first.parts[0].notes[0] - 1].text
    used = int(re.search(r"[\d.,]+", first.parts[0].text)[0].strip(".,").replace(",", "").replace(".", ""))
    assert used == count_words(report.blocks)


@pytest.mark.parametrize(("kind", "words"), [("initial", "31,800"), ("common-core", "42,400"), ("replies", "10,700")])
def test_other_reports_have_other_limits(desk, kind, words):
    assert f"of at most {words} (" in said(desk.report("article", article="9", report=kind))


def test_a_limit_of_ones_own_and_going_beyond_it(desk):
    report = desk.report("article", limit=100, article="9")
    assert "of at most 100 (" in said(report)
    assert report.warnings and "more than the limit of 100" in report.warnings[0]


def test_the_follow_up_report(desk, rows_of):
    document = desk.docx("follow-up")
    assert [part.text for part in document.paragraphs if part.style.name == "Heading 1"] == [
        "Paragraph 24: Death penalty", "Paragraph 46: Freedom of expression", "Paragraph 52: Human rights defenders",
        "Progress", "Sources",
    ]
    grades = rows_of(document, "Grades of paragraph 24")
    assert [(row[0], row[2][0], row[3], row[4]) for row in grades[1:]] == [
        (f"24({letter})", grade, "Human Rights Committee", "4 November 2022")
        for letter, grade in zip("abcde", "CCEEE", strict=True)
    ]
    assert [row[0].split()[0] for row in rows_of(document, "answer paragraph 24")[1:]] == ["D.IV.1", "A.II.3.3"]
    (task,) = rows_of(document, "answer paragraph 46")[1:]
    assert task[3] == "Ministry of Information and Communications; Ministry of Public Security"
    text = said(desk.report("follow-up"))
    assert "No task that answers paragraph 52 is recorded in this graph." in text
    assert text.count("The United Nations asked for information by 29 March 2021.") == 3
    assert text.count("Sent in answer: CCPR/C/VNM/FCO/3 (29 March 2021).") == 3


def test_a_follow_up_report_on_other_paragraphs(desk):
    report = desk.report("follow-up", document="CCPR/C/VNM/CO/3", paragraphs="46")
    headings = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert headings == ["Paragraph 46: Freedom of expression", "Progress"]


def test_before_the_answer_was_sent_it_is_not_told(desk):
    text = said(desk.report("follow-up", day="2020-06-30", document="CCPR/C/VNM/CO/3"))
    assert "asked for information by 29 March 2021" in text
    assert "Sent in answer" not in text
    assert "No grade is recorded" in text


def test_the_mid_term_matrix(desk):
    book = desk.xlsx("upr-midterm")
    assert book.sheetnames == ["Read first", "Positions", "Matrix", "Sources"]
    matrix = list(book["Matrix"].iter_rows(values_only=True))
    assert matrix[0] == ("Recommendation", "Summary", "Made by", "Position", "Tasks", "Addressee on the day", "Reported",
                         "Source")
    assert [row[0] for row in matrix[1:]] == [f"143.{number}" for number in range(1, 228)]
    assert matrix[1][2:4] == ("Albania; Azerbaijan; Nicaragua; Niger", "Supported (20 June 2014)")
    positions = {row[0]: row for row in book["Positions"].iter_rows(min_row=2, values_only=True)}
    assert (positions["Supported"][1], positions["Noted"][1]) == ("182", "45")
    assert len(positions["Noted"][2].split(", ")) == 45
    text = said(desk.report("upr-midterm"))
    assert text.count("Plan 2057/QĐ-TTg: its text is not loaded") == 1
    assert "no reviewed link from a task" in text


def test_the_matrix_of_the_first_cycle(desk):
    report = desk.report("upr-midterm", cycle="upr-1")
    assert {row[0]: row[1] for row in cells(report, "by the latest position")} == {
        "Supported": "93", "Pending": "2", "Considered as Implemented": "5", "Did Not Enjoy Support": "45",
    }


def test_the_yearly_form_of_a_ministry(desk, rows_of):
    document = desk.docx("yearly", "vi")
    form = rows_of(document, "Nhiệm vụ theo 1252/QĐ-TTg")
    assert form[0] == ["STT", "Nhiệm vụ (phạm vi trong ngoặc)", "Vai trò", "Thời hạn", "Kết quả trong năm",
                       "Khó khăn, kiến nghị", "Tài liệu kèm theo", "Chú thích"]
    assert [row[0] for row in form[1:]] == [str(number) for number in range(1, 34)]
    (inherited,) = [row for row in form if "A.II.3.2." in row[1] and row[2].startswith("Chủ trì")]
    assert inherited[2] == ("Chủ trì; tiếp nhận từ Bộ Lao động - Thương binh và Xã hội theo chức năng được chuyển giao, "
                            "không phải phân công chính thức; cơ quan tiếp nhận hiện nay: Bộ Công an")
    assert {tuple(row[4:7]) for row in form[1:]} == {("", "", "")}


def test_the_letter_to_a_ministry(desk):
    letter = desk.report("yearly", "vi").blocks[0]
    assert isinstance(letter, Letter)
    assert letter.left == ("BỘ TƯ PHÁP",)
    assert letter.right == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    assert re.fullmatch(r"Số:\s+/", letter.number)
    assert letter.to == "Kính gửi: Bộ Công an"
    first = letter.text[0].parts[0].text
    assert "Quyết định số 1252/QĐ-TTg ngày 26 tháng 9 năm 2019 của Thủ tướng Chính phủ phê duyệt Kế hoạch tăng cường" in first
    assert "(trước ngày 30 tháng 11 năm 2026 đối với năm 2026)" in first
    assert letter.copies_label == "Nơi nhận:" and letter.copies[0] == "- Như trên;"


@pytest.mark.parametrize("body", ["spc", "spp", "nao", "vff"])
def test_a_requested_body_is_asked_and_never_reminded(desk, body):
    report = desk.report("yearly", "vi", body=body)
    letter = report.blocks[0]
    assert isinstance(letter, Letter)
    text = " ".join(part.text for paragraph in letter.text for part in paragraph.parts)
    assert "trân trọng đề nghị" in text
    for word in ("30 tháng 11", "trước ngày", "chậm", "trách nhiệm", "phải ", "đôn đốc", "nhắc"):
        assert word not in text
    assert "được đề nghị, không phải được giao" in cells(report, "Nhiệm vụ theo 1252")[0][2]


def test_the_collector_gets_no_letter_and_a_body_without_tasks_no_form(desk):
    assert not isinstance(desk.report("yearly", body="moj").blocks[0], Letter)
    empty = desk.report("yearly", body="na")
    assert "No task of this body is recorded" in said(empty)
    assert not list(empty.grids())


@pytest.mark.parametrize(("day", "year"), [("2026-11-30", "2026"), ("2026-12-01", "2027"), ("2026-01-15", "2026")])
def test_the_year_of_the_form(desk, day, year):
    assert desk.report("yearly", day=day, body="mps").title == f"Form for the yearly report {year}: Ministry of Public Security"


def test_before_the_transfer_the_old_ministry_answers(desk):
    rows = cells(desk.report("yearly", day="2024-11-01", body="molisa"), "Tasks under 1252")
    assert [row[2] for row in rows if row[1].startswith("A.II.3.2.")] == ["lead"]


def test_the_synthesis(desk):
    report = desk.report("synthesis")
    plans = {row[0]: row for row in cells(report, "Plans by their day")}
    assert len(plans) == 9
    assert plans["1252/QĐ-TTg"][5:] == ["54", "text loaded"]
    assert plans["2715/QĐ-TTg"][5:] == ["–", "text not loaded"]
    tasks = {row[0]: row for row in cells(report, "Tasks and duties of 1252/QĐ-TTg")}
    assert tasks["A.II.1.1"][5] == "deadline passed"
    assert tasks["A.II.3.1"][5] == "asked, not ordered"
    assert tasks["A.I"][5] == "every year"
    assert tasks["A.II.2.2.đ"][5] == "no deadline recorded"
    assert said(report).count("No reports loaded") == 1
    for row in cells(report, "By body: number and rows of 1252/QĐ-TTg"):
        for cell in row[1:]:
            number, _, listed = cell.partition(": ")
            assert int(number) == len([mark for mark in listed.split(", ") if mark])
    court = {row[0]: row for row in cells(report, "By body: number and rows of 1252/QĐ-TTg")}["Supreme People's Court"]
    assert court[1:3] == ["0", "0"] and court[3] != "0"
    due = {row[0]: row for row in cells(report, "By deadline: number and rows of 1252/QĐ-TTg")}
    assert due["15 December 2019"][2].startswith("III.1 ")
    assert all(int(row[1]) == len(row[2].split("; ")) for row in due.values())


def test_the_synthesis_of_an_earlier_day(desk):
    report = desk.report("synthesis", day="2020-06-01")
    assert [row[0] for row in cells(report, "Plans by their day")][-1] == "1975/QĐ-TTg"
    tasks = {row[0]: row for row in cells(report, "Tasks and duties of 1252/QĐ-TTg")}
    assert tasks["A.II.1.1"][5] == "due 31 December 2022"


def test_the_gap_analysis(desk):
    report = desk.report("gaps")
    types = cells(report, "Types of gaps")
    lists = {block.caption: block for block in report.grids()}
    for label, _, number, _, closing in types:
        assert len(lists[f"{label}: {number}"].rows) == int(number)
        assert closing != "–"
    for row in cells(report, "Gaps by article"):
        assert int(row[1]) >= 1
    pictures = [block for block in report.blocks if isinstance(block, Picture)]
    assert len(pictures) == 2
    assert f"{types[0][0]}: {types[0][2]}; {types[1][0]}: {types[1][2]}" in pictures[0].alt
    assert "never a legal judgement" in said(report)


def test_the_gaps_of_one_article(desk):
    report = desk.report("gaps", "vi", article="19")
    listed = [row[0].text for block in report.grids() if block.columns[0] == "Đối tượng" for row in block.rows]
    assert "CCPR/C/VNM/CO/3/46" in listed
    assert len(list(report.pictures())) == 1

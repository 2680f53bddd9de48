"""All on an article, themes, goals and translations, against rows written by hand from the fixture."""

from __future__ import annotations

import pytest

CONCERNS, SAID, NOBODY = "liên quan đến quy định ICCPR/6", "nêu trong nguồn", ["", ""]
REPORT = "A/HRC/26/9"


def test_evidence_pack(ask):
    answer = ask("evidence-pack", article="6")
    assert answer.columns == ["kind", "thing", "statement", "words", "by", "on", "status", "line", "source"]
    committee, early, late = "Ủy ban", "a letter of 2011", "FU/2"
    police, justice = "Bộ Công an", "Bộ Tư pháp"
    on_task = "về nội dung A.1"
    assert answer.rows == [
        ["khuyến nghị", "143.1", CONCERNS, "Bỏ án tử hình", *NOBODY, SAID, "", REPORT],
        ["khuyến nghị", "CO/1/7", CONCERNS, "Đoạn 7: Án tử hình", *NOBODY, SAID, "", "CO/1"],
        ["khuyến nghị", "CO/2/8", CONCERNS, "Đoạn 8: Án tử hình", *NOBODY, f"{SAID}; nội dung: Chưa nạp", "", "CO/2"],
        ["đánh giá", "Mức C1", "đánh giá CO/1/7", "Mức C1", committee, "2011-07-28", "C1: Chưa thực hiện", "", early],
        ["đánh giá", "Mức E trước", "đánh giá CO/2/8(b)", "Mức E trước", committee, "2020-11-06", "E: Trái", "",
         "a letter of 2020"],
        ["đánh giá", "Mức B", "đánh giá CO/2/8(b)", "Mức B", committee, "2022-11-04", "B: Đạt một phần", "", late],
        ["đánh giá", "Mức E", "đánh giá CO/2/8(a)", "Chưa công bố số liệu", committee, "2022-11-04", "E: Trái", "", late],
        ["lập trường", "Ghi nhận", "lập trường về 143.1", "noted", "Abc", "2014-06-20", "Ghi nhận", "", "addendum of 2014"],
        ["nhiệm vụ", "A.1", "đáp ứng khuyến nghị CO/1/7", "Giảm án tử hình", *NOBODY, SAID, "5", "decision-5.txt:5"],
        ["nhiệm vụ", "A.1", "đáp ứng khuyến nghị CO/2/8(a)", "Thống kê án tử hình", *NOBODY, "Đã biên tập", "11,12",
         "decision-6.txt:11,12"],
        ["báo cáo", "abc/status/1", on_task, "", police, "2012-12-31", "Đang thực hiện", "", "report of 2012"],
        ["báo cáo", "abc/status/2", on_task, "", police, "2020-11-30", "Đang thực hiện", "", "report of 2020"],
        ["báo cáo", "abc/status/3", on_task, "", police, "2023-01-15", "Đã hoàn thành", "", "report of 2023"],
        ["báo cáo", "abc/status/4", on_task, "", justice, "2023-02-01", "Đang thực hiện", "", "report-moj.txt"],
        ["liên kết", "A.1", "đáp ứng khuyến nghị CO/2/8(a)", "án tử hình", *NOBODY, "Đã biên tập", "11,12",
         "decision-6.txt:11,12"],
        ["liên kết", "B.2", CONCERNS, "xét xử", *NOBODY, "Được đề xuất", "22", "decision-6.txt:22"],
    ]


def test_evidence_pack_quotes_the_source_and_not_the_translation(ask):
    rows = ask("evidence-pack", article="6", lang="en").rows
    assert [row[3] for row in rows if row[0] == "task"] == ["Fewer death sentences", "Thống kê án tử hình"]


def test_evidence_pack_by_a_paragraph_and_with_words_of_reports(ask):
    by_paragraph = ask("evidence-pack", article="19", lang="en").rows
    assert ["recommendation", "CO/2/10", "concerns provision ICCPR/19/3"] in [row[:3] for row in by_paragraph]
    assert ["link", "2/2019", "gives effect to ICCPR/19/3", "hạn chế theo luật", "Ministry of Justice", "", "Confirmed",
            "", "gazette 2019"] in by_paragraph
    reports = [row[3:7] for row in ask("evidence-pack", article="24").rows if row[0] == "báo cáo"]
    assert reports == [["Đã mở ba lớp", "Bộ Tư pháp", "2025-11-25", SAID]]


def test_evidence_pack_ends_with_the_day(ask):
    rows = ask("evidence-pack", article="6", as_of="2012-12-30").rows
    assert [row[1] for row in rows if row[5]] == ["Mức C1"]


THEME, NEAR, PENALTY = "chủ đề", "chủ đề gần nghĩa", "Hình phạt tử hình"
COUNT = [THEME, PENALTY, "A.1", "Thống kê án tử hình", "6/QĐ", "decision-6.txt:11,12"]
EIGHT = [THEME, PENALTY, "CO/2/8", "Đoạn 8: Án tử hình", "CO/2", "CO/2"]
SEVEN = ["Án tử hình (mã)", "CO/1/7", "Đoạn 7: Án tử hình", "CO/1", "CO/1"]
SCHOOLS = ["nhóm đối tượng", "Trẻ em", "143.3", "Trường học", REPORT, REPORT]


def test_by_theme_or_group(ask):
    answer = ask("by-theme-or-group")
    assert answer.columns == ["by", "subject", "thing", "label", "document", "source"]
    assert answer.rows == [COUNT, EIGHT, [THEME, *SEVEN], SCHOOLS]


@pytest.mark.parametrize(("theme", "rows"), [
    ("death-penalty", [COUNT, EIGHT, [NEAR, *SEVEN]]),
    ("Death penalty", [COUNT, EIGHT, [NEAR, *SEVEN]]),
    ("right-to-life", [COUNT, EIGHT]),  # what stands below it, and not what is near that
    ("children", [SCHOOLS]),
    ("TRẺ EM", [SCHOOLS]),
    ("affected-group/children", [SCHOOLS]),
    ("https://w3id.org/pactgraph/vocab/affected-group/children", [SCHOOLS]),
    ("no-such-theme", []),
])
def test_one_theme_or_group(ask, theme, rows):
    assert ask("by-theme-or-group", theme=theme).rows == rows


GOAL = ["4", "qua chủ đề hoặc nhóm: Trẻ em", "143.3", "Trường học", REPORT, REPORT]
TARGET = ["4.1", "qua chức năng: Trường học", "B.1", "Dạy ở trường", "6/QĐ", "decision-6.txt:20"]
PART = ["16.1", "ghi là chủ đề", "CO/2/8(a)", "Đoạn 8(a)", "CO/2", "CO/2"]
WHOLE = ["16.10", "ghi là chủ đề", "CO/2/10", "Đoạn 10: Ngôn luận", "CO/2", "CO/2"]


def test_by_sdg_target(ask):
    answer = ask("by-sdg-target")
    assert answer.columns == ["sdg", "relation", "thing", "label", "document", "source"]
    # A concept of the thesaurus is a subject, but no target
    assert answer.rows == [GOAL, TARGET, PART, WHOLE]


@pytest.mark.parametrize(("target", "rows"), [
    ("16.1", [PART]),
    ("16", [PART, WHOLE]),
    ("SDG 16.10", [WHOLE]),
    ("4", [GOAL, TARGET]),
    ("http://metadata.un.org/sdg/4.1", [TARGET]),
    ("1", []),
    ("16.3", []),
])
def test_one_target_or_goal(ask, target, rows):
    assert ask("by-sdg-target", target=target).rows == rows


def test_missing_translations(ask):
    answer = ask("missing-translations")
    assert answer.columns == ["thing", "kind", "label", "name_in", "status", "source"]
    missing = "chưa ghi nhận trong đồ thị này"
    union = ["ngo", "Cơ quan", "Lawyers' Union", "vi", missing, "its own site"]
    assert answer.rows == [
        ["A.1/1", "Kết quả dự kiến", "Báo cáo", "en", missing, "decision-6.txt:11,12"],
        ["5/2005", "Văn bản pháp luật", "Luật Thông tin", "en", missing, "gazette 2005"],
        union,
        ["A.1", "Nhiệm vụ", "Thống kê án tử hình", "en", "bản dịch không chính thức", "decision-6.txt:11,12"],
    ]
    assert ask("missing-translations", name_in="vi").rows == [union]

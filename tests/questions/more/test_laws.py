"""Laws for an article and links that outlived their law, against rows written by hand from the fixture."""

from __future__ import annotations

import pytest

READING = "cách đọc của dự án này"


def test_laws_for_article(ask):
    answer = ask("laws-for-article", article="19")
    assert answer.columns == [
        "article", "law", "number", "provision", "in_force_from", "in_force_until", "status", "version", "attributed_to",
        "link", "quotation", "source", "verification",
    ]
    # Not the law of 2010 (ended), article 27 (its version ended), the Repeal Act (only proposed)
    assert answer.rows == [
        ["ICCPR/19", "Hiến pháp", "", "Điều 25 Hiến pháp", "2014-01-01", "", "có hiệu lực", "Điều 25, bản 2024", READING,
         "Đã biên tập", "tự do ngôn luận", "gazette 2013", ""],
        ["ICCPR/19", "Luật Xuất bản", "3/2000", "", "", "", "chưa ghi nhận trong đồ thị này", "", READING,
         "Đã biên tập", "xuất bản", "decision-6.txt:14", ""],
        ["ICCPR/19/3", "Luật Báo chí 2019", "2/2019", "", "2020-01-01", "", "có hiệu lực", "", "Bộ Tư pháp",
         "Đã xác nhận", "hạn chế theo luật", "gazette 2019", ""],
    ]
    assert ask("laws-for-article", article="6").rows == []


@pytest.mark.parametrize(("article", "day", "laws"), [
    ("19", "2010-12-31", ["3/2000"]),
    ("19", "2018-06-01", ["27", "1/2010", "3/2000"]),
    ("19", "2019-12-31", ["1/2010", "3/2000"]),
    ("19", "2020-01-01", ["3/2000", "2/2019"]),
    ("24", "2021-12-31", ["26"]),
    ("24", "2022-01-01", []),
])
def test_laws_in_force_on_a_day(ask, article, day, laws):
    rows = ask("laws-for-article", article=article, as_of=day, ids=True).rows
    assert [row[2] or row[3].rsplit("/", 1)[-1] for row in rows] == laws


def test_who_says_so_is_always_told(changed, ask):
    assert [row[8] for row in ask("laws-for-article", article="19", lang="en").rows] == [
        "the reading of this project", "the reading of this project", "Ministry of Justice",
    ]
    without = changed("DELETE WHERE { GRAPH ?g { ?link pg:confirmedBy ?body } }")
    assert without("laws-for-article", article="19", lang="en").rows[2][8] == "confirming body not recorded"


def test_links_touched_by_repealed_law(ask):
    answer = ask("links-touched-by-repealed-law")
    assert answer.columns == [
        "law", "number", "ended_on", "replaced_by", "repealed_by", "subject", "predicate", "object", "link", "source",
    ]
    effect, provision = "thực hiện quy định", "Điều 26 Hiến pháp"
    assert answer.rows == [
        ["Luật Báo chí 2010", "1/2010", "2020-01-01", "Luật Báo chí 2019", "", "1/2010", effect, "ICCPR/19",
         "Đã xác nhận", "gazette 2010"],
        ["Luật Thông tin", "5/2005", "2022-01-01", "", "Luật Bãi bỏ", "A.2", "nêu văn bản pháp luật", "5/2005",
         "nêu trong nguồn", "decision-5.txt:6"],
        [provision, "", "2022-01-01", "", "Luật Bãi bỏ", provision, effect, "ICCPR/24", "Đã biên tập", "gazette 2013"],
    ]


@pytest.mark.parametrize(("day", "subjects"), [
    ("2019-12-31", []), ("2020-01-01", ["1/2010"]), ("2021-12-31", ["1/2010"]),
])
def test_links_touched_on_a_day(ask, day, subjects):
    assert [row[5] for row in ask("links-touched-by-repealed-law", as_of=day).rows] == subjects


def test_a_repealed_law_takes_its_provisions_along(changed):
    ask = changed("INSERT DATA { GRAPH <graph/more> { <id/abc/law/4-2021> pg:repeals <id/abc/law/constitution> } }")
    rows = ask("links-touched-by-repealed-law", lang="en").rows
    assert [row[5] for row in rows if row[0] == "Constitution"] == [
        "Article 25, Constitution", "Article 26, Constitution", "Article 27, Constitution",
    ]


def test_a_replacement_without_an_end_counts_from_the_new_law(changed):
    ask = changed("DELETE WHERE { GRAPH ?g { <id/abc/law/1-2010> pg:inForceUntil ?day } }")
    assert [row[2] for row in ask("links-touched-by-repealed-law").rows if row[5] == "1/2010"] == ["2020-01-01"]


def test_a_rejected_link_is_not_touched(changed):
    ask = changed("DELETE WHERE { GRAPH ?g { <id/abc/link/9> pg:linkStatus ?any } };"
                  "INSERT DATA { GRAPH <graph/more> { <id/abc/link/9> pg:linkStatus <vocab/link-status/rejected> } }")
    assert [row[5] for row in ask("links-touched-by-repealed-law").rows] == ["A.2", "Điều 26 Hiến pháp"]

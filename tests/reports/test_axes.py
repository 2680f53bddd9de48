"""The two axes in dossier and gap analysis: views of assessors on laws, and indicators of practice, side by side."""

from __future__ import annotations

from pactgraph.reports.document import Heading, Paragraph


def rows(report, caption: str) -> list[list[str]]:
    return [[cell.text for cell in row] for grid in report.grids() if caption in grid.caption for row in grid.rows]


def said(report) -> str:
    return "\n".join(part.text for block in report.blocks if isinstance(block, Paragraph) for part in block.parts)


def sections(report) -> list[str]:
    return [block.text for block in report.blocks if isinstance(block, Heading) and block.level == 1]


def test_a_dossier_tells_who_considers_what_of_which_law(desk):
    views = rows(desk.report("article", article="19"), "Views on laws beside the article")
    agrees = "Ministry of Foreign Affairs, 14 June 2018, considers that this agrees"
    (mofa,) = [view for view in views if view[2].startswith(agrees)]
    assert mofa[:2] == ["24/2018/QH14", "no longer in force"] and "does not hinder commitments" in mofa[3]
    penal = [view for view in views if view[0] == "100/2015/QH13/117"]
    assert {view[2].split(",")[0] for view in penal} == {
        "Open Net (Republic of Korea)", "International Commission of Jurists (ICJ)"}
    assert {view[1] for view in penal} == {"in force"}
    assert "Human Rights Committee" not in {view[2].split(",")[0] for view in views}  # it graded; it did not speak of a law


def test_a_dossier_tells_the_values_of_indicators_and_who_gives_them(desk):
    report = desk.report("article", "vi", article="6")
    found = rows(report, "Chỉ số theo dõi")
    assert [(row[2], row[3].split()[0]) for row in found] == [("30/06/2025", "18"), ("01/07/2025", "10")]
    assert {row[1] for row in found} == {"Cấu trúc"} and all(grid.notes_of(row) for grid in report.grids() for row in grid.rows)
    assert [view[0] for view in rows(report, "Ý kiến về pháp luật")] == ["100/2015/QH13"]  # the indicators are on the other axis


def test_where_nothing_is_recorded_both_axes_say_so(desk):
    report = desk.report("article", article="9")
    assert "Not assessed: this graph records no view on a law beside the article." in said(report)
    assert "No indicator with a value is recorded in this graph for the article." in said(report)


def test_the_gap_analysis_sets_both_axes_side_by_side(desk):
    report = desk.report("gaps")
    found = {row[0]: row[1:] for row in rows(report, "Articles with a view, a grade or an indicator")}
    assert list(found) == ["ICCPR/6", "ICCPR/18", "ICCPR/19"]
    assert found["ICCPR/6"][0] == ("Human Rights Committee, 18 July 2025, considers that the following does not agree with it: "
                                   "100/2015/QH13")
    assert found["ICCPR/6"][1:3] == ["structural 1, process 0, outcome 0", "E (2022)"]
    assert found["ICCPR/18"][1:3] == ["no indicator recorded", "–"]
    assert "though laws or gaps are recorded: ICCPR/2, ICCPR/3, ICCPR/7," in said(report)
    assert "2018-06-14" not in said(report)


def test_the_axes_follow_the_filter(desk):
    one = desk.report("gaps", article="6")
    assert [row[0] for row in rows(one, "Articles with a view")] == ["ICCPR/6"] and "though laws or gaps" not in said(one)
    assert "Law and practice, article by article" not in sections(desk.report("gaps", body="mps"))


def test_a_law_is_numbered_once_and_a_link_is_called_by_what_it_begins_at(desk):
    laws = [row[0] for row in rows(desk.report("article", article="19"), "Laws in force that give effect")]
    assert "Press Law (126/2025/QH15)" in laws
    links = {row[0]: row[1] for row in rows(desk.report("article", article="9"), "Link Not Reviewed")}
    assert links["A/HRC/26/6/143.8 → ICCPR/9"].startswith("Join the first Optional Protocol")
    assert not [code for code, name in links.items() if "→" in name]

"""The thematic list of a review: the layout that OHCHR publishes, the fourth column filled in, and read back whole."""

from __future__ import annotations

from pathlib import Path

from pactgraph.reports.asking import Asker
from pactgraph.reports.kinds.thematic_list import _List
from pactgraph.sources.thematic_list import read_thematic_list

COLUMNS = {
    "en": ["Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation"],
    "vi": ["Khuyến nghị", "Lập trường", "Danh sách chủ đề", "Đánh giá/nhận xét về mức độ thực hiện"],
}


def _rows(desk, lang):
    (table,) = [table for table in desk.docx("thematic-list", lang, cycle="upr-2").tables if len(table.columns) == 4]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_layout_in_both_languages(desk):
    for lang, start in (("en", "Theme: "), ("vi", "Chủ đề: ")):
        rows = _rows(desk, lang)
        assert rows[0] == COLUMNS[lang]
        themes = [row for row in rows if row[0].startswith(start)]
        assert all(len(set(row)) == 1 for row in themes) and len(themes) > 20
        assert len(rows) - len(themes) == 228


def test_a_row_says_the_position_the_states_and_their_source(desk):
    (row,) = [row for row in _rows(desk, "en") if row[0].startswith("143.1 ")]
    assert "(Albania) (Azerbaijan) (Nicaragua) (Niger);\nSource of position: " in row[0]
    assert row[1] == "Supported" and row[2].startswith("- ")
    assert row[3] == "No task with a reviewed link is recorded in this graph."


def test_the_list_is_read_back(desk, tmp_path: Path):
    (tmp_path / "list.docx").write_bytes(desk.file("docx", "thematic-list", "en", cycle="upr-2"))
    export = read_thematic_list(tmp_path / "list.docx")
    assert len(export.records) == 227 and not [issue for issue in export.issues if issue.is_error]
    positions = [record.positions[0] for record in export.records]
    assert (positions.count("supported"), positions.count("noted")) == (182, 45)
    assert {record.symbol for record in export.records} == {"A/HRC/26/6"}


def test_tasks_bodies_laws_and_sources_stand_in_the_fourth_column(desk):
    """No reviewed link leads to a recommendation of a review yet, so the words of a task are looked at by themselves."""
    from pactgraph.reports.drafting import Draft
    from pactgraph.reports.recommendations import Recommendations

    asker = Asker(desk.store, "en", "2026-11-21", desk.data)
    made = _List(Draft(asker, "thematic-list", cycle="", document=""), Recommendations(asker))
    task = next(iri for iri in made.items if iri.endswith("/1252-qd-ttg-2019/A.II.1.5"))
    said = made._task(task)
    assert said.startswith("- A.II.1.5 (1252/QĐ-TTg): ")
    assert "\nLead on 21 November 2026: " in said and "Ministry of Culture, Sports and Tourism" in said
    assert "\nLaws named: " in said and said.endswith("\nSource: decision-1252-qd-ttg-2019.txt:154")

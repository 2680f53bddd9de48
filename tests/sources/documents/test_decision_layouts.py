"""Annexes as offices lay them out: merged cells, headings of two rows, other orders and names, automatic numbers."""

from __future__ import annotations

from pathlib import Path

import docx
import made_up_documents as made_up
import pytest

from pactgraph.sources.annex.read import read_annex
from pactgraph.sources.annex.reading import Reading, load_reading
from pactgraph.sources.annex.records import Annex

HEAD = ("<table><tr><td>CHÍNH PHỦ<br>Số: 77/QĐ-TTg</td><td>CỘNG HÒA<br>Hà Nội, ngày 1 tháng 2 năm 2020</td></tr></table>"
        "<p>QUYẾT ĐỊNH</p><p>Phê duyệt Kế hoạch</p>")
PLAIN = "<tr><th>STT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Cơ quan phối hợp</th><th>Kết quả</th><th>Thời hạn</th></tr>"


@pytest.fixture(scope="module")
def reading(root: Path) -> Reading:
    return load_reading(root / "data" / "vnm")


def _read(tmp_path: Path, reading: Reading, *tables: str) -> Annex:
    page = "<p>Trang</p>".join(f"<table>{rows}</table>" for rows in tables)
    page = f"<html><head><meta charset=utf-8></head><body>{HEAD}{page}"
    (tmp_path / "decision.html").write_text(page + "</body></html>", "utf-8")
    return read_annex(tmp_path / "decision.html", reading)


def _rows(annex: Annex) -> list[tuple[str, str, list[str | None], list[str | None], list[str]]]:
    assert annex.errors() == []
    return [(row.id, row.label, [one.agency for one in row.lead], [one.agency for one in row.cooperating],
             [deadline.raw for deadline in row.deadlines]) for row in annex.rows]


def test_number_and_date_stand_in_a_table_at_the_head(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, PLAIN + "<tr><td>1<td>Một<td>Bộ Công an<td><td><td>2021</tr>")
    assert (annex.number_reading, annex.date, annex.title) == ("77/QĐ-TTg", "2020-02-01", "Phê duyệt Kế hoạch")
    assert annex.as_json()["rows"][0]["source"] == {"file": "decision.html", "table": 2, "rows": [2]}


def test_a_heading_of_two_rows_with_merged_cells(tmp_path: Path, reading: Reading) -> None:
    heading = ("<tr><th rowspan=2>TT</th><th rowspan=2>Nội dung</th><th colspan=2>Cơ quan thực hiện</th>"
               "<th rowspan=2>Sản phẩm"
               "</th><th rowspan=2>Thời gian</th></tr><tr><th>Chủ trì</th><th>Phối hợp</th></tr>"
               "<tr><td>(1)<td>(2)<td>(3)<td>(4)<td>(5)<td>(6)</tr>")
    annex = _read(tmp_path, reading, heading + "<tr><td>1<td>Một<td>Bộ Công an<td>Bộ Y tế<td>Báo cáo<td>2021</tr>")
    assert _rows(annex) == [("1", "Một", ["Bộ Công an"], ["Bộ Y tế"], ["2021"])]


def test_other_orders_and_names_of_columns(tmp_path: Path, reading: Reading) -> None:
    heading = "<tr><td>Số TT<td>Hạn hoàn thành<td>Bộ, ngành chủ trì<td>Tên nhiệm vụ<td>Ghi chú<td>Bộ, ngành phối hợp</tr>"
    annex = _read(tmp_path, reading, heading + "<tr><td>1<td>2021<td>Bộ Công an<td>Một<td>x<td>Bộ Y tế</tr>")
    assert _rows(annex) == [("1", "Một", ["Bộ Công an"], ["Bộ Y tế"], ["2021"])]


def test_a_body_that_is_merged_over_rows_holds_for_each(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, PLAIN + "<tr><td>1<td>Một<td rowspan=2>Bộ Công an<td><td><td>2021</tr>"
                                             "<tr><td>2<td>Hai<td>Bộ Y tế<td><td>2022</tr>")
    assert _rows(annex) == [("1", "Một", ["Bộ Công an"], [], ["2021"]), ("2", "Hai", ["Bộ Công an"], ["Bộ Y tế"], ["2022"])]


def test_a_number_that_is_merged_over_rows_is_one_row(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, PLAIN + "<tr><td rowspan=2>1<td rowspan=2>Một<td>Bộ Công an<td><td>- A;<td>2021</tr>"
                                             "<tr><td>Bộ Y tế<td><td>- B.<td></tr>")
    assert _rows(annex) == [("1", "Một", ["Bộ Công an", "Bộ Y tế"], [], ["2021"])]
    assert annex.rows[0].expected_results == ["A", "B"]
    assert annex.as_json()["rows"][0]["source"]["rows"] == [2, 3]


def test_a_heading_that_spans_the_table(tmp_path: Path, reading: Reading) -> None:
    rows = ("<tr><td colspan=6>I. Hoàn thiện thể chế</tr><tr><td>1<td>Một<td>Bộ Công an<td><td><td>2021</tr>"
            "<tr><td colspan=6>II. Truyền thông</tr><tr><td>1<td>Hai<td>Bộ Y tế<td><td><td>2021</tr>")
    annex = _read(tmp_path, reading, PLAIN + rows)
    assert [(row.id, row.parent, row.label) for row in annex.rows] == [
        ("I", None, "Hoàn thiện thể chế"), ("I.1", "I", "Một"), ("II", None, "Truyền thông"), ("II.1", "II", "Hai")]


def test_a_table_over_pages_with_its_heading_again_and_a_row_cut(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, PLAIN + "<tr><td>1<td>Hoàn thiện<td>Bộ Công an<td><td><td>2021</tr>",
                  PLAIN + "<tr><td><td>pháp luật<td><td>Bộ Y tế<td><td></tr><tr><td>2<td>Hai<td>Bộ Y tế<td><td><td>2022</tr>",
                  "<tr><td>Nơi nhận<td>KT. THỦ TƯỚNG</tr>")
    assert _rows(annex) == [("1", "Hoàn thiện pháp luật", ["Bộ Công an"], ["Bộ Y tế"], ["2021"]),
                            ("2", "Hai", ["Bộ Y tế"], [], ["2022"])]
    assert annex.as_json()["rows"][0]["source"]["rows"] == [{"table": 2, "row": 2}, {"table": 3, "row": 2}]


def test_columns_that_change_their_order_in_a_second_table(tmp_path: Path, reading: Reading) -> None:
    other = "<tr><th>STT</th><th>Nhiệm vụ</th><th>Thời hạn</th><th>Cơ quan chủ trì</th></tr>"
    annex = _read(tmp_path, reading, PLAIN + "<tr><td>1<td>Một<td>Bộ Công an<td><td><td>2021</tr>",
                  other + "<tr><td>2<td>Hai<td>2022<td>Bộ Y tế</tr>")
    assert _rows(annex)[1] == ("2", "Hai", ["Bộ Y tế"], [], ["2022"])


def test_a_missing_cell_is_told_with_its_table_and_row(tmp_path: Path, reading: Reading) -> None:
    annex = _read(tmp_path, reading, PLAIN + "<tr><td>1<td>Một<td>Bộ Công an<td>Bộ Y tế</tr>")
    ((_, issue),) = annex.errors()
    assert issue.code == "too-few-cells"
    assert annex.as_json()["issues"][0]["rows"] == [2]


def test_numbers_that_word_counts_itself(tmp_path: Path, reading: Reading) -> None:
    document = docx.Document()
    for line in ("Số: 77/QĐ-TTg", "Hà Nội, ngày 1 tháng 2 năm 2020", "QUYẾT ĐỊNH", "Phê duyệt Kế hoạch"):
        document.add_paragraph(line)
    rows = [["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Kết quả"], ["", "Một", "Bộ Công an", "A\nB"], ["", "Hai", "Bộ Y tế", ""]]
    table = document.add_table(rows=3, cols=4)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    for row in table.rows[1:]:
        row.cells[0].paragraphs[0].style = "List Number"
    (tmp_path / "decision.docx").write_bytes(made_up.saved(document))
    annex = read_annex(tmp_path / "decision.docx", reading)
    assert [(row.id, row.label) for row in annex.rows] == [("1", "Một"), ("2", "Hai")]
    assert annex.errors() == []

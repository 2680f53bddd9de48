"""A table in every format: exact where a program reads it, safe where a spreadsheet does."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from openpyxl import load_workbook

from pactgraph.questions.formats import MEDIA_TYPES, as_csv, as_json, as_turtle, as_xlsx, write
from pactgraph.questions.table import Table
from pactgraph.questions.text import as_text, text_width, wrap

NASTY = ["=1+1", "+84 24", "-1", "@SUM(A1)", "\tx", 'a "b", c', "hai\ndòng", "Ủy ban; Đ", "0012", ""]
TABLE = Table(["Cột", "b"], [[value, "https://w3id.org/pactgraph/id/xyz/body/moj"] for value in NASTY], "Câu hỏi?")
EMPTY = Table(["a", "b"], [])


def test_csv_is_exact():
    data = as_csv(TABLE)
    assert data.startswith("Cột,b\r\n=1+1,https".encode())
    assert b"\xef\xbb\xbf" not in data
    assert list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""))) == [TABLE.columns, *TABLE.rows]
    assert as_csv(EMPTY) == b"a,b\r\n"


def test_json_is_a_list_of_objects():
    assert json.loads(as_json(TABLE)) == [dict(zip(TABLE.columns, row, strict=True)) for row in TABLE.rows]
    assert "Ủy ban" in as_json(TABLE).decode("utf-8")
    assert json.loads(as_json(EMPTY)) == []


def test_xlsx_is_safe_and_handy():
    sheet = load_workbook(io.BytesIO(as_xlsx(TABLE))).active
    assert [cell.value for cell in sheet[1]] == TABLE.columns
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B11"
    for cell, value in zip(sheet["A"][1:], NASTY, strict=True):
        assert (cell.value or "") == value
        assert cell.data_type != "f"
        assert bool(cell.quotePrefix) == value.startswith(("=", "+", "-", "@", "\t"))


def test_xlsx_takes_what_a_workbook_cannot_hold():
    sheet = load_workbook(io.BytesIO(as_xlsx(Table(["a"], [["x\x07y"], ["z" * 40_000]])))).active
    assert [len(cell.value) for cell in sheet["A"]][2] == 32_767
    assert as_xlsx(EMPTY)


RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def test_turtle_is_a_result_set():
    store = ox.Store()
    store.load(as_turtle(TABLE), format=ox.RdfFormat.TURTLE)
    rows = list(store.query(
        f"PREFIX rs: <{RS}> SELECT ?variable ?value WHERE {{ ?set a rs:ResultSet ; rs:solution/rs:binding ?binding . "
        "?binding rs:variable ?variable ; rs:value ?value }"))
    assert len(rows) == 2 * len(NASTY) - 1
    assert {row["value"].value for row in rows if row["variable"].value == "Cột"} == set(NASTY) - {""}
    assert {str(row["value"]) for row in rows if row["variable"].value == "b"} == {
        "<https://w3id.org/pactgraph/id/xyz/body/moj>"}
    ox.Store().load(as_turtle(EMPTY), format=ox.RdfFormat.TURTLE)


@pytest.mark.parametrize("form", sorted(MEDIA_TYPES))
def test_every_format_writes_an_answer(ask, form):
    assert write(ask("overdue"), form)
    assert write(EMPTY, form)


def test_text_is_aligned():
    assert as_text(Table(["a", "tên"], [["1", "Ủy ban"], ["22", "日本"]])) == (
        "a   tên\n"
        "--  ------\n"
        "1   Ủy ban\n"
        "22  日本\n"
    )
    assert as_text(EMPTY) == "a  b\n-  -\n"


def test_width_of_vietnamese_text():
    assert text_width("Ủy ban Dân tộc") == 14
    assert text_width("U\u0309y ban Dâ\u0302n") == 10  # marks that combine take no place
    assert text_width("日本") == 4


def test_text_that_fits():
    table = Table(["dài", "ngắn"], [["một hai ba bốn năm sáu bảy tám chín mười", "x"]])
    text = as_text(table, 24)
    assert max(map(text_width, text.splitlines())) <= 24
    assert text.count("\n") > 3
    assert as_text(table, 200) == as_text(table)
    for word in table.rows[0][0].split():
        assert word in text


def test_a_row_becomes_a_block_where_nothing_fits():
    table = Table(["một", "hai"], [["dài " * 10, ""], ["x" * 30, "y" * 30]])
    text = as_text(table, 20)
    assert text.splitlines()[0] == "một  dài dài dài dài"
    assert max(map(text_width, text.splitlines())) <= 20
    assert "\n\n" in text


@pytest.mark.parametrize(("text", "width", "lines"), [
    ("", 5, [""]),
    ("abc", 5, ["abc"]),
    ("ab cd ef", 5, ["ab cd", "ef"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]),
    ("a\nb", 5, ["a", "b"]),
    ("xy abcdefg", 4, ["xy", "abcd", "efg"]),
])
def test_wrap(text, width, lines):
    assert wrap(text, width) == lines

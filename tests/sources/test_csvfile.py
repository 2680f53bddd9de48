"""How a table is read however a spreadsheet wrote it, and what each error says."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tables_help import put, told

from pactgraph.errors import UserError
from pactgraph.sources.tables.csvfile import Column, read_table

COLUMNS = (
    Column("id", "code", required=True),
    Column("day", "date"),
    Column("flag", "boolean"),
    Column("share", "decimal"),
    Column("count", "integer"),
    Column("kind", "code", choices=("lead", "cooperating")),
    Column("note"),
)
HEADING = "id,day,flag,share,count,kind,note\n"
GOOD = HEADING + "one,2025-03-01,TRUE,0.85,7,lead,Bộ Công an\ntwo,,,,,,\n"


@pytest.mark.parametrize("text", [
    GOOD,
    "\ufeff" + GOOD,
    GOOD.replace("\n", "\r\n"),
    unicodedata.normalize("NFD", GOOD),
    GOOD.replace("0.85", "0,85", 1).replace(",", ";").replace("0;85", "0,85"),
    GOOD.replace(",", "\t"),
    GOOD.replace("note\n", "note,,\n").replace("Công an\n", "Công an,,\n").replace("two,,,,,,", "two,,,,,,,,"),
    GOOD.replace("Bộ Công an", " Bộ Công an  "),
])
def test_a_table_is_read_however_a_spreadsheet_wrote_it(tmp_path: Path, text: str) -> None:
    problems: list[UserError] = []
    rows = read_table(put(tmp_path / "t.csv", text), COLUMNS, problems)
    assert told(problems) == []
    first, second = rows
    assert (first.text("id"), first.day("day"), first.flag("flag")) == ("one", date(2025, 3, 1), True)
    assert (first.decimal("share"), first.integer("count"), first.text("kind")) == (Decimal("0.85"), 7, "lead")
    assert first.text("note") == "Bộ Công an"
    assert (second.day("day"), second.flag("flag"), second.decimal("share"), second.integer("count")) == (
        None, False, None, None)
    assert (second.text("kind"), second.text("note")) == ("", "")


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    text = HEADING + '\none,,,,,,"two\nlines, one cell"\n,,,,,,\ntwo,,,,,,\n'
    problems: list[UserError] = []
    rows = read_table(put(tmp_path / "t.csv", text), COLUMNS, problems)
    assert [(row.text("id"), row.number) for row in rows] == [("one", 3), ("two", 5)]


@pytest.mark.parametrize(("text", "place", "words"), [
    ("", ("table-empty", None, None), "id, day, flag"),
    ("id,day,flag,share,count,kind\n", ("table-column-absent", 1, "note"), "missing in the heading"),
    (HEADING.replace("share", "shares"), ("table-column-absent", 1, "share"), "id, day, flag, share"),
    (HEADING.replace("note", "note,extra"), ("table-column-unknown", 1, "extra"), "not known"),
    (HEADING.replace("note", ",note"), ("table-column-unknown", 1, 7), "not known"),
    (HEADING.replace("note", "note,day"), ("table-column-twice", 1, "day"), "twice"),
    (GOOD + "one,,,,,,again\n", ("table-row-twice", 4, "id"), "'one' stands already in row 2"),
    (GOOD + "three,,,,,,a,b\n", ("table-width", 4, None), "8 cells, the heading has 7"),
    (GOOD + "three,,,\n", ("table-width", 4, None), "4 cells"),
    (GOOD + ",,,,,,no id\n", ("table-cell-empty", 4, "id"), "must not be empty"),
    (GOOD + "Three,,,,,,\n", ("table-cell-code", 4, "id"), "'Three'"),
    (GOOD + "three,01/03/2025,,,,,\n", ("table-cell-date", 4, "day"), "'01/03/2025'"),
    (GOOD + "three,2025-02-30,,,,,\n", ("table-cell-date", 4, "day"), "2025-03-01"),
    (GOOD + "three,,yes,,,,\n", ("table-cell-boolean", 4, "flag"), "neither true nor false"),
    (GOOD + "three,,,half,,,\n", ("table-cell-decimal", 4, "share"), "0.85"),
    (GOOD + "three,,,,1.5,,\n", ("table-cell-integer", 4, "count"), "whole number"),
    (GOOD + "three,,,,,boss,\n", ("table-cell-choice", 4, "kind"), "lead, cooperating"),
    (GOOD + 'three,,,,,,"open\n', ("table-quotes", 4, None), "quotation mark"),
])
def test_what_is_wrong_is_told_with_row_and_column(
        tmp_path: Path, text: str, place: tuple[str, int | None, int | str | None], words: str) -> None:
    path = put(tmp_path / "t.csv", text)
    problems: list[UserError] = []
    read_table(path, COLUMNS, problems, key=("id",))
    assert told(problems)[0] == place
    assert words in problems[0].message("en")
    where = ":".join(str(part) for part in (path, *place[1:]) if part is not None)
    for lang in ("vi", "en"):
        assert problems[0].message(lang).startswith(f"{where}: ")
    assert problems[0].message("vi") != problems[0].message("en")


def test_a_table_that_is_no_table(tmp_path: Path) -> None:
    problems: list[UserError] = []
    assert read_table(tmp_path / "none.csv", COLUMNS, problems) == []
    (tmp_path / "book.csv").write_bytes(b"PK\x03\x04workbook")
    (tmp_path / "ansi.csv").write_bytes((HEADING + "one,,,,,,").encode() + b"B\xf4\n")
    for name in ("book.csv", "ansi.csv"):
        read_table(tmp_path / name, COLUMNS, problems)
    assert told(problems) == [("table-absent", None, None), ("table-workbook", None, None), ("table-not-utf8", 2, None)]
    assert "id, day" in problems[0].message("en") and "Excel" in problems[1].message("en")


def test_all_problems_are_collected_and_the_rest_is_read(tmp_path: Path) -> None:
    text = HEADING + "one,yesterday,maybe,,,,\ntwo,,,,,,\n,,,,,,x\nfour,,,,,,\n"
    problems: list[UserError] = []
    rows = read_table(put(tmp_path / "t.csv", text), COLUMNS, problems)
    assert [row.text("id") for row in rows] == ["two", "four"]
    assert told(problems) == [("table-cell-date", 2, "day"), ("table-cell-boolean", 2, "flag"),
                              ("table-cell-empty", 4, "id")]

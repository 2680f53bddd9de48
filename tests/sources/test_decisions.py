"""Sheets of decisions: written and read back the same, however they are saved; every wrong cell told at its place."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from pactgraph.errors import UserError
from pactgraph.reports.decisions import as_csv, as_xlsx
from pactgraph.sources.decisions import SheetRow, read_decisions
from pactgraph.sources.decisions.layout import COLUMNS, DECISIONS, heading, word_of
from pactgraph.sources.workbook.clean import clean

LIMIT = 5_000_000
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30).map(clean)
NASTY = st.sampled_from(["=1+1", "+cmd", "-x", "@SUM(A1)", "'quoted", "'=x", "a\nb", 'a "b", c;d', "Đúng – vậy"])
FILLED = st.builds(
    SheetRow, id=st.integers(1, 10**6).map(lambda number: f"un/link/a/{number}"), kind=WORDS, new_words=WORDS | NASTY,
    old_words=NASTY, state=st.sampled_from(["proposed-1a2b3c4d", "none"]), decision=st.sampled_from(DECISIONS),
    reason=WORDS | NASTY)


def _read(data: bytes, name: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return read_decisions(path, LIMIT)


@settings(max_examples=examples(40))
@given(st.lists(FILLED, max_size=6, unique_by=lambda row: row.id), st.sampled_from(["vi", "en"]),
       st.sampled_from(["csv", "xlsx"]))
def test_what_is_written_is_read_back(rows: list[SheetRow], lang: str, form: str) -> None:
    written = [SheetRow(row.id, row.kind, new_words=row.new_words, old_words=row.old_words, state=row.state,
                        decision=word_of(row.decision, lang).split("/")[0], other="24" if row.decision == "other" else "",
                        reason=row.reason or "x") for row in rows]
    decided = _read(as_csv(written, lang) if form == "csv" else as_xlsx(written, lang), f"sheet.{form}")
    assert not decided.problems and decided.lang == lang
    assert [(one.id, one.state, one.decision, one.other, one.reason) for one in decided.rows] == [
        (row.id, row.state, row.decision, "24" if row.decision == "other" else "", clean(row.reason or "x")) for row in rows]


def test_no_cell_becomes_a_formula() -> None:
    row = SheetRow("un/link/a/1", "=1+1", new_words="@SUM(A1)", old_words="-x")
    (line,) = list(csv.reader(io.StringIO(as_csv([row], "en").decode("utf-8-sig"))))[1:]
    assert line[1] == "'=1+1" and line[3] == "'@SUM(A1)" and line[5] == "'-x"
    sheet = load_workbook(io.BytesIO(as_xlsx([row], "en"))).worksheets[0]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    assert sheet["B2"].value == "=1+1" and sheet["B2"].quotePrefix


ROW = dict.fromkeys(COLUMNS, "") | {"id": "un/link/a/1", "state": "proposed-00000000"}


def _sheet(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([heading(column, "en") for column in columns])
    writer.writerows([[(ROW | row)[column] for column in columns] for row in rows])
    return out.getvalue().encode()


@pytest.mark.parametrize(("row", "key", "column"), [
    ({"decision": "acept"}, "decisions-decision-unknown", "L"),
    ({"reason": "why"}, "decisions-decision-missing", "L"),
    ({"decision": "reject"}, "decisions-reason-missing", "N"),
    ({"decision": "other"}, "decisions-other-missing", "M"),
    ({"decision": "accept", "other": "24"}, "decisions-other-unexpected", "M"),
    ({"id": "", "decision": "accept"}, "decisions-id-empty", "A"),
])
def test_a_wrong_cell_is_told_at_its_place(row: dict[str, str], key: str, column: str) -> None:
    (problem,) = _read(_sheet({"id": "un/link/a/9"}, row), "sheet.csv").problems
    assert (problem.key, problem.line, problem.column, problem.file) == (key, 3, column, "sheet.csv")
    assert problem.message("vi") != problem.message("en")


def test_the_nearest_word_is_named() -> None:
    (problem,) = _read(_sheet({"decision": "acept"}), "sheet.csv").problems
    assert "Nearest: accept" in problem.message("en") and "Gần nhất: chấp nhận" in problem.message("vi")


def test_an_identifier_that_stands_twice() -> None:
    (problem,) = _read(_sheet({"decision": "accept"}, {"decision": "accept"}), "sheet.csv").problems
    assert (problem.key, problem.line, problem.values["before"]) == ("decisions-id-twice", 3, 2)


def test_sorted_and_moved_columns_semicolons_and_empty_rows() -> None:
    columns = tuple(reversed(COLUMNS))
    data = _sheet({"decision": "Accepted", "reason": "x"}, {"id": "un/link/a/2"}, columns=columns, delimiter=";")
    decided = _read(b"\xef\xbb\xbf" + data + b"\r\n\r\n", "sheet.csv")
    assert [(row.id, row.decision) for row in decided.rows] == [("un/link/a/1", "accept")] and decided.open == 1
    assert not decided.problems


def test_a_column_that_is_missing_or_stands_twice() -> None:
    missing = _read(_sheet({"decision": "accept"}, columns=("id", "decision", "other", "state")), "sheet.csv")
    assert [problem.key for problem in missing.problems] == ["decisions-column-missing"]
    twice = _read(_sheet({"decision": "accept"}, columns=(*COLUMNS, "reason")), "sheet.csv")
    assert [(problem.key, problem.column) for problem in twice.problems] == [("decisions-column-twice", "O")]


def test_files_that_are_no_sheets() -> None:
    book = Workbook()
    book.active["A1"] = "something"
    out = io.BytesIO()
    book.save(out)
    for data, name, key in ((b"a,b\n1,2\n", "a.csv", "decisions-no-heading"), (out.getvalue(), "a.xlsx", "decisions-no-heading"),
                            (b"", "a.csv", "file-empty"), (b"PK\x03\x04 no archive", "a.xlsx", "office-damaged"),
                            ("Mã định danh".encode("utf-16"), "a.csv", "not-utf8")):
        with pytest.raises(UserError) as raised:
            _read(data, name)
        assert raised.value.key == key
    book.active["A1"] = "=1+1"
    book.save(out)
    with pytest.raises(UserError):
        _read(out.getvalue(), "a.xlsx")

"""Workbooks that bodies fill in: what people and programs do to them is read right, or refused in plain words."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from workbook_help import INTERIOR, JUSTICE, Desk, answers, exported, filled, keys, letters, proposed, sheet

from pactgraph.errors import UserError
from pactgraph.reports.workbooks import annotated
from pactgraph.sources.workbook.answers import Answer, Evidence
from pactgraph.sources.workbook.clean import clean, from_cell, to_cell
from pactgraph.sources.workbook.layout import HIDDEN, LISTS

MESSAGES = tomllib.loads((Path(__file__).parent / "broken_workbooks.toml").read_text("utf-8"))
"""What is said of each broken workbook, word by word."""
L = letters()
DAY = date(2026, 10, 1)
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FULL: dict[str, Any] = {"status": "Đang thực hiện", "done": "Đã tổ chức ba lớp.\n- Lớp một", "day": DAY,
                        "evidence": f"Báo cáo.pdf (sha256: {HASH})\nhttps://example.org/a?b=c", "office": "Vụ Pháp chế",
                        "note": "=không phải công thức"}
READ = Answer("in-progress", "Đã tổ chức ba lớp.\n- Lớp một", DAY,
              (Evidence(address="https://example.org/a?b=c"), Evidence("Báo cáo.pdf", HASH)), "Vụ Pháp chế",
              "=không phải công thức")


@pytest.fixture
def desk() -> Desk:
    return Desk(exported())


# What an export looks like --------------------------------------------------------------------------------------------

def test_an_export_locks_what_is_known_and_offers_what_may_be_said(desk: Desk) -> None:
    page = desk.page
    assert page.protection.sheet and not page.protection.password
    assert page[f"{L['id']}2"].protection.locked and not page[f"{L['done']}2"].protection.locked
    assert [desk.book[name].sheet_state for name in (HIDDEN, LISTS)] == ["hidden", "hidden"]
    (choice,) = page.data_validations.dataValidation
    assert (choice.type, str(choice.sqref), choice.formula1) == ("list", f"{L['status']}2:{L['status']}4", "'_lists'!$A$1:$A$3")
    assert [cell.value for cell in desk.book[LISTS]["A"]] == ["Đã hoàn thành", "Đang thực hiện", "Chưa bắt đầu"]
    assert page[f"{L['done']}2"].number_format == "@" and page[f"{L['day']}2"].number_format == "dd/mm/yyyy"
    assert "21/11/2026" in desk.book.worksheets[0]["A1"].value
    assert not any(page.protection.__dict__[name] for name in ("sort", "autoFilter", "formatColumns"))


def test_nothing_is_wrong_with_an_export_that_nobody_touched(desk: Desk, tmp_path: Path) -> None:
    read = filled(desk.save(tmp_path / "a.xlsx"))
    assert keys(read) == [] and len(read.rows) == 3 and not read.missing and read.lang == "vi"
    assert not proposed(tmp_path / "a.xlsx").added


@pytest.mark.parametrize("text", ["=1+1", "+84", "-x", "@a", "=HYPERLINK(\"http://x\",\"y\")", "\tx", "\rx", "_x000D_", "#REF!",
                                  "'x", "1e5", "TRUE", "\x00\x1bx", "{=1}", "=cmd|' /C calc'!A0"])
def test_no_text_becomes_a_formula_and_each_comes_back(text: str, tmp_path: Path) -> None:
    """In locked cells and in answers."""
    made = sheet(JUSTICE, "A.1.a", label=text, scope=text)
    made.rows[0].answer = Answer("completed", clean(text), DAY, note=clean(text))
    file = tmp_path / "a.xlsx"
    file.write_bytes(exported(made))
    with zipfile.ZipFile(file) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets" in name)
    read = filled(file)
    assert keys(read) == []
    assert (read.rows[0].cells["label"], read.rows[0].answer) == (clean(text), made.rows[0].answer)
    assert not proposed(file).added


@pytest.mark.parametrize("text", ["_x000D_", "_x005F_x000D_", "a_x0041_b", "plain", "_x00"])
def test_escapes_of_the_format_are_text(text: str) -> None:
    assert from_cell(to_cell(text)) == text


# What is read right ---------------------------------------------------------------------------------------------------

def test_a_row_is_read_whole(desk: Desk, tmp_path: Path) -> None:
    read = filled(desk.put(3, **FULL).save(tmp_path / "a.xlsx"))
    assert keys(read) == [] and answers(read)["A.1.b"] == READ


def test_sorted_rows_moved_and_hidden_columns_and_rows_above_change_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.put(3, **FULL)
    page = desk.page
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    book = desk.book
    other = book.create_sheet("Another name", 1)
    other.append(["a title that somebody wrote above"])
    other.append([])
    for row in [rows[0], *sorted(rows[1:], key=lambda row: str(row[2]), reverse=True)]:
        other.append([*row[6:], "mine", *row[:6]])
    for place in range(1, 8):
        other.column_dimensions[chr(64 + place)].hidden = True
    book.remove(page)
    for row in other.iter_rows():
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    read = filled(desk.save(tmp_path / "a.xlsx"))
    assert keys(read) == [] and answers(read)["A.1.b"] == READ
    assert {row.sheet for row in read.rows} == {"Another name"}


@pytest.mark.parametrize(("value", "code"), [
    ("Đang thực hiện", "in-progress"), ("đang  THỰC hiện ", "in-progress"), ("In Progress", "in-progress"),
    ("in-progress", "in-progress"), ("dang thuc hien", "in-progress"),
    (unicodedata.normalize("NFD", "Đã hoàn thành"), "completed"),
    ("\u00a0Đã\u00a0hoàn thành\u200b", "completed"), ("Hoàn thành", "completed"), ("NOT STARTED", "not-started")])
def test_a_status_in_words_of_both_languages(desk: Desk, tmp_path: Path, value: str, code: str) -> None:
    read = filled(desk.put(2, status=value, day=DAY).save(tmp_path / "a.xlsx"))
    assert keys(read) == [] and answers(read)["A.1.a"].status == code


@pytest.mark.parametrize("value", [DAY, datetime(2026, 10, 1), "01/10/2026", "1/10/2026", " 1-10-2026 ", "1.10.2026",
                                   "2026-10-01", "\u00a001/10/2026", 46296, 46296.0, "1 / 10 / 2026", "2026-10-01 00:00:00"])
def test_a_day_as_date_serial_number_or_text(desk: Desk, tmp_path: Path, value: object) -> None:
    read = filled(desk.put(2, status="Completed", day=value).save(tmp_path / "a.xlsx"))
    assert keys(read) == [] and answers(read)["A.1.a"].day == DAY


def test_pasted_text_is_brought_into_one_form(desk: Desk, tmp_path: Path) -> None:
    pasted = unicodedata.normalize("NFD", "\ufeffĐã\u00a0làm xong \r\nhai việc\u200b \n\n")
    read = filled(desk.put(2, done=pasted, day=DAY, office=" Vụ\u00a0 Pháp chế\n").save(tmp_path / "a.xlsx"))
    assert answers(read)["A.1.a"] == Answer(done="Đã làm xong\nhai việc", day=DAY, office="Vụ Pháp chế")


def test_files_of_evidence_are_found_and_hashed(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / unicodedata.normalize("NFD", "Báo cáo.pdf")).write_bytes(b"test")
    desk.put(2, done="x", day=DAY, evidence=" Báo cáo.pdf ;https://example.org")
    read = filled(desk.save(tmp_path / "a.xlsx"), folder)
    assert keys(read) == []
    assert answers(read)["A.1.a"].evidence == (Evidence(address="https://example.org"), Evidence("Báo cáo.pdf", HASH))


def test_empty_rows_without_end_and_rows_that_are_gone(desk: Desk, tmp_path: Path) -> None:
    for row in range(5, 3_000):
        desk.page.cell(row, 1).number_format = "@"
    desk.page.delete_rows(4)
    read = filled(desk.save(tmp_path / "a.xlsx"))
    assert keys(read) == [] and read.missing == ["xsr/justice/task/2024-117-2024/A.2"]


def test_a_changed_locked_cell_is_told_and_not_read(desk: Desk, tmp_path: Path) -> None:
    read = filled(desk.put(2, label="something else", **{"status": "Completed", "day": DAY}).save(tmp_path / "a.xlsx"))
    assert keys(read) == [("workbook-locked", 2, "A")] and not read.rows[0].wrong
    assert proposed(tmp_path / "a.xlsx").added


# What is refused, with the message --------------------------------------------------------------------------------------

def _without(column: str) -> Callable[[Desk], object]:
    return lambda desk: desk.page.delete_cols(desk.column(column))


def _formula(desk: Desk) -> None:
    desk.page[f"{L['done']}2"] = "=1+1"


def _copy(desk: Desk) -> None:
    for cell in desk.page[2]:
        desk.page.cell(9, cell.column).value = cell.value


BROKEN: dict[str, tuple[Callable[[Desk], object], list[tuple[str, int, str]]]] = {
    "no status": (lambda d: d.put(2, status="hoan tất", day=DAY), [("workbook-status-unknown", 2, L["status"])]),
    "no day": (lambda d: d.put(2, status="Completed", day="ngày mai"), [("workbook-day", 2, L["day"])]),
    "month 22": (lambda d: d.put(2, status="Completed", day="10/22/2026"), [("workbook-day", 2, L["day"])]),
    "two digits": (lambda d: d.put(2, status="Completed", day="1/10/26"), [("workbook-day", 2, L["day"])]),
    "a number": (lambda d: d.put(2, status="Completed", day=2026), [("workbook-day", 2, L["day"])]),
    "tomorrow": (lambda d: d.put(2, status="Completed", day="23/11/2026"), [("workbook-day-future", 2, L["day"])]),
    "day missing": (lambda d: d.put(2, status="Completed"), [("workbook-day-missing", 2, L["day"])]),
    "only a day": (lambda d: d.put(2, day=DAY), [("workbook-nothing-said", 2, L["done"])]),
    "only a note": (lambda d: d.put(2, note="x"), [
        ("workbook-day-missing", 2, L["day"]), ("workbook-nothing-said", 2, L["done"])]),
    "a person": (lambda d: d.put(2, done="x", day=DAY, office="Ông Nguyễn Văn A"), [("workbook-office-person", 2, L["office"])]),
    "an e-mail": (lambda d: d.put(2, done="x", day=DAY, office="a@example.org"), [("workbook-office-person", 2, L["office"])]),
    "a telephone": (lambda d: d.put(2, done="x", day=DAY, office="Vụ X, 024 3733 6213"), [
        ("workbook-office-person", 2, L["office"])]),
    "file not sent": (lambda d: d.put(2, done="x", day=DAY, evidence="a.pdf"), [("workbook-evidence-folder", 2, L["evidence"])]),
    "a path": (lambda d: d.put(2, done="x", day=DAY, evidence="C:\\a.pdf"), [("workbook-evidence-name", 2, L["evidence"])]),
    "a parent": (lambda d: d.put(2, done="x", day=DAY, evidence="../a.pdf"), [("workbook-evidence-name", 2, L["evidence"])]),
    "a script": (lambda d: d.put(2, done="x", day=DAY, evidence="javascript:alert(1)"), [
        ("workbook-evidence-name", 2, L["evidence"])]),
    "short hash": (lambda d: d.put(2, done="x", day=DAY, evidence="a.pdf sha256:12"), [
        ("workbook-evidence-hash", 2, L["evidence"])]),
    "a formula": (_formula, [("workbook-formula", 2, L["done"])]),
    "an error": (lambda d: setattr(d.page[f"{L['note']}2"], "value", "#REF!"), [("workbook-error", 2, L["note"])]),
    "unknown id": (lambda d: d.put(2, id="xsr/justice/task/other"), [("workbook-id-unknown", 2, "A")]),
    "no id": (lambda d: d.put(2, id=None, done="x"), [("workbook-id-empty", 2, "A")]),
    "a copied row": (_copy, [("workbook-id-twice", 9, "A")]),
    "no column": (_without("done"), [("workbook-column-missing", 1, "")]),
    "no heading": (lambda d: d.page.delete_rows(1), [("workbook-no-heading", 1, "")]),
    "column twice": (lambda d: setattr(d.page["T1"], "value", "What was done"), [("workbook-column-twice", 1, "T")]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_wrong_cell_is_told_with_its_place_and_nothing_is_taken(name: str, desk: Desk, tmp_path: Path) -> None:
    spoil, expected = BROKEN[name]
    spoil(desk)
    file = desk.save(tmp_path / "a.xlsx")
    read = filled(file)
    assert keys(read) == expected
    said = {lang: "\n".join(remark.error(read.file).message(lang) for remark in read.all_remarks()) for lang in ("en", "vi")}
    assert said == {lang: text.strip() for lang, text in MESSAGES[name].items()}
    proposal = proposed(file)
    assert proposal.refused and not proposal.added and not proposal.removed
    with pytest.raises(UserError) as found:
        proposal.change(None)  # type: ignore[arg-type]
    assert expected[0][0] in {problem.key for problem in found.value.problems}  # type: ignore[attr-defined]


def test_the_words_of_some_messages(desk: Desk, tmp_path: Path) -> None:
    desk.put(2, status="Hoàn thanhh", day="31/13/2026").put(3, status="Completed")
    desk.put(4, done="x", day=DAY, office="Bà Trần Thị B")
    read = filled(desk.save(tmp_path / "bao-cao.xlsx"))
    said = [remark.error(read.file).message("vi") for remark in read.all_remarks()]
    assert said == [
        "bao-cao.xlsx[justice]:2:M: 'Hoàn thanhh' không phải là tình trạng hợp lệ. Hãy chọn trong danh sách."
        " Có phải là 'Hoàn thành'?",
        "bao-cao.xlsx[justice]:2:O: '31/13/2026' không phải là ngày hợp lệ. Hãy ghi ngày/tháng/năm, ví dụ 30/11/2026.",
        "bao-cao.xlsx[justice]:3:O: Thiếu ngày của báo cáo. Hãy ghi ngày mà báo cáo có giá trị, ví dụ 30/11/2026.",
        "bao-cao.xlsx[justice]:4:Q: Hãy ghi tên đơn vị, không ghi cá nhân: không ghi tên người, thư điện tử, số điện thoại.",
    ]
    assert read.all_remarks()[1].text("en") == "'31/13/2026' is no day. Write day/month/year, for example 30/11/2026."


def test_files_that_are_missing_or_others_are_told(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "b.pdf").write_bytes(b"other")
    desk.put(2, done="x", day=DAY, evidence="a.pdf").put(3, done="x", day=DAY, evidence=f"b.pdf sha256:{HASH}")
    read = filled(desk.save(tmp_path / "a.xlsx"), folder)
    assert keys(read) == [("workbook-evidence-missing", 2, "P"), ("workbook-evidence-differs", 3, "P")]
    with pytest.raises(UserError) as found:
        filled(tmp_path / "a.xlsx", tmp_path / "none")
    assert found.value.key == "workbook-no-folder"


def _hidden(change: Callable[[Any], object]) -> Callable[[Desk], object]:
    return lambda desk: change(desk.book[HIDDEN])


HIDDEN_SPOILT: dict[str, tuple[Callable[[Desk], object], str]] = {
    "hidden: gone": (lambda desk: desk.book.remove(desk.book[HIDDEN]), "workbook-not-ours"),
    "hidden: other": (_hidden(lambda page: setattr(page["B1"], "value", "other")), "workbook-not-ours"),
    "hidden: version": (_hidden(lambda page: setattr(page["B2"], "value", "9")), "workbook-version"),
    "hidden: body": (_hidden(lambda page: setattr(page["D10"], "value", INTERIOR)), "workbook-hidden-changed"),
    "hidden: row": (_hidden(lambda page: page.delete_rows(10)), "workbook-hidden-changed"),
    "hidden: generation": (_hidden(lambda page: setattr(page["B5"], "value", "other")), "workbook-hidden-changed"),
    "hidden: journal": (_hidden(lambda page: setattr(page["B6"], "value", "99")), "workbook-hidden-changed"),
}


@pytest.mark.parametrize("name", HIDDEN_SPOILT)
def test_a_damaged_hidden_sheet_is_refused(name: str, desk: Desk, tmp_path: Path) -> None:
    spoil, key = HIDDEN_SPOILT[name]
    spoil(desk)
    with pytest.raises(UserError) as found:
        filled(desk.save(tmp_path / "a.xlsx"))
    assert found.value.key == key
    assert {lang: found.value.message(lang) for lang in ("en", "vi")} == {
        lang: text.strip() for lang, text in MESSAGES[name].items()}


def test_what_passes_no_gate(desk: Desk, tmp_path: Path) -> None:
    file = desk.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(UserError) as found:
        filled(file)
    assert found.value.key == "office-macro"
    file.write_bytes(b"not a workbook")
    with pytest.raises(UserError) as found:
        filled(file)
    assert found.value.key == "office-not"


@pytest.mark.slow
def test_a_million_formatted_empty_rows_cost_little(desk: Desk, tmp_path: Path) -> None:
    file = desk.put(2, status="Completed", day=DAY).save(tmp_path / "a.xlsx")
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(5, 1_048_577)).encode()
    wide = tmp_path / "b.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(wide, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            new.writestr(part, data.replace(b"</sheetData>", rows + b"</sheetData>") if part.endswith("sheet2.xml") else data)
    assert answers(filled(wide)) == answers(filled(file))


# The same file back -----------------------------------------------------------------------------------------------------

def test_wrong_cells_come_back_with_a_comment_and_a_fill(desk: Desk, tmp_path: Path) -> None:
    desk.put(2, status="?", day=DAY, note="=1+1").put(3, label="changed")
    file = desk.save(tmp_path / "a.xlsx")
    read = filled(file)
    out = tmp_path / "b.xlsx"
    out.write_bytes(annotated(file.read_bytes(), read.all_remarks(), "vi", "a.xlsx"))
    page = load_workbook(out).worksheets[1]
    cell = page[f"{L['status']}2"]
    assert cell.comment is not None and "không phải là tình trạng" in cell.comment.text and cell.fill.fgColor.rgb == "FFFFC7CE"
    assert page["A3"].comment is not None and page["A3"].fill.fgColor.rgb == "FFFFEB9C"
    assert page[f"{L['note']}2"].value == "=1+1" and page[f"{L['note']}2"].data_type == "s"
    assert keys(filled(out)) == keys(read)


# Other programs ---------------------------------------------------------------------------------------------------------

@pytest.mark.slow
def test_libreoffice_saves_it_and_nothing_is_lost(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    made = sheet(JUSTICE, "A.1.a", "A.1.b", "A.2", scope="=1+1", label="Dòng một\n-hai")
    made.rows[2].answer = Answer("completed", "=1+1\n_x0041_", DAY, (Evidence("b.pdf", HASH),), "-", "@x")
    desk = Desk(exported(made, sheet(INTERIOR, "A.1.a")))
    file = desk.put(3, **FULL).save(tmp_path / "a.xlsx")
    out = tmp_path / "out"
    subprocess.run([program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
                    "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(file)], check=True, capture_output=True, timeout=120)
    read, saved = filled(file), filled(out / "a.xlsx")
    assert keys(saved) == [] and answers(saved) == answers(read) and len(saved.rows) == 4
    assert saved.rows[1].answer == READ
    assert {line.row.kept.id for line in proposed(out / "a.xlsx").lines if line.outcome == "new"} == {read.rows[1].kept.id}
    ods = subprocess.run([program, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ods",
                          "--outdir", str(out), str(file)], check=True, capture_output=True, timeout=120)
    assert ods.returncode == 0
    with pytest.raises(UserError) as found:
        filled(out / "a.ods")
    assert found.value.key == "office-opendocument"

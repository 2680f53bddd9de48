"""Exports of the UPR Info database: however they were saved they read the same; what is wrong is told with its place."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from pactgraph.cli import main
from pactgraph.errors import UserError
from pactgraph.sources.upr_info import Export, read_upr_info
from pactgraph.sources.upr_info.issues import issue_code, issue_labels, nearest_issues
from pactgraph.sources.upr_info.records import text_sha256

ROOT = Path(__file__).resolve().parents[2]
DATASET = ROOT.parent / "shared" / "datasets" / "uprinfo_vietnam_cycles1-2.csv"
MADE_UP_XLS = Path(__file__).parent / "upr_info" / "made-up.xls"

EXPORT = ["SuR", "Rgrp", "Org", "Recommendation", "RS", "Rgrp", "Org", "Response", "Action", "Issue", "Session"]
RENAMED = ["To", "To-Rgrp", "To-Org", "Text", "From", "From-Rgrp", "From-Org", "Response", "Action", "Issue", "Session"]
ROWS = [
    ["Exampleland", "Asia", "OIF, ASEAN", "Publish the register, even in Côte d'Exemple.", "Otherland", "WEOG", "EU",
     "Accepted", "5", "Detention,Justice", "18"],
    ["Exampleland", "Asia", "OIF, ASEAN", "Consider a visit\nof the experts.", "Third State", "Africa", "", "Noted", "3",
     "Special procedures", "18"],
    ["Exampleland", "Asia", "OIF, ASEAN", "We will train more judges.", "Exampleland", "Asia", "OIF, ASEAN",
     "Voluntary Pledge", "4", "Justice", "18"],
]  # fmt: skip


def written(rows: list[list[str]], *, delimiter: str = ",", ends: str = "\n", encoding: str = "utf-8") -> bytes:
    """A table as a spreadsheet would save it."""
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_MINIMAL if "\n" in ends else csv.QUOTE_ALL  # else a line feed in a cell would stand unquoted
    csv.writer(out, delimiter=delimiter, lineterminator=ends, quoting=quoting).writerows(rows)
    return out.getvalue().encode(encoding)


def read(tmp_path: Path, data: bytes, name: str = "export.csv") -> Export:
    file = tmp_path / name
    file.write_bytes(data)
    return read_upr_info(file)


def workbook(rows: list[list[str]], sheet: str = "UPR Info database export") -> bytes:
    book = Workbook()
    book.active.title = "Notes"
    table = book.create_sheet(sheet)
    for row in rows:
        table.append([int(cell) if cell.isdigit() else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# What is read -----------------------------------------------------------------------------------------------------


def test_a_row_becomes_a_record(tmp_path: Path) -> None:
    export = read(tmp_path, written([EXPORT, *ROWS]))
    assert export.as_json() == {
        "records": [
            {"symbol": None, "paragraph": None, "part": None, "type": "recommendation", "body": "UPR",
             "countries": ["Exampleland"], "text": "Publish the register, even in Côte d'Exemple.",
             "positions": ["supported"], "recommending_states": ["Otherland"], "themes": ["Detention", "Justice"],
             "affected_persons": [], "sdgs": [], "session": 18, "published": None, "annotation_id": None, "action": 5,
             "source": {"file": "export.csv", "row": 2}},
            {"symbol": None, "paragraph": None, "part": None, "type": "recommendation", "body": "UPR",
             "countries": ["Exampleland"], "text": "Consider a visit\nof the experts.", "positions": ["noted"],
             "recommending_states": ["Third State"], "themes": ["Special procedures"], "affected_persons": [],
             "sdgs": [], "session": 18, "published": None, "annotation_id": None, "action": 3,
             "source": {"file": "export.csv", "row": 3}},
            {"symbol": None, "paragraph": None, "part": None, "type": "voluntary-pledge", "body": "UPR",
             "countries": ["Exampleland"], "text": "We will train more judges.", "positions": [],
             "recommending_states": [], "themes": ["Justice"], "affected_persons": [], "sdgs": [], "session": 18,
             "published": None, "annotation_id": None, "action": 4, "source": {"file": "export.csv", "row": 4}},
        ],
        "issues": [],
    }  # fmt: skip


def test_the_first_group_is_that_of_the_state_under_review(tmp_path: Path) -> None:
    first = read(tmp_path, written([EXPORT, *ROWS])).records[0]
    assert (first.under_review.region, first.under_review.organisations) == ("Asia", ("OIF", "ASEAN"))
    assert (first.recommending.region, first.recommending.organisations) == ("WEOG", ("EU",))


@pytest.mark.parametrize("heading", [
    RENAMED,
    [name.upper() for name in EXPORT],
    [name.lower() for name in RENAMED],
    [f" {name} " for name in EXPORT],
    [name.replace("-", "_") for name in RENAMED],
])
def test_headings_in_any_case_and_of_both_layouts(tmp_path: Path, heading: list[str]) -> None:
    assert read(tmp_path, written([heading, *ROWS])).records == read(tmp_path, written([EXPORT, *ROWS])).records


def test_further_columns_and_another_order(tmp_path: Path) -> None:
    order = [10, 3, 0, 1, 2, 4, 5, 6, 7, 9, 8]
    table = [[row[place] for place in order] + extra
             for row, extra in zip([EXPORT, *ROWS], [["source_file"], ["a.csv"], ["a.csv"], []], strict=True)]
    assert read(tmp_path, written(table)).records == read(tmp_path, written([EXPORT, *ROWS])).records


def test_blank_rows_are_skipped_and_counted(tmp_path: Path) -> None:
    blank = [""] * len(EXPORT)
    export = read(tmp_path, b"\n" + written([EXPORT, ROWS[0], blank, ROWS[1]]) + b"\n\n")
    assert [record.row for record in export.records] == [3, 5]


def test_workbooks_of_both_kinds(tmp_path: Path) -> None:
    plain = [record.as_json("x") for record in read(tmp_path, written([EXPORT, *ROWS])).records]
    modern = read(tmp_path, workbook([EXPORT, *ROWS]), "export.xlsx")
    assert [record.as_json("x") for record in modern.records] == plain
    old = read_upr_info(MADE_UP_XLS)
    assert [record.row for record in old.records] == [2, 3, 5], "a blank row is counted"
    assert [record.text for record in old.records] == [
        "Publish the register, even in Côte d’Exemple.", "Consider a visit\nof the experts.", "We will train more judges."]
    assert [record.action for record in old.records] == [5, 3, 4]


def test_the_name_of_a_file_does_not_matter(tmp_path: Path) -> None:
    assert len(read(tmp_path, workbook([EXPORT, *ROWS]), "export.csv").records) == 3
    assert len(read(tmp_path, written([EXPORT, *ROWS]), "export.xls").records) == 3


WORDS = st.sampled_from([
    "Ratify", "the", "Convention", "Côte", "d'Ivoire", "vis-à-vis", "lèse-majesté", "Curaçao", "Guaraní", "Länder",
    "État", "Señor", "women’s", "“rights”", "a,b", "c;d", 'say "yes"', "two\nlines", "–", "2014", "(Article 14)", "",
])  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join).map(str.strip).filter(bool)
NAMES = st.sampled_from(["Chile", "Côte d'Ivoire", "Türkiye", "Viet Nam", "Bolivia (Plurinational State of)"])
ISSUES = st.lists(st.sampled_from(sorted(issue_labels().values())), min_size=1, max_size=4, unique=True)


@st.composite
def exports(draw: st.DrawFn) -> list[list[str]]:
    row = st.builds(
        lambda to, text, by, said, action, issues, session: [
            to, "Asia", "OIF", text, by, "GRULAC", "OAS, OEI", said, str(action), ",".join(issues), str(session)],
        NAMES, TEXTS, NAMES, st.sampled_from(["Accepted", "Noted", "Voluntary Pledge"]), st.integers(1, 5), ISSUES,
        st.integers(1, 54))  # fmt: skip
    return draw(st.lists(row, min_size=1, max_size=6))


UNIX, WINDOWS, MAC = "\n", "\r\n", "\r"
SAVED = [*product(["utf-8", "utf-8-sig", "utf-16"], [UNIX, WINDOWS, MAC]), ("cp1252", UNIX), ("cp1252", WINDOWS),
         ("mac_roman", MAC)]


@given(exports(), st.sampled_from(SAVED), st.sampled_from(",;\t"), st.booleans(), st.booleans())
def test_however_it_is_saved_it_reads_the_same(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]],
                                               saved_as: tuple[str, str], delimiter: str, renamed: bool,
                                               blanks: bool) -> None:
    encoding, ends = saved_as
    folder = tmp_path_factory.mktemp("saved")
    heading = RENAMED if renamed else EXPORT
    table = [heading, *rows] if not blanks else [piece for row in [heading, *rows] for piece in (row, [""] * len(row))]
    saved = written(table, delimiter=delimiter, ends=ends, encoding=encoding)
    found = read(folder, saved.replace(b"two\nlines", b"two" + ends.encode() + b"lines"))
    assert found.issues == []
    assert [(r.under_review.name, r.text, r.recommending.name, r.action, list(r.themes), r.session) for r in found.records] == [
        (row[0], row[3], row[4], int(row[8]), row[9].split(","), int(row[10])) for row in rows]


@given(exports(), st.sampled_from([UNIX, WINDOWS, MAC]))
def test_latin_1_reads_the_same_with_every_line_end(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]],
                                                    ends: str) -> None:
    plain = [[cell.translate({ord(c): "'" for c in "’“”–"}) for cell in row] for row in rows]
    found = read(tmp_path_factory.mktemp("latin"), written([EXPORT, *plain], ends=ends, encoding="latin-1"))
    assert [(record.under_review.name, record.text) for record in found.records] == [(row[0], row[3]) for row in plain]


# What is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "value", "code", "column", "nearest"), [
    (7, "Acepted", "unknown-response", "Response", ("Accepted",)),
    (7, "", "unknown-response", "Response", ()),
    (7, "Pending", "unknown-response", "Response", ()),
    (8, "6", "unknown-action", "Action", ()),
    (8, "0", "unknown-action", "Action", ()),
    (8, "specific", "unknown-action", "Action", ()),
    (8, "4.5", "unknown-action", "Action", ()),
    (10, "XVIII", "unknown-session", "Session", ()),
    (10, "", "unknown-session", "Session", ()),
    (0, "", "empty-cell", "SuR", ()),
    (3, "", "empty-cell", "Recommendation", ()),
    (4, "", "empty-cell", "RS", ()),
])
def test_a_wrong_cell_is_told_and_its_row_left_out(tmp_path: Path, place: int, value: str, code: str, column: str,
                                                   nearest: tuple[str, ...]) -> None:
    wrong = [value if at == place else cell for at, cell in enumerate(ROWS[1])]
    export = read(tmp_path, written([EXPORT, ROWS[0], wrong]))
    assert [(issue.code, issue.row, issue.column, issue.found, issue.nearest) for issue in export.issues] == [
        (code, 3, column, value, nearest)]
    assert [record.row for record in export.records] == [2]


def test_an_unknown_issue_is_told_with_what_is_near_and_never_added(tmp_path: Path) -> None:
    wrong = [*ROWS[0][:9], "Justise,Detention,Space travel", "18"]
    export = read(tmp_path, written([EXPORT, wrong]))
    assert export.records[0].themes == ("Detention",)
    assert [(issue.code, issue.row, issue.column, issue.found) for issue in export.issues] == [
        ("unknown-issue", 2, "Issue", "Justise"), ("unknown-issue", 2, "Issue", "Space travel")]
    assert export.issues[0].nearest[0] == "Justice"
    assert export.as_json()["issues"][0] == {
        "row": 2, "code": "unknown-issue", "field": "Issue", "lines": [2], "found": "Justise", "reading": None,
        "nearest": list(export.issues[0].nearest)}  # fmt: skip


def test_issues_are_known_in_any_case_and_as_the_published_list_words_them() -> None:
    assert len(issue_labels()) == 54
    assert issue_code("women’s rights") == issue_code("Women's Rights") == "womens-rights"
    assert issue_code("Detention conditions") == issue_code("Detention") == "detention"
    assert nearest_issues("Detentions")[0] == "Detention"
    assert issue_code("") is None


def test_a_row_that_a_comma_has_split(tmp_path: Path) -> None:
    export = read(tmp_path, written([EXPORT]) + b"Exampleland,Asia,,Stop, now,Otherland,WEOG,EU,Accepted,5,Justice,18\n")
    assert "row-too-long" in [issue.code for issue in export.issues]
    assert export.records == []


PDF, RTF, HTML = b"%PDF-1.7 \x93", b"{\\rtf1 x}", b"\n<html><table><tr><td>SuR</td></tr></table></html>"


@pytest.mark.parametrize(("data", "key", "words"), [
    (b" \n ", "file-empty", "empty"),
    (PDF, "upr-info-other-file", "PDF"),
    (RTF, "upr-info-other-file", "RTF"),
    (HTML, "upr-info-other-file", "HTML"),
    (b"SuR,\x00\x01\x02", "upr-info-no-table", "no table"),
    (b"\xff\xfeS", "upr-info-no-table", "no table"),
    (b"PK\x03\x04 not a workbook", "office-damaged", "save it anew"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a workbook", "upr-info-workbook", "save it again"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "upr-info-encrypted", "password"),
    (b"SuR,Recommendation,RS\nA,B,C\n", "upr-info-columns", "Response, Action, Issue, Session"),
    (b"one,two\n1,2\n", "upr-info-columns", "SuR / To"),
    (written([[*EXPORT, "Action"]]), "table-column-twice", "Action"),
    (written([[*EXPORT, "Text"]]), "table-column-twice", "twice"),
    (written([EXPORT, ROWS[0]]) + b'"A,Asia\n', "table-quotes", "quot"),
])
def test_a_file_that_is_no_export(tmp_path: Path, data: bytes, key: str, words: str) -> None:
    with pytest.raises(UserError) as told:
        read(tmp_path, data)
    assert told.value.key == key
    assert words in told.value.message("en"), told.value.message("en")
    assert told.value.message("vi") != told.value.message("en")
    assert "export.csv" in told.value.message("vi")


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        read_upr_info(tmp_path / "absent.csv")
    assert told.value.key == "file-unreadable"
    with pytest.raises(UserError) as told:
        read_upr_info(tmp_path)
    assert told.value.key == "is-a-folder"
    (tmp_path / "big.csv").write_bytes(written([EXPORT, *ROWS]))
    with pytest.raises(UserError) as told:
        read_upr_info(tmp_path / "big.csv", limit=50)
    assert told.value.key == "file-too-large"


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    file.write_bytes(workbook([EXPORT, *([["x" * 30_000] * 11] * 10)]))
    with pytest.raises(UserError) as told:
        read_upr_info(file, limit=20_000)
    assert told.value.key == "office-unpacked"


# The command ------------------------------------------------------------------------------------------------------


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command: its exit code, what it prints and what it tells."""

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["import", "upr-info", *arguments])
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return call


@pytest.fixture
def saved(tmp_path: Path) -> str:
    (tmp_path / "export.csv").write_bytes(written([EXPORT, *ROWS]))
    return str(tmp_path / "export.csv")


def test_a_dry_run_prints_the_records(run: Run, saved: str) -> None:
    code, out, err = run(saved, "--dry-run", "--format", "json", "--lang", "en")
    assert code == 0
    assert [record["source"]["row"] for record in json.loads(out)["records"]] == [2, 3, 4]
    assert "3 rows read" in err


def test_a_dry_run_as_a_table_and_as_rdf(run: Run, saved: str) -> None:
    _, table, _ = run(saved, "--dry-run", "--lang", "vi")
    assert "Otherland" in table and "supported" in table
    _, rdf, _ = run(saved, "--dry-run", "--format", "trig")
    assert rdf.count("pg:StateRecommendation") == 2, "a pledge is no recommendation"
    assert text_sha256(ROWS[0][3]) in rdf
    assert "Publish the register" not in rdf, "texts are not republished"


def test_issues_are_told_with_file_row_and_column_in_both_languages(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_bytes(written([EXPORT, [*ROWS[0][:8], "9", "Justise", "18"]]))
    code, _, err = run(str(file), "--dry-run", "--lang", "vi")
    assert code == 2
    assert "wrong.csv:2:Action: '9' không phải mức hành động" in err
    file.write_bytes(written([EXPORT, [*ROWS[0][:9], "Justise", "18"]]))
    _, _, err = run(str(file), "--dry-run", "--lang", "en")
    assert "wrong.csv:2:Issue: 'Justise' is none of the 54 issues of UPR Info" in err
    assert "(near to it: Justice" in err


def test_rows_of_no_known_state_are_told_and_nothing_is_written(run: Run, saved: str, tmp_path: Path) -> None:
    code, out, err = run(saved, "--lang", "en", "--store", str(tmp_path / "store"))
    assert (code, out) == (2, "")
    assert "no State of the registry" in err and "Nothing was written" in err
    assert not (tmp_path / "store").exists()


# The real export --------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not DATASET.is_file(), reason="The export of UPR Info does not stand in ../shared/datasets")
def test_the_real_rows_on_viet_nam() -> None:
    export = read_upr_info(DATASET)
    assert export.issues == []
    assert len(export.records) == 437
    assert Counter((record.session, record.kind, record.position) for record in export.records) == {
        (5, "recommendation", "supported"): 119, (5, "recommendation", "noted"): 53, (5, "voluntary-pledge", None): 5,
        (18, "recommendation", "supported"): 195, (18, "recommendation", "noted"): 61, (18, "voluntary-pledge", None): 4,
    }  # fmt: skip
    assert {record.under_review.name for record in export.records} == {"Viet Nam"}

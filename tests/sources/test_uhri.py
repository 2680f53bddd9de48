"""Exports of the Universal Human Rights Index: the workbook and the bulk file read the same, whatever their spelling."""

from __future__ import annotations

import csv
import json
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uhri_files import HEADINGS, bulk_record, guid, paragraph, review, write_bulk, write_workbook

from pactgraph.resources import shipped
from pactgraph.sources.recommendations.countries import read_countries
from pactgraph.sources.recommendations.labels import sdg_code
from pactgraph.sources.recommendations.numbers import numbered
from pactgraph.sources.recommendations.records import Issue, Record
from pactgraph.sources.uhri import cells, open_uhri

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "facts"
COUNTRIES = read_countries(shipped("data") / "un")


def read(path: Path, country: str = "") -> tuple[list[Record], list[Issue]]:
    reading = open_uhri(path, COUNTRIES, country=country)
    return list(reading.records()), list(reading.issues)


def one(tmp_path: Path, **given: object) -> tuple[Record, list[Issue]]:
    """The record of a workbook with one row."""
    text = str(given.pop("text", "24.The State party should stop."))
    records, issues = read(write_workbook(tmp_path / "export.xlsx", [paragraph(text, **given)]))
    return records[0], issues


# The contract -----------------------------------------------------------------------------------------------------


def test_a_row_becomes_the_record_of_the_contract(tmp_path: Path) -> None:
    row = review("143.2 Keep the made-up promise (Norway) (Chile);", 9, **{
        "UPR Reccomending States": "- Norway\n- Chile", "UPR Position": "- Supported/Noted",
        "Sdgs": "- 16.3 - Promote the rule of law\n- 16 - PEACE, JUSTICE AND STRONG INSTITUTIONS"})
    reading = open_uhri(write_workbook(tmp_path / "export.xlsx", [row]), COUNTRIES)
    assert [record.as_json(reading.file) for record in reading.records()] == [{
        "symbol": "A/HRC/26/6", "paragraph": "143.2", "part": None, "type": "recommendation", "body": "UPR",
        "countries": ["Viet Nam"], "text": "Keep the made-up promise (Norway) (Chile);", "positions": ["partial"],
        "recommending_states": ["Norway", "Chile"], "themes": ["Death penalty"], "affected_persons": ["Children"],
        "sdgs": ["16.3 - Promote the rule of law", "16 - PEACE, JUSTICE AND STRONG INSTITUTIONS"], "session": 18,
        "published": "2019-08-29", "annotation_id": guid(9), "source": {"file": "export.xlsx", "row": 2}}]
    assert not list(reading.issues)


def test_the_example_row_of_the_workbook_layout(tmp_path: Path) -> None:
    file = FACTS / "layout_uhri_xlsx_example.csv"
    if not file.is_file():
        pytest.skip("the example of the layout is not at hand")
    headings, values = list(csv.reader(file.open(encoding="utf-8-sig")))
    assert headings == HEADINGS
    row = dict(zip(headings, (value or None for value in values), strict=True))
    numbers = {name: float(str(row[name])) for name in ("Document Publication Date", "Date of publication on UHRI")}
    (record,), issues = read(write_workbook(tmp_path / "export.xlsx", [row | numbers]))
    assert (record.symbol, record.paragraph, record.heading) == ("CEDAW/C/IRQ/CO/8", "49", "Rural women")
    assert (record.body, record.type, record.countries, record.published) == ("CEDAW", "concern", ("Iraq",), "2026-02-25")
    assert record.themes == ("Equality & non-discrimination", "Discrimination against women", "Land & property rights")
    assert record.affected_persons == ("Persons living in rural areas", "Women & girls")
    assert record.text == "The Committee notes with concern" and not issues


def test_the_example_record_of_the_bulk_layout() -> None:
    file = FACTS / "layout_uhri_json_example.json"
    if not file.is_file():
        pytest.skip("the example of the layout is not at hand")
    (record,), issues = read(file)
    assert (record.symbol, record.paragraph, record.countries, record.published) == (
        "CRC/C/PER/CO/6-7", "4", ("Peru",), "2025-02-12")
    assert (record.body, record.type, record.row) == ("CRC", "concern", 1)
    assert [sdg_code(label) for label in record.sdgs] == ["16.2", "5.2", "16.9"] and len(record.themes) == 7 and not issues


def test_workbook_and_bulk_file_read_the_same(tmp_path: Path) -> None:
    rows = [paragraph("Torture 28.The Committee notes&nbsp;that nothing came.", 1, Type="- Concerns/Observations"),
            review("143.1 Sign it (Norway);", 2), paragraph("24.The State party should: (a)Count; (b)Publish.", 3)]
    of_book, _ = read(write_workbook(tmp_path / "export.xlsx", rows))
    of_bulk, _ = read(write_bulk(tmp_path / "bulk.json", rows))
    assert [record.differences(other) for record, other in zip(of_book, of_bulk, strict=True)] == [{}, {}, {}]
    assert [record.row for record in of_book] == [2, 3, 4] and [record.row for record in of_bulk] == [1, 2, 3]


# Spellings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", [
    {"Reccomending Body": "Recommending Body", "UPR Reccomending States": "UPR Recommending States"},
    {name: name.upper() for name in HEADINGS},
    {name: f"  {name.lower()} " for name in HEADINGS},
    {"OHCHR Annotation Id": "OHCHRAnnotationId", "Document Symbol": "Document\nSymbol"},
], ids=["spelt right", "capitals", "spaces", "glued"])
def test_headings_in_any_spelling(change: dict[str, str], tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "e.xlsx", [review("143.1 Sign.")], [change.get(name, name) for name in HEADINGS])
    (record,), issues = read(file)
    assert (record.body, record.recommending_states, record.annotation_id) == ("UPR", ("Norway",), guid(1)) and not issues


def test_columns_in_another_order(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book, row = Workbook(), paragraph("24.Stop.")
    order = list(reversed(HEADINGS))
    book.active.append(order)
    book.active.append([row.get(name) for name in order])
    book.save(tmp_path / "e.xlsx")
    (record,), _ = read(tmp_path / "e.xlsx")
    assert (record.symbol, record.paragraph, record.published) == ("CCPR/C/VNM/CO/3", "24", "2019-08-29")


@pytest.mark.parametrize(("cell", "read_as"), [
    ("- Iraq", ["Iraq"]), ("Iraq", ["Iraq"]), ("- Peru\n- Chile", ["Peru", "Chile"]),
    ("- South Sudan - Sudan", ["South Sudan", "Sudan"]),
    ("- Uzbekistan - Czechia", ["Uzbekistan", "Czechia"]), ("- VN", ["Viet Nam"]), ("- VNM", ["Viet Nam"]),
    ("- Guinea-Bissau", ["Guinea-Bissau"]), ("- Côte d&rsquo;Ivoire", ["Côte d’Ivoire"]),
    ("- Bolivia (Plurinational State of)", ["Bolivia (Plurinational State of)"]),
], ids=str)  # fmt: skip
def test_countries(cell: str, read_as: list[str], tmp_path: Path) -> None:
    record, issues = one(tmp_path, **{"Countries Concerned": cell})
    assert list(record.countries) == read_as and not issues


@pytest.mark.parametrize(("text", "heading", "number", "part", "rest"), [
    ("Rural women 49.The Committee notes", "Rural women", "49", None, "The Committee notes"),
    ("49. The Committee notes", "", "49", None, "The Committee notes"),
    ("24.(a) The State party should", "", "24", "a", "(a) The State party should"),
    ("24 (b) The State party should", "", "24", "b", "The State party should"),
    ("24.The State party should: (c) Count", "", "24", "c", "The State party should: (c) Count"),
    ("24.The State party should: (a) Count; (b) Publish", "", "24", None, "The State party should: (a) Count; (b) Publish"),
    ("Article 6 9.The Committee", "Article 6", "9", None, "The Committee"),
    ("The Committee recalls article 7. It asks", "", None, None, "The Committee recalls article 7. It asks"),
    ("The Committee notes 3.5 per cent of cases", "", None, None, "The Committee notes 3.5 per cent of cases"),
    ("Follow-up to paras. 9 and 12 59.In accordance with", "Follow-up to paras. 9 and 12", "59", None, "In accordance with"),
])  # fmt: skip
def test_numbers_of_paragraphs(text: str, heading: str, number: str | None, part: str | None, rest: str) -> None:
    found = numbered(text, upr=False)
    assert (found.paragraph, found.part, found.text, found.heading) == (number, part, rest, heading)


@pytest.mark.parametrize(("text", "number", "part", "rest"), [
    ("136.1 Ratify it (Chile);", "136.1", None, "Ratify it (Chile);"),
    ("136.1. Ratify it", "136.1", None, "Ratify it"),
    ("para. 96: 21 Ratify it", "96.21", None, "Ratify it"),
    ("Recommendation No. 4 in para. 96: 21 Ratify it", "96.21", None, "Ratify it"),
    ("Recommendation No. 21 in para. 96: Ratify it", "96.21", None, "Ratify it"),
    ("12 Ratify it", "12", None, "Ratify it"),
    ("35 (a) Ratify it", "35", "a", "Ratify it"),
    ("Ratify it", None, None, "Ratify it"),
])  # fmt: skip
def test_numbers_of_reviews(text: str, number: str | None, part: str | None, rest: str) -> None:
    found = numbered(text, upr=True)
    assert (found.paragraph, found.part, found.text) == (number, part, rest)


@pytest.mark.parametrize(("text", "read_as"), [
    ("Children&rsquo;s rights &amp; more", "Children’s rights & more"), ("a&amp;nbsp;b", "a b"),
    ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
    ("if a < b and c > d", "if a < b and c > d"), ("Vie\u0302\u0323t Nam", "Việt Nam"), ("a\r\n\r\n b ", "a\nb"),
    ("<b>24.</b>The <i>State</i>", "24.The State"), ("&lt;script&gt;", "<script>"),
])  # fmt: skip
def test_html_and_entities(text: str, read_as: str) -> None:
    assert cells.plain(text) == read_as


@pytest.mark.parametrize("value", [46078, 46078.75, "46078", "2026-02-25", "2026-02-25T00:00:00", date(2026, 2, 25)], ids=str)
def test_dates(value: object, tmp_path: Path) -> None:
    record, _ = one(tmp_path, **{"Document Publication Date": value})
    assert record.published == "2026-02-25"


def test_lists_whose_line_ends_were_lost(tmp_path: Path) -> None:
    record, issues = one(tmp_path, **{
        "Themes": "- Death penalty - Right to health", "UPR Reccomending States": "- Norway - Chile - Bosnia and Herzegovina",
        "Sdgs": "- 16.3 - Promote the rule of law - 5.2 - End all violence against and exploitation of women"})
    assert record.themes == ("Death penalty", "Right to health")
    assert record.recommending_states == ("Norway", "Chile", "Bosnia and Herzegovina")
    assert [sdg_code(label) for label in record.sdgs] == ["16.3", "5.2"] and not issues


def test_goals_and_targets_are_those_of_the_list() -> None:
    known = (ROOT / "tests" / "ontology" / "sdg-goals-and-targets.txt").read_text("utf-8").split()
    read_as = {code for goal in range(0, 20) for target in ["", *map(str, range(0, 25)), *string.ascii_lowercase]
               if (code := sdg_code(f"{goal}.{target} - Words" if target else f"{goal} - Words"))}
    assert read_as == set(known)


# Filter and issues ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["VNM", "vn", "Viet Nam", "Vietnam", "việt nam"])
def test_one_country_of_many(word: str, tmp_path: Path) -> None:
    rows = [paragraph("1.One.", 1, **{"Countries Concerned": "- Peru"}), paragraph("2.Two.", 2),
            paragraph("3.Three.", 3, **{"Countries Concerned": "- Peru\n- Viet Nam"})]
    for file in (write_workbook(tmp_path / "e.xlsx", rows), write_bulk(tmp_path / "b.json", rows)):
        records, _ = read(file, COUNTRIES.wanted(word))
        assert [record.paragraph for record in records] == ["2", "3"]


def test_codes_outside_a_vocabulary_are_told_with_the_nearest(tmp_path: Path) -> None:
    rows = [paragraph(f"{number}.Stop.", number, **{
        "Themes": "- Death penalti", "Affected Persons": "- Childrn", "Sdgs": "- 99.9 - Nothing", "UPR Position": "- Suported",
        "UPR Reccomending States": "- Norwy"}) for number in range(1, 31)]
    records, issues = read(write_workbook(tmp_path / "e.xlsx", rows))
    told = {issue.code: issue for issue in issues}
    assert set(told) == {"unknown-theme", "unknown-group", "unknown-sdg", "unknown-position", "unknown-state"}
    assert told["unknown-theme"].nearest[0] == "Death penalty" and told["unknown-group"].nearest[0] == "Children"
    assert told["unknown-state"].nearest[0] == "Norway" and "Supported" in told["unknown-position"].nearest
    assert (told["unknown-theme"].count, len(told["unknown-theme"].rows), told["unknown-theme"].row) == (30, 20, 2)
    assert len(records) == 30 and records[0].positions == ()


def test_a_million_empty_rows_are_none(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(HEADINGS)
    row = paragraph("24.Stop.")
    sheet.append([row.get(name) for name in HEADINGS])
    for _ in range(20_000):
        sheet.append([None, " "])
    book.save(tmp_path / "e.xlsx")
    records, issues = read(tmp_path / "e.xlsx")
    assert len(records) == 1 and not issues


# Round trip -------------------------------------------------------------------------------------------------------

_WORDS = st.lists(st.text(string.ascii_letters + "àéồưđ’", min_size=1, max_size=9), min_size=1, max_size=8).map(" ".join)
_RECORDS = st.builds(
    lambda number, words, label, kind, states, day: paragraph(
        f"{number}.The {words}", number, Themes="\n".join(f"- {name}" for name in label), Type=kind,
        **{"UPR Reccomending States": "\n".join(f"- {name}" for name in states), "Document Publication Date": day}),
    st.integers(1, 199), _WORDS,
    st.lists(st.sampled_from(["Death penalty", "Right to health", "Children: definition; general principles; protection"]),
             unique=True),
    st.sampled_from(["- Recommendations", "- Concerns/Observations"]),
    st.lists(st.sampled_from(["Norway", "Chile", "Côte d’Ivoire"]), unique=True), st.integers(20000, 60000))


@given(st.lists(_RECORDS, min_size=1, max_size=5, unique_by=lambda row: row["OHCHR Annotation Id"]))
@settings(max_examples=40, deadline=None)
def test_what_is_written_in_either_layout_is_read_back(tmp_path_factory: pytest.TempPathFactory,
                                                       rows: list[dict[str, object]]) -> None:
    folder = tmp_path_factory.mktemp("trip")
    of_book, issues = read(write_workbook(folder / "e.xlsx", rows))
    of_bulk, _ = read(write_bulk(folder / "b.json", rows))
    assert not issues and len(of_book) == len(rows)
    for row, record, other in zip(rows, of_book, of_bulk, strict=True):
        number, _, words = str(row["Text"]).partition(".")
        assert (record.paragraph, record.text, record.annotation_id) == (number, words, row["OHCHR Annotation Id"])
        assert list(record.themes) == [line[2:] for line in str(row["Themes"]).split("\n") if line]
        assert not record.differences(other)


def test_a_bulk_record_has_the_eighteen_keys_of_the_layout() -> None:
    file = FACTS / "layout_uhri_json_example.json"
    if not file.is_file():
        pytest.skip("the example of the layout is not at hand")
    assert sorted(bulk_record(paragraph("1.One."))) == sorted(json.loads(file.read_text("utf-8"))[0])

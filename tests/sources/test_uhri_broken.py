"""Broken exports of the Universal Human Rights Index: each gives the message that says what is wrong, where, and what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cli_help import run
from uhri_files import guid, paragraph, review, write_bulk, write_workbook

from pactgraph.resources import shipped
from pactgraph.sources.recommendations.countries import read_countries
from pactgraph.sources.uhri import open_uhri

COUNTRIES = read_countries(shipped("data") / "un")

CELLS: dict[str, tuple[dict[str, Any], str, str]] = {
    "no text": ({"Text": None}, "empty-cell", "Text"),
    "no symbol": ({"Document Symbol": ""}, "empty-cell", "Document Symbol"),
    "no country": ({"Countries Concerned": None}, "empty-cell", "Countries Concerned"),
    "no body": ({"Reccomending Body": " "}, "empty-cell", "Reccomending Body"),
    "no type": ({"Type": None}, "empty-cell", "Type"),
    "no annotation id": ({"OHCHR Annotation Id": None}, "empty-cell", "OHCHR Annotation Id"),
    "an annotation id that is none": ({"OHCHR Annotation Id": "12345"}, "bad-annotation", "OHCHR Annotation Id"),
    "a symbol that is none": ({"Document Symbol": "the last report"}, "bad-symbol", "Document Symbol"),
    "a type that is none": ({"Type": "- Recomendation of a sort"}, "unknown-type", "Type"),
    "a date that is none": ({"Document Publication Date": "last year"}, "bad-date", "Document Publication Date"),
    "a date of the year 0": ({"Document Publication Date": 1}, "bad-date", "Document Publication Date"),
    "the 30th of February": ({"Document Publication Date": "2026-02-30"}, "bad-date", "Document Publication Date"),
    "a session that is none": ({"UPR Session": "- spring", "Reccomending Body": "- UPR", "Text": "1.2 Two."},
                               "unknown-session", "UPR Session"),
    "a country that is none": ({"Countries Concerned": "- Atlantis"}, "unknown-country", "Countries Concerned"),
    "no number": ({"Text": "The State party should stop."}, "no-paragraph", "Text"),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_a_wrong_cell_is_told_with_its_row_and_column(name: str, tmp_path: Path) -> None:
    cells, code, column = CELLS[name]
    reading = open_uhri(write_workbook(tmp_path / "e.xlsx", [paragraph("1.One.", 1), paragraph("2.Two.", 2, **cells)]), COUNTRIES)
    records = list(reading.records())
    assert [(issue.code, issue.row, issue.column) for issue in reading.issues] == [(code, 3, column)]
    assert [record.row for record in records] == ([2] if reading.errors() else [2, 3])


def test_an_annotation_id_names_one_record(tmp_path: Path) -> None:
    reading = open_uhri(write_workbook(tmp_path / "e.xlsx", [paragraph("1.One.", 1), paragraph("2.Two.", 1)]), COUNTRIES)
    assert [record.row for record in reading.records()] == [2]
    assert [(issue.code, issue.found) for issue in reading.errors()] == [("annotation-twice", f"{guid(1)} (2)")]


def test_all_problems_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    rows = [paragraph("1.One.", 1, Type="?"), paragraph("2.Two.", 2, **{"Document Publication Date": "soon"}),
            review("3 Three.", 3)]
    file = write_workbook(tmp_path / "e.xlsx", rows)
    done = run("import", "uhri", str(file), "--store", str(tmp_path / "store"), lang="en")
    assert done.returncode == 2 and not (tmp_path / "store").exists()
    assert "e.xlsx:2:Type:" in done.stderr and "e.xlsx:3:Document Publication Date:" in done.stderr
    assert "Nothing was written" in done.stderr


@pytest.mark.parametrize("write", [write_workbook, write_bulk], ids=["workbook", "bulk"])
def test_a_wrong_row_of_a_preview_gives_code_2(write: Callable[..., Path], tmp_path: Path) -> None:
    file = write(tmp_path / "e", [paragraph("1.One.", 1, Type="?"), paragraph("2.Two.", 2)])
    done = run("import", "uhri", str(file), "--dry-run", "--format", "json", "--store", str(tmp_path / "no"))
    assert done.returncode == 2
    shown = json.loads(done.stdout)
    assert [record["paragraph"] for record in shown["records"]] == ["2"]
    assert [issue["code"] for issue in shown["issues"]] == ["unknown-type"] and shown["issues"][0]["nearest"]


@pytest.mark.parametrize(("country", "words"), [("Atlantis", "is no country"), ("Veit Nam", "Viet Nam"), ("XQ", "is no country")])
def test_a_country_that_is_none_is_told_with_the_nearest(country: str, words: str, tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "e.xlsx", [paragraph("1.One.")])
    done = run("import", "uhri", str(file), "--dry-run", "--country", country, lang="en")
    assert done.returncode == 2 and words in done.stderr


def test_the_whole_bulk_file_is_not_imported_without_a_country(tmp_path: Path) -> None:
    file = write_bulk(tmp_path / "b.json", [paragraph(f"{number}.One.", number) for number in range(1, 9)])
    done = run("import", "uhri", str(file), "--store", str(tmp_path / "store"), lang="en", PACTGRAPH_IMPORT_BYTES="1000")
    assert done.returncode == 2 and "--country VNM" in done.stderr and not (tmp_path / "store").exists()

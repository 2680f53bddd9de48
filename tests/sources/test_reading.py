"""The words of a country: what is absent is empty, what is wrong is told at its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pactgraph.errors import UserError
from pactgraph.namespaces import row_key
from pactgraph.sources.annex.document_words import month_number
from pactgraph.sources.annex.numbering import Numbering
from pactgraph.sources.annex.reading import load_reading

TEMPLATE = Path(__file__).resolve().parents[2] / "data" / "_template"


def _country(folder: Path, **files: str) -> Path:
    """A copy of the template whose language is English; ``files`` replaces files of its reading/."""
    country = folder / "abc"
    shutil.copytree(TEMPLATE, country)
    (country / "country.toml").write_text('code = "abc"\nlanguage = "en"\n[name]\nvi = "A"\nen = "A"\n', "utf-8")
    for name, text in files.items():
        stem, _, ending = name.rpartition("_")
        (country / "reading" / f"{stem}.{ending}").write_text(text, "utf-8")
    return country


def test_what_a_country_does_not_say_is_empty(tmp_path: Path) -> None:
    reading = load_reading(_country(tmp_path, document_toml="", agencies_toml="", columns_toml="", deadlines_toml=""))
    words = reading.document
    assert (words.number, words.duties_heading, words.vowels, words.months) == (None, None, "", [])
    assert words.letters == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    assert reading.deadline_patterns == [] and reading.columns["task"] == []


@pytest.mark.parametrize(("file", "text", "key", "told"), [
    ("document_toml", "number = '('", "reading-pattern", "number"),
    ("document_toml", r"date = '\d+'", "reading-pattern-group", "(?P<month>…)"),
    ("document_toml", "months = 'May'", "reading-list", "months"),
    ("document_toml", "letters = 3", "reading-text", "letters"),
    ("document_toml", "number = ", "toml-broken", "document.toml"),
    ("agencies_toml", 'request = [""]', "reading-list", "request"),
    ("agencies_toml", "verbs = 3", "reading-text", "verbs"),
    ("deadlines_toml", "[[pattern]]\nkind = 'yearly'\nmatch = 'x'", "toml-value-choice", "pattern[1].kind"),
    ("deadlines_toml", "[[pattern]]\nkind = 'annual'\nmatch = '['", "reading-pattern", "pattern[1].match"),
    ("columns_toml", "task = ['Task'\n", "toml-broken", "columns.toml"),
    ("names_csv", "name,kind,canonical\nMoJ,body,Ministry of Justice\n", "table-reference", "Ministry of Justice"),
    ("names_csv", "name,kind,canonical\nMoJ,ministry,Ministry of Justice\n", "table-cell-choice", "ministry"),
    ("misprints_csv", "found,reading,note_en\nteh,,\n", "table-cell-empty", "misprints.csv:2:reading"),
])
def test_what_is_wrong_in_the_words_is_told(tmp_path: Path, file: str, text: str, key: str, told: str) -> None:
    with pytest.raises(UserError) as problem:
        load_reading(_country(tmp_path, **{file: text}))
    assert problem.value.key == key
    assert told in problem.value.message("en") and told in problem.value.message("vi")


def test_a_country_without_a_reading_is_told(tmp_path: Path) -> None:
    country = _country(tmp_path)
    shutil.rmtree(country / "reading")
    with pytest.raises(UserError) as problem:
        load_reading(country)
    assert problem.value.key == "no-reading"


def test_months_by_number_or_name() -> None:
    assert [month_number(text, ["janvier", "février"]) for text in ("2", "02", "Février", "mars")] == [2, 2, 2, 0]


def test_letters_of_any_alphabet_number_rows() -> None:
    numbering = Numbering("АБВГ")
    assert [numbering.next(mark) for mark in ("А", "1.", "а", "б", "Б")] == [
        ("А", None), ("А.1", "А"), ("А.1.а", "А.1"), ("А.1.б", "А.1"), ("Б", None)]


@pytest.mark.parametrize(("row", "key"), [
    ("A.1.đ", "A.1.dd"), ("Đ", "DD"), ("A.ñ", "A.nn"), ("É.1", "EE.1"), ("А.1", "u0410.1"), ("II.2", "II.2"),
])
def test_keys_of_rows_are_ascii_and_distinct(row: str, key: str) -> None:
    assert row_key(row) == key

"""What a user may get wrong: each gets a message that says what to do, and nothing that stood there is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pactgraph.cli import main
from pactgraph.errors import UserError
from pactgraph.reports import libraries
from pactgraph.reports.make import save


@pytest.fixture
def refused(built_store, capsys):
    def run(*arguments: str) -> str:
        with pytest.raises(SystemExit) as ended:
            main(["report", *arguments, "--store", str(built_store), "--lang", "en"])
        assert ended.value.code == 2
        return capsys.readouterr().err

    return run


@pytest.mark.parametrize(("arguments", "words"), [
    (["artcle"], "Nearest: article"),
    (["article"], "needs the parameter 'article'"),
    (["article", "--param", "article=99"], "99"),
    (["article", "--param", "article=9", "--param", "plan=x"], "no parameter 'plan'"),
    (["article", "--param", "article=9", "--param", "report=yearly"], "Known: common-core, initial, periodic, replies"),
    (["article", "--param", "article=9", "--format", "ics"], "is not offered as ics"),
    (["calendar", "--format", "docx"], "It is offered as: ics"),
    (["article", "--param", "article=9", "--out", "a.pdf"], "For PDF, print the HTML or convert the DOCX"),
    (["yearly", "--param", "body=Ministry of Publc Security"], "Ministry of Public Security"),
    (["yearly", "--param", "body=mps", "--param", "year=26"], "'26' is not a value of 'year'"),
    (["yearly", "--param", "body=mps", "--as-of", "21/11/2026"], "YEAR-MONTH-DAY"),
    (["follow-up", "--param", "paragraphs=24,99"], "paragraph 99"),
    (["follow-up", "--as-of", "2001-01-01"], "No recommendation to follow up"),
    (["upr-midterm", "--as-of", "2001-01-01"], "No recommendation of the cycle"),
    (["gaps", "--param", "type=no-tsk"], "no-task"),
    (["gaps", "--param", "severity=high"], "error, warning, info"),
    (["synthesis", "--word-limit", "5"], "has no word limit"),
    (["gaps", "--param", "article"], "article"),
], ids=lambda value: " ".join(value)[:40])
def test_a_wrong_request_is_explained(refused, arguments, words):
    assert words in refused(*arguments)


def test_an_unwritable_place_keeps_the_old_file(refused, tmp_path, monkeypatch):
    old = tmp_path / "report.html"
    old.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert "No space left on device" in refused("article", "--param", "article=9", "--out", str(old))
    assert old.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_folder_that_does_not_exist(refused, tmp_path):
    assert "cannot be written" in refused("calendar", "--out", str(tmp_path / "none" / "a.ics"))


def test_where_a_file_goes(tmp_path):
    assert save(b"1", str(tmp_path), "a.docx") == tmp_path / "a.docx"
    assert save(b"2", f"{tmp_path}/new/", "a.docx") == tmp_path / "new" / "a.docx"
    before = (tmp_path / "a.docx").stat().st_mode
    assert save(b"3", str(tmp_path / "a.docx"), "b.docx").read_bytes() == b"3"
    assert (tmp_path / "a.docx").stat().st_mode == before


def test_the_format_follows_the_name_of_the_file(built_store, tmp_path):
    for name, begin in (("a.xlsx", b"PK"), ("a.html", b"<!DOCTYPE"), ("a.docx", b"PK")):
        main_ok(["report", "follow-up", "--out", str(tmp_path / name), "--store", str(built_store)])
        assert (tmp_path / name).read_bytes().startswith(begin)


def main_ok(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0


def test_a_missing_library_says_what_to_install(monkeypatch):
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(libraries, "import_module", absent)
    with pytest.raises(UserError, match=r"python-docx.*pactgraph\[reports\]"):
        libraries.library("docx")


def test_a_country_without_letters_gets_the_form_alone(desk, tmp_path):
    from pactgraph.reports.document import Letter
    from pactgraph.reports.make import kind_of, make_report

    (tmp_path / "un").mkdir()
    report = make_report(desk.store, kind_of("yearly"), {"body": "mps"}, as_of="2026-11-21", lang="en", data=Path(tmp_path))
    assert not any(isinstance(block, Letter) for block in report.blocks)
    assert list(report.grids())

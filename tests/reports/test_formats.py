"""Every kind of report in every format and language: it opens, says what it is, cites its sources, and runs nothing."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from pactgraph.reports.document import Grid, Note, Report, Said
from pactgraph.reports.make import written

PAPER_KINDS = ("article", "follow-up", "upr-midterm", "yearly", "synthesis", "gaps")
UNOFFICIAL = {
    "en": "Unofficial. Not endorsed by the United Nations or any State.",
    "vi": "Không chính thức. Không được Liên hợp quốc hay bất kỳ quốc gia nào xác nhận hoặc bảo trợ.",
}
NOT_SAID = {
    "en": ("overdue", "violat", "failed", "HRC", "late ", "score"),
    "vi": ("vi phạm nhân quyền", "quá hạn", "chậm trễ", "HRC"),
}
"""Words that the project does not say of a body or a country; a plan's or a summary's own words are not ours."""
LANGS = ("vi", "en")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", PAPER_KINDS)
class TestEveryKind:
    def test_docx(self, desk, kind, lang):
        document = desk.docx(kind, lang)
        core = document.core_properties
        assert (core.author, core.language) == ("pactgraph", {"vi": "vi-VN", "en": "en-GB"}[lang])
        assert core.title == desk.report(kind, lang).title
        assert str(core.created.date()) == str(core.modified.date()) == "2026-11-21"
        assert document.paragraphs[0].text == UNOFFICIAL[lang]
        assert document.styles.element.find(".//{*}docDefaults//{*}lang").values()[0] == core.language
        for table in document.tables:
            rows = list(table._tbl.iterchildren("{*}tr"))
            caption = table._tbl.tblPr.find("{*}tblCaption")
            assert caption is not None
            if not caption.values()[0].startswith("layout"):
                assert rows[0].find(".//{*}tblHeader") is not None
                assert not any(row.find(".//{*}tblHeader") is not None for row in rows[1:])
        for shape in document.inline_shapes:
            assert len(shape._inline.docPr.get("descr")) > 40

    def test_links_of_docx_lead_to_bookmarks(self, desk, kind, lang):
        body = desk.docx(kind, lang).element.body
        marks = [mark.values()[-1] for mark in body.iter("{*}bookmarkStart")]
        numbers = [mark.values()[0] for mark in body.iter("{*}bookmarkStart")]
        anchors = {value for link in body.iter("{*}hyperlink") for key, value in link.items() if key.endswith("anchor")}
        assert len(set(marks)) == len(marks) and len(set(numbers)) == len(numbers)
        assert anchors <= set(marks)
        assert {f"note{n + 1}" for n in range(len(desk.report(kind, lang).notes))} <= set(marks)

    def test_every_row_cites_a_source(self, desk, kind, lang):
        report = desk.report(kind, lang)
        for grid in report.grids():
            for row in grid.rows:
                assert grid.notes_of(row), (grid.caption, row[0].text)
                assert all(1 <= number <= len(report.notes) for number in grid.notes_of(row))
        assert len({note.text for note in report.notes}) == len(report.notes)

    def test_xlsx(self, desk, kind, lang):
        book = desk.xlsx(kind, lang)
        assert book.properties.creator == "pactgraph"
        first = book.worksheets[0]
        assert UNOFFICIAL[lang] in [cell.value for (cell,) in first.iter_rows(min_row=1, max_row=4)]
        grids = list(desk.report(kind, lang).grids())
        for sheet, grid in zip(book.worksheets[1:], grids, strict=False):
            assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
            assert sheet.max_row == len(grid.rows) + 1
            assert {row[-1].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}
        assert not any(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)

    def test_html(self, desk, kind, lang):
        page = desk.file("html", kind, lang).decode("utf-8")
        assert f'<html lang="{lang}">' in page
        assert UNOFFICIAL[lang] in page
        assert "@page" in page and "counter(page)" in page
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(set(ids)) == len(ids)
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
        assert not re.search(r'(?:src|srcset)="(?!data:)', page) and "<script" not in page and "@import" not in page
        assert all(alt for alt in re.findall(r'<img [^>]*alt="([^"]*)"', page))
        assert page.count("<caption>") == page.count("<table>") == page.count("<thead>")

    def test_the_same_report_is_the_same_file(self, desk, kind, lang):
        report = desk.report(kind, lang)
        for form in ("docx", "xlsx", "html"):
            assert written(report, form) == desk.file(form, kind, lang)

    def test_our_words_are_safe(self, desk, kind, lang):
        from pactgraph.reports.words import _texts

        for key, text in _texts().items():
            for word in NOT_SAID[lang]:
                assert word not in text[lang], key


def test_every_text_is_in_both_languages_and_used_holes_agree():
    from pactgraph.reports.words import _texts

    for key, text in _texts().items():
        assert set(text) == {"vi", "en"}, key
        assert set(re.findall(r"{(\w+)}", text["vi"])) == set(re.findall(r"{(\w+)}", text["en"])), key


@pytest.fixture
def hostile() -> Report:
    texts = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "<script>alert(1)</script>", "\x0b\x01")
    rows = tuple((Said(text, (1,)), Said("ok")) for text in texts)
    grid = Grid("='x'[y]*?/\\:", "=caption", ("=column", "b"), rows, (1, 1))
    blocks = [grid, replace(grid, caption="again")]
    return Report("gaps", "en", "2026-11-21", "=title", "sub", "name", blocks, [Note("=note <b>")])


def test_cells_never_become_formulas(hostile):
    data = written(hostile, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    risky = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
             if isinstance(cell.value, str) and cell.value[:1] in "=+-@\t\r"]
    assert len(risky) >= 12
    assert {cell.data_type for cell in risky} == {"s"}
    assert all(cell.quotePrefix for cell in book.worksheets[1]["A"][1:7])
    package = zipfile.ZipFile(io.BytesIO(data))
    assert b"<f>" not in b"".join(package.read(name) for name in package.namelist())


def test_marks_up_nothing_that_a_text_says(hostile):
    page = written(hostile, "html").decode("utf-8")
    assert "<script" not in page and "&lt;script&gt;" in page
    assert written(hostile, "docx")

"""Writes a report as a workbook with XlsxWriter: a sheet to read first, a sheet for each table, pictures, notes.

A cell is always text, marked as such where a spreadsheet would take it for a formula; every row says its source.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from pactgraph.reports.document import Bullets, Grid, Heading, Letter, Paragraph, Picture, Report
from pactgraph.reports.libraries import library
from pactgraph.reports.pictures import as_png
from pactgraph.reports.words import day, word

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL = 32_767
_SHEET_WIDTH = 110
"""How many characters the columns of a table share."""
_SOURCE_WIDTH = 40
_FIRST_WIDTH = 84
_LINE = 15.0
_HIGHEST = 400.0
"""Heights in points: of a line of text, and of the highest row that spreadsheets take."""


def as_xlsx(report: Report) -> bytes:
    """The report as the bytes of an XLSX file; the same report gives the same bytes."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = library("xlsxwriter").Workbook(out, options)
    book.set_properties({
        "title": report.title, "subject": report.subtitle, "author": "pactgraph", "keywords": "pactgraph",
        "comments": word("unofficial", report.lang), "created": datetime.fromisoformat(report.as_of),
    })
    _Writer(book, report).write()
    book.close()
    return out.getvalue()


class _Writer:
    def __init__(self, book: Any, report: Report) -> None:
        self.book, self.report, self.lang = book, report, report.lang
        self.names: set[str] = set()
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.quoted = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E3EAF3", "border": 1})
        self.strong = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 16, "text_wrap": True, "font_color": "#1F3F6E"})
        self.heading = book.add_format({"bold": True, "font_size": 13, "text_wrap": True, "font_color": "#1F3F6E"})
        self.link = book.add_format({"font_color": "#1F3F6E", "underline": 1, "text_wrap": True, "valign": "top"})

    def write(self) -> None:
        first = self._sheet(word("sheet-first", self.lang))
        sheets = {grid.name: self._grid(grid) for grid in self.report.grids()}
        pictures = list(self.report.pictures())
        if pictures:
            self._pictures(pictures)
        if self.report.notes:
            self._notes()
        self._first(first, sheets)

    def _sheet(self, name: str, wide: bool = False) -> Any:
        clean = re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip()
        unique, count = clean, 2
        while unique.casefold() in self.names:
            unique, count = f"{clean[:27]} ({count})", count + 1
        self.names.add(unique.casefold())
        sheet = self.book.add_worksheet(unique)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if wide:
            sheet.set_landscape()
        sheet.set_footer("&C&8" + word("unofficial", self.lang).replace("&", "&&") + "   &P/&N")
        return sheet

    def _put(self, sheet: Any, row: int, column: int, text: str, style: Any = None) -> None:
        value = _CONTROL.sub("", text)[:_CELL]
        risky = value.startswith(_FORMULA)
        sheet.write_string(row, column, value, self.quoted if risky and style is None else style or self.plain)

    def _first(self, sheet: Any, sheets: dict[str, str]) -> None:
        sheet.set_column(0, 0, _FIRST_WIDTH)
        lines: list[tuple[str, Any]] = [
            (self.report.title, self.title), (self.report.subtitle, self.plain), (word("unofficial", self.lang), self.strong),
            (word("as-of-line", self.lang, day=day(self.report.as_of, self.lang)), self.plain),
        ]
        at = 0
        for text, style in lines:
            self._put(sheet, at, 0, text, style)
            sheet.set_row(at, _height([text], [_FIRST_WIDTH]) * (1.6 if style is self.title else 1))
            at += 1
        for block in self.report.blocks:
            if isinstance(block, Grid):
                sheet.write_url(at, 0, f"internal:'{sheets[block.name]}'!A1", self.link, block.caption[:250])
                at += 1
                continue
            for text, style in self._lines(block):
                self._put(sheet, at, 0, text, style)
                sheet.set_row(at, _height([text], [_FIRST_WIDTH]) * (1.4 if style is self.heading else 1))
                at += 1

    def _lines(self, block: Any) -> list[tuple[str, Any]]:
        if isinstance(block, Heading):
            return [(block.text, self.heading)]
        if isinstance(block, Paragraph):
            return [(" ".join(part.text + _marks(part.notes) for part in block.parts), None)]
        if isinstance(block, Bullets):
            return [("• " + item.text + _marks(item.notes), None) for item in block.items]
        if isinstance(block, Picture):
            return [(block.caption.text + _marks(block.caption.notes), self.strong), (block.alt, None)]
        if isinstance(block, Letter):
            text = [" ".join(part.text + _marks(part.notes) for part in item.parts) for item in block.text]
            return [(line, None) for line in (*block.left, *block.right, block.number, block.subject, block.place_and_day,
                                              block.to, *text, block.copies_label, *block.copies, *block.signing)]
        return []

    def _grid(self, grid: Grid) -> str:
        sheet = self._sheet(grid.name, wide=True)
        columns = [*grid.columns, word("source-column", self.lang)]
        total = sum(grid.widths)
        widths = [max(8, round(_SHEET_WIDTH * share / total)) for share in grid.widths] + [_SOURCE_WIDTH]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_row(0, _height(columns, widths))
        for place, name in enumerate(columns):
            self._put(sheet, 0, place, name, self.head)
        for at, row in enumerate(grid.rows, 1):
            source = "\n".join(self.report.notes[number - 1].text for number in grid.notes_of(row))
            texts = [*(cell.text for cell in row), source]
            sheet.set_row(at, _height(texts, widths))
            for place, text in enumerate(texts):
                self._put(sheet, at, place, text)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, len(grid.rows)), len(columns) - 1)
        return str(sheet.get_name())

    def _pictures(self, pictures: list[Picture]) -> None:
        sheet = self._sheet(word("sheet-pictures", self.lang))
        sheet.set_column(0, 0, _FIRST_WIDTH)
        at = 0
        for picture in pictures:
            self._put(sheet, at, 0, picture.caption.text, self.strong)
            options = {"image_data": io.BytesIO(as_png(picture)), "description": picture.alt, "x_scale": 0.3, "y_scale": 0.3}
            sheet.insert_image(at + 1, 0, f"{picture.name}.png", options)
            values = picture.spec["data"]
            assert isinstance(values, dict)
            at += 8 + 2 * len(values["values"])

    def _notes(self) -> None:
        sheet = self._sheet(word("sheet-notes", self.lang))
        sheet.set_column(0, 0, 8)
        sheet.set_column(1, 1, _FIRST_WIDTH)
        sheet.set_column(2, 2, 60)
        for place, key in enumerate(("notes-number", "source-column", "notes-address")):
            self._put(sheet, 0, place, word(key, self.lang), self.head)
        for number, note in enumerate(self.report.notes, 1):
            self._put(sheet, number, 0, str(number))
            self._put(sheet, number, 1, note.text)
            self._put(sheet, number, 2, note.address)
            sheet.set_row(number, _height([note.text, note.address], [_FIRST_WIDTH, 60]))
        sheet.freeze_panes(1, 0)


def _height(texts: list[str], widths: list[int]) -> float:
    """The height of a row whose texts are wrapped: spreadsheets that do not measure it themselves would cut them."""
    lines = max(sum(max(1, -(-len(line) // max(1, width - 1))) for line in text.split("\n") or [""])
                for text, width in zip(texts, widths, strict=True))
    return min(_HIGHEST, _LINE * lines)


def _marks(notes: tuple[int, ...]) -> str:
    return "".join(f" [{number}]" for number in notes)

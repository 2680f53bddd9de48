"""Writes the sheet on which people decide about proposed links, as XLSX with drop-downs or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pactgraph.reports.workbooks.book import LONGEST, put
from pactgraph.sources.decisions.layout import COLUMNS, DECISIONS, OPEN, SheetRow, heading, word_of
from pactgraph.sources.decisions.read import GUARDED
from pactgraph.texts import say

if TYPE_CHECKING:
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {"id": 30, "kind": 18, "new": 9, "old": 9, "new_words": 55, "old_words": 55, "proposed": 18, "method": 18, "score": 8,
           "basis": 50, "state": 14, "decision": 14, "other": 16, "reason": 45}
_GUIDE = 7


def as_csv(rows: Sequence[SheetRow], lang: str) -> bytes:
    """The sheet as CSV in UTF-8 with a byte order mark (so that Excel reads it); what looks like a formula has an apostrophe
    before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([heading(column, lang) for column in COLUMNS])
    for row in rows:
        writer.writerow(["'" + value if value.startswith(GUARDED) else value for value in row.values()])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[SheetRow], lang: str) -> bytes:
    """The sheet as a workbook: what is only read is locked (without a password), decisions come from a list; a guide."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.title = say("decisions-sheet", lang)
    _fill(page, rows, lang)
    _finish(page, len(rows), lang)
    guide = book.create_sheet(say("decisions-sheet-guide", lang))
    for number in range(1, _GUIDE + 1):
        put(guide.cell(number, 1), say(f"decisions-guide-{number}", lang))
        guide.cell(number, 1).alignment = _wrapped()
    guide.column_dimensions["A"].width = 110
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _wrapped() -> Alignment:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top")


def _fill(page: Worksheet, rows: Sequence[SheetRow], lang: str) -> None:
    from openpyxl.styles import Font, PatternFill, Protection

    grey, head, yellow = (PatternFill("solid", fgColor=colour) for colour in ("FFF2F2F2", "FFE7EEF7", "FFFFF4D6"))
    for place, column in enumerate(COLUMNS, 1):
        cell = page.cell(1, place)
        put(cell, heading(column, lang))
        cell.font, cell.fill, cell.alignment = Font(bold=True), yellow if column in OPEN else head, _wrapped()
    for number, row in enumerate(rows, 2):
        for place, (column, value) in enumerate(zip(COLUMNS, row.values(), strict=True), 1):
            cell = page.cell(number, place)
            if value:
                put(cell, value[:LONGEST])
            cell.alignment = _wrapped()
            if column in OPEN:
                cell.protection = Protection(locked=False)
                cell.number_format = "@"
            else:
                cell.fill = grey


def _finish(page: Worksheet, count: int, lang: str) -> None:
    """Widths, the list of decisions, protection without a password, and how it prints."""
    from openpyxl.utils import get_column_letter as letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letters = {column: letter(place) for place, column in enumerate(COLUMNS, 1)}
    for column, name in letters.items():
        page.column_dimensions[name].width = _WIDTHS[column]
    words = ",".join(word_of(code, lang).split("/")[0] for code in DECISIONS)
    choice = DataValidation("list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
    choice.add(f"{letters['decision']}2:{letters['decision']}{max(count + 1, 2)}")
    page.add_data_validation(choice)
    page.freeze_panes = f"{letters['new']}2"
    page.auto_filter.ref = f"A1:{letters[COLUMNS[-1]]}{count + 1}"
    page.protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(page.protection, allowed, False)  # False: not forbidden
    page.page_setup.orientation = "landscape"
    page.print_title_rows = "1:1"

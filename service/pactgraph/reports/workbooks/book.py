"""Writes a workbook that a body can fill in: a guide, a sheet a body, and two hidden sheets (lists, state of the export)."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from pactgraph.reports.workbooks.tasks import BodySheet, SheetRow
from pactgraph.sources.workbook.clean import clean, to_cell
from pactgraph.sources.workbook.hidden import Hidden
from pactgraph.sources.workbook.layout import (
    ANSWERS,
    COLUMNS,
    FORMAT,
    HIDDEN,
    LISTS,
    LOCKED,
    META,
    VERSION,
    Kept,
    checksum,
    heading,
    locked_checksum,
)
from pactgraph.texts import LANGUAGES, say

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_000
"""A cell holds 32,767 characters; some programs count differently."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BAD_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_WIDTHS = {"id": 24, "label": 60, "done": 60, "evidence": 40, "note": 40, "office": 30, "state": 28, "inherited": 30,
           "last_report": 30, "status": 20, "role": 14, "given": 14, "task": 12, "scope": 24}
_GUIDE = 12


def as_workbook(sheets: Sequence[BodySheet], *, as_of: date, lang: str, statuses: dict[str, str], base: str,
                generation: str, journal: int, program: str, stage: str = "public") -> bytes:
    """The workbook as bytes. ``statuses`` are the names of statuses by code; ``generation`` and ``journal`` name the state."""
    from openpyxl import Workbook

    book = Workbook()
    meta = dict(zip(META, (FORMAT, VERSION, program, base, generation, str(journal), as_of.isoformat(), lang, stage),
                    strict=True))
    kept: dict[str, Kept] = {}
    guide = book.active
    assert guide is not None
    guide.title = say("workbook-sheet-guide", lang)
    names: list[str] = []
    for sheet in sheets:
        names.append(_sheet_name(sheet.code, names))
        page = book.create_sheet(names[-1])
        kept |= {one.id: one for one in _fill(page, sheet, lang, statuses)}
        _finish(page, len(sheet.rows), len(statuses))
    _guide(guide, sheets, as_of, lang, statuses, meta)
    _hide(book.create_sheet(LISTS), [[name] for name in statuses.values()])
    _hide(book.create_sheet(HIDDEN), Hidden(meta, kept).lines())
    book.active = 1 if sheets else 0
    for page in book.worksheets:
        page.sheet_view.tabSelected = page is book.active
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(cell: Any, text: str) -> None:
    """Write text that stays text: no program takes it for a formula, an error or an escape."""
    cell.value = to_cell(text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_FORMULA)


def _sheet_name(code: str, taken: list[str]) -> str:
    """A name that every program takes: at most 31 characters, each name once whatever its case."""
    name = (_BAD_NAME.sub("-", clean(code)) or "body")[:28]
    number, chosen = 1, name
    while chosen.casefold() in {one.casefold() for one in taken} or chosen in (HIDDEN, LISTS) or chosen.casefold() in _guides():
        number += 1
        chosen = f"{name}-{number}"
    return chosen


def _guides() -> set[str]:
    return {say("workbook-sheet-guide", lang).casefold() for lang in LANGUAGES}


def _fill(page: Worksheet, sheet: BodySheet, lang: str, statuses: dict[str, str]) -> list[Kept]:
    """Write heading and rows; what the hidden sheet is to keep of them."""
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    wrap, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    fills = {True: PatternFill("solid", fgColor="FFE7EEF7"), False: PatternFill("solid", fgColor="FFFFF4D6")}
    grey, open_ = PatternFill("solid", fgColor="FFF2F2F2"), Protection(locked=False)
    for place, column in enumerate(COLUMNS, 1):
        cell = page.cell(1, place)
        put(cell, heading(column, lang))
        cell.font, cell.alignment, cell.fill = bold, wrap, fills[column in LOCKED]
    kept = []
    for number, row in enumerate(sheet.rows, 2):
        kept.append(_kept(page.title, sheet.body, row))
        shown = row.answer.shown(statuses)
        for place, column in enumerate(COLUMNS, 1):
            cell = page.cell(number, place)
            value = clean(row.locked.get(column, "")) if column in LOCKED else shown[ANSWERS.index(column)]
            if isinstance(value, date):
                cell.value = value
            elif value:
                put(cell, value[:LONGEST])
            cell.alignment = wrap
            if column in LOCKED:
                cell.fill = grey
            else:
                cell.protection = open_
                cell.number_format = "dd/mm/yyyy" if column == "day" else "@"
    return kept


def _kept(sheet: str, body: str, row: SheetRow) -> Kept:
    """What the hidden sheet keeps of a row, as a reader will find it."""
    values = tuple(clean(value[:LONGEST]) for value in row.answer.values())
    return Kept(row.locked["id"], sheet, body, row.item, checksum(values), locked_checksum(row.locked))


def _finish(page: Worksheet, rows: int, statuses: int) -> None:
    """Widths, drop-downs, protection without a password, and how it prints."""
    from openpyxl.utils import get_column_letter as letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    letters = {column: letter(place) for place, column in enumerate(COLUMNS, 1)}
    for column, name in letters.items():
        page.column_dimensions[name].width = _WIDTHS.get(column, 16)
    end = max(rows + 1, 2)
    choice = DataValidation("list", formula1=f"'{LISTS}'!$A$1:$A${max(statuses, 1)}", allow_blank=True, showErrorMessage=True)
    choice.add(f"{letters['status']}2:{letters['status']}{end}")
    page.add_data_validation(choice)
    page.freeze_panes = f"{letters['role']}2"
    page.auto_filter.ref = f"A1:{letters[COLUMNS[-1]]}{end}"
    protection = page.protection
    protection.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(protection, allowed, False)  # False: not forbidden
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"


def _guide(page: Worksheet, sheets: Sequence[BodySheet], as_of: date, lang: str, statuses: dict[str, str],
           meta: dict[str, str]) -> None:
    from openpyxl.styles import Alignment, Font

    day = as_of.strftime("%d/%m/%Y")
    bodies = ", ".join(f"{sheet.name} ({len(sheet.rows)})" for sheet in sheets[:8]) + (" …" if len(sheets) > 8 else "")
    lines = [say("workbook-guide-title", lang, bodies=bodies, day=day)]
    lines += [say(f"workbook-guide-{number}", lang, statuses="; ".join(statuses.values())) for number in range(1, _GUIDE + 1)]
    lines.append(say("workbook-guide-state", lang, generation=meta["generation"], journal=meta["journal"], day=day))
    for number, line in enumerate(lines, 1):
        cell = page.cell(number, 1)
        put(cell, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if number == 1:
            cell.font = Font(bold=True, size=14)
    page.column_dimensions["A"].width = 110
    page.protection.sheet = True


def _hide(page: Worksheet, lines: list[list[str]]) -> None:
    page.sheet_state = "hidden"
    page.protection.sheet = True
    for number, line in enumerate(lines, 1):
        for place, value in enumerate(line, 1):
            if value:
                put(page.cell(number, place), value)

"""Writes a table as CSV, JSON, XLSX or Turtle (as text: :mod:`pactgraph.questions.text`).

CSV is exact (RFC 4180); the spreadsheet is the safe one: a cell is always text there, never a formula.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

from pactgraph.questions.table import Table
from pactgraph.questions.text import text_width
from pactgraph.sources.workbook.clean import to_cell

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ttl": "text/turtle; charset=utf-8",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_EXCEL_CELL = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula once somebody edits the cell; quoted, it stays text."""
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def write(table: Table, form: str) -> bytes:
    """The table in one of :data:`MEDIA_TYPES`."""
    return {"csv": as_csv, "json": as_json, "xlsx": as_xlsx, "ttl": as_turtle}[form](table)


def as_csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8: exact values, a heading, CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return out.getvalue().encode("utf-8")


def as_json(table: Table) -> bytes:
    """A list with one object a row."""
    return (json.dumps(table.records(), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def as_xlsx(table: Table) -> bytes:
    """An Excel workbook: bold heading that stays in sight, filters, every cell text (no formula can run)."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    fill_sheet(sheet, table, "pactgraph")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fill_sheet(sheet: Any, table: Table, name: str) -> None:
    """Lay a table out on an empty sheet of a workbook, and name it."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.title = name
    plain, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for line, row in enumerate([table.columns, *table.rows], 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(line, place)
            cell.value = to_cell(_CONTROL.sub("", value)[:_EXCEL_CELL])
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(_FORMULA)
            cell.alignment = plain
            if line == 1:
                cell.font = bold
    for place in range(len(table.columns)):
        widest = max(text_width(row[place]) for row in [table.columns, *table.rows])
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(60, widest) + 2
    sheet.freeze_panes = "A2"
    if table.columns:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"


def as_turtle(table: Table) -> bytes:
    """The table in W3C's vocabulary for result sets; IRIs stay IRIs, all else is a string."""
    lines = [f"@prefix rs: <{_RS}> .", "", "[] a rs:ResultSet"]
    lines += [f"    ; rs:resultVariable {_string(column)}" for column in table.columns]
    for row in table.rows:
        bindings = " , ".join(
            f"[ rs:variable {_string(column)} ; rs:value {_value(value)} ]"
            for column, value in zip(table.columns, row, strict=True) if value
        )
        lines.append(f"    ; rs:solution [ rs:binding {bindings} ]" if bindings else "    ; rs:solution [ ]")
    return ("\n".join(lines) + " .\n").encode("utf-8")


def _value(value: str) -> str:
    is_iri = re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value)
    return f"<{value}>" if is_iri else _string(value)


def _string(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")

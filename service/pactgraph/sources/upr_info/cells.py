"""Opens an export as rows of text cells, whether CSV, XLS or XLSX, or says in plain words why it is no table."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable

from pactgraph.errors import fail
from pactgraph.sources.office_safety import XLSX, check_office_bytes
from pactgraph.sources.upr_info.decoding import decode

SHEET = "UPR Info database export"
"""The sheet of the export; a workbook without it is read by its first sheet."""

Rows = list[tuple[int, list[str]]]
"""The rows that are not blank, each with its number; a spreadsheet counts blank rows too."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_OTHER = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"<": "HTML / XML"}
_DELIMITERS = ",;\t"


def read_rows(data: bytes, file: str, limit: int) -> tuple[str, Rows]:
    """The name of the sheet ("" of a CSV file) and the rows of an export; the first is its heading. What the bytes are is seen
    in them, not in the file's name."""
    rows: Iterable[list[str]]
    sheet = ""
    if data.startswith(_ZIP):
        sheet, rows = _xlsx(data, file, limit)
    elif data.startswith(_OLE):
        sheet, rows = _xls(data, file)
    elif kind := next((kind for magic, kind in _OTHER.items() if data.lstrip().startswith(magic)), None):
        raise fail("upr-info-other-file", file=file, kind=kind)
    else:
        rows = _csv(decode(data, file), file)
    found = [(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]
    if not found:
        raise fail("file-empty", file=file)
    return sheet, found


def _plain(value: object) -> str:
    """A cell as text: whole numbers without a decimal point, line ends of any kind as one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _csv(text: str, file: str) -> Iterable[list[str]]:
    heading = next(line for line in text.splitlines() if line.strip())
    delimiter = max(_DELIMITERS, key=heading.count)
    rows: list[list[str]] = []  # those so far tell where the file broke
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append([_plain(cell) for cell in cells])
    except csv.Error:
        raise fail("table-quotes", file=file, line=len(rows) + 1) from None
    return rows


def _xlsx(data: bytes, file: str, limit: int) -> tuple[str, Iterable[list[str]]]:
    from openpyxl import load_workbook

    office = check_office_bytes(data, file, limit, kind=XLSX)
    try:
        book = load_workbook(office.stream(), read_only=True, data_only=True, keep_links=False)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        length = max((extent.rows for extent in office.extents.values()), default=0) or 1
        width = max((extent.columns for extent in office.extents.values()), default=0) or 1
        rows = sheet.iter_rows(max_row=length, max_col=width, values_only=True)
        return sheet.title, [[_plain(value) for value in row] for row in rows]
    except Exception as problem:  # openpyxl raises whatever the broken part of a workbook provokes
        raise fail("upr-info-workbook", file=file, reason=str(problem) or type(problem).__name__) from None


def _xls(data: bytes, file: str) -> tuple[str, Iterable[list[str]]]:
    import xlrd

    if _PROTECTED in data:
        raise fail("upr-info-encrypted", file=file)
    try:
        with open(os.devnull, "w", encoding="utf-8") as quiet:
            # The database writes workbooks whose table of sectors names some twice; their cells are whole.
            book = xlrd.open_workbook(file_contents=data, ignore_workbook_corruption=True, logfile=quiet)
        sheet = book.sheet_by_name(SHEET) if SHEET in book.sheet_names() else book.sheet_by_index(0)
        return sheet.name, [[_plain(value) for value in sheet.row_values(place)] for place in range(sheet.nrows)]
    except Exception as problem:  # xlrd raises whatever the broken part of a workbook provokes
        key = "upr-info-encrypted" if "encrypted" in str(problem).lower() else "upr-info-workbook"
        raise fail(key, file=file, reason=str(problem) or type(problem).__name__) from None

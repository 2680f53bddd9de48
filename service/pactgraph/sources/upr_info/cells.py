"""Opens an export as rows of text cells, whether CSV, XLS or XLSX, or says in plain words why it is no table."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Iterable

from pactgraph.errors import UserError, fail
from pactgraph.sources.upr_info.decoding import decode

SHEET = "UPR Info database export"
"""The sheet of the export; a workbook without it is read by its first sheet."""

Rows = list[tuple[int, list[str]]]
"""The rows that are not blank, each with its number; a spreadsheet counts blank rows too."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_OTHER = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"<": "HTML / XML"}
_DELIMITERS = ",;\t"
_EXPANSION = 20
"""A workbook may unpack to so many times the size that a file may have; more is no export."""


def read_rows(data: bytes, file: str, limit: int) -> Rows:
    """The rows of an export; the first is its heading. What the bytes are is seen in them, not in the file's name."""
    if data.startswith(_ZIP):
        rows = _xlsx(data, file, limit)
    elif data.startswith(_OLE):
        rows = _xls(data, file)
    elif kind := next((kind for magic, kind in _OTHER.items() if data.lstrip().startswith(magic)), None):
        raise fail("upr-info-other-file", file=file, kind=kind)
    else:
        rows = _csv(decode(data, file), file)
    found = [(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]
    if not found:
        raise fail("file-empty", file=file)
    return found


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


def _xlsx(data: bytes, file: str, limit: int) -> Iterable[list[str]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _EXPANSION * limit:
                raise fail("file-too-large", file=file, size="?", limit=limit // 1_000_000)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
        return [[_plain(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    except UserError:
        raise
    except Exception as problem:  # openpyxl raises whatever the broken part of a workbook provokes
        raise fail("upr-info-workbook", file=file, reason=str(problem) or type(problem).__name__) from None


def _xls(data: bytes, file: str) -> Iterable[list[str]]:
    import xlrd

    if _PROTECTED in data:
        raise fail("upr-info-encrypted", file=file)
    try:
        with open(os.devnull, "w", encoding="utf-8") as quiet:
            # The database writes workbooks whose table of sectors names some twice; their cells are whole.
            book = xlrd.open_workbook(file_contents=data, ignore_workbook_corruption=True, logfile=quiet)
        sheet = book.sheet_by_name(SHEET) if SHEET in book.sheet_names() else book.sheet_by_index(0)
        return [[_plain(value) for value in sheet.row_values(place)] for place in range(sheet.nrows)]
    except Exception as problem:  # xlrd raises whatever the broken part of a workbook provokes
        key = "upr-info-encrypted" if "encrypted" in str(problem).lower() else "upr-info-workbook"
        raise fail(key, file=file, reason=str(problem) or type(problem).__name__) from None

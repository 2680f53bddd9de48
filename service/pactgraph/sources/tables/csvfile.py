"""Reads a documented CSV table: heading, required cells and typed cells are checked, and every problem is collected."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pactgraph.errors import UserError, fail

Value = str | bool | int | Decimal | date
_DELIMITERS = ",;\t"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DECIMAL = re.compile(r"-?\d+([.,]\d+)?")
_INTEGER = re.compile(r"-?\d+")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True)
class Column:
    """A column of a table. ``kind`` is text, code, date (2025-03-01), boolean (true, false), decimal or integer;
    ``choices`` are the only values that a code may have. A table may leave an ``optional`` column out altogether; its
    cells are empty then."""

    name: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Row:
    """A row whose cells are read. ``number`` is the row as a spreadsheet counts it: the heading is row 1."""

    file: str
    number: int
    cells: dict[str, Value | None]

    def text(self, name: str) -> str:
        """A text or code; "" where the cell is empty."""
        value = self.cells[name]
        return value if isinstance(value, str) else ""

    def by_language(self, stem: str) -> dict[str, str]:
        """The texts that a row gives in several languages: ``name_vi`` and ``name_en`` by ``vi`` and ``en``."""
        pattern = re.compile(rf"{stem}_([a-z]{{2,3}})")
        return {match[1]: self.text(name) for name in self.cells if (match := pattern.fullmatch(name))}

    def flag(self, name: str) -> bool:
        """A boolean; an empty cell is false."""
        return self.cells[name] is True

    def day(self, name: str) -> date | None:
        """A date, None where the cell is empty."""
        value = self.cells[name]
        return value if isinstance(value, date) else None

    def decimal(self, name: str) -> Decimal | None:
        """A decimal number, None where the cell is empty."""
        value = self.cells[name]
        return value if isinstance(value, Decimal) else None

    def integer(self, name: str) -> int | None:
        """A whole number, None where the cell is empty."""
        value = self.cells[name]
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def problem(self, key: str, column: str, **values: Any) -> UserError:
        """A problem with a cell of this row."""
        return fail(key, file=self.file, line=self.number, column=column, **values)


def read_table(path: Path, columns: Sequence[Column], problems: list[UserError], *,
               key: Sequence[str] = ()) -> list[Row]:
    """The sound rows of a table; problems are added to ``problems``.

    The text is UTF-8 (with or without a byte order mark) and is normalised to NFC; cells are stripped and stand between
    commas (semicolons and tabs, which some spreadsheets write, are understood); blank rows are skipped. ``key`` names
    the columns whose values together may occur only once.
    """
    try:
        records = _records(_decoded(path, columns))
    except UserError as problem:
        problem.file = str(path)
        problems.append(problem)
        return []
    heading, cells = records[0]
    names = [cell.strip() for cell in cells]
    while not names[-1]:
        names.pop()
    faults = _heading_faults(names, columns, str(path), heading)
    problems += faults
    if faults:
        return []
    rows = []
    for number, cells in records[1:]:
        row = _row(str(path), number, names, cells, columns, problems)
        if row is not None:
            rows.append(row)
    return _without_twins(rows, key, problems)


# The file ------------------------------------------------------------------------------------------------------


def _decoded(path: Path, columns: Sequence[Column]) -> str:
    """The text of a table in NFC."""
    named = _listed(columns)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise fail("table-absent", columns=named) from None
    except OSError as problem:
        raise fail("file-unreadable", reason=problem.strerror or str(problem)) from None
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise fail("table-workbook")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise fail("table-not-utf8", line=data[: problem.start].count(b"\n") + 1) from None
    if not text.strip():
        raise fail("table-empty", columns=named)
    return unicodedata.normalize("NFC", text)


def _records(text: str) -> list[tuple[int, list[str]]]:
    """The records that are not blank, each with its number; a spreadsheet counts blank rows too."""
    heading = text.lstrip("\r\n").splitlines()[0]
    delimiter = max(_DELIMITERS, key=heading.count)
    records: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            if any(cell.strip() for cell in cells):
                records.append((number, cells))
    except csv.Error:
        raise fail("table-quotes", line=number + 1) from None
    return records


def _listed(columns: Sequence[Column]) -> str:
    return ", ".join(column.name for column in columns)


def _heading_faults(names: list[str], columns: Sequence[Column], file: str, number: int) -> list[UserError]:
    """What is wrong with the heading in row ``number``: columns that are absent, unknown or named twice."""
    known = [column.name for column in columns]
    listed = _listed(columns)
    faults = [fail("table-column-absent", file=file, line=number, column=column.name, columns=listed)
              for column in columns if column.name not in names and not column.optional]
    for place, name in enumerate(names):
        column = name or place + 1
        if name not in known:
            faults.append(fail("table-column-unknown", file=file, line=number, column=column, columns=listed))
        elif name in names[:place]:
            faults.append(fail("table-column-twice", file=file, line=number, column=column))
    return faults


# Rows and cells ------------------------------------------------------------------------------------------------


def _row(file: str, number: int, names: list[str], cells: list[str], columns: Sequence[Column],
         problems: list[UserError]) -> Row | None:
    """A row with its cells read, or None where a cell is wrong."""
    filled = [cell.strip() for cell in cells]
    while len(filled) > len(names) and not filled[-1]:
        filled.pop()
    if len(filled) != len(names):
        problems.append(fail("table-width", file=file, line=number, found=len(filled), expected=len(names)))
        return None
    raw = dict(zip(names, filled, strict=True))
    values: dict[str, Value | None] = {}
    sound = True
    for column in columns:
        try:
            values[column.name] = _cell(raw.get(column.name, ""), column)
        except UserError as problem:
            problem.file, problem.line, problem.column = file, number, column.name
            problems.append(problem)
            sound = False
    return Row(file, number, values) if sound else None


def _cell(raw: str, column: Column) -> Value | None:
    if not raw:
        if column.required:
            raise fail("table-cell-empty")
        return None
    return _PARSERS[column.kind](raw, column)


def _day(raw: str, column: Column) -> date:
    try:
        if _DATE.fullmatch(raw):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise fail("table-cell-date", value=raw)


def _boolean(raw: str, column: Column) -> bool:
    if raw.casefold() not in _BOOLEANS:
        raise fail("table-cell-boolean", value=raw)
    return _BOOLEANS[raw.casefold()]


def _decimal(raw: str, column: Column) -> Decimal:
    if not _DECIMAL.fullmatch(raw):
        raise fail("table-cell-decimal", value=raw)
    return Decimal(raw.replace(",", "."))


def _integer(raw: str, column: Column) -> int:
    if not _INTEGER.fullmatch(raw):
        raise fail("table-cell-integer", value=raw)
    return int(raw)


def _code(raw: str, column: Column) -> str:
    if column.choices and raw not in column.choices:
        raise fail("table-cell-choice", value=raw, choices=", ".join(column.choices))
    if not column.choices and not _CODE.fullmatch(raw):
        raise fail("table-cell-code", value=raw)
    return raw


_PARSERS: dict[str, Callable[[str, Column], Value]] = {
    "text": lambda raw, column: raw,
    "code": _code,
    "date": _day,
    "boolean": _boolean,
    "decimal": _decimal,
    "integer": _integer,
}


def _without_twins(rows: list[Row], key: Sequence[str], problems: list[UserError]) -> list[Row]:
    """The rows without those whose key stands in an earlier row."""
    if not key:
        return rows
    first: dict[tuple[Value | None, ...], int] = {}
    kept = []
    for row in rows:
        values = tuple(row.cells[name] for name in key)
        if values in first:
            shown = ", ".join("" if value is None else str(value) for value in values)
            problems.append(row.problem("table-row-twice", key[0], value=shown, first=first[values]))
        else:
            first[values] = row.number
            kept.append(row)
    return kept

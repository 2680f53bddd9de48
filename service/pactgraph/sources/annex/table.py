"""Finds the annex's table in the lines of a document and rejoins rows that a page break cut.

The table is text with one tab between cells, as a table pasted from a document gives it. A line whose number cell is
empty continues the row before it; a repeated header row is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pactgraph.errors import fail
from pactgraph.namespaces import fold
from pactgraph.sources.annex.breaks import join_cells
from pactgraph.sources.annex.reading import COLUMNS, Reading
from pactgraph.sources.annex.records import Issue

_FIELDS = {"number": "id", "task": "label", "results": "expected_results", "deadline": "deadlines"}


@dataclass
class RawRow:
    """A row as cells by column, with the lines that it came from."""

    cells: dict[str, str]
    lines: list[int]
    issues: list[Issue] = field(default_factory=list)


@dataclass(frozen=True)
class Header:
    """Where the table begins and which column stands where."""

    line: int
    columns: dict[str, int]
    cells: tuple[str, ...]


def find_header(lines: list[str], reading: Reading, file: str) -> Header:
    """The header row of the table. Raises a UserError where the document has no annex table."""
    for number, line in enumerate(lines, 1):
        cells = tuple(_cell(cell) for cell in line.split("\t"))
        columns = _columns(cells, reading) if len(cells) >= 3 else {}
        if {"task", "lead"} <= columns.keys():
            return Header(number, columns, cells)
    raise fail("no-annex", file=file)


def _columns(cells: tuple[str, ...], reading: Reading) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, cell in enumerate(cells):
        for column in COLUMNS:
            if column not in columns and any(fold(cell).startswith(fold(word)) for word in reading.columns[column]):
                columns[column] = at
                break
    return columns


def read_rows(lines: list[str], header: Header, reading: Reading) -> list[RawRow]:
    """The rows below the header, whole."""
    rows: list[RawRow] = []
    for number, line in enumerate(lines[header.line:], header.line + 1):
        if not line.strip():
            continue
        cells = [_cell(cell) for cell in line.split("\t")]
        if tuple(cells) == header.cells:
            continue
        issue = _wrong_width(cells, line, number, header)
        named = {column: cells[at] if at < len(cells) else "" for column, at in header.columns.items()}
        named = {column: named.get(column, "") for column in COLUMNS}
        if rows and not named["number"] and not issue:
            _continue_row(rows[-1], named, number, reading.document.vowels)
        else:
            rows.append(RawRow(named, [number], [issue] if issue else []))
    return rows


def _wrong_width(cells: list[str], line: str, number: int, header: Header) -> Issue | None:
    wanted = len(header.cells)
    if len(cells) == wanted or (len(cells) > wanted and not any(cells[wanted:])):
        return None
    code = "too-few-cells" if len(cells) < wanted else "too-many-cells"
    return Issue(code, "row", (number,), f"{len(cells)}: {line.strip()[:80]}", str(wanted))


def _continue_row(row: RawRow, cells: dict[str, str], number: int, vowels: str) -> None:
    row.lines.append(number)
    for column in COLUMNS:
        joined, cut = join_cells(row.cells[column], cells[column], vowels)
        row.cells[column] = joined
        if cut:
            where = (row.lines[-2], number)
            row.issues.append(Issue("word-cut", _FIELDS.get(column, column), where, *cut))


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()

"""Finds the annex's table in the lines of a document and rejoins rows that a page break cut.

In a text the table has one tab between cells, as a table pasted from a document gives it. A line whose number cell is
empty continues the row before it; a repeated heading row is passed over, and one with other columns counts from there on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pactgraph.errors import fail
from pactgraph.namespaces import fold
from pactgraph.sources.annex.breaks import join_cells
from pactgraph.sources.annex.numbering import readings
from pactgraph.sources.annex.reading import COLUMNS, Reading
from pactgraph.sources.annex.records import Issue
from pactgraph.sources.documents import TableRow

_FIELDS = {"number": "id", "task": "label", "results": "expected_results", "deadline": "deadlines"}
_NUMBERED = re.compile(r"(?P<number>\(?[^\W_]{1,8}(?:\.\d{1,3})*[.)/]*)\s+(?P<text>\S.*)", re.DOTALL)


@dataclass
class RawRow:
    """A row as cells by column, with the lines that it came from."""

    cells: dict[str, str]
    lines: list[int]
    issues: list[Issue] = field(default_factory=list)
    columns: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Header:
    """Where the table begins and which column stands where, by what heading; ``texts`` are its rows, as they may stand again."""

    line: int
    columns: dict[str, int]
    width: int
    texts: frozenset[tuple[str, ...]]
    headings: Mapping[str, str] = field(default_factory=dict)


def find_header(lines: list[str], reading: Reading, file: str) -> Header:
    """The heading row of the table. Raises a UserError where the document has no annex table."""
    for number in range(1, len(lines) + 1):
        header = _header(lines, number, reading)
        if header is not None:
            return header
    raise fail("no-annex", file=file)


def _header(lines: list[str], number: int, reading: Reading) -> Header | None:
    """The heading that begins on a line. One of two rows names the bodies' columns in the second."""
    cells = _cells(lines[number - 1])
    columns = _columns(cells, reading) if len(cells) >= 3 else {}
    if {"task", "lead"} <= columns.keys():
        return Header(number, columns, len(cells), frozenset({_folded(cells)}), _headings(columns, cells))
    if "task" in columns and number < len(lines):
        below = _cells(lines[number])
        more = _columns(below, reading) if len(below) == len(cells) else {}
        free = {column: at for column, at in more.items() if column not in columns and at not in columns.values()}
        if "lead" in free:
            texts = frozenset({_folded(cells), _folded(below)})
            return Header(number + 1, columns | free, len(cells), texts, _headings(columns, cells) | _headings(free, below))
    return None


def _headings(columns: dict[str, int], cells: tuple[str, ...]) -> dict[str, str]:
    return {column: cells[at] for column, at in columns.items()}


def _columns(cells: tuple[str, ...], reading: Reading) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, cell in enumerate(cells):
        for column in COLUMNS:
            if column not in columns and any(fold(cell).startswith(fold(word)) for word in reading.columns[column]):
                columns[column] = at
                break
    return columns


def read_rows(lines: list[str], header: Header, reading: Reading, grid: Mapping[int, TableRow] | None = None) -> list[RawRow]:
    """The rows below the heading, whole. ``grid`` holds the rows of tables by their line, where the document has any:
    then only they are rows, and merged cells are known."""
    rows: list[RawRow] = []
    for number in range(header.line + 1, len(lines) + 1):
        line = lines[number - 1]
        if not line.strip() or (grid and number not in grid):
            continue
        cells = _cells(line)
        if _folded(cells) in header.texts or _counts_columns(cells):
            continue
        other = _header(lines, number, reading)
        if other is not None and "number" in other.columns:
            header = other
            continue
        issue = _wrong_width(cells, line, number, header)
        named = _named(cells, header, grid.get(number) if grid else None, reading)
        if rows and not named["number"] and not issue:
            _continue_row(rows[-1], named, number, reading.document.vowels)
        else:
            rows.append(RawRow(named, [number], [issue] if issue else [], header.columns))
    return rows


def _named(cells: tuple[str, ...], header: Header, row: TableRow | None, reading: Reading) -> dict[str, str]:
    """The cells by column. A cell merged with the one above holds for its row too, unless the whole row goes on."""
    named = {column: cells[at] if at < len(cells) else "" for column, at in header.columns.items()}
    named = {column: named.get(column, "") for column in COLUMNS}
    first = header.columns.get("number", header.columns["task"])
    if row is not None and first < len(row.cells) and row.cells[first].above:
        named |= {column: "" for column, at in header.columns.items() if at < len(row.cells) and row.cells[at].above}
    if "number" not in header.columns or (named["number"] and not named["task"]):
        # The number stands before the task in one cell, as in a heading that spans the table.
        found = _NUMBERED.fullmatch(named["number"] or named["task"])
        if found and readings(found["number"], reading.document.letters):
            named |= {"number": found["number"], "task": found["text"]}
    return named


def _counts_columns(cells: tuple[str, ...]) -> bool:
    """Whether a row only numbers the columns: (1), (2), (3) …"""
    return len(cells) > 2 and [cell.strip("() ") for cell in cells] == [str(place) for place in range(1, len(cells) + 1)]


def _wrong_width(cells: tuple[str, ...], line: str, number: int, header: Header) -> Issue | None:
    wanted = header.width
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


def _cells(line: str) -> tuple[str, ...]:
    return tuple(re.sub(r"\s+", " ", cell).strip() for cell in line.split("\t"))


def _folded(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(fold(cell) for cell in cells)

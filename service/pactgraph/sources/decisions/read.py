"""Reads a sheet of decisions that somebody filled in; whatever is wrong is told with its row and cell, all at once.

Rows may be sorted, columns moved, hidden or left out where they are not read; the file may come from Excel or LibreOffice.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pactgraph.errors import UserError, fail
from pactgraph.sources.decisions.layout import DECISIONS, OPEN, READ, decision_words, heading, headings, word_of
from pactgraph.sources.office_parts import column_letters
from pactgraph.sources.office_safety import XLSX, check_office_file
from pactgraph.sources.textfile import decode, read_bytes
from pactgraph.sources.workbook.cells import text_of
from pactgraph.sources.workbook.clean import clean
from pactgraph.sources.workbook.layout import HEADING_ROWS, MOST_ROWS, plain
from pactgraph.texts import LANGUAGES

_ZIP = b"PK\x03\x04"
GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")
"""What a cell of a CSV file begins with has an apostrophe before it, so that no program takes it for a formula."""


@dataclass(frozen=True)
class DecidedRow:
    """A row in which somebody decided: what they wrote, and where it stands."""

    id: str
    state: str
    decision: str
    other: str
    reason: str
    row: int
    places: dict[str, str]


@dataclass
class Decided:
    """A sheet that was read. ``lang`` is the language of its headings; ``open`` counts the rows in which nobody decided."""

    file: str
    sha256: str
    lang: str
    sheet: str = ""
    rows: list[DecidedRow] = field(default_factory=list)
    open: int = 0
    problems: list[UserError] = field(default_factory=list)

    def problem(self, key: str, row: int, column: str = "", **values: Any) -> None:
        """Tell what is wrong with a row or cell."""
        place = f"{self.file}[{self.sheet}]" if self.sheet else self.file
        self.problems.append(fail(key, file=place, line=row, column=column or None, **values))


def read_decisions(path: Path, limit: int) -> Decided:
    """Read a sheet of at most ``limit`` bytes; another file raises a UserError, ``problems`` tells what is wrong in rows."""
    data = read_bytes(path, limit)
    decided = Decided(path.name, hashlib.sha256(data).hexdigest(), "")
    sheets = _workbook(path, limit) if data.startswith(_ZIP) else iter([("", _csv(data, path.name))])
    for name, rows in sheets:
        decided.sheet = name
        if _read_sheet(decided, rows):
            return decided
    raise fail("decisions-no-heading", file=path.name, columns={
        lang: ", ".join(heading(column, lang) for column in READ) for lang in LANGUAGES})


def _csv(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with commas, semicolons or tabs, each with the line on which it begins."""
    lines = decode(data, name)
    first = next((line for line in lines if line.strip()), "")
    reader = csv.reader([line + "\n" for line in lines], delimiter=max(",;\t", key=first.count))
    before = 0
    try:
        for row in reader:
            yield before + 1, [cell[1:] if cell.startswith("'") and cell[1:].startswith(GUARDED) else cell for cell in row]
            before = reader.line_num
    except csv.Error as problem:
        raise fail("decisions-csv", file=name, line=before + 1, reason=str(problem)) from None


def _workbook(path: Path, limit: int) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    from openpyxl import load_workbook

    office = check_office_file(path, limit, kind=XLSX)
    try:
        book = load_workbook(office.stream(), data_only=True, keep_links=False)
    except Exception as problem:  # openpyxl raises whatever its parts raise
        raise fail("office-damaged", file=path.name, reason=f"{type(problem).__name__}: {problem}") from None
    for sheet in book.worksheets:
        yield sheet.title, ((number, [text_of(cell) for cell in row])
                            for number, row in enumerate(sheet.iter_rows(values_only=True), 1))


def _read_sheet(decided: Decided, rows: Iterator[tuple[int, list[str]]]) -> bool:
    """Read a sheet; whether it is one of decisions."""
    places: dict[str, int] | None = None
    first: dict[str, int] = {}
    for number, cells in rows:
        if places is None:
            places = _heading(decided, cells)
            if places is None and number > HEADING_ROWS:
                return False
            continue
        if number > MOST_ROWS:
            raise fail("decisions-rows", file=decided.file, limit=MOST_ROWS)
        said = {column: clean(cells[at]) if at < len(cells) else "" for column, at in places.items()}
        _row(decided, number, said, places, first)
    return places is not None


def _heading(decided: Decided, cells: list[str]) -> dict[str, int] | None:
    """Where each column that is read stands, if this row is the heading."""
    known = headings()
    named = [(known[plain(cell)], place) for place, cell in enumerate(cells) if plain(cell) in known]
    if not {"id", "decision"} <= {column for (column, _), _ in named}:
        return None
    decided.lang = next(lang for (column, lang), _ in named if column == "decision")
    places: dict[str, int] = {}
    for (column, _), place in named:
        if column in READ and column in places:
            decided.problem("decisions-column-twice", 1, column_letters(place + 1), name=heading(column, decided.lang))
        places.setdefault(column, place)
    for column in READ:
        if column not in places:
            decided.problem("decisions-column-missing", 1, name=heading(column, decided.lang))
    return {column: place for column, place in places.items() if column in READ}


def _row(decided: Decided, number: int, cells: dict[str, str], places: dict[str, int], first: dict[str, int]) -> None:
    letters = {column: column_letters(place + 1) for column, place in places.items()}
    said = [column for column in OPEN if cells.get(column)]
    identifier = "".join(cells.get("id", "").split())
    if not identifier:
        if said:
            decided.problem("decisions-id-empty", number, letters["id"])
        return
    if identifier in first:
        decided.problem("decisions-id-twice", number, letters["id"], id=identifier, before=first[identifier])
        return
    first[identifier] = number
    if not said:
        decided.open += 1
        return
    code = decision_words().get(plain(cells["decision"]), "")
    if not code:
        _no_decision(decided, number, cells["decision"], letters)
        return
    if code == "reject" and not cells.get("reason"):
        decided.problem("decisions-reason-missing", number, letters.get("reason", ""))
    if code == "other" and not cells.get("other"):
        decided.problem("decisions-other-missing", number, letters.get("other", ""))
    if code != "other" and cells.get("other"):
        decided.problem("decisions-other-unexpected", number, letters["other"], value=cells["other"])
    other, reason = cells.get("other", ""), cells.get("reason", "")
    decided.rows.append(DecidedRow(identifier, cells.get("state", ""), code, other, reason, number, letters))


def _no_decision(decided: Decided, number: int, said: str, letters: dict[str, str]) -> None:
    known = {lang: ", ".join(word_of(code, lang).split("/")[0] for code in DECISIONS) for lang in LANGUAGES}
    if not said:
        decided.problem("decisions-decision-missing", number, letters["decision"], known=known)
        return
    near = get_close_matches(plain(said), decision_words(), n=1, cutoff=0.6)
    meant = decision_words()[near[0]] if near else ""
    decided.problem("decisions-decision-unknown", number, letters["decision"], value=said[:60], known=known, near={
        lang: word_of(meant, lang).split("/")[0] if meant else "–" for lang in LANGUAGES})

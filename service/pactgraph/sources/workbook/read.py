"""Reads a filled-in workbook: every row of every report sheet, with all that is wrong with it at its cell.

Rows may have been sorted, columns moved or hidden, the file saved by another program. What a row is about is told by its
identifier and the hidden sheet, never by its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pactgraph.errors import UserError, fail
from pactgraph.sources.office_parts import column_letters
from pactgraph.sources.office_safety import XLSX, OfficeFile, check_office_file
from pactgraph.sources.workbook.answers import Answer
from pactgraph.sources.workbook.cells import day_of, evidence_of, office_of, status_of, text_of
from pactgraph.sources.workbook.evidence import EvidenceFiles
from pactgraph.sources.workbook.hidden import Hidden, read_hidden
from pactgraph.sources.workbook.layout import (
    ANSWERS,
    HEADING_ROWS,
    HIDDEN,
    LISTS,
    LOCKED,
    MOST_ROWS,
    heading,
    headings,
    locked_checksum,
    plain,
)
from pactgraph.sources.workbook.row import FilledRow, Remark


@dataclass
class Filled:
    """A workbook that somebody filled in. ``remarks`` are of sheets as a whole; those of rows stand with their row."""

    file: str
    sha256: str
    hidden: Hidden
    rows: list[FilledRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """Identifiers of exported rows that are not in the file any more."""

    @property
    def lang(self) -> str:
        """The language of the workbook."""
        return self.hidden.lang

    def all_remarks(self) -> list[Remark]:
        """Every remark, sheet by sheet."""
        return [*self.remarks, *(remark for row in self.rows for remark in row.remarks)]


@dataclass
class _Sheet:
    name: str
    places: dict[str, int]
    rows: list[tuple[int, tuple[Any, ...]]]


def read_workbook(path: Path, limit: int, statuses: dict[str, str], *, today: date,
                  evidence: EvidenceFiles | None = None) -> Filled:
    """Read a workbook of at most ``limit`` bytes. A file that is no such workbook raises a UserError.

    ``statuses`` maps every way to write a status to its code; ``evidence`` is the folder with the files that rows name.
    """
    from openpyxl import load_workbook

    office = check_office_file(path, limit, kind=XLSX, formulas=True)
    try:
        book = load_workbook(office.stream(), read_only=True, data_only=False, keep_links=False)
        names = book.sheetnames
    except Exception as problem:  # openpyxl raises whatever its parts raise
        raise fail("office-damaged", file=path.name, reason=f"{type(problem).__name__}: {problem}") from None
    try:
        if HIDDEN not in names:
            raise fail("workbook-not-ours", file=path.name)
        hidden = read_hidden(_rows(book[HIDDEN], office), path.name)
        filled = Filled(path.name, office.sha256, hidden)
        early = book.epoch.year == 1904
        for name in names:
            if name not in (HIDDEN, LISTS):
                _read_sheet(filled, name, _rows(book[name], office), statuses, today, evidence, early)
    finally:
        book.close()
    _check_ids(filled)
    return filled


def _rows(sheet: Any, office: OfficeFile) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows that are not blank, each with its number. What is only formatted, below and beside them, is not gone through."""
    reset = getattr(sheet, "reset_dimensions", None)
    if reset is None:
        return  # a sheet of a chart
    reset()
    extent = office.extents.get(getattr(sheet, "_worksheet_path", "").lstrip("/"))
    last = {"max_row": max(extent.rows, 1), "max_col": max(extent.columns, 1)} if extent else {}
    try:
        for number, cells in enumerate(sheet.iter_rows(**last), 1):
            if any(cell.value is not None for cell in cells):
                yield number, cells
    except UserError:
        raise
    except Exception as problem:
        raise fail("office-damaged", file=office.name, reason=f"{type(problem).__name__}: {problem}") from None


def _read_sheet(filled: Filled, name: str, rows: Iterator[tuple[int, tuple[Any, ...]]], statuses: dict[str, str], today: date,
                evidence: EvidenceFiles | None, early: bool) -> None:
    places: dict[str, int] | None = None
    count = 0
    for number, cells in rows:
        if places is None:
            if number > HEADING_ROWS:
                break
            places = _heading(filled, name, number, cells)
            continue
        count += 1
        if count > MOST_ROWS:
            raise fail("workbook-rows", file=filled.file, sheet=name, limit=MOST_ROWS)
        row = _row(filled, name, number, cells, places)
        if row is not None:
            raw = _at(cells, places.get("day"))
            _answer(row, raw.value if raw is not None else None, statuses, today, evidence, early)
            filled.rows.append(row)
    if places is None and any(kept.sheet == name for kept in filled.hidden.rows.values()):
        filled.remarks.append(Remark("workbook-no-heading", name, 1, values=_named("id")))


def _heading(filled: Filled, name: str, number: int, cells: tuple[Any, ...]) -> dict[str, int] | None:
    """Where each column stands, if this row is the heading."""
    known = headings()
    found = [(known.get(plain(text_of(cell.value)), ""), place) for place, cell in enumerate(cells)]
    named = [(column, place) for column, place in found if column]
    if "id" not in dict(named) or len(named) < 3:
        return None
    places: dict[str, int] = {}
    for column, place in named:
        if column in places:
            filled.remarks.append(Remark("workbook-column-twice", name, number, column_letters(place + 1), _named(column)))
        places.setdefault(column, place)
    filled.remarks.extend(Remark("workbook-column-missing", name, number, values=_named(column))
                          for column in ANSWERS if column not in places)
    return places


def _named(column: str) -> dict[str, Any]:
    return {"column": {lang: heading(column, lang) for lang in ("vi", "en")}}


def _at(cells: tuple[Any, ...], place: int | None) -> Any:
    return cells[place] if place is not None and place < len(cells) else None


def _row(filled: Filled, sheet: str, number: int, cells: tuple[Any, ...], places: dict[str, int]) -> FilledRow | None:
    """A row with its identifier; None for one that says nothing of ours, or (with a remark) cannot be told."""
    values, formulas = {}, []
    for column, place in places.items():
        cell = _at(cells, place)
        values[column] = "" if cell is None else text_of(cell.value)
        if cell is not None and cell.data_type in ("f", "e"):
            formulas.append((column, cell.data_type))
    letters = {column: column_letters(place + 1) for column, place in places.items()}
    identifier = "".join(values["id"].split())
    kept = filled.hidden.rows.get(identifier)
    if kept is None:
        if identifier or any(values.get(column) for column in ANSWERS):
            key = "workbook-id-unknown" if identifier else "workbook-id-empty"
            filled.remarks.append(Remark(key, sheet, number, letters["id"], {"id": identifier}))
        return None
    row = FilledRow(sheet, number, kept, Answer(), letters, values)
    for column, kind in formulas:
        if kind == "f" or column in ANSWERS:
            row.remark("workbook-formula" if kind == "f" else "workbook-error", column, value=values[column][:60])
    return row


def _answer(row: FilledRow, day: Any, statuses: dict[str, str], today: date,
            evidence: EvidenceFiles | None, early: bool) -> None:
    for column in ANSWERS:
        row.cells.setdefault(column, "")
    if row.wrong:
        return
    row.answer = Answer(
        status=status_of(row, statuses), done=row.cells["done"], day=day_of(row, day, today, early),
        evidence=evidence_of(row, evidence), office=office_of(row), note=row.cells["note"],
    )
    if not row.wrong and row.answer.checksum() != row.kept.answer:
        _check_whole(row)
    if set(LOCKED) <= set(row.places) and locked_checksum(row.cells) != row.kept.locked:
        row.remark("workbook-locked", "id", wrong=False)


def _check_whole(row: FilledRow) -> None:
    """A report needs a day, and a status or words."""
    answer = row.answer
    if not answer:
        row.remark("workbook-emptied", "day")
        return
    if answer.day is None:
        row.remark("workbook-day-missing", "day")
    if not answer.status and not answer.done:
        row.remark("workbook-nothing-said", "done")


def _check_ids(filled: Filled) -> None:
    """Each exported row stands once, on its own sheet or another; what is gone is told, and changes nothing."""
    first: dict[str, FilledRow] = {}
    for row in filled.rows:
        if row.kept.id in first:
            before = first[row.kept.id]
            row.remark("workbook-id-twice", "id", id=row.kept.id, row=before.number, sheet=before.sheet)
        first.setdefault(row.kept.id, row)
    filled.missing = [key for key in filled.hidden.rows if key not in first]

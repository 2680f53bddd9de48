"""A small workbook of a made-up country, made by the program and then filled in (or broken) as people do it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pactgraph.access.author import OPERATOR, Author
from pactgraph.build.journaled import Journaled, split
from pactgraph.ids import Ids
from pactgraph.journal.patch import Patch
from pactgraph.namespaces import BASE
from pactgraph.reports.workbooks import BodySheet, SheetRow, as_workbook
from pactgraph.sources.workbook.answers import Answer
from pactgraph.sources.workbook.evidence import EvidenceFolder
from pactgraph.sources.workbook.layout import COLUMNS, heading, row_id
from pactgraph.sources.workbook.read import Filled, read_workbook
from pactgraph.writing.change import Change
from pactgraph.writing.workbooks import Proposal, propose, reports_of

TODAY = date(2026, 11, 22)
AS_OF = date(2026, 11, 21)
JUSTICE, INTERIOR = f"{BASE}id/xsr/body/justice", f"{BASE}id/xsr/body/interior"
NAMES = {"vi": {"completed": "Đã hoàn thành", "in-progress": "Đang thực hiện", "not-started": "Chưa bắt đầu"},
         "en": {"completed": "Completed", "in-progress": "In Progress", "not-started": "Not Started"}}
CODES = {name: code for names in NAMES.values() for code, name in names.items()} | {code: code for code in NAMES["en"]} | {
    "Hoàn thành": "completed"}
IDS = Ids(BASE)


def task(number: str) -> str:
    return f"{BASE}id/xsr/task/2024-117-2024/{number}"


def sheet(body: str, *numbers: str, state: Journaled | None = None, stage: str = "public", **locked: str) -> BodySheet:
    """The sheet of a body with rows for some tasks, and what the journal knows of them."""
    known = reports_of(state or Journaled(), body, BASE, stage)
    rows = [SheetRow(task(number), {
        "id": row_id(body, task(number), BASE), "plan": "2024-117", "task": number, "label": f"Nhiệm vụ {number}",
        "role": "Chủ trì", "given": "giao", "due": "31/12/2026"} | locked, known.latest(task(number))) for number in numbers]
    return BodySheet(body, body.rsplit("/", 1)[-1], f"Bộ {body[-3:]}", rows)


def exported(*sheets: BodySheet, lang: str = "vi", journal: int = 0, stage: str = "public") -> bytes:
    """The workbook of these sheets; by default that of a ministry with three tasks."""
    return as_workbook(sheets or [sheet(JUSTICE, "A.1.a", "A.1.b", "A.2")], as_of=AS_OF, lang=lang, statuses=NAMES[lang],
                       base=BASE, generation="abc", journal=journal, program="test", stage=stage)


class Desk:
    """An open workbook; ``desk.put(2, done="…")`` fills in row 2 of the first report sheet."""

    def __init__(self, data: bytes, lang: str = "vi") -> None:
        self.book: Workbook = load_workbook(io.BytesIO(data))
        self.lang = lang

    @property
    def page(self) -> Worksheet:
        """The first report sheet."""
        return self.book.worksheets[1]

    def column(self, name: str) -> int:
        """Where a column stands."""
        return next(cell.column for cell in self.page[1] if cell.value == heading(name, self.lang))

    def put(self, row: int, page: Worksheet | None = None, **values: Any) -> Desk:
        """Fill in cells; a text stays a text."""
        for name, value in values.items():
            cell = (page or self.page).cell(row, self.column(name))
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        return self

    def save(self, file: Path) -> Path:
        """Save it under a name."""
        self.book.save(file)
        return file


def filled(file: Path, evidence: Path | None = None) -> Filled:
    """Read a workbook on the day of these tests."""
    return read_workbook(file, 20_000_000, CODES, today=TODAY, evidence=EvidenceFolder(evidence) if evidence else None)


def proposed(file: Path, state: Journaled | None = None, *, author: Author = OPERATOR, evidence: Path | None = None,
             stands: Callable[[str], bool] = lambda iri: True, **more: Any) -> Proposal:
    """Compare a workbook with a journal."""
    return propose(filled(file, evidence), state or Journaled(), author, IDS, today=TODAY, stands=stands, **more)


def applied(proposal: Proposal, state: Journaled) -> Journaled:
    """What a writer would do with it, in memory."""
    return written(proposal.change(OPERATOR), state)


def written(change: Change, state: Journaled) -> Journaled:
    """What a writer would do with a change, in memory."""
    shown, hidden = split(Patch.of(change.added, change.removed), BASE)
    for statements, part in ((state.public, shown), (state.restricted, hidden)):
        statements -= part.removed
        statements |= part.added
    state.number += bool(change.added or change.removed)
    return state


def answers(read: Filled) -> dict[str, Answer]:
    """The answers by task number."""
    return {row.kept.item.rsplit("/", 1)[-1]: row.answer for row in read.rows}


def keys(read: Filled) -> list[tuple[str, int, str]]:
    """What is said of the workbook: message, row, letter of the column."""
    return [(one.key, one.row, one.column) for one in read.all_remarks()]


def letters(names: Iterable[str] = COLUMNS) -> dict[str, str]:
    """The letters of the columns of an untouched export."""
    return {name: chr(65 + COLUMNS.index(name)) for name in names}




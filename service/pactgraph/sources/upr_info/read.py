"""Reads an export of the UPR Info database row by row, with every problem at its row and column."""

from __future__ import annotations

import difflib
import hashlib
from pathlib import Path

from pactgraph.sources.textfile import read_bytes
from pactgraph.sources.upr_info.cells import read_rows
from pactgraph.sources.upr_info.heading import Heading, read_heading
from pactgraph.sources.upr_info.issues import issue_code, issue_labels, nearest_issues
from pactgraph.sources.upr_info.records import PLEDGE, RECOMMENDATION, Export, Issue, Party, Record

RESPONSES = {"Accepted": "supported", "Noted": "noted", "Voluntary Pledge": None}
"""The responses of the database as positions; to a pledge of its own a State does not respond."""

_RESPONSES = {name.casefold(): name for name in RESPONSES}


def read_upr_info(path: Path, limit: int = 20_000_000) -> Export:
    """Read an export. A file that is no such table raises a UserError; a row with a wrong cell becomes an issue.

    A row whose response, action or session cannot be read is left out of the records. One with an unknown issue tag
    stays, without that tag.
    """
    data = read_bytes(path, limit)
    sheet, ((first, heading_cells), *rows) = read_rows(data, path.name, limit)
    heading = read_heading(heading_cells, path.name, first)
    export = Export(path.name, hashlib.sha256(data).hexdigest(), sheet=sheet, columns=heading.columns())
    for number, cells in rows:
        record = _Row(heading, cells, number, export.issues).record()
        if record is not None:
            export.records.append(record)
    return export


class _Row:
    """One row on its way to a record; what is wrong with it goes to ``issues``."""

    def __init__(self, heading: Heading, cells: list[str], number: int, issues: list[Issue]) -> None:
        self.heading, self.cells, self.number, self.issues = heading, cells, number, issues

    def record(self) -> Record | None:
        """The record, or None where a cell that it needs is wrong."""
        before = len(self.issues)
        if any(self.cells[len(self.heading.names):]):
            self._issue("row-too-long", "text", " | ".join(cell for cell in self.cells[len(self.heading.names):] if cell))
        for column in ("under_review", "recommending", "text"):
            if not self._cell(column):
                self._issue("empty-cell", column, "")
        response = self._response()
        action, session = self._number("action", "unknown-action"), self._number("session", "unknown-session")
        if action is not None and not 1 <= action <= 5:
            self._issue("unknown-action", "action", self._cell("action"))
        if len(self.issues) > before or response is None or action is None or session is None:
            return None
        kind = RECOMMENDATION if RESPONSES[response] else PLEDGE
        return Record(self.number, kind, self._party("under_review"), self._party("recommending"), self._cell("text"),
                      RESPONSES[response], action, self._themes(), session)

    def _cell(self, column: str) -> str:
        return self.heading.cell(self.cells, column)

    def _issue(self, code: str, column: str, found: str, nearest: tuple[str, ...] = ()) -> None:
        self.issues.append(Issue(code, self.number, self.heading.name(column), found, nearest))

    def _response(self) -> str | None:
        found = " ".join(self._cell("response").split())
        name = _RESPONSES.get(found.casefold())
        if name is None:
            near = difflib.get_close_matches(found.casefold(), _RESPONSES, n=1, cutoff=0.5)
            self._issue("unknown-response", "response", found, tuple(_RESPONSES[one] for one in near))
        return name

    def _number(self, column: str, code: str) -> int | None:
        found = self._cell(column)
        if found.isascii() and found.isdigit() and len(found) < 6:
            return int(found)
        self._issue(code, column, found)
        return None

    def _party(self, column: str) -> Party:
        organisations = tuple(name.strip() for name in self._cell(f"{column}_organisations").split(",") if name.strip())
        return Party(self._cell(column), self._cell(f"{column}_region"), organisations)

    def _themes(self) -> tuple[str, ...]:
        """The labels of the issues as the database writes them, each once; an unknown one is told, not added."""
        themes = []
        for tag in (tag.strip() for tag in self._cell("issue").split(",")):
            code = issue_code(tag)
            if code:
                themes.append(issue_labels()[code])
            elif tag:
                self._issue("unknown-issue", "issue", tag, nearest_issues(tag))
        return tuple(dict.fromkeys(themes))

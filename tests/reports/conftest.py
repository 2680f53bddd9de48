"""Reports of the real graph, each drafted and written once a run."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from pactgraph.reports.document import Report
from pactgraph.reports.make import kind_of, make_report, written
from pactgraph.resources import shipped
from pactgraph.store import Store

DAY = "2026-11-21"
PARAMS = {"article": {"article": "9"}, "yearly": {"body": "mps"}}
"""The parameters that a kind must have, as the tests of all kinds give them."""


@dataclass
class Desk:
    """Drafts and writes reports, and remembers them."""

    store: Store
    data: Path

    def __post_init__(self) -> None:
        self._reports: dict[Any, Report] = {}
        self._files: dict[Any, bytes] = {}

    def report(self, kind: str, lang: str = "en", day: str = DAY, limit: int | None = None, **params: str) -> Report:
        """A drafted report."""
        given = params or PARAMS.get(kind, {})
        key = (kind, lang, day, limit, tuple(sorted(given.items())))
        if key not in self._reports:
            self._reports[key] = make_report(self.store, kind_of(kind), given, as_of=day, lang=lang, data=self.data,
                                             word_limit=limit)
        return self._reports[key]

    def file(self, form: str, kind: str, lang: str = "en", day: str = DAY, **params: str) -> bytes:
        """A written report."""
        report = self.report(kind, lang, day, **params)
        key = (form, report.file_name)
        if key not in self._files:
            self._files[key] = written(report, form)
        return self._files[key]

    def docx(self, kind: str, lang: str = "en", day: str = DAY, **params: str) -> Any:
        """A report as python-docx reads it back."""
        return docx.Document(io.BytesIO(self.file("docx", kind, lang, day, **params)))

    def xlsx(self, kind: str, lang: str = "en", day: str = DAY, **params: str) -> openpyxl.Workbook:
        """A report as openpyxl reads it back."""
        return openpyxl.load_workbook(io.BytesIO(self.file("xlsx", kind, lang, day, **params)))


@pytest.fixture(scope="session")
def desk(real_graph: Store) -> Desk:
    return Desk(real_graph, shipped("data"))


@pytest.fixture(scope="session")
def rows_of() -> Callable[[Any, str], list[list[str]]]:
    """The rows of the DOCX table whose alternative text holds some words, heading first."""

    def found(document: Any, words: str) -> list[list[str]]:
        for table in document.tables:
            caption = table._tbl.tblPr.find("{*}tblCaption")
            if caption is not None and words in caption.get(caption.keys()[0]):
                return [[_text(cell) for cell in row.iterchildren("{*}tc")] for row in table._tbl.iterchildren("{*}tr")]
        raise AssertionError(f"no table with the caption {words!r}")

    return found


def _text(cell: Any) -> str:
    return "".join(part.text or "" for part in cell.iter("{*}t"))

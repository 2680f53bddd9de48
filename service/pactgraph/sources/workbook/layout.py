"""How a workbook is laid out: its columns, its hidden sheets, and what the hidden sheet keeps of the export."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pactgraph.namespaces import fold
from pactgraph.sources.workbook.clean import clean
from pactgraph.texts import LANGUAGES, say

FORMAT = "pactgraph-workbook"
VERSION = "1"
IMPORTER = "workbook/1"
"""The name and version of the reader, as the journal tells it."""
HIDDEN = "_pactgraph"
LISTS = "_lists"
LOCKED = ("id", "plan", "task", "label", "role", "given", "inherited", "scope", "deadline", "due", "state", "last_report")
ANSWERS = ("status", "done", "day", "evidence", "office", "note")
COLUMNS = LOCKED + ANSWERS
META = ("format", "version", "program", "base", "generation", "journal", "as_of", "lang", "stage")
MOST_ROWS = 20_000
"""How many rows with content a sheet may have."""
HEADING_ROWS = 20
"""How far down a heading may stand."""


@dataclass(frozen=True)
class Kept:
    """What the hidden sheet keeps of an exported row. ``answer`` and ``locked`` are checksums of what was exported."""

    id: str
    sheet: str
    body: str
    item: str
    answer: str
    locked: str

    def cells(self) -> list[str]:
        """The row as it stands in the hidden sheet."""
        return ["row", self.id, self.sheet, self.body, self.item, self.answer, self.locked]


def heading(column: str, lang: str) -> str:
    """The heading of a column."""
    return say(f"workbook-col-{column.replace('_', '-')}", lang)


@cache
def headings() -> dict[str, str]:
    """Every heading, as far as it matters, in all languages → its column."""
    return {plain(heading(column, lang)): column for column in COLUMNS for lang in LANGUAGES}


@lru_cache(4096)
def plain(text: str) -> str:
    """Words as far as they matter when they are compared: no case, no diacritics, single spaces, one kind of dash."""
    return " ".join(fold(clean(text)).replace("–", "-").replace("-", " ").split())


def row_id(body: str, item: str, base: str) -> str:
    """The identifier that people see: country, body and item."""
    country, _, rest = item.removeprefix(base + "id/").partition("/")
    return f"{country}/{body.rsplit('/', 1)[-1]}/{rest}"


def checksum(values: Sequence[object]) -> str:
    """A short checksum of values."""
    return hashlib.sha256(json.dumps(list(values), ensure_ascii=False).encode()).hexdigest()[:24]


def locked_checksum(cells: dict[str, str]) -> str:
    """The checksum of what people must not change in a row. Spaces and line ends do not count."""
    return checksum([" ".join(clean(cells.get(column, "")).split()) for column in LOCKED])

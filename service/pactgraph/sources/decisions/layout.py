"""How a sheet of decisions is laid out: its columns, and the words in which people decide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pactgraph.sources.workbook.layout import plain
from pactgraph.texts import LANGUAGES, say

SHOWN = ("id", "kind", "new", "new_words", "old", "old_words", "proposed", "method", "score", "basis", "state")
"""What the program writes; of these only ``id`` and ``state`` are read back."""
OPEN = ("decision", "other", "reason")
"""What people fill in."""
COLUMNS = SHOWN + OPEN
READ = ("id", "state", *OPEN)
ACCEPT, REJECT, OTHER, CONFIRM = "accept", "reject", "other", "confirm"
DECISIONS = (ACCEPT, REJECT, OTHER, CONFIRM)
EXTENTS = ("whole", "narrower", "wider", "partly")


@dataclass(frozen=True)
class SheetRow:
    """A row as the program writes it; ``decision``, ``other`` and ``reason`` are empty but for rows that were decided."""

    id: str
    kind: str
    new: str = ""
    new_words: str = ""
    old: str = ""
    old_words: str = ""
    proposed: str = ""
    method: str = ""
    score: str = ""
    basis: str = ""
    state: str = ""
    decision: str = ""
    other: str = ""
    reason: str = ""

    def values(self) -> list[str]:
        """The cells in the order of :data:`COLUMNS`."""
        return [getattr(self, column) for column in COLUMNS]


def heading(column: str, lang: str) -> str:
    """The heading of a column."""
    return say(f"decisions-col-{column.replace('_', '-')}", lang)


@cache
def headings() -> dict[str, tuple[str, str]]:
    """Every heading, as far as it matters → its column and its language."""
    return {plain(heading(column, lang)): (column, lang) for lang in LANGUAGES for column in COLUMNS}


def word_of(decision: str, lang: str) -> str:
    """How people write a decision."""
    return say(f"decisions-{decision}", lang)


@cache
def decision_words() -> dict[str, str]:
    """Every way to write a decision → its code."""
    return _words("decisions", DECISIONS)


@cache
def extent_words() -> dict[str, str]:
    """Every way to write how much is taken up → its code."""
    return _words("crosswalk-extent", EXTENTS)


def _words(prefix: str, codes: tuple[str, ...]) -> dict[str, str]:
    found = {plain(code): code for code in codes}
    for code in codes:
        for lang in LANGUAGES:
            found |= {plain(word): code for word in say(f"{prefix}-{code}", lang).split("/")}
    return found

"""The hidden sheet of a workbook: from which state of the graph it was exported, and what stood in its rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pactgraph.errors import fail
from pactgraph.sources.workbook.cells import text_of
from pactgraph.sources.workbook.layout import FORMAT, META, VERSION, Kept


@dataclass(frozen=True)
class Hidden:
    """What the hidden sheet says."""

    meta: dict[str, str]
    rows: dict[str, Kept]

    @property
    def lang(self) -> str:
        """The language of the workbook."""
        return self.meta["lang"]

    @property
    def stage(self) -> str:
        """The stage of clearance that the workbook was made for; its answers go there."""
        return self.meta["stage"]

    def lines(self) -> list[list[str]]:
        """The sheet, line by line; the last is the checksum of the others."""
        lines = [[name, self.meta[name]] for name in META] + [kept.cells() for kept in self.rows.values()]
        return [*lines, ["checksum", _checksum(lines)]]


def read_hidden(rows: Iterable[tuple[int, tuple[Any, ...]]], file: str) -> Hidden:
    """Read the hidden sheet; one that is damaged or of another version raises a UserError."""
    lines = [[text_of(cell.value) for cell in cells] for _, cells in rows]
    for line in lines:
        while line and not line[-1]:
            line.pop()
    meta = {line[0]: line[1] if len(line) > 1 else "" for line in lines if line[0] in META}
    if meta.get("format") != FORMAT:
        raise fail("workbook-not-ours", file=file)
    if meta.get("version") != VERSION:
        raise fail("workbook-version", file=file, found=meta.get("version", "?"), version=VERSION)
    kept = [Kept(*line[1:]) for line in lines if line[0] == "row" and len(line) == 7]
    hidden = Hidden({name: meta.get(name, "") for name in META}, {one.id: one for one in kept})
    if lines[-1] != hidden.lines()[-1] or len(lines) != len(hidden.lines()) or hidden.lang not in ("vi", "en"):
        raise fail("workbook-hidden-changed", file=file)
    return hidden


def _checksum(lines: list[list[str]]) -> str:
    """The checksum of all lines; empty cells at the end of one do not count."""
    text = "\n".join("\t".join(line).rstrip() for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()

"""Lays a table out as plain text for a terminal: columns that fit its width, else a block of lines for each row."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pactgraph.questions.table import Table

_GAP = "  "
_NARROWEST = 10
"""A column is not squeezed below so many places; where that does not fit, rows become blocks."""


def as_text(table: Table, width: int | None = None) -> str:
    """The table as aligned text, without colours. ``width`` is what the terminal shows in a line, None for no limit."""
    widths = _fit([_longest(table, column) for column in range(len(table.columns))], width)
    if widths is None:
        return _blocks(table, width or 0)
    lines = _row(table.columns, widths)
    lines.append(_GAP.join("-" * size for size in widths))
    for row in table.rows:
        lines += _row(row, widths)
    return "".join(line.rstrip() + "\n" for line in lines)


def text_width(text: str) -> int:
    """How many places a text takes in a terminal: marks that combine take none, wide characters two."""
    return len(text) if text.isascii() else sum(map(_places, text))


@lru_cache(maxsize=4096)
def _places(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """A text in lines of at most ``width`` places, broken at spaces, inside a word only where it is longer."""
    lines = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split(" "):
            joined = f"{line} {word}" if line else word
            if text_width(joined) <= width:
                line = joined
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(word, width)
            lines += full
        lines.append(line)
    return lines


def _pieces(word: str, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _longest(table: Table, column: int) -> int:
    cells = [table.columns[column], *(row[column] for row in table.rows)]
    return max(text_width(line) for cell in cells for line in cell.splitlines() or [""])


def _fit(natural: list[int], width: int | None) -> list[int] | None:
    """The widths of the columns: as wide as they like, else the widest cut to one size; None where nothing fits."""
    room = None if width is None else width - len(_GAP) * (len(natural) - 1)
    if room is None or sum(natural) <= room:
        return natural
    if sum(min(size, _NARROWEST) for size in natural) > room:
        return None
    limit = max(size for size in range(_NARROWEST, max(natural) + 1)
                if sum(min(value, size) for value in natural) <= room)
    widths = [min(size, limit) for size in natural]
    for column, size in enumerate(natural):
        if sum(widths) < room and size > limit:
            widths[column] += 1
    return widths


def _row(cells: list[str], widths: list[int]) -> list[str]:
    wrapped = [wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    height = max(map(len, wrapped), default=0)
    lines = []
    for at in range(height):
        parts = [_padded(cell[at] if at < len(cell) else "", size) for cell, size in zip(wrapped, widths, strict=True)]
        lines.append(_GAP.join(parts))
    return lines


def _padded(text: str, width: int) -> str:
    return text + " " * (width - text_width(text))


def _blocks(table: Table, width: int) -> str:
    """A block a row: a line for each column that has a value."""
    names = max(map(text_width, table.columns), default=0)
    room = max(width - names - len(_GAP), _NARROWEST)
    blocks = []
    for row in table.rows:
        lines = []
        for name, cell in zip(table.columns, row, strict=True):
            if cell:
                first, *others = wrap(cell, room)
                lines.append(_padded(name, names) + _GAP + first)
                lines += [" " * names + _GAP + line for line in others]
        blocks.append("".join(line.rstrip() + "\n" for line in lines))
    return "\n".join(blocks)

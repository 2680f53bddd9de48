"""What a document is to its readers: paragraphs and table rows in their order, whatever the format of the file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. ``number`` counts the paragraphs outside tables (or the lines of a text) from 1; ``page`` is a PDF's."""

    text: str
    number: int
    heading: bool = False
    page: int | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of a table's grid. ``above``: it is merged with the one above it and repeats its text; ``beside``: with
    the one to its left, and is empty."""

    text: str
    above: bool = False
    beside: bool = False


@dataclass(frozen=True)
class TableRow:
    """A row with one cell for every column of the grid; ``table`` and ``number`` count from 1."""

    cells: tuple[Cell, ...]
    table: int
    number: int

    @property
    def texts(self) -> list[str]:
        """The texts of the cells."""
        return [cell.text for cell in self.cells]

    @property
    def is_one_cell(self) -> bool:
        """Whether one cell takes the whole width."""
        return len(self.cells) > 1 and all(cell.beside for cell in self.cells[1:])


Block = Paragraph | TableRow


@dataclass(frozen=True)
class DocumentFile:
    """A document that was opened."""

    name: str
    sha256: str
    kind: str
    blocks: list[Block] = field(default_factory=list)
    page_heads: list[str] = field(default_factory=list)
    """What stands at the head of its pages (DOCX)."""

    def rows(self) -> list[TableRow]:
        """The rows of all tables."""
        return [block for block in self.blocks if isinstance(block, TableRow)]

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs outside tables."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]


_SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def clean(text: str) -> str:
    """A text in NFC, without invisible letters, runs of blanks as one; line ends stay."""
    plain = unicodedata.normalize("NFC", text.translate(_SOFT)).replace("\r\n", "\n").replace("\r", "\n")
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in plain.split("\n")]
    return "\n".join(lines).strip()


class Grid:
    """Lays cells that span columns and rows out on a table's grid, row by row."""

    def __init__(self) -> None:
        self._open: dict[int, tuple[str, int, bool]] = {}

    def row(self, cells: list[tuple[str, int, int]]) -> list[Cell]:
        """The cells of the next row. Each is given as (text, columns, rows); rows that a cell reaches down are filled."""
        found: list[Cell] = []
        left = list(cells)
        while left or len(found) in self._open:
            at = len(found)
            if at in self._open:
                text, rows, beside = self._open.pop(at)
                found.append(Cell(text, above=True, beside=beside))
                if rows > 1:
                    self._open[at] = (text, rows - 1, beside)
                continue
            text, columns, rows = left.pop(0)
            for place in range(columns):
                words = text if place == 0 else ""
                found.append(Cell(words, beside=place > 0))
                if rows > 1:
                    self._open[at + place] = (words, rows - 1, place > 0)
        return found

"""Opens a decision (text, DOCX or HTML) as numbered lines: a row of a table is a line with a tab between its cells.

In a text a line is a line of the file. In a document every paragraph and every row of a table counts as one; a table of
fewer than three columns (the head with the number and date, the signature) gives a line for each line of its cells.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pactgraph.sources.documents import DOCX, HTML, TEXT, TableRow, open_document
from pactgraph.sources.documents.records import Place

_NARROW = 3


@dataclass(frozen=True)
class AnnexText:
    """The lines of a decision. ``rows``: line → the row of a table; ``places``: line → its place (empty for a text)."""

    name: str
    sha256: str
    lines: list[str]
    rows: dict[int, TableRow] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)


def read_source(path: Path, limit: int) -> AnnexText:
    """Open a decision; whatever else the file is raises a UserError that says so."""
    document = open_document(path, limit, (TEXT, DOCX, HTML))
    text = AnnexText(document.name, document.sha256, [])
    for block in document.blocks:
        if document.kind == TEXT:
            text.lines.append(block.text)  # type: ignore[union-attr]
        elif isinstance(block, TableRow):
            _row(text, block)
        else:
            for line in block.text.split("\n"):
                _add(text, line, Place(paragraph=block.number))
    return text


def _row(text: AnnexText, row: TableRow) -> None:
    place = Place(table=row.table, row=row.number)
    if len(row.cells) >= _NARROW:
        _add(text, "\t".join(" ".join(cell.split()) for cell in row.texts), place)
        text.rows[len(text.lines)] = row
        return
    for cell in row.cells:
        for line in () if cell.above or cell.beside else cell.text.split("\n"):
            _add(text, line, place)


def _add(text: AnnexText, line: str, place: Place) -> None:
    text.lines.append(line)
    text.places[len(text.lines)] = place

"""Builds the tables of a DOCX report from elements: python-docx takes seconds for a table of a thousand cells, this a moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pactgraph.reports import docx_parts as parts

_SHADE = "E3EAF3"
_DXA = 635
"""How many of python-docx's units (EMU) make one of the tables' (twentieths of a point)."""


def add_table(document: Any, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int],
              last_cell: Callable[[int, Any], None]) -> None:
    """Add a table whose heading row is marked and repeated; rows are never broken between pages.

    ``widths`` are EMU. ``last_cell`` is called with the number of a row and the element of the paragraph in its last cell,
    where rows are one cell shorter than ``columns``.
    """
    table = document.add_table(rows=0, cols=len(columns))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    parts.describe_table(table, caption)
    sizes = [str(width // _DXA) for width in widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    table._tbl.append(_row([_cell(text, size, head=True)[0] for text, size in zip(columns, sizes, strict=True)], head=True))
    for number, row in enumerate(rows):
        if len(row) == 1 < len(columns):
            table._tbl.append(_row([_cell(row[0], str(sum(map(int, sizes))), head=True, span=len(columns))[0]]))
            continue
        cells = []
        for text, size in zip([*row, ""][: len(columns)], sizes, strict=True):
            cell, paragraph = _cell(text, size)
            cells.append(cell)
        if len(row) < len(columns):
            last_cell(number, paragraph)
        table._tbl.append(_row(cells))


def _row(cells: Sequence[Any], head: bool = False) -> Any:
    row = parts.element("w:tr")
    properties = parts.element("w:trPr")
    properties.append(parts.element("w:cantSplit"))
    if head:
        properties.append(parts.element("w:tblHeader"))
    row.append(properties)
    for cell in cells:
        row.append(cell)
    return row


def _cell(text: str, size: str, head: bool = False, span: int = 1) -> tuple[Any, Any]:
    """A cell and its paragraph."""
    cell = parts.element("w:tc")
    properties = parts.element("w:tcPr")
    properties.append(parts.element("w:tcW", w=size, type="dxa"))
    if span > 1:
        properties.append(parts.element("w:gridSpan", val=str(span)))
    if head:
        properties.append(parts.element("w:shd", val="clear", color="auto", fill=_SHADE))
    cell.append(properties)
    paragraph = parts.element("w:p")
    style = parts.element("w:pPr")
    style.append(parts.element("w:pStyle", val="TableText"))
    paragraph.append(style)
    if text:
        paragraph.append(parts.text_run(text, bold=head))
    cell.append(paragraph)
    return cell, paragraph

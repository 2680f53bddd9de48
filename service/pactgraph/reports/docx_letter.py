"""The first page of an official letter, as Vietnamese documents are laid out: the issuing body left, the State's name and
motto right, number and subject, addressee, text, recipients left and the place to sign right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from pactgraph.reports import docx_parts as parts
from pactgraph.reports.document import Letter, Said
from pactgraph.reports.docx_styles import text_width

_LEFT = 0.37


def write_letter(document: Any, letter: Letter, fill: Callable[[Any, Iterable[Said]], None]) -> None:
    """Write the letter on the page that stands open; ``fill`` writes sentences with their notes."""
    left, right = _columns(document, "head")
    for line in letter.left:
        _line(left, line, 12, bold=line == letter.left[-1])
    _rule(left)
    _line(left, letter.number, 13)
    _line(left, letter.subject, 12)
    for place, line in enumerate(letter.right):
        _line(right, line, 12 if not place else 13, bold=True)
    _rule(right)
    _line(right, letter.place_and_day, 13, italic=True)
    to = document.add_paragraph(style="Letter Text")
    parts.centred(to).paragraph_format.space_before = Pt(14)
    to.paragraph_format.space_after = Pt(10)
    to.add_run(letter.to)
    for paragraph in letter.text:
        fill(document.add_paragraph(style="Letter Text"), paragraph.parts)
    copies, signing = _columns(document, "foot")
    _line(copies, letter.copies_label, 12, bold=True, italic=True, align=WD_ALIGN_PARAGRAPH.LEFT)
    for line in letter.copies:
        _line(copies, line, 11, align=WD_ALIGN_PARAGRAPH.LEFT)
    for place, line in enumerate(letter.signing):
        _line(signing, line, 13, bold=not place, italic=bool(place))


def _columns(document: Any, name: str) -> tuple[Any, Any]:
    """Two columns side by side: a table without lines, told to be layout only."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    parts.describe_table(table, f"layout: {name}", headed=False)
    room = text_width(False)
    left, right = table.rows[0].cells
    for column, cell, share in zip(table.columns, (left, right), (_LEFT, 1 - _LEFT), strict=True):
        column.width = cell.width = int(room * share)
    return left, right


def _line(cell: Any, text: str, size: float, *, bold: bool = False, italic: bool = False,
          align: Any = WD_ALIGN_PARAGRAPH.CENTER) -> None:
    first = cell.paragraphs[0]
    paragraph = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _rule(cell: Any) -> None:
    """The short line under a head: as long as the last line is, nearly."""
    last = cell.paragraphs[-1]
    last.paragraph_format.space_after = Pt(0)
    rule = cell.add_paragraph()
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Pt(60)
    rule.paragraph_format.space_after = Pt(6)
    rule.paragraph_format.line_spacing = Pt(4)
    parts.line_below(rule)

"""Writes a report as DOCX with python-docx.

Notes are numbered and stand at the end, linked both ways. Real footnotes were left aside on purpose: python-docx cannot write
them, no kept library adds them, and a table of two hundred rows that all cite one decision is better served by one note.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.shared import Mm

from pactgraph.reports import docx_parts as parts
from pactgraph.reports import docx_styles as styles
from pactgraph.reports.document import Bullets, Grid, Heading, Letter, Paragraph, Picture, Report, Said
from pactgraph.reports.docx_letter import write_letter
from pactgraph.reports.docx_tables import add_table
from pactgraph.reports.packing import repacked
from pactgraph.reports.pictures import as_png
from pactgraph.reports.words import day, word

_NOTES_SHARE = 0.06
"""The share of a table's width that its column of notes takes."""
_FILL_LINES = 4
_PICTURE = (Mm(160), Mm(130))
"""The room that a picture may take, with its caption on one page."""


def as_docx(report: Report) -> bytes:
    """The report as the bytes of a DOCX file; the same report gives the same bytes."""
    return repacked(_Writer(report).write(), report.as_of)


class _Writer:
    def __init__(self, report: Report) -> None:
        self.report, self.lang = report, report.lang
        self.document: Any = docx.Document()
        self.cited: set[int] = set()
        self.marks = 0
        self.wide = any(grid.wide for grid in report.grids())
        """Whether the paper lies on its side: all of it but a letter, so that headings stay with their tables."""
        styles.prepare(self.document, report, self.wide)

    def write(self) -> bytes:
        blocks = list(self.report.blocks)
        letter = blocks.pop(0) if blocks and isinstance(blocks[0], Letter) else None
        self._notice()
        if isinstance(letter, Letter):
            styles.turn(self.document.sections[0], wide=False)
            write_letter(self.document, letter, self._fill)
            self._section()
        self._title()
        for block, after in zip(blocks, [*blocks[1:], None], strict=True):
            self._block(block)
            if isinstance(block, Paragraph) and isinstance(after, Grid):  # else a heading and its remark end a page alone
                self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._notes()
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _block(self, block: Any) -> None:
        if isinstance(block, Grid):
            self._grid(block)
        elif isinstance(block, Heading):
            self.document.add_heading(block.text, level=block.level)
        elif isinstance(block, Paragraph):
            style = {"remark": "Remark", "fill": "Fill"}.get(block.style)
            paragraph = self.document.add_paragraph(style=style)
            self._fill(paragraph, block.parts)
            if block.style == "fill":
                for _ in range(_FILL_LINES):
                    paragraph.add_run().add_break()
        elif isinstance(block, Bullets):
            for item in block.items:
                self._fill(self.document.add_paragraph(style="List Bullet"), (item,))
        elif isinstance(block, Picture):
            self._picture(block)

    def _notice(self) -> None:
        notice = self.document.add_paragraph(style="Notice")
        notice.add_run(word("unofficial", self.lang)).bold = True
        parts.line_below(notice)

    def _title(self) -> None:
        self.document.add_paragraph(self.report.title, style="Title")
        self.document.add_paragraph(self.report.subtitle, style="Subtitle")
        self.document.add_paragraph(word("as-of-line", self.lang, day=day(self.report.as_of, self.lang)), style="Remark")

    def _fill(self, paragraph: Any, said: Iterable[Said]) -> None:
        """Write sentences with their notes into a paragraph."""
        for place, part in enumerate(said):
            paragraph.add_run((" " if place else "") + part.text)
            self._refer(paragraph._p, part.notes)

    def _refer(self, paragraph: Any, notes: Iterable[int], style: str = "NoteNumber") -> None:
        for number in notes:
            if number not in self.cited:
                self.cited.add(number)
                self._mark(paragraph, f"ref{number}")
            parts.link_to(paragraph, f"note{number}", f"[{number}]", style)

    def _mark(self, paragraph: Any, name: str) -> None:
        self.marks += 1
        parts.bookmark(paragraph, name, self.marks)

    def _section(self) -> None:
        """Begin a new page on the paper of the report."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        styles.turn(section, self.wide)

    def _grid(self, grid: Grid) -> None:
        self.document.add_paragraph(grid.caption, style="Caption")
        noted = any(grid.notes_of(row) for row in grid.rows)
        columns = [*grid.columns, *([word("notes-column", self.lang)] if noted else [])]
        add_table(self.document, grid.caption, columns, [[cell.text for cell in row] for row in grid.rows],
                  self._widths(grid, noted),
                  lambda number, paragraph: self._refer(paragraph, grid.notes_of(grid.rows[number]), "TableNote"))
        self.document.add_paragraph(style="Table Text")

    def _widths(self, grid: Grid, noted: bool) -> list[int]:
        room = styles.text_width(self.wide)
        left = 1 - _NOTES_SHARE if noted else 1.0
        total = sum(grid.widths)
        widths = [int(room * left * share / total) for share in grid.widths]
        return [*widths, room - sum(widths)] if noted else widths

    def _picture(self, picture: Picture) -> None:
        self._fill(self.document.add_paragraph(style="Caption"), (picture.caption,))
        shape = self.document.add_picture(io.BytesIO(as_png(picture)))
        factor = min(1.0, _PICTURE[0] / shape.width, _PICTURE[1] / shape.height)
        shape.width, shape.height = int(shape.width * factor), int(shape.height * factor)
        parts.describe_picture(shape, picture.name, picture.alt)

    def _notes(self) -> None:
        if not self.report.notes:
            return
        self.document.add_heading(word("notes-heading", self.lang), level=1)
        for number, note in enumerate(self.report.notes, 1):
            paragraph = self.document.add_paragraph(style="Note Text")
            self._mark(paragraph._p, f"note{number}")
            if number in self.cited:
                parts.link_to(paragraph._p, f"ref{number}", f"[{number}]", "Link")
            else:
                paragraph.add_run(f"[{number}]")
            paragraph.add_run(f" {note.text}")
            if note.address:
                paragraph.add_run(" ")
                parts.link_out(paragraph, note.address, word("note-open", self.lang), "Link")

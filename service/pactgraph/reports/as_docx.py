"""Writes a report as DOCX with python-docx.

Notes are numbered and stand at the end, linked both ways. Real footnotes were left aside on purpose: python-docx cannot write
them, no kept library adds them, and a table of two hundred rows that all cite one decision is better served by one note.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from pactgraph.reports import docx_parts as parts
from pactgraph.reports import docx_styles as styles
from pactgraph.reports.document import Bullets, Grid, Heading, Letter, Paragraph, Picture, Report, Said
from pactgraph.reports.packing import repacked
from pactgraph.reports.pictures import as_png
from pactgraph.reports.words import day, word

_NOTES_SHARE = 0.09
"""The share of a table's width that its column of notes takes."""


def as_docx(report: Report) -> bytes:
    """The report as the bytes of a DOCX file; the same report gives the same bytes."""
    return repacked(_Writer(report).write(), report.as_of)


class _Writer:
    def __init__(self, report: Report) -> None:
        import docx

        self.report, self.lang = report, report.lang
        self.document: Any = docx.Document()
        self.cited: set[int] = set()
        self.marks = 0
        self.wide = False
        styles.prepare(self.document, report)

    def write(self) -> bytes:
        blocks = self.report.blocks
        begin = 0
        if blocks and isinstance(blocks[0], Letter):
            self._notice()
            self._letter(blocks[0])
            self._section(blocks[1].wide if len(blocks) > 1 and isinstance(blocks[1], Grid) else False)
            begin = 1
        self._title(notice=not begin)
        for block in blocks[begin:]:
            self._block(block)
        self._turn(False)
        self._notes()
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _block(self, block: Any) -> None:
        if isinstance(block, Grid):
            self._turn(block.wide)
            self._grid(block)
            return
        if isinstance(block, Heading):
            self._turn(False)
            self.document.add_heading(block.text, level=block.level)
        elif isinstance(block, Paragraph):
            style = {"remark": "Remark", "fill": "Normal"}.get(block.style)
            self._fill(self.document.add_paragraph(style=style), block.parts)
        elif isinstance(block, Bullets):
            for item in block.items:
                self._fill(self.document.add_paragraph(style="List Bullet"), (item,))
        elif isinstance(block, Picture):
            self._picture(block)

    def _notice(self) -> None:
        notice = self.document.add_paragraph(style="Notice")
        notice.add_run(word("unofficial", self.lang)).bold = True
        parts.line_below(notice)

    def _title(self, notice: bool) -> None:
        if notice:
            self._notice()
        self.document.add_paragraph(self.report.title, style="Title")
        self.document.add_paragraph(self.report.subtitle, style="Subtitle")
        self.document.add_paragraph(word("as-of-line", self.lang, day=day(self.report.as_of, self.lang)), style="Remark")

    def _fill(self, paragraph: Any, said: Iterable[Said]) -> None:
        """Write sentences with their notes into a paragraph."""
        for place, part in enumerate(said):
            paragraph.add_run((" " if place else "") + part.text)
            self._refer(paragraph, part.notes)

    def _refer(self, paragraph: Any, notes: Iterable[int]) -> None:
        for number in notes:
            if number not in self.cited:
                self.cited.add(number)
                self._mark(paragraph, f"ref{number}")
            parts.link_to(paragraph, f"note{number}", f"[{number}]", "Note Number")

    def _mark(self, paragraph: Any, name: str) -> None:
        self.marks += 1
        parts.bookmark(paragraph, name, self.marks)

    def _section(self, wide: bool) -> None:
        from docx.enum.section import WD_SECTION

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        styles.turn(section, wide)
        self.wide = wide

    def _turn(self, wide: bool) -> None:
        """Begin a section on other paper where it is needed."""
        if wide != self.wide:
            self._section(wide)

    def _grid(self, grid: Grid) -> None:
        self.document.add_paragraph(grid.caption, style="Caption")
        noted = any(grid.notes_of(row) for row in grid.rows)
        columns = [*grid.columns, *([word("notes-column", self.lang)] if noted else [])]
        table = self.document.add_table(rows=len(grid.rows) + 1, cols=len(columns))
        table.style = self.document.styles["Table Grid"]
        table.autofit = False
        parts.describe_table(table, grid.caption)
        widths = self._widths(grid, noted)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for at, row in enumerate(table.rows):
            parts.keep_row_whole(row)
            cells = row.cells
            texts = columns if not at else [cell.text for cell in grid.rows[at - 1]]
            for place, cell in enumerate(cells):
                cell.width = widths[place]
                paragraph = cell.paragraphs[0]
                paragraph.style = self.document.styles["Table Text"]
                if place < len(texts):
                    paragraph.add_run(texts[place]).bold = True if not at else None
                else:
                    self._refer(paragraph, grid.notes_of(grid.rows[at - 1]))
                if not at:
                    parts.shade(cell, "E3EAF3")
            if not at:
                parts.mark_heading_row(row)
        self.document.add_paragraph()

    def _widths(self, grid: Grid, noted: bool) -> list[int]:
        room = styles.text_width(self.wide)
        left = 1 - _NOTES_SHARE if noted else 1.0
        total = sum(grid.widths)
        widths = [int(room * left * share / total) for share in grid.widths]
        return [*widths, room - sum(widths)] if noted else widths

    def _picture(self, picture: Picture) -> None:
        from docx.shared import Mm

        self._fill(self.document.add_paragraph(style="Caption"), (picture.caption,))
        self.document.add_picture(io.BytesIO(as_png(picture)), width=Mm(160))
        parts.describe_picture(self.document.inline_shapes[-1], picture.name, picture.alt)

    def _notes(self) -> None:
        if not self.report.notes:
            return
        self.document.add_heading(word("notes-heading", self.lang), level=1)
        for number, note in enumerate(self.report.notes, 1):
            paragraph = self.document.add_paragraph(style="Note Text")
            self._mark(paragraph, f"note{number}")
            if number in self.cited:
                parts.link_to(paragraph, f"ref{number}", f"[{number}]", "Link")
            else:
                paragraph.add_run(f"[{number}]")
            paragraph.add_run(f" {note.text}")
            if note.address:
                paragraph.add_run(" ")
                parts.link_out(paragraph, note.address, word("note-open", self.lang), "Link")

    def _letter(self, letter: Letter) -> None:
        from pactgraph.reports.docx_letter import write_letter

        write_letter(self.document, letter, self._fill)

"""Turns the text of a decision into the DOCX and HTML that an office would write, with the same annex."""

from __future__ import annotations

import html

import docx
from made_up_documents import saved


def split(text: str) -> tuple[list[str], list[list[str]]]:
    """The lines before the table, and its rows."""
    lines = text.split("\n")
    start = next(at for at, line in enumerate(lines) if line.count("\t") >= 5)
    return lines[:start], [line.split("\t") for line in lines[start:] if line.strip()]


def as_docx(text: str, break_every: int = 0) -> bytes:
    """The decision as DOCX; with ``break_every`` the table is cut into several, each with its heading row again."""
    head, rows = split(text)
    document = docx.Document()
    for line in head:
        document.add_paragraph(line)
    size = break_every or len(rows)
    for start in range(1, len(rows), size):
        part = [rows[0], *rows[start:start + size]]
        table = document.add_table(rows=len(part), cols=len(rows[0]))
        grid = table._cells
        for at, cell in enumerate(cell for row in part for cell in row):
            grid[at].paragraphs[0].text = cell
        document.add_paragraph("")
    document.add_paragraph("KT. THỦ TƯỚNG")
    signature = document.add_table(rows=1, cols=2)
    signature.cell(0, 0).text = "Nơi nhận:\n- Như trên"
    return saved(document)


def as_html(text: str) -> bytes:
    """The decision as a page; a heading spans the table below its number."""
    head, rows = split(text)
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in head)
    for row in rows:
        filled = [html.escape(cell.strip()) for cell in row]
        if len(filled) > 2 and filled[0] and not any(filled[2:]):
            body += f"<tr><td>{filled[0]}</td><td colspan={len(filled) - 1}><b>{filled[1]}</b></td></tr>\n"
        else:
            body += "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in filled) + "</tr>\n"
    start = body.index("<tr>")
    return (f"<html><head><meta charset='utf-8'></head><body>{body[:start]}<table>{body[start:]}</table>"
            "<table><tr><td>Nơi nhận</td><td>KT. THỦ TƯỚNG</td></tr></table></body></html>").encode()

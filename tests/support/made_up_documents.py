"""Made-up documents: the structure of the United Nations and of Vietnamese decisions, with words of our own."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import docx

OBSERVATIONS = (Path(__file__).parents[1] / "sources" / "documents" / "made-up-observations.txt").read_text("utf-8")


def observations_docx() -> bytes:
    """The observations as DOCX: numbers typed, subjects bold, symbol in a table at the head."""
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "United Nations", "CCPR/C/XKA/CO/2"
    for text in whole(OBSERVATIONS.splitlines()[3:]):
        document.add_paragraph(text)
    return saved(document)


def observations_html() -> bytes:
    """The observations as a page, with a script that must not be read."""
    body = "".join(f"<p>{text}</p>" for text in whole(OBSERVATIONS.splitlines()))
    return ("<!DOCTYPE html><html><head><meta charset=utf-8><title>1. No paragraph</title></head><body>"
            f"<script>document.write('<p>99. No.</p>')</script>{body}</body></html>").encode()


def whole(lines: Iterable[str]) -> list[str]:
    """The paragraphs of a text whose lines are wrapped: a line that begins with a small letter or a figure goes on."""
    found: list[str] = []
    for line in lines:
        if found and (line[:1].islower() or line.startswith("7 and") or line.startswith("information")):
            found[-1] += " " + line
        else:
            found.append(line)
    return found


def saved(document: object) -> bytes:
    """The bytes of a document of python-docx."""
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def thematic_docx(head: str, heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    """A thematic list: a row of one cell spans the table."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = head
    table = document.add_table(rows=0, cols=len(heading))
    for row in (heading, *rows):
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
            continue
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    return saved(document)


def pdf(pages: Iterable[Iterable[str]]) -> bytes:
    """A PDF of lines of text, one a line of the page; only what Latin-1 holds."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
               b"/Encoding /WinAnsiEncoding >>"]
    kids = []
    for lines in pages:
        escaped = (line.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)") for line in lines)
        shown = b"".join(b"(%s) Tj T* " % line for line in escaped)
        stream = b"BT /F1 10 Tf 50 780 Td 14 TL " + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                       b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [" + b" ".join(kids) + b"] /Count %d >>" % len(kids)
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)) + table + (
        b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out)))


def observations_pdf() -> bytes:
    """The observations as a PDF of two pages, with symbol, page number and a footnote on each."""
    lines = OBSERVATIONS.splitlines()
    half = len(lines) // 2
    return pdf([[*lines[:half], "_______________", "1 A note that is no text.", "2", "GE.24-12345(E)"],
                ["CCPR/C/XKA/CO/2", *lines[half:], "GE.24-12345", "3"]])

"""Reads a DOCX that passed the gate as paragraphs and table rows; nothing in it is followed or run."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from pactgraph.errors import fail
from pactgraph.sources.documents.blocks import Block, Cell, DocumentFile, Paragraph, TableRow, clean
from pactgraph.sources.documents.docx_numbering import Lists, W, value
from pactgraph.sources.office_safety import OfficeFile

Element = ElementTree.Element
_MAIN, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_HEAD = re.compile(r"word/(?:header\d*|footnotes)\.xml")
_THROUGH = {W + name for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
"""Wrappers around paragraphs and tables."""
_PASSED = {W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "txbxContent", "pict", "object")}
"""What is no text of the document: what was struck out, field codes, text boxes."""
_PASSED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_MARKS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_WIDEST, _DEEPEST = 200, 40


def read_docx(file: OfficeFile) -> DocumentFile:
    """The paragraphs and table rows of a document; a part that is no sound XML raises a UserError."""
    with zipfile.ZipFile(file.stream()) as archive:
        parts = {name: _parsed(archive, name, file.name) for name in (_MAIN, _NUMBERING, _STYLES)}
        heads = [_parsed(archive, name, file.name) for name in archive.namelist() if _HEAD.fullmatch(name)]
    main = parts[_MAIN]
    body = None if main is None else main.find(W + "body")
    if body is None:
        raise fail("document-part", file=file.name, part=_MAIN, reason="w:body")
    reader = _Reader(Lists(parts[_NUMBERING], parts[_STYLES]), file.name)
    lines = [clean("".join(_letters(line))) for head in heads if head is not None for line in head.iter(W + "p")]
    return DocumentFile(file.name, file.sha256, "docx", list(reader.blocks(body)), [line for line in lines if line])


def _parsed(archive: zipfile.ZipFile, part: str, name: str) -> Element | None:
    if part not in archive.namelist():
        return None
    try:
        return ElementTree.fromstring(archive.read(part))
    except (ElementTree.ParseError, zipfile.BadZipFile, EOFError) as problem:
        raise fail("document-part", file=name, part=part, reason=str(problem)) from None


class _Reader:
    def __init__(self, lists: Lists, name: str) -> None:
        self.lists, self.name = lists, name
        self.paragraphs = self.tables = 0

    def blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == W + "p":
                self.paragraphs += 1
                style = value(child.find(f"{W}pPr/{W}pStyle")) or ""
                heading = style.lower().replace(" ", "").startswith(("heading", "hch", "h1", "h23", "h4", "title"))
                yield Paragraph(self._text(child), self.paragraphs, heading or _bold(child))
            elif child.tag == W + "tbl":
                self.tables += 1
                yield from self._rows(child, self.tables)
            elif child.tag in _THROUGH:
                yield from self.blocks(child)

    def _rows(self, table: Element, number: int) -> Iterator[TableRow]:
        above: tuple[Cell, ...] = ()
        for place, row in enumerate(_within(table, "tr"), 1):
            cells: list[Cell] = [Cell("")] * _count(row.find(f"{W}trPr/{W}gridBefore"), 0)
            for cell in _within(row, "tc"):
                cells += self._cell(cell, above, len(cells))
                if len(cells) > _WIDEST:
                    raise fail("document-wide", file=self.name, table=number, row=place, limit=_WIDEST)
            above = tuple(cells)
            yield TableRow(above, number, place)

    def _cell(self, cell: Element, above: tuple[Cell, ...], at: int) -> list[Cell]:
        properties = cell.find(W + "tcPr")
        merge = None if properties is None else properties.find(W + "vMerge")
        span = 1 if properties is None else _count(properties.find(W + "gridSpan"), 1)
        text = self._cell_text(cell)
        down = merge is not None and (value(merge) or "continue") == "continue" and at < len(above)
        if down:
            text = above[at].text
        return [Cell(text, above=down), *[Cell("", above=down, beside=True)] * (min(span, _WIDEST + 1) - 1)]

    def _cell_text(self, parent: Element, depth: int = 0) -> str:
        if depth > _DEEPEST:
            raise fail("document-deep", file=self.name, limit=_DEEPEST)
        lines = []
        for child in parent:
            if child.tag == W + "p":
                lines.append(self._text(child))
            elif child.tag in _THROUGH or child.tag in (W + "tbl", W + "tr", W + "tc"):
                lines.append(self._cell_text(child, depth + 1))
        return "\n".join(line for line in lines if line)

    def _text(self, paragraph: Element) -> str:
        text = clean("".join(_letters(paragraph)))
        label = self.lists.label(paragraph.find(W + "pPr"))
        return f"{label} {text}".strip() if label and (text or label != "-") else text


def _letters(element: Element) -> Iterator[str]:
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in _PASSED:
            waiting.extend(reversed(child))


def _within(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, through wrappers; what was struck out is passed over."""
    for child in parent:
        if child.tag == W + name:
            if child.find(f"{W}trPr/{W}del") is None:
                yield child
        elif child.tag in _THROUGH:
            yield from _within(child, name)


def _bold(paragraph: Element) -> bool:
    """Whether all words of a paragraph are bold."""
    runs = [run for run in paragraph.iter(W + "r") if "".join(_letters(run)).strip()]
    return bool(runs) and all(_on(run.find(f"{W}rPr/{W}b")) for run in runs)


def _on(mark: Element | None) -> bool:
    return mark is not None and (value(mark) or "1") not in ("0", "false")


def _count(element: Element | None, otherwise: int) -> int:
    text = value(element) or ""
    return min(int(text), _WIDEST + 1) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise

"""Reads an HTML page as paragraphs and table rows: nothing is loaded or run, and no entity of its own is known."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser

from pactgraph.errors import fail
from pactgraph.sources.documents.blocks import Block, Grid, Paragraph, TableRow, clean
from pactgraph.sources.documents.numbers import BULLET, written

_SKIPPED = {"script", "style", "head", "template", "noscript", "svg", "math", "iframe", "object", "del", "select"}
_BLOCKS = {"p", "div", "li", "ul", "ol", "section", "article", "header", "footer", "main", "body", "html", "blockquote",
           "center", "pre", "dl", "dt", "dd", "address", "figure", "figcaption", "form", "fieldset", "hr", "aside", "nav"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\b|<!DOCTYPE[^>]{0,1000}\[", re.IGNORECASE)
_KNOWN = ("utf-8", "windows-1252", "windows-1258", "iso-8859-1", "us-ascii", "utf-16")
_WIDEST, _CELLS = 200, 100_000


def read_html(data: bytes, name: str) -> list[Block]:
    """The blocks of a page; raises a UserError for an encoding that is not told rightly, entities, or an absurd table."""
    text = _decoded(data, name)
    found = _ENTITY.search(text)
    if found:
        raise fail("html-entities", file=name, line=text[:found.start()].count("\n") + 1)
    reader = _Reader(name)
    reader.feed(text)
    reader.close()
    reader.end()
    return reader.blocks


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = "utf-16"
    else:
        told = _CHARSET.search(data[:4096])
        charset = told[1].decode("ascii").lower() if told and not data.startswith(codecs.BOM_UTF8) else "utf-8-sig"
    if charset == "unicode" or charset == "utf8":
        charset = "utf-8-sig"
    if charset not in (*_KNOWN, "utf-8-sig"):
        raise fail("html-charset", file=name, charset=charset, known=", ".join(_KNOWN))
    try:
        return data.decode("utf-8-sig" if charset == "utf-8" else charset)
    except UnicodeError as problem:
        start = getattr(problem, "start", 0)
        raise fail("html-encoding", file=name, line=data[:start].count(b"\n") + 1, charset=charset) from None


class _Table:
    def __init__(self, number: int) -> None:
        self.number, self.rows, self.grid = number, 0, Grid()
        self.cells: list[tuple[str, int, int]] | None = None
        self.open: tuple[int, int] | None = None


class _Reader(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.blocks: list[Block] = []
        self.text: list[str] = []
        self.skipped: list[str] = []
        self.lists: list[tuple[str, int]] = []
        self.tables: list[_Table] = []
        self.paragraphs = self.count = self.cells = 0
        self.heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self.skipped = []  # a head that was never closed ends here
        if self.skipped or tag in _SKIPPED:
            if tag in _SKIPPED:
                self.skipped.append(tag)
            return
        given = {key: value or "" for key, value in attrs}
        if tag == "br":
            self.text.append("\n")
        elif tag == "table":
            self._table()
        elif self.tables and tag in ("tr", "td", "th"):
            self._part(tag, given)
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._break()
            self.heading = tag in _HEADINGS
            if tag in ("ol", "ul"):
                start = given.get("start", "1")
                form = _FORMS.get(given.get("type", ""), "decimal") if tag == "ol" else ""
                self.lists.append((form, int(start) if re.fullmatch(r"\d{1,6}", start) else 1))
            elif tag == "li" and self.lists:
                self._item(given)

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            if tag == self.skipped[-1]:
                self.skipped.pop()
            return
        if tag == "table" and self.tables:
            self._end_row()
            self.tables.pop()
        elif tag in ("td", "th") and self.tables:
            self._end_cell()
        elif tag == "tr" and self.tables:
            self._end_row()
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._break()
            self.heading = False
            if tag in ("ol", "ul") and self.lists:
                self.lists.pop()

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.text.append(re.sub(r"[^\S\xa0]+", " ", data))

    def end(self) -> None:
        """What is still open at the end of the page ends there."""
        while self.tables:
            self._end_row()
            self.tables.pop()
        self._break()

    def _item(self, given: dict[str, str]) -> None:
        form, number = self.lists.pop()
        told = given.get("value", "")
        number = int(told) if re.fullmatch(r"\d{1,6}", told) else number
        self.lists.append((form, number + 1))
        self.text.append(f"{BULLET} " if not form else written(number, form) + (". " if form == "decimal" else ") "))

    def _break(self) -> None:
        """End a paragraph; inside a cell only its line."""
        if self.tables:
            self.text.append("\n")
            return
        words = clean("".join(self.text)).replace("\n\n", "\n")
        self.text = []
        if words:
            self.paragraphs += 1
            self.blocks.append(Paragraph(words, self.paragraphs, self.heading))

    def _table(self) -> None:
        if self.tables and self.tables[-1].open is not None:
            # A table inside a cell: its words are the cell's.
            self.tables.append(_Table(0))
            return
        self._break()
        self.count += 1
        self.tables.append(_Table(self.count))

    def _part(self, tag: str, given: dict[str, str]) -> None:
        table = self.tables[-1]
        if table.number == 0:
            self.text.append("\n")
        elif tag == "tr":
            self._end_row()
            table.cells = []
        else:
            self._end_cell()
            if table.cells is None:
                table.cells = []
            self.text = []
            table.open = (self._span(given, "colspan", table), self._span(given, "rowspan", table))

    def _span(self, given: dict[str, str], name: str, table: _Table) -> int:
        text = given.get(name, "").strip()
        span = int(text) if re.fullmatch(r"\d{1,9}", text) else 1
        if span > (_WIDEST if name == "colspan" else 65_534):
            raise fail("html-span", file=self.name, table=table.number, row=table.rows + 1, span=f'{name}="{text}"')
        return max(span, 1)

    def _end_cell(self) -> None:
        table = self.tables[-1]
        if table.number and table.open is not None and table.cells is not None:
            words = re.sub(r"\n+", "\n", clean("".join(self.text)))
            table.cells.append((words, *table.open))
            table.open, self.text = None, []

    def _end_row(self) -> None:
        table = self.tables[-1]
        if table.number == 0 or table.cells is None:
            return
        self._end_cell()
        cells = table.grid.row(table.cells)
        table.cells = None
        table.rows += 1
        self.cells += len(cells)
        if len(cells) > _WIDEST:
            raise fail("document-wide", file=self.name, table=table.number, row=table.rows, limit=_WIDEST)
        if self.cells > _CELLS:
            raise fail("html-cells", file=self.name, limit=_CELLS)
        if cells:
            self.blocks.append(TableRow(tuple(cells), table.number, table.rows))

"""Reads one XML part of a workbook or document without building anything, and says what in it is not safe or no value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, Any, NoReturn
from xml.parsers import expat

from pactgraph.errors import UserError, fail

DEEPEST = 200
MOST_CELLS = 8_000_000
"""A sheet may span so many cells, from its first to the last that is filled; a reader goes through all of them."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CHUNK = 1 << 16
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CALLS = re.compile(r"^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE | re.MULTILINE)
_HARMLESS = ("/hyperlink",)
_LOCAL_TEMPLATE = re.compile(r"file:///?(?![\\/])", re.IGNORECASE)
_FIRST_TOLD = 3


@dataclass
class Extent:
    """How far a sheet is filled: the last row and column with a value (from 1; 0 where there is none)."""

    rows: int = 0
    columns: int = 0


@dataclass
class Scan:
    """What was seen in a part; ``extent`` where it is a sheet."""

    problems: list[UserError] = field(default_factory=list)
    extent: Extent | None = None


def scan_part(stream: IO[bytes], part: str, file: str, *, formulas: bool) -> Scan:
    """Read a part to its end. What cannot be XML raises a UserError; what is unwanted in it becomes a problem."""
    reader = _Reader(part, file, formulas)
    try:
        while chunk := stream.read(_CHUNK):
            reader.parser.Parse(chunk, False)
        reader.parser.Parse(b"", True)
    except expat.ExpatError as problem:
        reason = expat.errors.messages.get(problem.code, str(problem))
        raise fail("office-xml", file=file, line=problem.lineno, part=part, reason=reason) from None
    reader.end()
    return reader.scan


def column_number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _Reader:
    """The handlers of one part."""

    def __init__(self, part: str, file: str, formulas: bool) -> None:
        self.part, self.file, self.formulas = part, file, formulas
        self.scan = Scan()
        self.depth = self.found = self.row = self.column = 0
        self.in_cell = self.in_code = False
        self.code: list[str] = []
        # A part in a code page of its own says so, or cannot be read; what libraries read, expat reads as they do.
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EndElementHandler = self._up
        low = part.lower()
        if low.startswith("xl/worksheets/") and low.endswith(".xml"):
            self.scan.extent = Extent()
            self.parser.StartElementHandler = self._sheet_element
        elif low.endswith(".rels"):
            self.parser.StartElementHandler = self._relationship
        elif low.startswith("word/") and low.endswith(".xml"):
            self.parser.StartElementHandler = self._word_element
            self.parser.CharacterDataHandler = self._word_text
        elif low == "[content_types].xml":
            self.parser.StartElementHandler = self._content_type
        else:
            self.parser.StartElementHandler = self._down

    def end(self) -> None:
        """What only the whole part tells."""
        if self.found > _FIRST_TOLD:
            more = self.found - _FIRST_TOLD
            self.scan.problems.append(fail("office-formulas-more", file=self.file, part=self.part, count=more))
        extent = self.scan.extent
        if extent and extent.rows * extent.columns > MOST_CELLS:
            self.scan.problems.append(fail("office-dimensions", file=self.file, part=self.part, rows=extent.rows,
                                           columns=extent.columns, limit=MOST_CELLS))
        call = _CALLS.search("".join(self.code))
        if call:
            self.scan.problems.append(fail("office-dde", file=self.file, part=self.part, found=call[1].upper()))

    def _doctype(self, *_: Any) -> NoReturn:
        raise fail("office-doctype", file=self.file, line=self.parser.CurrentLineNumber, part=self.part)

    def _down(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise fail("office-deep", file=self.file, part=self.part, limit=DEEPEST)

    def _up(self, name: str) -> None:
        self.depth -= 1
        self.in_code = False
        if name.endswith(" c"):
            self.in_cell = False

    # Sheets -----------------------------------------------------------------------------------------------------

    def _sheet_element(self, name: str, attributes: dict[str, str]) -> None:
        self._down(name, attributes)
        short = name.rpartition(" ")[2]
        if short == "row":
            self.row, self.column = self._number(attributes.get("r"), self.row + 1), 0
        elif short == "c":
            self._cell(attributes.get("r"))
        elif self.in_cell and short in ("v", "is", "f"):
            assert self.scan.extent is not None
            self.scan.extent.rows = max(self.scan.extent.rows, self.row)
            self.scan.extent.columns = max(self.scan.extent.columns, self.column)
            if short == "f" and not self.formulas:
                self._formula()

    def _number(self, found: str | None, following: int) -> int:
        if found is None:
            return following
        if not (found.isascii() and found.isdigit() and 1 <= int(found[:8]) <= LAST_ROW):
            raise fail("office-place", file=self.file, part=self.part, found=found[:20])
        return int(found)

    def _cell(self, place: str | None) -> None:
        self.in_cell = True
        if place is None:
            self.column += 1
            return
        match = _CELL.fullmatch(place)
        if not match or column_number(match[1]) > LAST_COLUMN or not 1 <= int(match[2]) <= LAST_ROW:
            raise fail("office-place", file=self.file, part=self.part, found=place[:20])
        self.column, self.row = column_number(match[1]), int(match[2])

    def _formula(self) -> None:
        self.found += 1
        if self.found <= _FIRST_TOLD:
            cell = f"{column_letters(self.column)}{self.row}"
            self.scan.problems.append(fail("office-formula", file=self.file, line=self.row, column=cell, part=self.part))

    # What leads out of the file -----------------------------------------------------------------------------------

    def _relationship(self, name: str, attributes: dict[str, str]) -> None:
        self._down(name, attributes)
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if kind.endswith(("/vbaProject", "/xlMacrosheet")):
            self.scan.problems.append(fail("office-macro", file=self.file, part=self.part))
        if attributes.get("TargetMode", "").lower() != "external" or kind.endswith(_HARMLESS):
            return
        if kind.endswith("/attachedTemplate") and _LOCAL_TEMPLATE.match(target):
            return  # Word notes the writer's own template; nothing reads it
        self.scan.problems.append(fail("office-external", file=self.file, part=self.part, target=target[:120]))

    def _content_type(self, name: str, attributes: dict[str, str]) -> None:
        self._down(name, attributes)
        if "macroenabled" in attributes.get("ContentType", "").lower():
            self.scan.problems.append(fail("office-macro", file=self.file, part=attributes.get("PartName", self.part)))

    def _word_element(self, name: str, attributes: dict[str, str]) -> None:
        self._down(name, attributes)
        space, _, short = name.rpartition(" ")
        if short == "fldSimple":
            self.code += [attributes.get(f"{space} instr", ""), "\n"]
        elif short == "fldChar" and attributes.get(f"{space} fldCharType") == "begin":
            self.code.append("\n")
        self.in_code = short == "instrText"

    def _word_text(self, text: str) -> None:
        if self.in_code:
            self.code.append(text)

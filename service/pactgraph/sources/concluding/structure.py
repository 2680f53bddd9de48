"""Finds the structure of concluding observations: sections, subjects, numbered paragraphs and lettered parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pactgraph.sources.documents import PDF, TEXT, DocumentFile
from pactgraph.sources.documents.records import DocumentIssue, Place

_NUMBERED = re.compile(r"(?P<number>\d{1,3})\s*\.\s*(?=\S)(?P<text>.*)", re.DOTALL)
_PART = re.compile(r"\((?P<part>[a-z]{1,4})\)\s*(?=\S)(?P<text>.*)", re.DOTALL)
_SECTION = re.compile(r"(?:(?P<letter>[A-Z]|[IVX]+)\s*\.\s+)(?P<title>[A-Z][^.]{3,120})")
_FURNITURE = re.compile(r"(?:[A-Z]{2,6}(?:/[A-Z0-9.-]+){2,6}|\d{1,3}|(?:\d{1,3}\s+)?GE\.\d\d-\d+.*|Distr\.:.*"
                        r"|Page \d+(?: of \d+)?"
                        r"|\d{1,3}/\d{1,3})")
"""What stands on every page and is no text: symbol, number of the page, job number."""
_RULE = re.compile(r"_{5,}|\*{3,}")
_ENDS = re.compile(r"[.;:!?)”\"]\d{0,3}$")
SECTIONS = {"introduction": "introduction", "positive": "positive", "concern": "concern", "recommendations": "concern",
            "dissemination": "closing", "follow-up": "closing"}
"""Words of the titles of sections, and the section that they begin."""


@dataclass
class Part:
    """A lettered part of a paragraph."""

    letter: str
    text: str
    place: Place


@dataclass
class Numbered:
    """A numbered paragraph with its section, the subject above it and its parts."""

    number: int
    text: str
    place: Place
    section: str
    subject: str
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A paragraph of the file, or a line of a text or PDF, with its place."""

    text: str
    place: Place


def lines_of(document: DocumentFile) -> list[Line]:
    """The lines that hold text: those of a PDF or text without what stands on every page and without footnotes."""
    loose = document.kind in (PDF, TEXT)
    found: list[Line] = []
    note_on: int | None = None
    for block in document.paragraphs():
        text = " ".join(block.text.split())
        if loose and _RULE.fullmatch(text):
            note_on = block.page if block.page is not None else None
        elif text and (note_on is None or block.page != note_on) and not (loose and _FURNITURE.fullmatch(text)):
            found.append(Line(text, Place(paragraph=block.number, page=block.page)))
    return found


def read_structure(document: DocumentFile, issues: list[DocumentIssue]) -> list[Numbered]:
    """The numbered paragraphs in their order; a number that is skipped or stands twice is told."""
    reader = _Reader(document.kind in (PDF, TEXT), issues)
    for line in lines_of(document):
        reader.line(line)
    return reader.found


class _Reader:
    def __init__(self, loose: bool, issues: list[DocumentIssue]) -> None:
        self.loose, self.issues = loose, issues
        self.found: list[Numbered] = []
        self.section, self.subject = "", ""
        self.waiting: list[str] = []
        """Lines that may be the heading of the next paragraph."""
        self.dropping = False
        """Whether the lines are those of a paragraph whose number stood before; the first one counts."""

    def line(self, line: Line) -> None:
        numbered, section = _NUMBERED.match(line.text), _SECTION.fullmatch(line.text)
        part = _PART.match(line.text)
        if section and section_of(section["title"]):
            self._flush()
            self.section, self.subject = section_of(section["title"]), ""
        elif numbered and self._is_next(int(numbered["number"])):
            self._begin(int(numbered["number"]), numbered["text"], line.place)
        elif part and self.found and not self.waiting and self._begins_part(part["part"]):
            self._part(part["part"], part["text"], line.place)
        else:
            self._other(line.text)

    def _is_next(self, number: int) -> bool:
        """Whether a number goes on with the paragraphs: the next one; or one or two
        further, or the same again, where a sentence ended before (then something is wrong with the numbers)."""
        last = self.found[-1].number if self.found else 0
        if not self.loose:
            return True
        return number == last + 1 or (self._ended() and bool(last) and last <= number <= last + 3)

    def _ended(self) -> bool:
        return not self.found or bool(self.waiting) or bool(_ENDS.search(self._last()))

    def _last(self) -> str:
        paragraph = self.found[-1]
        return paragraph.parts[-1].text if paragraph.parts else paragraph.text

    def _begin(self, number: int, text: str, place: Place) -> None:
        last = self.found[-1].number if self.found else 0
        self.dropping = any(paragraph.number == number for paragraph in self.found)
        if self.dropping:
            self.issues.append(DocumentIssue("co-twice", place, "paragraph", str(number)))
            return
        if number != last + 1:
            self.issues.append(DocumentIssue("co-gap", place, "paragraph", f"{last} → {number}", is_error=False))
        if self.waiting:
            self.subject, self.waiting = " ".join(self.waiting), []
        self.found.append(Numbered(number, text, place, self.section, self.subject))

    def _begins_part(self, letter: str) -> bool:
        """Whether a letter in brackets is the next part; "(i)" under "(a)" is a part of the part."""
        parts = self.found[-1].parts
        wanted = _after(parts[-1].letter) if parts else "a"
        return letter == wanted or (len(letter) == 1 and bool(parts) and letter not in "ivx" and letter > parts[-1].letter) \
            or (not parts and len(letter) == 1 and letter not in "ivx")

    def _part(self, letter: str, text: str, place: Place) -> None:
        if self.dropping:
            return
        parts = self.found[-1].parts
        wanted = _after(parts[-1].letter) if parts else "a"
        if letter != wanted:
            found = f"{self.found[-1].number} ({letter})"
            self.issues.append(DocumentIssue("co-part-gap", place, "part", found, (wanted,), False))
        parts.append(Part(letter, text, place))

    def _other(self, text: str) -> None:
        """A line that begins nothing: it goes on with what stands above, or is a heading, or belongs to the head."""
        title = section_of(text)
        if title and len(text) < 120 and not _ENDS.search(text) and (not self.found or self._ended()):
            self._flush()
            self.section, self.subject = title, ""
        elif not self.found:
            self.waiting = []
        elif self.waiting or (self._ended() and not _ENDS.search(text) and text[:1].isupper() and len(text) < 160):
            self.waiting.append(text)
            if _ENDS.search(text) and not text.endswith(")"):
                self._flush()
        else:
            self._append(text)

    def _append(self, text: str) -> None:
        if self.dropping:
            return
        paragraph = self.found[-1]
        if paragraph.parts:
            paragraph.parts[-1].text = _joined(paragraph.parts[-1].text, text)
        else:
            paragraph.text = _joined(paragraph.text, text)

    def _flush(self) -> None:
        """Lines that were taken for a heading, but are none."""
        for text in self.waiting:
            if self.found:
                self._append(text)
        self.waiting = []


def _joined(before: str, after: str) -> str:
    """Two lines of a paragraph; a word that was cut at "-" is left as printed."""
    return f"{before}{after}" if before.endswith("-") and after[:1].islower() else f"{before} {after}"


def _after(letter: str) -> str:
    return "a" * (len(letter) + 1) if letter.endswith("z") else letter[:-1] + chr(ord(letter[-1]) + 1)


def section_of(title: str) -> str:
    """The section that a title begins, "" where it is no title of a section."""
    folded = title.casefold()
    known = ("introduction", "positive aspects", "principal", "main areas of concern", "dissemination", "follow-up and",
             "factors and difficulties")
    if not folded.startswith(known) or len(folded) > 120:
        return ""
    return next((section for word, section in SECTIONS.items() if word in folded), "other")

"""Reads the head of a decision: its number (as printed and as meant), date and title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pactgraph.errors import fail
from pactgraph.sources.annex.document_words import DocumentWords, month_number
from pactgraph.sources.annex.reading import Reading
from pactgraph.sources.annex.records import Issue

_HEAD = 40
"""How many lines may belong to the head."""


@dataclass(frozen=True)
class Head:
    """What the first page and the annex's reference say."""

    number_verbatim: str
    number_reading: str
    date: str
    title: str
    issues: list[Issue]
    issuer: str | None = None


def read_head(lines: list[str], reading: Reading, file: str) -> Head:
    """Read the head. The annex's own reference corrects a misprinted number, and the difference is reported."""
    words = reading.document
    number = _search(lines, words.number)
    reference = _search(lines, words.annex_reference)
    if number is None and reference is None:
        raise fail("no-document-number", file=file)
    verbatim = (number or reference)[1]["number"]  # type: ignore[index]
    meant = reference[1]["number"] if reference else verbatim
    issues = []
    if verbatim != meant:
        issues.append(Issue("document-number-mismatch", "number", (number[0],), verbatim, meant))  # type: ignore[index]
    if words.number_form and not words.number_form.fullmatch(meant):
        issues.append(Issue("unreadable-number", "number", ((reference or number)[0],), meant))  # type: ignore[index]
    return Head(verbatim, meant, _date(lines, words, reference, file), _title(lines, words), issues, _issuer(lines, reading))


def _date(lines: list[str], words: DocumentWords, reference: tuple[int, re.Match[str]] | None, file: str) -> str:
    found = reference or _search(lines, words.date)
    if found is None:
        raise fail("no-document-date", file=file)
    line, match = found
    try:
        return date(int(match["year"]), month_number(match["month"], words.months), int(match["day"])).isoformat()
    except ValueError:
        raise fail("no-document-date", file=file, line=line) from None


def _title(lines: list[str], words: DocumentWords) -> str:
    heading = _search(lines, words.title_after)
    if heading is None:
        return ""
    return next((line.strip() for line in lines[heading[0]:] if line.strip()), "")


def _issuer(lines: list[str], reading: Reading) -> str | None:
    """The body whose name, and nothing else, stands first on a line of the head; None where none does."""
    for line in lines[:_HEAD]:
        for name, start, end in reading.bodies.find_all(line.strip()):
            if (start, end) == (0, len(line.strip())):
                return name.canonical
    return None


def _search(lines: list[str], pattern: re.Pattern[str] | None) -> tuple[int, re.Match[str]] | None:
    for number, line in enumerate(lines if pattern else [], 1):
        match = pattern.search(line.strip())  # type: ignore[union-attr]
        if match:
            return number, match
    return None

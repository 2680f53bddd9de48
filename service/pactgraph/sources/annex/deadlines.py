"""Reads a deadline cell into deadlines by kind, with years, ranges and recurrence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pactgraph.sources.annex.bullets import split_bullets
from pactgraph.sources.annex.document_words import month_number
from pactgraph.sources.annex.reading import Reading
from pactgraph.sources.annex.records import Deadline, Issue

_LEAP_YEAR = 2000


def read_deadlines(cell: str, lines: Sequence[int], reading: Reading) -> tuple[list[Deadline], list[Issue]]:
    """The deadlines of a cell in their order. What no pattern reads is kept as kind "other" and reported."""
    deadlines: list[Deadline] = []
    issues: list[Issue] = []
    for part in split_bullets(cell):
        if part.count(")") > part.count("("):
            found = " ".join(part.split()[-2:])
            issues.append(Issue("unbalanced-bracket", "deadlines", tuple(lines), found, found.rstrip(")")))
        for piece in _pieces(part, reading):
            deadline = read_deadline(piece, reading)
            if deadline is None:
                issues.append(Issue("unreadable-deadline", "deadlines", tuple(lines), piece))
                deadline = Deadline("other", piece)
            deadlines.append(deadline)
    return deadlines, issues


def _pieces(part: str, reading: Reading) -> list[str]:
    """A part, cut at "and" or "or" where both sides can be read."""
    for joiner in reading.deadline_joiners:
        left, word, right = part.partition(f" {joiner} ")
        if word and read_deadline(left, reading) and read_deadline(right, reading):
            return [left.strip(), right.strip()]
    return [part]


def read_deadline(text: str, reading: Reading) -> Deadline | None:
    """One deadline, None where no pattern of the reading fits the whole text, or what it catches is no date."""
    for kind, pattern in reading.deadline_patterns:
        match = pattern.fullmatch(text)
        if match:
            return deadline_of(kind, text, match, reading.document.months)
    return None


def find_deadlines(text: str, reading: Reading) -> list[Deadline]:
    """The dated deadlines inside running text (a duty of the decision's body), each with its own words."""
    found: list[tuple[int, int, Deadline]] = []
    for kind, pattern in reading.deadline_patterns:
        if not {"day", "after"} & set(pattern.groupindex):
            continue
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                deadline = deadline_of(kind, match[0].strip(), match, reading.document.months)
                if deadline:
                    found.append((match.start(), match.end(), deadline))
    return [deadline for _, _, deadline in sorted(found, key=lambda item: item[0])]


def deadline_of(kind: str, raw: str, match: re.Match[str], months: list[str]) -> Deadline | None:
    """Make a deadline of what a pattern caught; None where day and month are none of the calendar."""
    caught = {name: value for name, value in match.groupdict().items() if value}
    deadline = Deadline(kind, raw, before="before" in caught)
    if "day" in caught:
        year = int(caught["year"]) if "year" in caught else _LEAP_YEAR
        try:
            day = date(year, month_number(caught["month"], months), int(caught["day"]))
        except ValueError:
            return None
        deadline.date = day.isoformat() if "year" in caught else f"--{day:%m-%d}"
    if "year" in caught:
        deadline.year = int(caught["year"])
    if "start" in caught:
        deadline.start, deadline.end = int(caught["start"]), int(caught["end"])
    if kind == "annual":
        deadline.recurrence = "P1Y"
    if "every" in caught:
        deadline.recurrence = f"P{int(caught['every'])}Y"
    if "after" in caught:
        deadline.duration = f"P{int(caught['after'])}Y"
    return deadline

"""Reads the phrases of concluding observations: articles in brackets, what recommends, what is to be followed up, dates."""

from __future__ import annotations

import re
from datetime import date

from pactgraph.sources.documents.records import ProposedArticle

_BRACKET = re.compile(r"\(\s*(?P<words>arts?\.\s*(?:[^()]|\([^()]*\))*)\)", re.IGNORECASE)
_LISTED = re.compile(r"(?P<first>\d{1,3})(?:\s*(?:\([^()]*\)\s*)*)(?:[-–]\s*(?P<last>\d{1,3}))?")
_RECOMMENDS = re.compile(r"\bthe State party (?:should|must|is (?:urged|encouraged|requested|invited|reminded))\b"
                         r"|\bthe Committee (?:also |further |therefore |strongly |again )*(?:recommends|urges|calls (?:up)?on|"
                         r"encourages|invites|requests|reiterates its (?:previous )?recommendation)", re.IGNORECASE)
_FOLLOWED = re.compile(r"information on (?:the |its )?(?:follow-up|implementation|steps|measures|action).{0,200}?"
                       r"paragraphs?\s+(?P<list>\d.*?)(?:\babove\b|\.\s|\.$|;)", re.IGNORECASE | re.DOTALL)
_DUE = re.compile(r"\b(?:by|before|no later than)\s+(?P<day>\d{1,2})\s+(?P<month>[A-Z][a-z]+)\s+(?P<year>\d{4})")
_WITHIN = re.compile(r"\bwithin\s+(?P<count>\w+)\s+(?P<unit>years?|months?)\b", re.IGNORECASE)
_REPORT = re.compile(r"\bnext\b.{0,60}?\breport\b.{0,80}", re.IGNORECASE | re.DOTALL)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")
_COUNTS = ("one", "two", "three", "four", "five", "six")
_LAST_ARTICLE = 99


def articles(text: str) -> tuple[list[ProposedArticle], list[str]]:
    """The articles that a text names in brackets, and the brackets that cannot be read as articles of the treaty."""
    found: dict[str, ProposedArticle] = {}
    unread: list[str] = []
    for bracket in _BRACKET.finditer(text):
        words = " ".join(bracket["words"].split())
        if re.search(r"\b(?:Optional Protocol|Constitution|Charter|Code)\b", words):
            unread.append(words)
            continue
        listed = [number for match in _LISTED.finditer(re.sub(r"\([^()]*\)", "", words)) for number in _numbers(match)]
        if not listed:
            unread.append(words)
        for number in listed:
            found.setdefault(str(number), ProposedArticle(str(number), words))
    return list(found.values()), unread


def _numbers(match: re.Match[str]) -> list[int]:
    first, last = int(match["first"]), int(match["last"] or match["first"])
    return list(range(first, last + 1)) if first <= last <= _LAST_ARTICLE else []


def recommends(text: str) -> bool:
    """Whether a paragraph says what the State party should do."""
    return bool(_RECOMMENDS.search(text))


def begins_with_recommendation(text: str) -> bool:
    """Whether that is its first sentence."""
    found = _RECOMMENDS.search(text)
    return found is not None and not re.search(r"[a-z)]\.\s", text[:found.start()])


def followed_up(text: str) -> list[int]:
    """The paragraphs that the State party is asked to report on early; none where the text asks nothing of the kind."""
    found = _FOLLOWED.search(text)
    if found is None:
        return []
    listed = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", " ", found["list"])
    return [int(number) for number in re.findall(r"\b\d{1,3}\b", listed)]


def day_in(text: str) -> str | None:
    """The day by which something is due (YYYY-MM-DD), None where the text gives none."""
    found = _DUE.search(text)
    if found is None or found["month"] not in _MONTHS:
        return None
    try:
        return date(int(found["year"]), _MONTHS.index(found["month"]) + 1, int(found["day"])).isoformat()
    except ValueError:
        return None


def within(text: str) -> str | None:
    """The time within which something is due as an ISO 8601 duration (P1Y), None where the text gives none."""
    found = _WITHIN.search(text)
    if found is None:
        return None
    count = found["count"].lower()
    number = _COUNTS.index(count) + 1 if count in _COUNTS else int(count) if count.isdigit() else 0
    return f"P{number}{found['unit'][0].upper()}" if number else None


def next_report(text: str) -> str | None:
    """The day of the next report, where a paragraph asks for one."""
    found = _REPORT.search(text)
    return day_in(text[max(0, found.start() - 120):found.end()]) if found else None

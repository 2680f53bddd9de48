"""The number of a paragraph, or of a UPR recommendation, that an export glues to its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"(?<![\w.,/–-])(\d{1,3})\s*\.(?!\d)\s*")
_LONGEST_HEADING = 200
_CITED = re.compile(r"(?:\b(?:art|arts|article|articles|para|paras|paragraph|paragraphs|section|sections|goal|target|resolution"
                    r"|no|nos|rule|chapter|protocol|and|of|in|to|by|the|at|from|with|law|decree|annex)\.?|[,;:(])\s*$",
                    re.IGNORECASE)
_SENTENCE = re.compile(r"(?<!\bpara)(?<!\bparas)(?<!\bart)(?<!\barts)(?<!\bNo)[.!?;:]\s", re.IGNORECASE)
_PART = re.compile(r"(?:^|[:;.,]|\band\b|\bor\b)\s*\(([a-z])\)\s*(?=\S)")
_UPR = (
    re.compile(r"^\s*(?:recommendation\s+)?(?P<para>\d{1,3})\s*\.\s*(?P<number>\d{1,3})(?!\d|\.\d|\s*(?:per cent|%))"
               r"\s*[.:)–-]?\s*", re.IGNORECASE),
    re.compile(r"^\s*para(?:graph|s)?\.?\s*(?P<para>\d{1,3})\s*[:.]\s*(?P<number>\d{1,3})\s*[.:)–-]?\s*", re.IGNORECASE),
    re.compile(r"^\s*recommendation\s+no\.?\s*(?P<number>\d{1,3})\b.{0,40}?\bpara(?:graph)?\.?\s*(?P<para>\d{1,3})"
               r"(?:\s*:\s*(?P<again>\d{1,3}))?\s*[.:)–-]?\s*", re.IGNORECASE),
    re.compile(r"^\s*(?P<para>\d{1,3})\s*\((?P<part>[a-z])\)\s*[.:–-]?\s*"),
    re.compile(r"^\s*(?P<para>\d{1,3})\s*[.)]?\s+(?=\S)"),
)


@dataclass(frozen=True)
class Numbered:
    """A text without its number: ``24``, part ``a``; of a review ``136.1``. None where the text has none."""

    text: str
    paragraph: str | None = None
    part: str | None = None
    heading: str = ""


def numbered(text: str, *, upr: bool) -> Numbered:
    """Take the number off a text; what stands before it is its heading."""
    return _of_review(text) if upr else _of_document(text)


def _of_document(text: str) -> Numbered:
    for match in _NUMBER.finditer(text):
        heading = text[: match.start()].strip()
        if len(heading) > _LONGEST_HEADING or _SENTENCE.search(heading):
            break
        following = text[match.end() : match.end() + 1]
        if (heading and _CITED.search(heading)) or (following and following.islower()):
            continue
        rest = text[match.end() :].strip()
        return Numbered(rest, match[1], _part(rest), heading)
    lettered = re.match(r"\s*(\d{1,3})\s*\(([a-z])\)\s*\.?\s*", text)
    if lettered:
        return Numbered(text[lettered.end() :].strip(), lettered[1], lettered[2])
    return Numbered(text.strip(), None, _part(text))


def _part(text: str) -> str | None:
    """The letter of the one lettered part of a text; a text with several is a whole paragraph."""
    letters = _PART.findall(text)
    if len(letters) != 1:
        return None
    before = text.partition(f"({letters[0]})")[0].rstrip()
    return letters[0] if not before or before.endswith(":") else None


def _of_review(text: str) -> Numbered:
    for pattern in _UPR:
        match = pattern.match(text)
        if match:
            found = match.groupdict()
            number = found.get("again") or found.get("number")
            paragraph = f"{int(found['para'])}.{int(number)}" if number else str(int(found["para"]))
            return Numbered(text[match.end() :].strip(), paragraph, found.get("part"))
    return Numbered(text.strip())

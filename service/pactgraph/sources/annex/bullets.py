"""Splits a cell at its bullets and drops them, with the ";" or "." that closes a part."""

from __future__ import annotations

import re

_FIRST = re.compile(r"^\s*[-–•+]\s+")
_CLOSING = re.compile(r"(?<!\.)[;.]\s*$|;\s*$")


def split_bullets(cell: str) -> list[str]:
    """The parts of a cell: ``- A; - B.`` → ``A``, ``B``. A cell without bullets is one part, an empty one none.

    A dash is a bullet at the start of the cell, after ";", "." or ")" and, in a cell that starts with a bullet, before
    any capital letter; the dash of "2019 - 2022" or "kinh tế - xã hội" is none.
    """
    text = cell.strip()
    if not text:
        return []
    bulleted = bool(_FIRST.match(text))
    return [_clean(part) for part in _cut(text, bulleted) if _clean(part)]


def _cut(text: str, bulleted: bool) -> list[str]:
    text = _FIRST.sub("", text)
    parts, start = [], 0
    for match in re.finditer(r"\s[-–•+]\s+(?=\S)", text):
        following, preceding = text[match.end()], text[:match.start()].rstrip()[-1:]
        if following.isupper() and (bulleted or preceding in ";.)"):
            parts.append(text[start:match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _clean(part: str) -> str:
    return _CLOSING.sub("", part.strip()).strip()

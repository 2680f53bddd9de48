"""Why a query was not answered, for the editor: the place in its text, and what could stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pactgraph.errors import UserError
from pactgraph.web.page import Page

_PLACE = re.compile(r"error at (\d+):(\d+):\s*(?:expected(?: one of)?\s*)?(.*)", re.DOTALL)
_LETTERS = re.compile(r"\[(?:'(?:\\.|[^'])*'|[^\]'])*\]", re.DOTALL)
"""A class of characters, as the parser writes what it expected."""
_HINTS = {"Prefix not found": "syntax-prefix", "a variable that is unbound": "syntax-unbound"}
"""What the parser says beside the words that it expected, and our words for it."""


@dataclass(frozen=True)
class Told:
    """A message, and the line and the column (from 1) where the query could not be read further; 0: no place."""

    message: str
    line: int = 0
    column: int = 0


def told(page: Page, problem: UserError) -> Told:
    """What the editor says of a problem."""
    place = _PLACE.fullmatch(str(problem.values.get("reason", "")))
    if problem.key != "query-syntax" or place is None:
        return Told(problem.message(page.lang))
    line, column = int(place[1]), int(place[2])
    found = [page.t("syntax-at", line=line, column=column), *_more(page, place[3])]
    return Told(" ".join(found), line, column)


def _more(page: Page, reason: str) -> list[str]:
    for sign, key in _HINTS.items():
        if sign in reason:
            return [page.t(key)]
    expected = [part.strip() for part in _LETTERS.sub("", reason).split(", ") if part.strip(" ,")]
    return [page.t("syntax-expected", expected=", ".join(expected))] if expected else []

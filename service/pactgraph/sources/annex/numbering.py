"""Reads the numbers of rows (A., I., 1., 1.1., a, b, c) and their hierarchy, by the alphabet of their country.

"C." is a letter or the Roman hundred, "I." a letter or the Roman one: the number that continues an open sequence wins,
then the one that begins a new one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN_FORM = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


@dataclass(frozen=True)
class Mark:
    """A number as one of its readings: kind, value (1-based) and how it stands in an id."""

    kind: str
    value: int
    text: str


class Numbering:
    """Follows the numbers of an annex from row to row and gives each row its id and its parent's."""

    def __init__(self, letters: str) -> None:
        self._letters = letters
        self._path: list[Mark] = []
        self.gap = False

    def next(self, cell: str) -> tuple[str, str | None] | None:
        """The id and parent of the row numbered ``cell``; None where the number cannot be read.

        ``gap`` tells afterwards whether the number skipped one.
        """
        marks = readings(cell, self._letters)
        if not marks:
            return None
        mark, depth = self._place(marks)
        self._path = [*self._path[:depth], mark]
        ids = [item.text for item in self._path]
        return ".".join(ids), ".".join(ids[:-1]) or None

    def _place(self, marks: list[Mark]) -> tuple[Mark, int]:
        self.gap = False
        for mark in marks:
            for depth in range(len(self._path) - 1, -1, -1):
                if self._path[depth].kind == mark.kind and self._path[depth].value + 1 == mark.value:
                    return mark, depth
        for mark in marks:
            if mark.value == 1 and not any(item.kind == mark.kind for item in self._path):
                return mark, len(self._path)
        self.gap = True
        for mark in marks:
            for depth, item in enumerate(self._path):
                if item.kind == mark.kind:
                    return mark, depth
        return marks[0], len(self._path)


def readings(cell: str, letters: str) -> list[Mark]:
    """Every way to read a row number; none where it is not one. ``letters`` is the alphabet in capitals."""
    text = cell.strip().strip("()").rstrip(".)/ ")
    if re.fullmatch(r"\d{1,3}", text):
        return [Mark("number", int(text), str(int(text)))]
    if re.fullmatch(r"\d{1,3}(\.\d{1,3})+", text):
        last = text.rsplit(".", 1)[1]
        return [Mark("number." + str(text.count(".")), int(last), str(int(last)))]
    marks = []
    if len(text) == 1 and text.upper() in letters:
        kind = "upper" if text.isupper() else "lower"
        marks.append(Mark(kind, letters.index(text.upper()) + 1, text))
    if text and _ROMAN_FORM.fullmatch(text):
        marks.append(Mark("roman", _roman(text), text))
    return marks


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-value if value < following else value
               for value, following in zip(values, [*values[1:], 0], strict=True))

"""Writes the numbers that a document does not hold as text but lets the program count (lists of DOCX and HTML)."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
BULLET = "-"
_MOST = 4000


def written(value: int, form: str) -> str:
    """A number in the form that DOCX names (decimal, lowerLetter, upperRoman …); what is unknown is decimal."""
    if not 0 < value < _MOST:
        return str(value)
    if form in ("lowerLetter", "upperLetter"):
        text = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
    elif form in ("lowerRoman", "upperRoman"):
        text = roman(value)
    elif form == "decimalZero":
        text = f"{value:02d}"
    else:
        return str(value)
    return text.upper() if form.startswith("upper") else text


def roman(value: int) -> str:
    """A number in small Roman figures."""
    text = ""
    for size, letters in _ROMAN:
        while value >= size:
            text, value = text + letters, value - size
    return text

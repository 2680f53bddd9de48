"""How wide words are and where their lines break, as Noto Sans draws them.

A server cannot ask a browser how wide a text is. The advance widths of the letters of Noto Sans (thousandths of the size)
stand in ``noto-sans.toml``; a letter with diacritics is as wide as without, but for the few that stand there themselves. Most
other fonts of the pages are narrower.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_HORN = chr(0x31B)
"""The one mark that makes a letter wider."""
_UNKNOWN = 800
_WIDE = 1000
"""Signs of scripts that are not Latin: as wide as the size, which is what East Asian letters are."""
_SAFETY = 1.03
_BREAKS = re.compile(r"(?<=[/–—-])(?=[^\s/–—-])")
_ENDS = " ,;:.(–—-/"


@dataclass(frozen=True)
class Lettering:
    """Letters of a size in pixels, bold or not."""

    size: float
    bold: bool = False

    def width(self, text: str) -> float:
        """How wide a text is at most, in pixels."""
        return _advance(text, self.bold) * self.size * _SAFETY / 1000

    def lines(self, text: str, room: float, most: int) -> list[str]:
        """A text in at most so many lines of so many pixels; ``…`` after the last whole word where there is more.

        No word is cut: a line breaks at spaces, and after strokes and dashes in a word. A part of a word that is wider
        than the room stands in a line of its own (the drawing squeezes it: :meth:`squeezed`).
        """
        lines = self._broken(" ".join(text.split()), room)
        if len(lines) <= most:
            return lines
        kept, last = lines[: most - 1], lines[most - 1]
        while " " in last and self.width(last.rstrip(_ENDS) + "…") > room:
            last = last.rsplit(" ", 1)[0]
        return [*kept, (last.rstrip(_ENDS) or last) + "…"]

    def _broken(self, text: str, room: float) -> list[str]:
        lines: list[str] = []
        line = ""
        for part in _parts(text):
            if line and self.width((line + part).rstrip()) > room:
                lines.append(line.rstrip())
                line = ""
            line += part
        return [*lines, line.rstrip()] if line.strip() else lines

    def squeezed(self, line: str, room: float) -> bool:
        """Whether a line is wider than the room, so that it has to be drawn narrower than its letters are."""
        return self.width(line) > room


def _parts(text: str) -> list[str]:
    """The pieces between which a line may break, each with the space behind it; joined again they are the text."""
    found = []
    for word in re.findall(r"\S+\s*", text):
        found += [piece for piece in _BREAKS.split(word) if piece]
    return found


@cache
def _widths() -> tuple[dict[str, int], dict[str, int]]:
    """Letter → width, of regular and of bold letters."""
    tables = tomllib.loads(files("pactgraph.web").joinpath("drawing", "noto-sans.toml").read_text("utf-8"))
    regular, bold = ({letter: int(width) for width, letters in tables[name].items() for letter in letters}
                     for name in ("regular", "bold"))
    return regular, bold


@lru_cache(maxsize=20_000)
def _advance(text: str, bold: bool) -> int:
    return sum(_letter(letter, bold) for letter in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=5_000)
def _letter(letter: str, bold: bool) -> int:
    widths = _widths()[bold]
    if letter in widths:
        return widths[letter]
    if unicodedata.combining(letter):
        return 0
    parts = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", parts[0] + (_HORN if _HORN in parts else ""))
    if base in widths:
        return widths[base]
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN

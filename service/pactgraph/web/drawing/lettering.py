"""How wide words are and where their lines break, as Noto Sans draws them.

A server cannot ask a browser how wide a text is. The advance widths of the letters of Noto Sans (thousandths of the size)
stand here; a letter with diacritics is as wide as without, but for ơ, ư and đ. Most other fonts of the pages are narrower.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_HORN = "\u031b"
_UNKNOWN = 800
_WIDE = 1000
"""Signs of scripts that are not Latin: as wide as the size, which is what East Asian letters are."""
_SAFETY = 1.03
_REGULAR = {
    175: "‘’", 225: "'", 258: "ijl", 260: " \u00a0", 268: ",.:;·", 269: "!", 273: "J", 281: "`", 300: "()", 322: "-", 329: "[]",
    339: "I", 344: "f", 359: "“”", 361: "t", 372: "/\\", 380: "{}", 408: '"', 413: "r", 428: "°", 434: "?", 444: "_", 470: "z",
    479: "s", 480: "c", 500: "–", 508: "v", 509: "«»", 510: "y", 513: "§", 519: "F", 524: "L", 529: "x", 534: "k", 549: "S",
    551: "*|", 556: "ET", 561: "a", 564: "e", 566: "Y", 572: "$+0123456789<=>Z^~×", 586: "X", 600: "V", 605: "Po",
    615: "bdgpq", 616: "ơ", 617: "đ", 618: "hnu", 619: "K", 622: "R", 631: "ß", 632: "C", 639: "A", 646: "#", 650: "B",
    674: "ư", 728: "G", 730: "DĐ", 731: "U", 732: "&", 741: "H", 760: "N", 780: "Ư", 781: "OQ", 784: "Ơ", 786: "w",
    791: "…", 831: "%", 899: "@", 907: "M", 930: "W", 935: "m", 1000: "—→←≥≤", 1020: "№",
}
_BOLD = {
    217: "‘’", 260: " \u00a0", 266: "'", 285: ",.:;·", 286: "!", 305: "ijl", 322: "-", 331: "J[]", 339: "()", 362: "`", 387: "f",
    389: "I", 394: "{}", 411: "_", 413: "/\\", 428: "°", 434: "t", 445: "“”", 454: "r", 472: '"', 477: "?", 486: "§",
    488: "z", 497: "s", 500: "–", 514: "c", 545: "*", 549: "F", 551: "S|", 560: "E", 565: "L", 569: "vy",
    572: "$+0123456789<=>^~×", 578: "x", 579: "TZ", 591: "e", 604: "a", 615: "«»", 619: "o", 620: "k", 624: "Y",
    628: "P", 633: "bdgpq", 637: "C", 646: "#", 649: "đ", 650: "V", 657: "hnu", 660: "R", 664: "K", 667: "X", 672: "B",
    679: "ơ", 690: "A", 711: "ß", 724: "G", 740: "DĐ", 750: "&", 756: "U", 760: "ư", 765: "H", 796: "OQ", 813: "N",
    825: "Ơ", 855: "…", 856: "w", 885: "Ư", 897: "@", 901: "%", 943: "M", 967: "W", 982: "m", 1000: "—→←≥≤", 1028: "№",
}
_WIDTHS = tuple({letter: width for width, letters in table.items() for letter in letters} for table in (_REGULAR, _BOLD))
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


@lru_cache(maxsize=20_000)
def _advance(text: str, bold: bool) -> int:
    return sum(_letter(letter, bold) for letter in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=5_000)
def _letter(letter: str, bold: bool) -> int:
    widths = _WIDTHS[bold]
    if letter in widths:
        return widths[letter]
    if unicodedata.combining(letter):
        return 0
    parts = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", parts[0] + (_HORN if _HORN in parts else ""))
    if base in widths:
        return widths[base]
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN

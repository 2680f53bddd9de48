"""Turns the bytes of a CSV file into text: UTF-8, UTF-16 with its mark, Windows-1252 (Latin-1) or Mac OS Roman.

The exports in circulation were saved by a spreadsheet on a Mac: their line ends are carriage returns alone and their
accented letters are Mac OS Roman, which read as Latin-1 give capitals and control characters amid small letters.
"""

from __future__ import annotations

import re
import unicodedata

from pactgraph.errors import fail

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ONE_BYTE = ("cp1252", "latin-1", "mac_roman")
_PUNCTUATION = frozenset("‘’“”–—…•«»°§№·\u00a0")
_LETTERS = ("Lu", "Ll", "Lo")
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def decode(data: bytes, file: str) -> str:
    """The text of ``data`` in NFC; raises a UserError where its bytes are no text."""
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise fail("upr-info-no-table", file=file)
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise fail("upr-info-no-table", file=file) from None
        text = _one_byte(data)
    return unicodedata.normalize("NFC", text)


def _one_byte(data: bytes) -> str:
    """The reading with the fewest characters that no text has; of equal ones the first, Mac's where the line ends are."""
    order = _ONE_BYTE if b"\n" in data else tuple(reversed(_ONE_BYTE))
    texts = []
    for encoding in order:
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue  # some bytes mean nothing in Windows-1252
    return min(texts, key=_implausible)


def _implausible(text: str) -> int:
    """How many characters stand where no text has them: signs and controls, capitals inside a word."""
    count = 0
    for match in _FOREIGN.finditer(text):
        char, before, after = match.group(), text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if char in _PUNCTUATION:
            count += char == "…" and after.islower()
        else:
            inside = char.isupper() and (before.islower() or (before.isalpha() and after.islower()))
            count += inside or unicodedata.category(char) not in _LETTERS
    return count

"""Brings pasted text into one form: NFC, plain spaces, line ends, no invisible characters."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_ESCAPED = re.compile("_x005[Ff]_(?=x[0-9A-Fa-f]{4}_)|_x(00[01][0-9A-Fa-f])_")
_CODE = re.compile("_x(00[01][0-9A-Fa-f])_")
_LIKE_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def clean(text: str) -> str:
    """Text as it is kept and compared. LibreOffice writes ``_x000D_`` for itself as other programs do for a line end."""
    if text.isascii() and text.isprintable() and "_x00" not in text:
        return text.strip()
    text = _CODE.sub(lambda found: chr(int(found[1], 16)), text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    text = _CONTROL.sub("", _INVISIBLE.sub("", _SPACES.sub(" ", text)))
    return unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in text.split("\n"))).strip()


def to_cell(text: str) -> str:
    """Text as a cell holds it: what looks like an escape of the format is itself escaped."""
    return _LIKE_ESCAPED.sub("_x005F_", text)


def from_cell(text: str) -> str:
    """Text of a cell with the format's escapes (``_x000D_`` for a line end) undone."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "_", text)

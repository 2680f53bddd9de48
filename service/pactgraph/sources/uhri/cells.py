"""The cells of the index as values: HTML and its entities, lists with "- ", serial dates, sessions, positions."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import date, datetime, timedelta

from pactgraph.sources.recommendations.labels import fold
from pactgraph.sources.recommendations.records import CONCERN, RECOMMENDATION

POSITIONS = {"supported": "supported", "noted": "noted", "supported noted": "partial", "partially supported": "partial",
             "supported in part": "partial"}
TYPES = {"recommendations": RECOMMENDATION, "recommendation": RECOMMENDATION, "concerns observations": CONCERN,
         "concerns": CONCERN, "observations": CONCERN, "concern observation": CONCERN}
POSITION_LABELS, TYPE_LABELS = ("Supported", "Noted", "Supported/Noted"), ("Recommendations", "Concerns/Observations")
_EPOCH = date(1899, 12, 30)
_FIRST, _LAST = date(1945, 10, 24), date(2100, 1, 1)
_BREAK = re.compile(r"<\s*(?:br|/p|/li|/div|/tr)\s*/?\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|br|b|i|u|em|strong|span|div|ul|ol|li|sup|sub|a|font|table|tbody|tr|td|h[1-6])(?:\s[^<>]*)?/?>",
                  re.IGNORECASE)
_DASH = re.compile(r"^\s*[-–•]\s+")
_NEXT = re.compile(r"\s+-\s+")
_NEXT_SDG = re.compile(r"\s+-\s+(?=\d{1,2}(?:\.\w{1,2})?\s+-\s)")
_SESSION = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)?\s*session\b|^\s*-?\s*(\d{1,3})\s*$", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")


def plain(value: str) -> str:
    """A text without HTML, entities and needless white space, in NFC; line ends stay."""
    text = _TAG.sub("", _BREAK.sub("\n", value)) if "<" in value else value
    for _ in range(2):  # some entities were encoded twice
        text = html.unescape(text) if "&" in text else text
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    lines = (" ".join(line.replace("\u200b", "").replace("\ufeff", "").split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def one(value: str) -> str:
    """The one value of a cell, without "- "."""
    return _DASH.sub("", plain(value)).strip()


def several(value: str, known: object = None) -> list[str]:
    """The values of a cell, one a line after "- ". Where the line ends were lost, `` - `` parts them, but only if ``known``
    (a function of a label) knows every part and not the whole."""
    found: list[str] = []
    for line in plain(value).split("\n"):
        label = _DASH.sub("", line).strip()
        parts = [part.strip() for part in _NEXT.split(label) if part.strip()]
        split = len(parts) > 1 and callable(known) and not known(label) and all(known(part) for part in parts)
        found += parts if split else [label] if label else []
    return list(dict.fromkeys(found))


def goals(value: str) -> list[str]:
    """The goals and targets of a cell, with their labels."""
    lines = (_DASH.sub("", line).strip() for line in plain(value).split("\n"))
    return list(dict.fromkeys(part.strip() for line in lines for part in _NEXT_SDG.split(line) if part.strip()))


def day(value: object) -> date | None:
    """A date: a serial number, a date of the workbook, or text that begins with YEAR-MONTH-DAY. None where it is none."""
    if isinstance(value, datetime):
        found: date | None = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, bool):
        return None
    elif isinstance(value, int | float):
        found = _EPOCH + timedelta(days=int(value)) if 0 < value < 100_000 else None
    else:
        found = _written(str(value).strip())
    return found if found is not None and _FIRST <= found <= _LAST else None


def _written(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if re.fullmatch(r"\d{4,5}(\.\d+)?", text):
        return _EPOCH + timedelta(days=int(float(text)))
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def session(value: str) -> int | None:
    """The number of a session: ``- 36th Session`` → 36."""
    match = _SESSION.search(plain(value))
    return int(match[1] or match[2]) if match else None


def position(label: str) -> str | None:
    """``Supported/Noted`` → ``partial``."""
    return POSITIONS.get(fold(label))


def kind(label: str) -> str | None:
    """``Concerns/Observations`` → ``concern``."""
    return TYPES.get(fold(label))

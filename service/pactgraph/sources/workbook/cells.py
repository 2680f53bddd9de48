"""Reads the cells that a body filled in: status, words, day, evidence, office."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Any

from pactgraph.sources.workbook.answers import Evidence
from pactgraph.sources.workbook.clean import clean, from_cell
from pactgraph.sources.workbook.evidence import EvidenceFiles
from pactgraph.sources.workbook.layout import plain
from pactgraph.sources.workbook.row import FilledRow
from pactgraph.texts import LANGUAGES, say

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_SERIALS = range(20_000, 80_000)
_EPOCH = date(1899, 12, 30)
_EARLIEST = 1945
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HASHED = re.compile(r"(?P<name>.*?)[\s([]*sha-?256\s*[:=]\s*(?P<sha256>[0-9A-Fa-f]*)[\s)\]]*", re.IGNORECASE | re.DOTALL)
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"(?:\+?\d[\s.()-]?){9,}")


def text_of(value: Any) -> str:
    """What a cell shows, as text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y") if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(from_cell(value)) if isinstance(value, str) else clean(str(value))


def status_of(row: FilledRow, words: dict[str, str]) -> str:
    """The code of a status; ``words`` maps every way to write one to its code."""
    said = row.cells["status"]
    if not said:
        return ""
    code = words.get(said) or next((code for word, code in words.items() if plain(word) == plain(said)), None)
    if code is None:
        known = {plain(word): code for word, code in words.items()}
        near = get_close_matches(plain(said), known, n=1, cutoff=0.6)
        meant = [word for word in words if near and plain(word) == near[0]]
        row.remark("workbook-status-unknown", "status", value=said, near={
            lang: say("workbook-near", lang, word=meant[0]) if meant else "" for lang in LANGUAGES})
        return ""
    return code


def day_of(row: FilledRow, value: Any, today: date, early: bool) -> date | None:
    """The day of a report: a date, a serial number or dd/mm/yyyy. ``early``: the file counts days from 1904."""
    said = row.cells["day"]
    if not said:
        return None
    try:
        day = _day(value, said, early)
    except (ValueError, OverflowError):
        day = None
    if day is None or day.year < _EARLIEST:
        row.remark("workbook-day", "day", value=said)
        return None
    if day > today:
        row.remark("workbook-day-future", "day", value=day.strftime("%d/%m/%Y"), today=today.strftime("%d/%m/%Y"))
        return None
    return day


def _day(value: Any, said: str, early: bool) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        serial = int(value) + (1462 if early else 0)
        return _EPOCH + timedelta(serial) if serial in _SERIALS else None
    found = _DAY_FIRST.fullmatch(said)
    if found:
        return date(int(found[3]), int(found[2]), int(found[1]))
    found = _ISO.fullmatch(said)
    return date(int(found[1]), int(found[2]), int(found[3])) if found else None


@cache
def _titles() -> frozenset[str]:
    """How a person is addressed."""
    return frozenset(plain(word) for lang in LANGUAGES for word in say("workbook-person-titles", lang).split(","))


def office_of(row: FilledRow) -> str:
    """The office that answers for the row; a person is refused."""
    said = " ".join(row.cells["office"].split())
    words = plain(said.replace(".", " "))
    if any(words.startswith(title + " ") for title in _titles()) or _MAIL.search(said) or _PHONE.search(said):
        row.remark("workbook-office-person", "office")
        return ""
    return said


def evidence_of(row: FilledRow, folder: EvidenceFiles | None) -> tuple[Evidence, ...]:
    """The files and addresses of a cell, one a line (or ";" between)."""
    found = [_evidence(row, " ".join(part.split()), folder) for part in re.split(r"[\n;]", row.cells["evidence"])]
    return tuple(sorted(set(filter(None, found))))


def _evidence(row: FilledRow, said: str, folder: EvidenceFiles | None) -> Evidence | None:
    if not said:
        return None
    if _ADDRESS.fullmatch(said):
        return Evidence(address=said)
    hashed = _HASHED.fullmatch(said)
    name, sha256 = (hashed["name"].strip(), hashed["sha256"].lower()) if hashed else (said, "")
    if hashed and len(sha256) != 64:
        row.remark("workbook-evidence-hash", "evidence", name=name)
    elif not name or _SCHEME.match(name) or "/" in name or "\\" in name or name in (".", ".."):
        row.remark("workbook-evidence-name", "evidence", value=said)
    else:
        return _attached(row, name, sha256, folder)
    return None


def _attached(row: FilledRow, name: str, sha256: str, folder: EvidenceFiles | None) -> Evidence | None:
    """A file with its checksum, looked for in the folder of evidence where there is one."""
    there = folder.sha256(name) if folder else None
    if folder and there is None and not sha256:
        row.remark("workbook-evidence-missing", "evidence", name=name, folder=folder.place)
    elif there is None and not sha256:
        row.remark("workbook-evidence-folder", "evidence", name=name)
    elif there and sha256 and there != sha256:
        row.remark("workbook-evidence-differs", "evidence", name=name)
    else:
        return Evidence(name=name, sha256=there or sha256)
    return None

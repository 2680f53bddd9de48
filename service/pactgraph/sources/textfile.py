"""Opens a text file that a user hands in, or says in plain words why it cannot be read."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from pactgraph.errors import fail

_BINARY = {b"PK\x03\x04": "Word or Excel", b"\xd0\xcf\x11\xe0": "Word or Excel", b"%PDF": "PDF", b"{\\rtf": "RTF"}
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class TextFile:
    """A text with its lines (numbered from 1, without line ends, in Unicode NFC) and checksum."""

    name: str
    lines: list[str]
    sha256: str


def read_text(path: Path, limit: int) -> TextFile:
    """Read a UTF-8 text of at most ``limit`` bytes. Whatever else the file is raises a UserError that says so."""
    data = read_bytes(path, limit)
    return TextFile(path.name, decode(data, path.name), hashlib.sha256(data).hexdigest())


def read_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a file of at most ``limit`` bytes; raises a UserError that says why it cannot be read."""
    try:
        if path.is_dir():
            raise fail("is-a-folder", file=str(path))
        size = path.stat().st_size
        if size > limit:
            raise fail("file-too-large", file=path.name, size=size // 1_000_000, limit=limit // 1_000_000)
        data = path.read_bytes()
    except OSError as problem:
        raise fail("file-unreadable", file=str(path), reason=problem.strerror or str(problem)) from None
    if not data.strip():
        raise fail("file-empty", file=path.name)
    return data


def decode(data: bytes, name: str) -> list[str]:
    """The lines of UTF-8 bytes; raises a UserError for an empty, binary or differently encoded file."""
    if not data.strip():
        raise fail("file-empty", file=name)
    for magic, kind in _BINARY.items():
        if data.startswith(magic):
            raise fail("not-a-text", file=name, kind=kind)
    if data.startswith(_OTHER_BOMS):
        raise fail("not-utf8", file=name, line=1, encoding="UTF-16")
    if b"\x00" in data:
        raise fail("not-a-text", file=name, line=data[:data.index(b"\x00")].count(b"\n") + 1, kind="binary")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[:problem.start].count(b"\n") + 1
        raise fail("not-utf8", file=name, line=line, encoding="Windows-1252, Windows-1258, TCVN3 …") from None
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")

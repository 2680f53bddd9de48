"""One gate for every file that is a ZIP archive of parts: workbooks (XLSX) and documents (DOCX).

Nothing behind the gate is unpacked to disk, followed or run. Bombs, macros, embedded objects, links to other files, fields
that call programs, document type declarations and formulas are refused, each with its place and what to do.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from pactgraph.errors import UserError, UserErrors, fail
from pactgraph.sources.office_parts import Extent, scan_part
from pactgraph.sources.textfile import read_bytes

XLSX, DOCX = "xlsx", "docx"
MOST_PARTS = 4000
EXPANSION = 20
"""A file may unpack to so many times the size that a file may have."""
STEEPEST, STEEP_FROM = 250, 20_000_000
"""A part that packs more tightly than this is no table or text, once it is longer than so many bytes."""
MOST_TOLD = 20
_MAIN = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}
_ZIP, _EMPTY_ZIP, _OLE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_XML = (".xml", ".rels", ".vml")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
"""What zipfile raises for an archive that is damaged or packed in a way of its own."""


@dataclass(frozen=True)
class OfficeFile:
    """A file that passed the gate. Read ``data``, not the file again: these are the bytes that were checked.

    ``extents`` says how far each sheet of a workbook is filled, by the part's name (``xl/worksheets/sheet1.xml``).
    """

    name: str
    data: bytes
    sha256: str
    kind: str
    extents: dict[str, Extent] = field(default_factory=dict)

    def stream(self) -> io.BytesIO:
        """The bytes for a library that reads a file."""
        return io.BytesIO(self.data)


def check_office_file(path: Path, limit: int, *, kind: str = "", formulas: bool = False) -> OfficeFile:
    """Let a workbook or document of at most ``limit`` bytes through, or raise a UserError with all that is wrong.

    ``kind`` is the kind that is wanted (:data:`XLSX`, :data:`DOCX`); without it either passes. With ``formulas`` cells may
    hold them (the reader then takes the values that were stored with them).
    """
    return check_office_bytes(read_bytes(path, limit), path.name, limit, kind=kind, formulas=formulas)


def check_office_bytes(data: bytes, name: str, limit: int, *, kind: str = "", formulas: bool = False) -> OfficeFile:
    """The same for bytes that came by another road (an upload)."""
    wanted = kind.upper() or "XLSX, DOCX"
    if data.startswith(_OLE):
        raise fail("office-encrypted" if _PROTECTED in data else "office-old-format", file=name, wanted=wanted)
    if not data.startswith((_ZIP, _EMPTY_ZIP)):
        raise fail("office-not", file=name, wanted=wanted)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _checked(archive, data, name, limit, kind, formulas)
    except _BROKEN as problem:
        raise fail("office-damaged", file=name, reason=str(problem) or type(problem).__name__) from None


def _checked(archive: zipfile.ZipFile, data: bytes, name: str, limit: int, kind: str, formulas: bool) -> OfficeFile:
    parts = archive.infolist()
    _check_archive(parts, name, limit)
    found = _kind(archive, parts, name, kind)
    problems = [fail(key, file=name, part=part.filename) for part in parts if (key := _unwanted(part.filename))]
    extents: dict[str, Extent] = {}
    for part in parts:
        if not part.filename.lower().endswith(_XML):
            continue
        with archive.open(part) as stream:
            scan = scan_part(stream, part.filename, name, formulas=formulas)
        problems += scan.problems
        if scan.extent is not None:
            extents[part.filename] = scan.extent
    if problems:
        more = len(problems) - MOST_TOLD
        told = problems[:MOST_TOLD] + ([fail("office-more", file=name, count=more)] if more > 0 else [])
        raise told[0] if len(told) == 1 else UserErrors(told)
    return OfficeFile(name, data, hashlib.sha256(data).hexdigest(), found, extents)


def _check_archive(parts: list[zipfile.ZipInfo], name: str, limit: int) -> None:
    """What the list of contents alone tells: too many parts, too long ones, parts over one another."""
    if len(parts) > MOST_PARTS:
        raise fail("office-parts", file=name, count=len(parts), limit=MOST_PARTS)
    if sum(part.file_size for part in parts) > EXPANSION * limit:
        size = sum(part.file_size for part in parts) // 1_000_000
        raise fail("office-unpacked", file=name, size=size, limit=EXPANSION * limit // 1_000_000)
    for part in parts:
        if part.file_size > STEEP_FROM and part.file_size > STEEPEST * max(part.compress_size, 1):
            raise fail("office-bomb", file=name, part=part.filename)
        if part.flag_bits & 0x1:
            raise fail("office-encrypted", file=name, wanted="")
    seen: set[str] = set()
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise fail("office-bomb", file=name, part=part.filename)
        end = part.header_offset + 30 + len(part.filename.encode()) + part.compress_size
        if part.filename.lower() in seen:
            raise fail("office-part-twice", file=name, part=part.filename)
        seen.add(part.filename.lower())


def _kind(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str, wanted: str) -> str:
    names = {part.filename for part in parts}
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            if b"opendocument" in stream.read(200):
                raise fail("office-opendocument", file=name, wanted=wanted.upper() or "XLSX, DOCX")
    if "xl/workbook.bin" in names:
        raise fail("office-binary", file=name)
    found = next((kind for main, kind in _MAIN.items() if main in names), "")
    if not found or "[Content_Types].xml" not in names:
        raise fail("office-not", file=name, wanted=wanted.upper() or "XLSX, DOCX")
    if wanted and found != wanted:
        raise fail("office-other-kind", file=name, found=found.upper(), wanted=wanted.upper())
    return found


def _unwanted(part: str) -> str:
    """The message for a part that no table or text needs; "" for every other."""
    low = part.lower()
    base = low.rpartition("/")[2]
    if base.startswith(("vbaproject", "vbadata")) or "/macrosheets/" in low or "/dialogsheets/" in low:
        return "office-macro"
    if any(room in low for room in ("/embeddings/", "/activex/", "/ctrlprops/")) or base.startswith("oleobject"):
        return "office-embedded"
    if "/externallinks/" in low and low.endswith(".xml"):
        return "office-external-book"
    if base == "connections.xml" or "/querytables/" in low:
        return "office-connection"
    return ""


__all__ = ["DOCX", "XLSX", "Extent", "OfficeFile", "UserError", "check_office_bytes", "check_office_file"]

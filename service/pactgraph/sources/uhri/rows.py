"""The rows of an export, whatever its form: a workbook, the bulk file as a stream, or the extract of it that was kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pactgraph.errors import UserError, fail
from pactgraph.sources.office_safety import XLSX, check_office_file
from pactgraph.sources.recommendations.records import Column
from pactgraph.sources.uhri.heading import COLUMNS, KEYS, REQUIRED, Heading, read_heading

Values = dict[str, Any]
Progress = Callable[[int], None]
"""Called with the number of bytes that were read of a long file."""

_EXTRACT = b'{"uhri-extract"'
_LONGEST = 1_000_000
"""Characters of one value of the bulk file; none is a hundredth as long."""


@dataclass
class Rows:
    """The rows of a file. ``sha256`` of a stream is known when it was read to its end; ``raw`` of the bulk file gives each record
    as it stands there."""

    file: str
    form: str
    sheet: str
    heading: Heading
    values: Iterator[tuple[int, Values]]
    columns: tuple[Column, ...] = ()
    sha256: str = ""
    raw: dict[str, Any] = field(default_factory=dict)


def open_rows(path: Path, limit: int, progress: Progress | None = None) -> Rows:
    """Open an export; what the file is is seen in its bytes. Raises a UserError for anything else."""
    try:
        if path.is_dir():
            raise fail("is-a-folder", file=str(path))
        with path.open("rb") as stream:
            start = stream.read(4096)
    except OSError as problem:
        raise fail("file-unreadable", file=str(path), reason=problem.strerror or str(problem)) from None
    begins = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begins:
        raise fail("file-empty", file=path.name)
    if begins.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return _workbook(path, limit)
    if begins.startswith(_EXTRACT):
        return _extract(path)
    if begins.startswith((b"[", b"{")):
        return _bulk(path, progress)
    raise fail("uhri-other-file", file=path.name)


# Workbook ---------------------------------------------------------------------------------------------------------


def _workbook(path: Path, limit: int) -> Rows:
    from openpyxl import load_workbook

    office = check_office_file(path, limit, kind=XLSX)
    try:
        book = load_workbook(office.stream(), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        width = max((extent.columns for extent in office.extents.values()), default=0) or 1
        length = max((extent.rows for extent in office.extents.values()), default=0) or 1
        cells = [(number, list(row)) for number, row in
                 enumerate(sheet.iter_rows(max_row=length, max_col=width, values_only=True), 1) if any(map(_filled, row))]
        title = sheet.title
    except Exception as problem:  # openpyxl raises whatever the broken part of a workbook provokes
        raise fail("office-damaged", file=path.name, reason=str(problem) or type(problem).__name__) from None
    if not cells:
        raise fail("file-empty", file=path.name)
    (first, names), *rows = cells
    heading = read_heading([str(name or "").strip() for name in names], path.name, first)

    def values() -> Iterator[tuple[int, Values]]:
        for number, row in rows:
            found = {column: row[place] for column, place in heading.places.items() if place < len(row)}
            beyond = [str(cell) for cell in row[len(_trimmed(heading.names)):] if _filled(cell)]
            yield number, found | ({"beyond": " | ".join(beyond)} if beyond else {})

    return Rows(path.name, "xlsx", title, heading, values(), heading.columns(), office.sha256)


def _filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _trimmed(names: list[str]) -> list[str]:
    kept = list(names)
    while kept and not kept[-1]:
        kept.pop()
    return kept


# Bulk file --------------------------------------------------------------------------------------------------------


class _Counted:
    """A file that is hashed, and whose bytes are counted, while it is read."""

    def __init__(self, stream: IO[bytes], progress: Progress | None) -> None:
        self.stream, self.progress, self.digest = stream, progress, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.digest.update(data)
        if self.progress:
            self.progress(len(data))
        return data


def _bulk(path: Path, progress: Progress | None) -> Rows:
    names = [KEYS.get(column, "") for column in COLUMNS]
    heading = Heading(names, {column: place for place, column in enumerate(COLUMNS) if column in KEYS})
    rows = Rows(path.name, "json", "", heading, iter(()), _keys())
    rows.values = _stream(path, rows, progress)
    return rows


def _keys() -> tuple[Column, ...]:
    from pactgraph.sources.uhri.heading import STATES

    return tuple(Column(KEYS[column], "", STATES[column]) for column in STATES if column in KEYS)


def _stream(path: Path, rows: Rows, progress: Progress | None) -> Iterator[tuple[int, Values]]:
    import ijson

    number = 0
    with path.open("rb") as stream:
        counted = _Counted(stream, progress)
        if stream.read(3) != b"\xef\xbb\xbf":
            stream.seek(0)
        else:
            counted.digest.update(b"\xef\xbb\xbf")
        try:
            for number, record in enumerate(ijson.items(counted, "item", use_float=True, buf_size=1 << 16), 1):
                rows.raw = record if isinstance(record, dict) else {}
                yield number, _values(record, path.name, number)
            while counted.read(1 << 20):
                pass
        except ijson.JSONError as problem:
            said = problem.args[0] if problem.args else ""
            text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
            reason = text.partition("\n")[0].strip() or type(problem).__name__
            raise fail("uhri-json", file=path.name, number=number + 1, reason=reason) from None
        except (UnicodeDecodeError, ValueError, OverflowError) as problem:
            raise fail("uhri-json", file=path.name, number=number + 1, reason=str(problem)) from None
    if not number:
        raise fail("uhri-json-shape", file=path.name)
    rows.sha256 = counted.digest.hexdigest()


def _values(record: Any, file: str, number: int) -> Values:
    """The values of a record by column; a list is written as the workbook writes it."""
    if not isinstance(record, dict):
        raise fail("uhri-json-record", file=file, line=number, found=type(record).__name__)
    missing = [KEYS[column] for column in REQUIRED if KEYS[column] not in record]
    if missing:
        raise fail("uhri-json-keys", file=file, line=number, missing=", ".join(missing))
    return {column: _flat(record.get(key), file, number, key) for column, key in KEYS.items()}


def _flat(value: Any, file: str, number: int, key: str) -> Any:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = "\n".join(f"- {item}" for item in value)
    if value is not None and not isinstance(value, str | int | float):
        raise fail("uhri-json-value", file=file, line=number, column=key)
    if isinstance(value, str) and len(value) > _LONGEST:
        raise fail("uhri-json-long", file=file, line=number, column=key, limit=_LONGEST)
    return value


# Extract ----------------------------------------------------------------------------------------------------------


def write_extract(path: Path, file: str, sha256: str, country: str, records: Path) -> None:
    """Keep the records of one country, each with its number in the bulk file, in place of the whole file."""
    head = {"uhri-extract": 1, "file": file, "sha256": sha256, "country": country}
    with path.open("w", encoding="utf-8") as out, records.open(encoding="utf-8") as lines:
        out.write(json.dumps(head, ensure_ascii=False) + "\n")
        for line in lines:
            out.write(line)


def _extract(path: Path) -> Rows:
    with path.open(encoding="utf-8") as lines:
        head = json.loads(next(lines))
    names = [KEYS.get(column, "") for column in COLUMNS]
    heading = Heading(names, {column: place for place, column in enumerate(COLUMNS) if column in KEYS})

    def values() -> Iterator[tuple[int, Values]]:
        with path.open(encoding="utf-8") as lines:
            next(lines)
            for line in lines:
                entry = json.loads(line)
                yield entry["row"], _values(entry["record"], head["file"], entry["row"])

    return Rows(head["file"], "json", "", heading, values(), _keys(), head["sha256"])


__all__ = ["Progress", "Rows", "UserError", "Values", "open_rows", "write_extract"]

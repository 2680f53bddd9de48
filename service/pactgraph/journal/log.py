"""The folder of a journal: one file an entry, numbered without holes, written whole or not at all.

``format.json`` says the version of the layout; ``entries/000000012.rdfp`` is the twelfth entry. An entry is written to
another name, flushed to disk, renamed and its folder flushed before :meth:`Journal.append` returns.
"""

from __future__ import annotations

import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.journal.entry import FORMAT, GAPS, Entry, entry_bytes, read_entry
from pactgraph.journal.patch import Patch

_SUFFIX = ".rdfp"


class Journal:
    """A journal, which may not have been written to yet: then it has no entries and its folder need not exist."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._entries = folder / "entries"
        found = format_of(folder)
        if found is not None and found < FORMAT:
            from pactgraph.journal.migrate import migrate

            with self._locked():
                migrate(folder)
        self._head = self._count()

    @property
    def head(self) -> int:
        """The number of the last entry; 0 without any."""
        return self._head

    def refresh(self) -> int:
        """Look again how many entries there are; the head."""
        self._head = self._count()
        return self._head

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """The entries after a number, in order. A damaged one, or one out of the chain, raises a UserError."""
        before = self.entry(after).id if after else ""
        for number in range(after + 1, self._head + 1):
            entry = self.entry(number)
            if entry.prev != before:
                raise fail("journal-chain", file=str(self._file(number)), number=number, before=number - 1)
            before = entry.id
            yield entry

    def entry(self, number: int) -> Entry:
        """One entry by its number."""
        if not 1 <= number <= self._head:
            raise fail("journal-no-entry", number=number, head=self._head)
        file = self._file(number)
        try:
            entry = read_entry(file.read_bytes(), str(file))
        except FileNotFoundError:
            raise fail("journal-hole", file=str(file), number=number) from None
        except OSError as problem:
            raise fail("file-unreadable", file=str(file), reason=problem.strerror or str(problem)) from None
        if entry.number != number:
            raise fail("patch-header-bad", file=str(file), name="number", value=entry.number)
        return entry

    def last_statement(self) -> Entry | None:
        """The last entry that people made (gaps follow from others); None without one."""
        for number in range(self._head, 0, -1):
            entry = self.entry(number)
            if entry.kind != GAPS:
                return entry
        return None

    def append(self, *, by: str, scope: str, kind: str, reason: str, patch: Patch, undoes: int | None = None,
               extra: dict[str, str] | None = None, at: datetime | None = None) -> Entry:
        """Write the next entry; it is on disk when this returns. A journal that grew meanwhile raises a UserError."""
        try:
            with self._locked():
                self._prepare()
                if self._count() != self._head:
                    raise fail("journal-moved", folder=str(self.folder), head=self._count(), known=self._head)
                entry = Entry(
                    number=self._head + 1, id=f"urn:uuid:{uuid.uuid4()}",
                    prev=self.entry(self._head).id if self._head else "",
                    at=(at or datetime.now(UTC)).replace(microsecond=0), by=by, scope=scope, kind=kind, reason=reason,
                    patch=patch, undoes=undoes, extra=extra or {},
                )
                write_whole(self._file(entry.number), entry_bytes(entry))
                self._head = entry.number
                return entry
        except OSError as problem:
            raise fail("journal-unwritable", folder=str(self.folder), reason=problem.strerror or str(problem)) from None

    def _file(self, number: int) -> Path:
        return self._entries / f"{number:09d}{_SUFFIX}"

    def _count(self) -> int:
        """The highest number of an entry."""
        if not self._entries.is_dir():
            return 0
        numbers = [path.name.removesuffix(_SUFFIX) for path in self._entries.iterdir() if path.suffix == _SUFFIX]
        return max((int(number) for number in numbers if number.isdigit()), default=0)

    def _prepare(self) -> None:
        if not self._entries.is_dir():
            self._entries.mkdir(parents=True)
            flush_folder(self.folder.parent)
        if format_of(self.folder) is None:
            write_format(self.folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the journal's own lock for a moment: two stores may name the same journal."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def format_of(folder: Path) -> int | None:
    """The version of a journal's layout; None where nothing was written yet. One too new raises a UserError."""
    file = folder / "format.json"
    try:
        found = json.loads(file.read_text("utf-8"))["format"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise fail("file-unreadable", file=str(file), reason=str(problem)) from None
    if not isinstance(found, int) or found > FORMAT:
        raise fail("journal-too-new", file=str(file), found=found, known=FORMAT)
    return found


def write_format(folder: Path) -> None:
    """Say that a journal has the layout of today."""
    write_whole(folder / "format.json", json.dumps({"format": FORMAT}).encode())


def write_whole(file: Path, data: bytes) -> None:
    """Write a file so that it stands whole or not at all, and stays when the machine stops."""
    waiting = file.with_name(file.name + ".new")
    with waiting.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    waiting.rename(file)
    flush_folder(file.parent)


def flush_folder(folder: Path) -> None:
    """Flush the names in a folder to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Brings a journal of an older layout up to today's.

Format 1 kept all entries in one file, ``journal.rdfp``, without the scope of the author and without the name of the
entry before. The old file stays until the new folder is whole, and after that under another name.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.journal.entry import Entry, entry_bytes
from pactgraph.journal.log import flush_folder, format_of, write_format, write_whole
from pactgraph.journal.rdf_patch import read_patches

OLD = "journal.rdfp"
KEPT = "journal.format-1.rdfp"
_SCOPE = "administrator"
"""Only who could run commands on the store's folder wrote to a journal of format 1."""


def migrate(folder: Path) -> None:
    """Bring a journal up to today's format; the caller holds its lock. Does nothing where that was done meanwhile."""
    if format_of(folder) != 1:
        return
    making, entries = folder / "entries.making", folder / "entries"
    for left in (making, entries):
        shutil.rmtree(left, ignore_errors=True)  # of a migration that was broken off: the old file still counts
    making.mkdir()
    for entry in _entries(folder / OLD):
        write_whole(making / f"{entry.number:09d}.rdfp", entry_bytes(entry))
    making.rename(entries)
    flush_folder(folder)
    write_format(folder)
    (folder / OLD).rename(folder / KEPT)
    flush_folder(folder)


def _entries(file: Path) -> Iterator[Entry]:
    before = ""
    for number, (headers, patch) in enumerate(read_patches(file.read_bytes(), str(file)), 1):
        words = dict(headers)
        try:
            entry = Entry(
                number=int(words["number"]), id=words["id"], prev=before, at=datetime.fromisoformat(words["at"]),
                by=words["by"], scope=_SCOPE, kind=words["kind"], reason=words["reason"], patch=patch,
                undoes=int(words["undoes"]) if "undoes" in words else None,
            )
            uuid.UUID(entry.id)
        except (KeyError, ValueError) as problem:
            raise fail("patch-header-bad", file=str(file), name=f"{number}", value=str(problem)) from None
        if entry.number != number:
            raise fail("journal-hole", file=str(file), number=number)
        before = entry.id
        yield entry

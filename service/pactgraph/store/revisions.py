"""Read-only copies of the live database, one after each write: what commands read beside a service that writes.

A revision is a ``backup()`` folder (hard links, so it costs milliseconds); ``revision`` in the store's folder names the
newest by one rename. Older ones stay for a while for whoever has just opened them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_KEPT = 3
_POINTER = "revision"


@dataclass(frozen=True)
class Revision:
    """A state of the graph: of a generation with the entries of the journal up to a number."""

    fingerprint: str
    journal: int
    folder: Path


def newest(store: Path, fingerprint: str) -> Revision | None:
    """The newest revision of a generation; None where nothing was written since it was built."""
    try:
        data = json.loads((store / _POINTER).read_text("utf-8"))
        revision = Revision(data["fingerprint"], int(data["journal"]), store / data["folder"])
    except (OSError, ValueError, KeyError):
        return None  # a pointer that cannot be read is written again by the next write; the generation is whole
    return revision if revision.fingerprint == fingerprint and revision.folder.is_dir() else None


def publish_revision(store: Path, fingerprint: str, journal: int, backup: Callable[[str], None]) -> Revision:
    """Make a revision; ``backup`` writes the live database to a folder that does not exist yet."""
    room = store / "revisions"
    room.mkdir(exist_ok=True)
    folder = room / f"{fingerprint}-{journal:09d}"
    making = folder.with_suffix(".making")
    for left in (making, folder):
        shutil.rmtree(left, ignore_errors=True)
    backup(str(making))
    making.rename(folder)
    waiting = store / f"{_POINTER}.new"
    with waiting.open("w", encoding="utf-8") as stream:
        json.dump({"fingerprint": fingerprint, "journal": journal, "folder": f"revisions/{folder.name}"}, stream)
        stream.flush()
        os.fsync(stream.fileno())
    waiting.rename(store / _POINTER)
    of_now = sorted(room.glob(f"{fingerprint}-*"))
    for old in {*room.iterdir()} - {*of_now[-_KEPT:]}:
        shutil.rmtree(old, ignore_errors=True)
    return Revision(fingerprint, journal, folder)

"""The dumps that a service keeps of its store, a folder for each state: ``dumps/FINGERPRINT-NUMBER`` beside the generations.

They are made by a process of their own (:mod:`pactgraph.publish.keeping`) of what is on disk, so that neither readers nor the
writer are asked. A folder that is there is whole and never changes; the newest ones are kept.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.publish.kinds import Context, export, kind_of
from pactgraph.publish.manifest import MANIFEST, read_manifest
from pactgraph.settings import Settings
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.store.generations import Generation
from pactgraph.store.revisions import Revision, newest

KEPT = 2
_NAME = re.compile(r"(.+)-(\d{9})")


def room_of(generation: Generation) -> Path:
    """The folder of the kept dumps of a generation's store."""
    return _store_of(generation) / "dumps"


def _store_of(generation: Generation) -> Path:
    """The folder of a generation's store; a generation that stands alone is its own."""
    return generation.folder.parents[1] if generation.folder.parent.name == "generations" else generation.folder


def state_of(folder: Path) -> tuple[str, int]:
    """Fingerprint and number of the state that a kept folder is of."""
    found = _NAME.fullmatch(folder.name)
    assert found is not None
    return found[1], int(found[2])


def newest_kept(generation: Generation) -> Path | None:
    """The newest dumps of a generation, else the newest of any; None where there are none."""
    folders = _folders(room_of(generation))
    own = [folder for folder in folders if state_of(folder)[0] == generation.fingerprint]
    if own:
        return max(own, key=state_of)
    return max(folders, key=made_at, default=None)


def made_at(folder: Path) -> float:
    """When a kept folder was made, in seconds of the epoch."""
    try:
        return (folder / MANIFEST).stat().st_mtime
    except OSError:
        return 0.0


def _folders(room: Path) -> list[Path]:
    try:
        with os.scandir(room) as entries:
            names = [entry.name for entry in entries]
    except OSError:
        return []
    return [room / name for name in names if not name.startswith(".") and _NAME.fullmatch(name)
            and (room / name / MANIFEST).is_file()]


def make(settings: Settings, generation: Generation) -> Path:
    """Make the dumps of the newest state on disk, if they are not there; older ones but the last go.

    Who comes second waits for the first. What cannot be read or written raises a UserError.
    """
    room = room_of(generation)
    with _alone(room):
        revision = newest(_store_of(generation), generation.fingerprint)
        number = revision.journal if revision else generation.journal
        target = room / f"{generation.fingerprint}-{number:09d}"
        if read_manifest(target) is None:
            store = _opened(generation, revision)
            context = Context(store, settings, settings.lang, date.today().isoformat(),
                              {"fingerprint": generation.fingerprint, "journal": number})
            export(kind_of("dumps"), context, target)
        _tidy(room, target)
    return target


def _tidy(room: Path, newest_: Path) -> None:
    """Remove what is older than the last, and what was broken off; the caller is alone in the room."""
    for old in sorted(_folders(room), key=made_at)[:-KEPT]:
        if old != newest_:
            (old / MANIFEST).unlink(missing_ok=True)  # from here on it is no export
    for folder in room.iterdir():
        if folder.is_dir() and not (folder / MANIFEST).is_file():
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(room: Path) -> Iterator[None]:
    try:
        room.mkdir(exist_ok=True)
        handle = os.open(room / ".lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        raise fail("export-unwritable", folder=str(room), reason=problem.strerror or str(problem)) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _opened(generation: Generation, revision: Revision | None) -> EmbeddedStore:
    database = revision.folder if revision else generation.database
    if database.is_dir():
        return EmbeddedStore.on_disk(database)
    store = EmbeddedStore.in_memory()
    store.load_nquads(generation.nquads)
    return store

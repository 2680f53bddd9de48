"""``pactgraph restore``: a backup becomes a store and its journal again.

Everything is checked and written beside first, then takes its place by renames; what stood there is kept under another
name. The store's lock is held all the time, so no service or build is surprised.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.journal.log import Journal
from pactgraph.operating import archive
from pactgraph.operating import manifest as parts
from pactgraph.operating.manifest import Manifest
from pactgraph.settings import Settings
from pactgraph.store.choose import is_remote
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.store.generations import new_folder, publish, writing

_STAYS = ("lock", "tokens.lock", "writer.sock")
"""What a store may hold and still counts as empty."""
_SPARE = 50_000_000


@dataclass(frozen=True)
class Restored:
    """What was restored, and where what stood there before is kept."""

    manifest: Manifest
    store: Path
    journal: Path
    kept: tuple[Path, ...]


def restore(settings: Settings, file: Path, *, replace: bool = False) -> Restored:
    """Restore a backup into the store and journal of the settings. What is wrong raises a UserError and changes nothing."""
    journal = settings.journal_folder()
    if journal is None or is_remote(settings.store) or settings.store == "memory:":
        raise fail("restore-needs-folder", store=settings.store)
    store = Path(settings.store)
    manifest = archive.verify(file)
    with writing(store):
        if not replace:
            _refuse_to_overwrite(store, journal)
        # Beside the journal, so that a rename moves it: store and journal may stand on two file systems.
        staged, staged_journal = store / "restoring", journal.with_name(journal.name + ".restoring")
        try:
            _stage(file, manifest, staged, staged_journal)
            kept = _make_room(store, journal) if replace else ()
            _take_place(manifest, store, journal, staged, staged_journal)
        except OSError as problem:
            raise fail("restore-unwritable", store=str(store), reason=problem.strerror or str(problem)) from None
        finally:
            for left in (staged, staged_journal):
                shutil.rmtree(left, ignore_errors=True)
    os.sync()
    return Restored(manifest, store, journal, kept)


def _content(folder: Path, besides: tuple[str, ...] = ()) -> list[Path]:
    return [path for path in folder.iterdir() if path.name not in besides] if folder.is_dir() else []


def _refuse_to_overwrite(store: Path, journal: Path) -> None:
    for folder in (store, journal):
        if _content(folder, _STAYS):
            raise fail("restore-not-empty", folder=str(folder))


def _stage(file: Path, manifest: Manifest, staged: Path, staged_journal: Path) -> None:
    """Write everything beside its place and check it there."""
    for folder in (staged, staged_journal):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700, parents=True)
    needed = sum(item.bytes for item in manifest.files) * (3 if manifest.has_graph else 1) + _SPARE
    free = shutil.disk_usage(staged).free
    if free < needed:
        raise fail("restore-no-room", folder=str(staged.parent), needed=needed // 1_000_000, free=free // 1_000_000)
    archive.extract(file, staged)
    if (staged / parts.JOURNAL).is_dir():
        shutil.copytree(staged / parts.JOURNAL, staged_journal, dirs_exist_ok=True)
    found = Journal(staged_journal)
    for _ in found.entries():  # the chain is whole
        pass
    if found.head != manifest.head:
        raise fail("backup-damaged", file=str(file), name=parts.JOURNAL, reason=f"{found.head} != {manifest.head}")
    if manifest.has_graph:
        database = EmbeddedStore.on_disk(staged / parts.GRAPH / "oxigraph", read_only=False)
        database.load_nquads(staged / parts.GRAPH / "graph.nq")
        database.close()


def _make_room(store: Path, journal: Path) -> tuple[Path, ...]:
    """Move what stands there to another name beside it."""
    kept = []
    content = _content(store, (*_STAYS, "restoring"))
    if content:
        aside = _unused(store)
        aside.mkdir()
        for path in content:
            path.rename(aside / path.name)
        kept.append(aside)
    if _content(journal):
        aside = _unused(journal)
        journal.rename(aside)
        kept.append(aside)
    return tuple(kept)


def _unused(folder: Path) -> Path:
    number = 1
    while (place := folder.with_name(f"{folder.name}.replaced-{number}")).exists():
        number += 1
    return place


def _take_place(manifest: Manifest, store: Path, journal: Path, staged: Path, staged_journal: Path) -> None:
    with suppress(FileNotFoundError):
        (staged / parts.SOURCES).rename(store / "sources")
    if _content(staged_journal, _STAYS):
        with suppress(FileNotFoundError):
            shutil.rmtree(journal)  # empty, or with a lock alone
        staged_journal.rename(journal)
    if manifest.has_graph:
        made = new_folder(store, manifest.fingerprint)
        made.rmdir()
        (staged / parts.GRAPH).rename(made)
        publish(store, manifest.fingerprint, made, manifest.built)

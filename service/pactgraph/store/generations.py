"""The folder of a built store: whole generations, and a pointer to the one that counts.

A generation is made in a folder of its own and becomes current by one rename of the pointer, so that a build that is
broken off leaves the old graph whole and readers never see a half one.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pactgraph.errors import fail

FORMAT = 2
"""Version of the folder's layout; a newer one is refused, an older one built anew. 2: the pointer names the journal's entry."""


@dataclass(frozen=True)
class Generation:
    """One built graph on disk. ``journal`` is the number of the last entry of the journal that the build read."""

    fingerprint: str
    folder: Path
    journal: int = 0

    @property
    def nquads(self) -> Path:
        """The whole graph as canonical N-Quads."""
        return self.folder / "graph.nq"

    @property
    def database(self) -> Path:
        """The Oxigraph database."""
        return self.folder / "oxigraph"

    @property
    def retracted(self) -> Path:
        """The statements of sources that the build left out because they are retracted, as N-Quads."""
        return self.folder / "retracted.nq"

    def summary(self) -> dict[str, Any]:
        """What the build counted."""
        summary: dict[str, Any] = json.loads((self.folder / "summary.json").read_text("utf-8"))
        return summary


def current(store: Path) -> Generation | None:
    """The generation that counts; None where nothing was built yet (or an older layout was)."""
    pointer = store / "current"
    try:
        data = json.loads(pointer.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as problem:
        raise fail("store-unreadable", file=str(pointer), reason=str(problem)) from None
    if data.get("format", 0) > FORMAT:
        raise fail("store-too-new", file=str(pointer), found=data["format"], known=FORMAT)
    generation = Generation(data["fingerprint"], store / data["folder"], data.get("journal", 0))
    if data["format"] < FORMAT or not generation.nquads.is_file():
        return None
    return generation


def previous(store: Path) -> Generation | None:
    """The generation before the current one; None where there is none (a store keeps one)."""
    now = current(store)
    if now is None:
        return None
    older = [folder for folder in sorted((store / "generations").glob("*"))
             if folder != now.folder and (folder / "graph.nq").is_file() and folder.suffix != ".making"]
    return Generation(older[-1].name, older[-1]) if older else None


def new_folder(store: Path, fingerprint: str) -> Path:
    """An empty folder in which a generation is made; left-overs of broken builds are removed."""
    generations = store / "generations"
    generations.mkdir(parents=True, exist_ok=True)
    for left in generations.glob("*.making"):
        shutil.rmtree(left, ignore_errors=True)
    folder = generations / f"{fingerprint}.making"
    folder.mkdir()
    return folder


def publish(store: Path, fingerprint: str, made: Path, journal: int = 0) -> Generation:
    """Make a finished folder the current generation; older ones but the last are removed."""
    previous = current(store)
    folder = made.with_suffix("")
    if folder.exists():
        shutil.rmtree(folder)
    made.rename(folder)
    pointer = {"format": FORMAT, "fingerprint": fingerprint, "folder": f"generations/{folder.name}", "journal": journal}
    waiting = store / "current.new"
    with waiting.open("w", encoding="utf-8") as stream:
        json.dump(pointer, stream)
        stream.flush()
        os.fsync(stream.fileno())
    waiting.rename(store / "current")
    keep = {folder, previous.folder if previous else folder}
    for old in (store / "generations").iterdir():
        if old not in keep:
            shutil.rmtree(old, ignore_errors=True)
    return Generation(fingerprint, folder, journal)


@contextmanager
def writing(store: Path) -> Iterator[None]:
    """Hold the store's write lock; another writer raises a UserError that names its process id."""
    try:
        store.mkdir(parents=True, exist_ok=True)
        handle = os.open(store / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        raise fail("store-unwritable", store=str(store), reason=problem.strerror or str(problem)) from None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            pid = os.read(handle, 32).decode("ascii", "replace").strip() or "?"
            raise fail("store-locked", store=str(store), pid=pid) from None
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)

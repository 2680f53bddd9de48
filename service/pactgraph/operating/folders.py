"""Examines what is on disk: the store, its generation, imported files, the journal, the lock, rights and room."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from pactgraph.errors import UserError
from pactgraph.journal.entry import FORMAT
from pactgraph.journal.log import Journal, format_of
from pactgraph.operating.finding import FAIL, OK, WARN, Finding, Patient, finding
from pactgraph.store.choose import is_remote
from pactgraph.store.generations import Generation, current

_TIGHT, _LOW = 200_000_000, 1_000_000_000


def store(patient: Patient) -> Iterator[Finding]:
    """Whether the store can be read, and holds a graph of today's inputs."""
    place = patient.settings.store
    if is_remote(place) or place == "memory:":
        yield from _other_store(place)
        return
    folder = Path(place)
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.R_OK | os.W_OK | os.X_OK)):
        yield finding("store", FAIL, "store-rights", store=place)
        return
    try:
        generation = current(folder)
    except UserError as problem:
        yield finding("store", FAIL, "store-broken", message={lang: problem.message(lang) for lang in ("vi", "en")})
        return
    if generation is None:
        yield finding("store", WARN, "store-empty", store=place)
        return
    from pactgraph.build.freshness import up_to_date

    try:
        fresh = not _is_older(patient.settings.journal_folder()) and up_to_date(patient.settings) is not None
    except (UserError, OSError):
        fresh = False
    state, key = (OK, "store") if fresh else (WARN, "store-old")
    yield finding("store", state, key, store=place, fingerprint=generation.fingerprint)
    yield from graph(generation)


def _other_store(place: str) -> Iterator[Finding]:
    if place == "memory:":
        yield finding("store", OK, "store-memory")
        return
    from pactgraph.catalogue import load
    from pactgraph.store.choose import open_store

    try:
        open_store(place).query(load("store", "ping").text)
    except (UserError, OSError) as problem:
        yield finding("store", FAIL, "store-silent", store=place, reason=str(problem))
    else:
        yield finding("store", OK, "store-answers", store=place)


def graph(generation: Generation) -> Iterator[Finding]:
    """Whether the generation is whole: the graph's checksum is the one that the build noted."""
    folder = str(generation.folder)
    try:
        summary = generation.summary()
        with generation.nquads.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        complete = (generation.database / "CURRENT").is_file()
    except (OSError, ValueError) as problem:
        yield finding("graph", FAIL, "graph-unreadable", folder=folder, reason=str(problem))
        return
    noted = summary.get("graph_sha256")
    if noted is None:
        yield finding("graph", WARN, "graph-unsigned", folder=folder)
    elif noted != found or not complete:
        yield finding("graph", FAIL, "graph-damaged", folder=folder)
    else:
        yield finding("graph", OK, "graph", sha256=found[:16])


def sources(patient: Patient) -> Iterator[Finding]:
    """Whether the imported files are those that were imported: their folders are named by their checksums."""
    from pactgraph.sources.imported import imported_sources

    folder = Path(patient.settings.store) / "sources"
    wrong = []
    count = 0
    try:
        for item in imported_sources(folder):
            count += 1
            data = item.file.read_bytes() if item.file.is_file() else b""
            if hashlib.sha256(data).hexdigest()[:16] != item.file.parent.name:
                wrong.append(str(item.file))
    except (OSError, ValueError, KeyError) as problem:
        wrong.append(str(problem))
    if wrong:
        yield finding("sources", FAIL, "sources-changed", files=", ".join(wrong))
    else:
        yield finding("sources", OK, "sources", count=count)


def journal(patient: Patient) -> Iterator[Finding]:
    """Whether every entry of the journal can be read and names the one before, and who may read the tokens."""
    folder = patient.settings.journal_folder()
    if folder is None or not folder.exists():
        yield finding("journal", OK, "journal-none")
        return
    try:
        if _is_older(folder):
            yield finding("journal", WARN, "journal-old", folder=str(folder))
            return
        opened = Journal(folder)
        head, count = opened.head, sum(1 for _ in opened.entries())
    except UserError as problem:
        message = {lang: problem.message(lang) for lang in ("vi", "en")}
        yield finding("journal", FAIL, "journal-broken", message=message)
    else:
        yield finding("journal", OK, "journal", head=head, count=count)
    yield from _tokens(folder / "tokens.json")


def _is_older(journal: Path | None) -> bool:
    """Whether a journal has an older format: opening it would bring it up to today's, and nothing is to be changed here."""
    found = format_of(journal) if journal is not None else None
    return found is not None and found < FORMAT


def _tokens(file: Path) -> Iterator[Finding]:
    if not file.exists():
        return
    found = file.stat()
    if found.st_mode & 0o077:
        yield finding("tokens", FAIL, "tokens-open", file=str(file), mode=f"{found.st_mode & 0o777:o}")
    elif found.st_uid != os.geteuid():
        yield finding("tokens", WARN, "tokens-owner", file=str(file), uid=found.st_uid)
    else:
        yield finding("tokens", OK, "tokens", file=str(file))


def lock(patient: Patient) -> Iterator[Finding]:
    """Who holds the store's lock, and whether that process lives."""
    file = Path(patient.settings.store) / "lock"
    pid = holder(file)
    if pid is None:
        yield finding("lock", OK, "lock-free")
    elif pid and Path(f"/proc/{pid}").exists():
        yield finding("lock", OK, "lock-held", pid=pid)
    else:
        yield finding("lock", WARN, "lock-unknown", file=str(file), pid=pid or "?")


def holder(file: Path) -> int | None:
    """The process id in a lock that is held (0 where it cannot be read); None where nobody holds it."""
    try:
        handle = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return None
    except OSError:
        return 0
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except OSError:
        text = os.read(handle, 32).decode("ascii", "replace").strip()
        return int(text) if text.isdigit() else 0
    finally:
        os.close(handle)


def room(patient: Patient, free: int | None = None) -> Iterator[Finding]:
    """Whether there is room on the disk for another generation, the journal and a backup."""
    if is_remote(patient.settings.store) or patient.settings.store == "memory:":
        return
    folder = Path(patient.settings.store).absolute()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free if free is None else free
    values = {"folder": str(folder), "free": f"{free / 1e9:.1f}"}
    state, key = (FAIL, "room-none") if free < _TIGHT else (WARN, "room-low") if free < _LOW else (OK, "room")
    yield finding("disk", state, key, **values)

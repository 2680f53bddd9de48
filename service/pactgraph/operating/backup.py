"""``pactgraph backup``: what cannot be built again, in one file, while the service runs.

Entries of the journal are never changed and appear whole, so a copy of all up to the head that was seen first is
consistent; imported files appear whole too. What changes under the hand is copied again from the start.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from pactgraph import __version__
from pactgraph.errors import fail
from pactgraph.journal.log import Journal
from pactgraph.operating import manifest as parts
from pactgraph.operating.manifest import File, Manifest
from pactgraph.settings import Settings
from pactgraph.store.choose import is_remote
from pactgraph.store.generations import Generation, current

SUFFIXES = (".tar.gz", ".tgz")
_TRIES = 5
_PIECE = 1 << 20


class _Moved(Exception):
    """A file changed or went while it was copied."""


def back_up(settings: Settings, target: Path, *, with_graph: bool = False) -> Manifest:
    """Write a backup to ``target``, which appears whole or not at all. What is wrong raises a UserError."""
    if is_remote(settings.store) or settings.store == "memory:":
        raise fail("backup-needs-folder", store=settings.store)
    if not target.name.endswith(SUFFIXES):
        raise fail("backup-suffix", file=str(target), suffixes=", ".join(SUFFIXES))
    if target.exists() or target.is_symlink():
        raise fail("backup-exists", file=str(target))
    if not target.parent.is_dir():
        raise fail("backup-unwritable", file=str(target), reason=os.strerror(errno.ENOENT))
    for _ in range(_TRIES):
        with contextlib.suppress(_Moved, FileNotFoundError):
            return _try(settings, target, with_graph)
    raise fail("backup-moving", store=settings.store)


def _try(settings: Settings, target: Path, with_graph: bool) -> Manifest:
    generation = current(Path(settings.store))
    if with_graph and generation is None:
        raise fail("store-not-built", store=settings.store)
    head, paths = _collect(settings, generation if with_graph else None)
    if not paths and generation is None:
        raise fail("backup-nothing", store=settings.store, journal=str(settings.journal_folder()))
    files = tuple(File(name, path.stat().st_size, _checksum(path)) for name, path in paths.items())
    made = Manifest(__version__, datetime.now(UTC).isoformat(timespec="seconds"), settings.base, bool(settings.data), head,
                    generation.fingerprint if generation else "", generation.journal if generation else 0, files)
    try:
        with _appearing(target) as stream:
            _write(stream, made, paths)
    except FileNotFoundError:
        raise
    except OSError as problem:
        raise fail("backup-unwritable", file=str(target), reason=problem.strerror or str(problem)) from None
    return made


def _collect(settings: Settings, generation: Generation | None) -> tuple[int, dict[str, Path]]:
    """The journal's head and every file of the backup by its name in it."""
    found: dict[str, Path] = {}
    head = 0
    folder = settings.journal_folder()
    if folder is not None and folder.is_dir():
        journal = Journal(folder)
        head = journal.head
        for _ in journal.entries():  # a damaged journal is told, not copied
            pass
        names = ["format.json", "tokens.json", *(f"entries/{number:09d}.rdfp" for number in range(1, head + 1))]
        found |= {parts.JOURNAL + name: folder / name for name in names if _is_part(folder / name)}
    sources = Path(settings.store) / "sources"
    for path in sorted(sources.glob("*/*")):
        if path.parent.suffix != ".making" and path.is_file():
            found[parts.SOURCES + path.relative_to(sources).as_posix()] = path
    if generation:
        found |= {parts.GRAPH + path.name: path for path in sorted(generation.folder.iterdir()) if path.is_file()}
    return head, found


def _is_part(path: Path) -> bool:
    """An entry must be there; what stands beside the entries may be missing."""
    return path.suffix == ".rdfp" or path.is_file()


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextlib.contextmanager
def _appearing(target: Path) -> Iterator[IO[bytes]]:
    """A file for its owner alone that gets its name when it is whole and on disk; nothing stays of a broken one."""
    waiting = target.with_name(f".{target.name}.{os.getpid()}.part")
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(waiting, target)  # unlike a rename, this never replaces a file
        except FileExistsError:
            raise fail("backup-exists", file=str(target)) from None
        except OSError:  # a file system without links
            waiting.rename(target)
    finally:
        waiting.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(stream: IO[bytes], made: Manifest, paths: dict[str, Path]) -> None:
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6, format=tarfile.PAX_FORMAT) as archive:
        data = made.as_json()
        archive.addfile(_info(parts.NAME, len(data)), io.BytesIO(data))
        for file in made.files:
            with paths[file.name].open("rb") as source:
                archive.addfile(_info(file.name, file.bytes), _Checked(source, file))


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    return info


class _Checked(io.RawIOBase):
    """Reads a file and breaks off where it is not the one that the manifest describes."""

    def __init__(self, source: IO[bytes], file: File) -> None:
        self._source = source
        self._left = file.bytes
        self._expected = file.sha256
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(min(self._left, _PIECE if size < 0 else size))
        self._digest.update(piece)
        self._left -= len(piece)
        if (not piece and self._left) or (not self._left and self._digest.hexdigest() != self._expected):
            raise _Moved
        return piece

"""Writes an export so that it is whole or not there: beside its place first, its manifest last, then one exchange.

A folder counts as an export when it holds a ``manifest.json`` of ours, and that is the last file which is written. What
stood in the folder before stays there, whole, until the new one takes its place in one step.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from pactgraph.errors import UserError, fail
from pactgraph.publish.exchange import exchange
from pactgraph.publish.manifest import FORMAT, MANIFEST, SUMS, read_manifest

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
STAGING = ".pactgraph-export-"
"""What stands in the name of a folder in which an export is made."""
_SCRATCH = ".scratch"


class Hashed:
    """A file that is written once, from its beginning; it counts and hashes what goes into it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.bytes = 0

    def write(self, data: bytes) -> int:
        """Write some bytes."""
        self._stream.write(data)
        self._digest.update(data)
        self.bytes += len(data)
        return len(data)

    @property
    def sha256(self) -> str:
        """The checksum of all that was written."""
        return self._digest.hexdigest()


class Writer:
    """Takes the files of one export. Paths are relative to the export's folder, ``/`` between their parts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, dict[str, Any]] = {}

    @contextmanager
    def file(self, path: str, media_type: str, **details: Any) -> Iterator[Hashed]:
        """A file to write into; ``details`` (plain JSON) stand with it in the manifest."""
        with self.place(path).open("xb") as stream:
            hashed = Hashed(stream)
            yield hashed
        self._note(path, media_type, hashed.bytes, hashed.sha256, details)

    def write(self, path: str, media_type: str, data: bytes, **details: Any) -> None:
        """A file with this content."""
        with self.file(path, media_type, **details) as stream:
            stream.write(data)

    def place(self, path: str) -> Path:
        """Where a file belongs that a library writes by itself; :meth:`add` must be told when it is done."""
        place = self._folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        return place

    def add(self, path: str, media_type: str, **details: Any) -> None:
        """Take in a file that was written at its :meth:`place`."""
        with (self._folder / path).open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            size = stream.seek(0, os.SEEK_END)
        self._note(path, media_type, size, digest, details)

    def scratch(self) -> Path:
        """A folder for what is needed only until the export is whole, on the same disk."""
        folder = self._folder / _SCRATCH
        folder.mkdir(exist_ok=True)
        return folder

    def take(self, path: str, entry: dict[str, Any]) -> None:
        """Note a file of a part that was written and hashed there; a part's own titles stay in its own manifest."""
        self._note(path, entry["media_type"], entry["bytes"], entry["sha256"], {})

    def describe(self, path: str, **details: Any) -> None:
        """Add to what the manifest says of a file."""
        self._files[path] |= details

    @property
    def files(self) -> dict[str, dict[str, Any]]:
        """What the manifest will say of each file so far."""
        return self._files

    def _note(self, path: str, media_type: str, size: int, digest: str, details: dict[str, Any]) -> None:
        self._files[path] = {"path": path, "bytes": size, "sha256": digest, "media_type": media_type, **details}

    def finish(self, head: dict[str, Any]) -> None:
        """Write checksums and, last of all, the manifest that begins with ``head``."""
        shutil.rmtree(self._folder / _SCRATCH, ignore_errors=True)
        lines = [f"{entry['sha256']}  {path}\n" for path, entry in sorted(self._files.items())]
        self.write(SUMS, "text/plain", "".join(lines).encode("utf-8"))
        for path in self._files:  # all at the end: the disk then has most of them already
            _sync(self._folder / path, os.O_RDONLY)
        for folder in [self._folder, *(place for place in self._folder.rglob("*") if place.is_dir())]:
            _sync(folder, os.O_RDONLY | os.O_DIRECTORY)
        manifest = {"format": FORMAT, **head, "files": [self._files[path] for path in sorted(self._files)]}
        with (self._folder / MANIFEST).open("xb") as stream:
            stream.write((json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
        _sync(self._folder / MANIFEST, os.O_RDONLY)
        _sync(self._folder, os.O_RDONLY | os.O_DIRECTORY)


@contextmanager
def staged(target: Path, kind: str) -> Iterator[Writer]:
    """A :class:`Writer` whose export takes the place of ``target`` when the block ends, if it was finished.

    A folder with files of others, a full disk or a place that cannot be written raise a UserError, and leave what was there.
    """
    target = target.resolve()
    _check(target, kind)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _tidy(target)
        making, lock = _begin(target)
    except OSError as problem:
        raise _unwritable(target, problem) from None
    try:
        yield Writer(making)
        if not (making / MANIFEST).is_file():
            raise AssertionError("an export ended without its manifest")
        _check(target, kind)  # others may have written there meanwhile
        exchange(making, target)
        _sync(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as problem:
        raise _unwritable(target, problem) from None
    finally:
        shutil.rmtree(making, ignore_errors=True)
        os.close(lock)


def _begin(target: Path) -> tuple[Path, int]:
    """A new staging folder beside the target, and the lock that says that somebody is at work in it."""
    making = target.with_name(f"{_prefix(target)}{secrets.token_hex(6)}")
    making.mkdir()
    with suppress(OSError):
        making.chmod(target.stat().st_mode & 0o7777)
    lock = os.open(making, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return making, lock


def _prefix(target: Path) -> str:
    return f".{target.name}{STAGING}"


def _tidy(target: Path) -> None:
    """Remove what exports to this place left behind that were broken off. One that is at work holds the lock of its folder."""
    for left in target.parent.glob(f"{_prefix(target)}*"):
        if left.is_symlink() or not left.is_dir():
            continue
        handle = os.open(left, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue
        finally:
            os.close(handle)
        if not target.exists() and read_manifest(left) is not None:
            left.rename(target)  # broken off between two renames, where the system knows no exchange
        else:
            shutil.rmtree(left, ignore_errors=True)


def _check(target: Path, kind: str) -> None:
    """Refuse a place that is not ours to replace."""
    if os.path.ismount(target):
        raise fail("export-mount", folder=str(target))
    if target.exists() and not target.is_dir():
        raise fail("export-no-folder", folder=str(target))
    try:
        there = _files_in(target)
    except OSError as problem:
        raise _unwritable(target, problem) from None
    if not there:
        return
    manifest = read_manifest(target)
    if manifest is None:
        raise fail("export-foreign", folder=str(target), file=min(there))
    if manifest.get("kind") != kind:
        raise fail("export-other-kind", folder=str(target), found=manifest.get("kind"), kind=kind)
    ours = {entry["path"] for entry in manifest["files"]} | {MANIFEST}
    if others := there - ours:
        raise fail("export-foreign", folder=str(target), file=min(others))


def _files_in(folder: Path) -> set[str]:
    """All that stands below a folder but folders; an empty folder in it counts too."""
    found: set[str] = set()
    if not folder.is_dir():
        return found
    for place, folders, files in os.walk(folder, onerror=_raise):
        here = Path(place).relative_to(folder)
        found |= {(here / name).as_posix() for name in files}
        found |= {(here / name).as_posix() for name in folders if (folder / here / name).is_symlink()}
        if not files and not folders and here != Path("."):
            found.add(here.as_posix())
    return found


def _raise(problem: OSError) -> None:
    raise problem


def _sync(path: Path, how: int) -> None:
    """Have a file, or the entries of a folder, on disk."""
    handle = os.open(path, how)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(target: Path, problem: OSError) -> UserError:
    key = "export-full" if problem.errno in _FULL else "export-unwritable"
    return fail(key, folder=str(target), reason=problem.strerror or str(problem))

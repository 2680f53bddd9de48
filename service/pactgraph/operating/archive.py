"""Reads a backup: every byte is checked before any is believed, and nothing in it chooses where it is written."""

from __future__ import annotations

import contextlib
import hashlib
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pactgraph.errors import fail
from pactgraph.operating import manifest as parts
from pactgraph.operating.manifest import File, Manifest, read_manifest

_PIECE = 1 << 20
_BROKEN = (tarfile.TarError, EOFError, zlib.error, OSError)


def verify(path: Path) -> Manifest:
    """The manifest of a backup that is whole. A foreign, damaged or newer one raises a UserError."""
    with _opened(path) as (archive, manifest):
        for file, stream in _members(path, archive, manifest):
            _copy(path, file, stream, None)
    return manifest


def extract(path: Path, folder: Path) -> Manifest:
    """Write the files of a backup under ``folder``, each checked again while it is written."""
    with _opened(path) as (archive, manifest):
        for file, stream in _members(path, archive, manifest):
            place = folder / file.name
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with place.open("xb") as target:
                _copy(path, file, stream, target)
            if file.name == parts.JOURNAL + "tokens.json":
                place.chmod(0o600)
    return manifest


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    try:
        archive = tarfile.open(path, "r:gz")  # noqa: SIM115 closed below
    except FileNotFoundError:
        raise fail("backup-missing", file=str(path)) from None
    except (PermissionError, IsADirectoryError) as problem:
        raise fail("file-unreadable", file=str(path), reason=problem.strerror or str(problem)) from None
    except _BROKEN:
        raise fail("backup-foreign", file=str(path)) from None
    with archive:
        yield archive, _first(path, archive)


def _first(path: Path, archive: tarfile.TarFile) -> Manifest:
    """The manifest, which stands first."""
    try:
        member = archive.next()
        if member is None or member.name != parts.NAME or not member.isreg() or member.size > parts.LARGEST:
            raise fail("backup-foreign", file=str(path))
        stream = archive.extractfile(member)
        assert stream is not None
        data = stream.read()
    except _BROKEN as problem:
        raise fail("backup-damaged", file=str(path), name=parts.NAME, reason=str(problem)) from None
    if len(data) < member.size:
        raise fail("backup-damaged", file=str(path), name=parts.NAME, reason="EOF")
    return read_manifest(data, str(path))


def _members(path: Path, archive: tarfile.TarFile, manifest: Manifest) -> Iterator[tuple[File, IO[bytes]]]:
    """The files in the order of the manifest; whatever else stands in the archive makes it a damaged one."""
    expected = iter(manifest.files)
    while True:
        try:
            member = archive.next()
        except _BROKEN as problem:
            raise fail("backup-damaged", file=str(path), name="…", reason=str(problem)) from None
        file = next(expected, None)
        if member is None and file is None:
            return _end(path, archive)
        if member is None or file is None:
            raise fail("backup-damaged", file=str(path), name=file.name if file else member.name if member else "",
                       reason="EOF" if file else "?")
        if not member.isreg() or member.name != file.name or member.size != file.bytes:
            raise fail("backup-damaged", file=str(path), name=member.name, reason=file.name)
        stream = archive.extractfile(member)
        assert stream is not None
        yield file, stream


def _end(path: Path, archive: tarfile.TarFile) -> None:
    """Read what follows the last file: nothing but padding, and the checksum of the compression."""
    assert archive.fileobj is not None
    try:
        rest = archive.fileobj.read(_PIECE)
    except _BROKEN as problem:
        raise fail("backup-damaged", file=str(path), name="…", reason=str(problem)) from None
    if rest.strip(b"\0"):
        raise fail("backup-damaged", file=str(path), name="…", reason="EOF")


def _copy(path: Path, file: File, stream: IO[bytes], target: IO[bytes] | None) -> None:
    digest = hashlib.sha256()
    while piece := _piece(path, file, stream):
        digest.update(piece)
        if target:
            target.write(piece)
    if digest.hexdigest() != file.sha256:
        raise fail("backup-damaged", file=str(path), name=file.name, reason="SHA-256")


def _piece(path: Path, file: File, stream: IO[bytes]) -> bytes:
    try:
        return stream.read(_PIECE)
    except _BROKEN as problem:
        raise fail("backup-damaged", file=str(path), name=file.name, reason=str(problem)) from None

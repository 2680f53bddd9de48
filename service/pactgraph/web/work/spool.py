"""Keeps uploaded workbooks between their dry run and their confirmation: privately, for one person, not for long.

The folder ``work/uploads/{id}`` of the store holds the file and what is known of it; all web workers of a store see the same
folder. After the confirmation only the number of the journal's entry stays there for a while, so that a form that is sent
twice is answered twice and written once.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import json
import os
import re
import secrets
import shutil
import time
import unicodedata
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pactgraph.access.sessions import Session, private_folder, write_private
from pactgraph.errors import fail

SECONDS = 3600.0
"""How long an upload waits for its confirmation."""
MOST_OF_ONE, MOST = 5, 200
"""Uploads of one person (the oldest go), and of all (a further one is refused)."""
_ID = re.compile(r"[A-Za-z0-9_-]{22}")
_AGAIN_SECONDS = 0.05
_LONGEST_NAME = 100


@dataclass(frozen=True)
class Upload:
    """An uploaded workbook. ``owner`` names the token that brought it; ``evidence``: checksums by file name;
    ``entry``: the journal's entry that it became (-1: it changed nothing), None while it waits."""

    id: str
    owner: str
    name: str
    at: float
    embargo: str = ""
    evidence: dict[str, str] = field(default_factory=dict)
    entry: int | None = None


class Spool:
    """The uploads of one store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, session: Session, name: str, data: bytes, evidence: Mapping[str, str], embargo: str) -> Upload:
        """Keep a workbook under its (cleaned) name."""
        upload = Upload(secrets.token_urlsafe(16), _owner(session), clean_name(name), time.time(), embargo, dict(evidence))
        try:
            private_folder(self.folder)
            self._make_room(upload.owner)
            place = self.folder / upload.id
            private_folder(place / "file")
            write_private(place / "file" / upload.name, data)
            write_private(place / "upload.json", json.dumps(asdict(upload)).encode())
        except OSError as problem:
            raise fail("work-folder", folder=str(self.folder), reason=problem.strerror or str(problem)) from None
        return upload

    def get(self, session: Session, name: str) -> Upload:
        """An upload of this very person; any other, like one that is gone, raises a UserError."""
        upload = _read(self.folder / name / "upload.json") if _ID.fullmatch(name) else None
        if upload is None or upload.owner != _owner(session) or upload.at + SECONDS < time.time():
            raise fail("upload-gone", minutes=int(SECONDS // 60))
        return upload

    def file(self, upload: Upload) -> Path:
        """The workbook."""
        return self.folder / upload.id / "file" / upload.name

    def waiting(self, session: Session) -> list[Upload]:
        """The uploads of a person that wait, the newest first."""
        mine = [upload for upload in self._all() if upload.owner == _owner(session) and upload.entry is None]
        return sorted((upload for upload in mine if upload.at + SECONDS >= time.time()), key=lambda upload: -upload.at)

    @asynccontextmanager
    async def deciding(self, session: Session, name: str) -> AsyncIterator[Upload]:
        """Hold an upload while it is confirmed or removed: of two forms one waits, and then sees what the other did."""
        self.get(session, name)
        try:
            handle = os.open(self.folder / name / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            raise fail("upload-gone", minutes=int(SECONDS // 60)) from None
        try:
            while not _locked(handle):  # of another web worker, or of this one
                await asyncio.sleep(_AGAIN_SECONDS)
            yield self.get(session, name)
        finally:
            os.close(handle)

    def done(self, upload: Upload, entry: int) -> None:
        """Note what became of an upload, and remove its file."""
        place = self.folder / upload.id
        write_private(place / "upload.json", json.dumps(asdict(replace(upload, entry=entry, evidence={}))).encode())
        shutil.rmtree(place / "file", ignore_errors=True)

    def drop(self, upload: Upload) -> None:
        """Remove an upload."""
        shutil.rmtree(self.folder / upload.id, ignore_errors=True)

    def _all(self) -> list[Upload]:
        found = (_read(file) for file in self.folder.glob("*/upload.json"))
        return [upload for upload in found if upload is not None]

    def _make_room(self, owner: str) -> None:
        """Remove what is too old, and the oldest of a person that has too many; refuse where the folder is full."""
        now = time.time()
        for place in self.folder.iterdir():
            upload = _read(place / "upload.json")
            if upload is None and place.stat().st_mtime + SECONDS < now:
                shutil.rmtree(place, ignore_errors=True)  # what a process left that died
            elif upload is not None and upload.at + SECONDS < now:
                self.drop(upload)
        standing = sorted(self._all(), key=lambda upload: upload.at)
        mine = [upload for upload in standing if upload.owner == owner]
        for upload in mine[: max(0, len(mine) - MOST_OF_ONE + 1)]:
            self.drop(upload)
        if len(standing) >= MOST and not mine:
            raise fail("upload-full")


def clean_name(name: str) -> str:
    """The name of a file as it may stand on disk and in messages: no folders, no control characters, not too long."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = " ".join("".join(letter for letter in last if letter.isprintable()).split()).lstrip(".")
    stem, dot, suffix = kept.rpartition(".")
    if len(kept.encode()) > _LONGEST_NAME:
        kept = stem.encode()[: _LONGEST_NAME - len(suffix.encode()[:20]) - 1].decode("utf-8", "ignore") + dot + suffix[:20]
    return kept or "workbook.xlsx"


def sums_of(files: list[tuple[str, bytes]]) -> dict[str, str]:
    """The checksums of files by name. The files themselves are not kept."""
    found: dict[str, str] = {}
    for name, data in files:
        key, digest = clean_name(name), hashlib.sha256(data).hexdigest()
        if found.setdefault(key, digest) != digest:
            raise fail("upload-evidence", name=key)
    return found


def _locked(handle: int) -> bool:
    """Take a lock that nobody holds."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _owner(session: Session) -> str:
    return f"{session.author.name} {session.key}"


def _read(file: Path) -> Upload | None:
    try:
        return Upload(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None

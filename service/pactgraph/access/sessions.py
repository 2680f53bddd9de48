"""Sessions of people who signed in with a token on the pages: a random id in their browser, a small file here.

The id (256 random bits) is kept as its SHA-256 alone, and the file names the token by its name and its hash, so neither
what is on disk nor what is in a browser can be used as a token. All web workers of a store read the same folder, so a
session holds in each of them and after a restart, and ends in all of them at once: when it is signed out, when its time is
over, or when its token is.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from pactgraph.access.author import Author
from pactgraph.access.tokens import ACTIVE, Tokens
from pactgraph.errors import fail

SECONDS = 8 * 3600.0
"""How long a session lasts: a working day."""
MOST_OF_ONE, MOST = 20, 2000
"""Sessions of one token, and of all; the oldest end first."""
_ID = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in. ``id`` is a secret; ``key`` names the token's very secret; ``until`` in seconds since 1970."""

    id: str
    author: Author
    key: str
    until: float


@dataclass(frozen=True)
class _Kept:
    token: str
    sha256: str
    begun: float
    until: float


class Sessions:
    """The sessions of one store, in a folder that only its owner can read."""

    def __init__(self, folder: Path, tokens: Tokens) -> None:
        self.folder, self._tokens = folder, tokens

    def begin(self, secret: str) -> Session | None:
        """A new session for the holder of a token; None where no active token has this secret."""
        author = self._tokens.check(secret)
        if author is None:
            return None
        digest = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
        kept = _Kept(author.name, digest, time.time(), time.time() + SECONDS)
        name = secrets.token_urlsafe(32)
        try:
            private_folder(self.folder)
            self._make_room(kept)
            write_private(self._file(name), json.dumps(asdict(kept)).encode())
        except OSError as problem:
            raise fail("work-folder", folder=str(self.folder), reason=problem.strerror or str(problem)) from None
        return Session(name, author, digest, kept.until)

    def find(self, name: str) -> Session | None:
        """The session of an id; None where it is over, was never, or its token is good no more."""
        if not _ID.fullmatch(name):
            return None
        kept = _read(self._file(name))
        if kept is None or kept.until <= time.time():
            return None
        for token in self._tokens.list():
            if token.name == kept.token and token.sha256 == kept.sha256 and token.state() == ACTIVE:
                return Session(name, Author(token.name, token.scope, token.body), kept.sha256, kept.until)
        return None

    def end(self, name: str) -> None:
        """End a session in every worker; one that is over already is no error."""
        if _ID.fullmatch(name):
            with suppress(FileNotFoundError):
                self._file(name).unlink()

    def _file(self, name: str) -> Path:
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()}.json"

    def _make_room(self, coming: _Kept) -> None:
        """Remove what is over, and the oldest where there are too many."""
        standing: list[tuple[float, Path, str]] = []
        for file in self.folder.glob("*.json"):
            kept = _read(file)
            if kept is None or kept.until <= time.time():
                file.unlink(missing_ok=True)
            else:
                standing.append((kept.begun, file, kept.sha256))
        standing.sort()
        mine = [entry for entry in standing if entry[2] == coming.sha256]
        going = [*mine[: max(0, len(mine) - MOST_OF_ONE + 1)], *standing[: max(0, len(standing) - MOST + 1)]]
        for _, file, _ in going:
            file.unlink(missing_ok=True)


def private_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for the owner alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_private(file: Path, data: bytes) -> None:
    """Write a file whole, for its owner alone. Raises OSError."""
    waiting = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
    waiting.rename(file)


def _read(file: Path) -> _Kept | None:
    """What a file says; None where there is none, or it is damaged (whoever had it signs in again)."""
    try:
        return _Kept(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None

"""Tokens: who may write, and who may read what is restricted.

A secret is shown once, when its token is made; the file keeps only its SHA-256 (a secret has 256 random bits, so a
slow hash would guard nothing). A token that was revoked stays in the list: the journal names it.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from pathlib import Path

from pactgraph.access.author import ADMINISTRATOR, CONTRIBUTOR, CURATOR, SCOPES, Author
from pactgraph.errors import fail
from pactgraph.namespaces import slug

FORMAT = 1
"""Version of the file; a newer one is refused."""
ACTIVE, EXPIRED, REVOKED = "active", "expired", "revoked"
RESERVED = ("operator", "retractions", "body", "gaps", "log", "restricted")
"""Names that mean something else in the journal."""
_PREFIX = "pg_"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True)
class Token:
    """What is kept of a token. Days are YEAR-MONTH-DAY in UTC; ``expires`` is the last day on which it is good."""

    name: str
    scope: str
    sha256: str
    created: str
    body: str | None = None
    expires: str | None = None
    revoked: str | None = None

    def state(self) -> str:
        """``active``, ``expired`` or ``revoked``."""
        if self.revoked:
            return REVOKED
        return EXPIRED if self.expires and self.expires < _today() else ACTIVE


class Tokens:
    """The tokens of one journal's folder (``tokens.json``, for its owner only). Read again whenever the file changes."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "tokens.json"
        self._seen: tuple[int, int, int] | None = None
        self._tokens: tuple[Token, ...] = ()

    def list(self) -> tuple[Token, ...]:
        """All tokens, also those that are good no more, in the order in which they were made."""
        signature = self._signature()
        if signature is None:
            self._tokens = ()
        elif signature != self._seen:
            self._tokens = self._read()
        self._seen = signature
        return self._tokens

    def check(self, secret: str) -> Author | None:
        """The author that a secret speaks for; None where no active token has it. Takes the same time for any secret."""
        given = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
        found = None
        for token in self.list():
            if hmac.compare_digest(given, bytes.fromhex(token.sha256)) and token.state() == ACTIVE:
                found = Author(token.name, token.scope, token.body)
        return found

    def create(self, name: str, scope: str, body: str | None = None, expires: date | None = None) -> str:
        """Make a token and return its secret, which is kept nowhere. What is wrong raises a UserError."""
        check_name(name)
        check_scope(scope, body)
        if expires and expires.isoformat() < _today():
            raise fail("token-expired-already", expires=expires.isoformat(), today=_today())
        secret = _PREFIX + secrets.token_urlsafe(32)
        made = Token(name, scope, hashlib.sha256(secret.encode()).hexdigest(), _today(), body,
                     expires.isoformat() if expires else None)

        def add(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
            if any(token.name == name and not token.revoked for token in tokens):
                raise fail("token-exists", name=name)
            return (*tokens, made)

        self._change(add)
        return secret

    def revoke(self, name: str) -> None:
        """End a token from now on. A name that no token has (any more) raises a UserError."""
        def end(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
            standing = [token.name for token in tokens if not token.revoked]
            if name not in standing:
                near = get_close_matches(name, standing, n=5, cutoff=0.4)
                raise fail("token-unknown", name=name, near=", ".join(near or standing) or "–")
            return tuple(replace(token, revoked=_today()) if token.name == name and not token.revoked else token
                         for token in tokens)

        self._change(end)

    def _change(self, edit: Callable[[tuple[Token, ...]], tuple[Token, ...]]) -> None:
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._locked():
                self._write(edit(self._read() if self.file.exists() else ()))
        except OSError as problem:
            raise fail("tokens-unwritable", file=str(self.file), reason=problem.strerror or str(problem)) from None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the right to change the file: the command line and a running service may both ask for it."""
        handle = os.open(self.file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _write(self, tokens: tuple[Token, ...]) -> None:
        """Replace the file whole: nobody ever reads half of it."""
        waiting = self.file.with_suffix(".new")
        with suppress(FileNotFoundError):
            waiting.unlink()
        text = json.dumps({"format": FORMAT, "tokens": [asdict(token) for token in tokens]}, indent=1)
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        waiting.rename(self.file)
        folder = os.open(self.file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _read(self) -> tuple[Token, ...]:
        try:
            data = json.loads(self.file.read_text("utf-8"))
            if data["format"] > FORMAT:
                raise fail("store-too-new", file=str(self.file), found=data["format"], known=FORMAT)
            known = {item.name for item in fields(Token)}
            tokens = tuple(Token(**{key: value for key, value in item.items() if key in known})
                           for item in data["tokens"])
            if any(len(bytes.fromhex(token.sha256)) != 32 or token.scope not in SCOPES for token in tokens):
                raise ValueError("a token without a hash or scope")
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise fail("tokens-unreadable", file=str(self.file), reason=type(problem).__name__) from None
        return tokens

    def _signature(self) -> tuple[int, int, int] | None:
        try:
            found = self.file.stat()
        except FileNotFoundError:
            return None
        except OSError as problem:
            raise fail("tokens-unreadable", file=str(self.file), reason=problem.strerror or str(problem)) from None
        return found.st_ino, found.st_mtime_ns, found.st_size


def check_name(name: str) -> None:
    """Refuse a name that cannot stand in the IRI of a graph, or that the journal uses itself."""
    if not _NAME.fullmatch(name):
        raise fail("token-name", name=name, proposal=slug(name)[:63].strip("-") or "statistics-office")
    if name in RESERVED:
        raise fail("token-name-reserved", name=name)


def check_scope(scope: str, body: str | None) -> None:
    """Refuse an unknown scope, a contributor without a body, a body where the scope is for all."""
    if scope not in SCOPES:
        near = get_close_matches(scope.lower(), SCOPES, n=1, cutoff=0.0)
        raise fail("token-scope", scope=scope, known=", ".join(SCOPES), near=near[0])
    if scope == CONTRIBUTOR and not body:
        raise fail("token-needs-body")
    if body and scope in (CURATOR, ADMINISTRATOR):
        raise fail("token-no-body", scope=scope)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()

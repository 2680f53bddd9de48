"""Content codings: sends answers compressed by zstd or gzip to clients that take them.

A small answer is sent as it is, and so is what is compressed already. A compressed answer is kept by the checksum of
its content, so that what is served again is not compressed again. A large one is compressed in a thread.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Protocol

import zstandard
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pactgraph.web.cache import Recent
from pactgraph.web.negotiation import preferences, remembered

SMALL = 1000
"""Below this many bytes an answer is not worth compressing."""
_LARGE = 100_000
_GZIP_LEVEL = 5
_ZSTD_LEVEL = 3  # its window is 2 MB; browsers take up to 8 MB
_KEPT_BYTES = 32_000_000
_PLAIN = "identity"
_COMPRESSED = (b"image/png", b"image/jpeg", b"image/webp", b"font/", b"application/zip", b"application/gzip",
               b"application/zstd", b"application/vnd.openxmlformats", b"application/pdf", b"text/event-stream")


class Coder(Protocol):
    """Compresses a stream piece by piece."""

    def compress(self, data: bytes, /) -> bytes:
        """Take a piece, give what is ready."""

    def flush(self) -> bytes:
        """Give the rest."""


class Coding:
    """ASGI middleware that compresses answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: Recent[tuple[str, bytes], bytes] = Recent(_KEPT_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        coding, small_too = remembered(chosen, Headers(scope=scope).get("accept-encoding"))
        await self._app(scope, receive, _Coded(send, coding, 0 if small_too else SMALL, self._kept))


@lru_cache(maxsize=512)
def chosen(header: str | None) -> tuple[str, bool]:
    """The coding that an ``Accept-Encoding`` header likes best, and whether it forbids to send content as it is."""
    wishes = dict(reversed(preferences(header or "")))
    rest = wishes.get("*")
    plain = wishes.get(_PLAIN, rest if rest == 0 else None)
    # A wildcard alone is no wish for any coding in particular.
    likes = {name: wishes.get(name, rest if plain == 0 else None) for name in ("zstd", "gzip")}
    best = max(likes, key=lambda name: likes[name] or 0.0)
    liked = likes[best] or 0.0
    if not liked or (plain is not None and plain > liked):
        return _PLAIN, False
    return best, plain == 0


class _Coded:
    """Sends on to ``send``, compressed where the answer is worth it."""

    def __init__(self, send: Send, coding: str, least: int, kept: Recent[tuple[str, bytes], bytes]) -> None:
        self._send = send
        self._coding = coding
        self._least = least
        self._kept = kept
        self._start: Message = {}
        self._coder: Coder | None = None
        self._begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
        elif message["type"] != "http.response.body":
            await self._send(message)
        elif not self._begun:
            self._begun = True
            await self._first(message)
        elif self._coder is None:
            await self._send(message)
        else:
            await self._send(self._piece(message, self._coder))

    async def _first(self, message: Message) -> None:
        raw = dict(self._start["headers"])
        if not _may_be_coded(raw):
            return await self._as_it_is(message)
        if raw.get(b"vary") == b"Accept":  # what most answers vary by, and quicker than to look for it again
            self._start["headers"].append((b"vary", b"Accept-Encoding"))
        else:
            MutableHeaders(scope=self._start).add_vary_header("Accept-Encoding")
        if self._start["status"] in (204, 206, 304):
            return await self._as_it_is(message)
        whole = not message.get("more_body")
        body: bytes = message.get("body", b"")
        if self._coding == _PLAIN or (whole and len(body) < self._least):
            return await self._as_it_is(message)
        headers = MutableHeaders(scope=self._start)
        headers["Content-Encoding"] = self._coding
        if headers.get("etag", "").startswith('"'):
            # The coded bytes are others, the content is the same: that is what a weak tag says.
            headers["ETag"] = "W/" + headers["etag"]
        if whole:
            message = {**message, "body": await self._compressed(body)}
            headers["Content-Length"] = str(len(message["body"]))
        else:
            del headers["Content-Length"]
            self._coder = _coder(self._coding)
            message = self._piece(message, self._coder)
        await self._as_it_is(message)

    async def _as_it_is(self, message: Message) -> None:
        await self._send(self._start)
        await self._send(message)

    def _piece(self, message: Message, coder: Coder) -> Message:
        body = coder.compress(message.get("body", b""))
        return {**message, "body": body if message.get("more_body") else body + coder.flush()}

    async def _compressed(self, body: bytes) -> bytes:
        key = self._coding, hashlib.blake2b(body, digest_size=20).digest()
        known = self._kept.get(key)
        if known is None:
            small = len(body) < _LARGE
            known = _compress(body, self._coding) if small else await asyncio.to_thread(_compress, body, self._coding)
            self._kept.put(key, known, len(known))
        return known


def _may_be_coded(headers: Mapping[bytes, bytes]) -> bool:
    if b"content-encoding" in headers or b"no-transform" in headers.get(b"cache-control", b""):
        return False
    return not headers.get(b"content-type", b"").startswith(_COMPRESSED)


def _compress(body: bytes, coding: str) -> bytes:
    if coding == "zstd":
        return zstandard.ZstdCompressor(_ZSTD_LEVEL).compress(body)
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)


def _coder(coding: str) -> Coder:
    if coding == "zstd":
        coder: Any = zstandard.ZstdCompressor(_ZSTD_LEVEL).compressobj()
    else:
        coder = zlib.compressobj(_GZIP_LEVEL, wbits=31)
    return coder  # type: ignore[no-any-return]

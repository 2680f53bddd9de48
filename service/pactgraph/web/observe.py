"""ASGI middleware around everything: gives each request its id, then measures and logs how it was answered."""

from __future__ import annotations

import time
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pactgraph.web.done import Done
from pactgraph.web.metrics import of_process
from pactgraph.web.request_id import HEADER, note

_ID = HEADER.lower().encode()
_NO_ROUTE, _STATIC = "none", "/static"
_LIMIT = b"pactgraph-limit"
_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}


class Observe:
    """Around the whole service. Neither addresses nor headers nor bodies are kept, so no token can be.

    ``fixed`` are the addresses without a variable part, by which a request is known that was answered before the router.
    """

    def __init__(self, app: ASGIApp, fixed: Iterable[str] = ()) -> None:
        self._app = app
        self._fixed = frozenset(fixed)
        self._metrics = of_process()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        noted = note(scope)
        sent = _Sent(send, noted.id.encode())
        path = str(scope["path"]).removeprefix(scope.get("root_path", ""))  # the router changes both
        begun = time.perf_counter()
        self._metrics.request_began()
        try:
            await self._app(scope, receive, sent)
        finally:
            seconds = time.perf_counter() - begun
            method = scope["method"] if scope["method"] in _METHODS else "other"
            done = Done(noted.id, method, noted.route or self._known(path), sent.status, seconds, sent.bytes, sent.limit)
            self._metrics.request_ended(done)
            done.log()

    def _known(self, path: str) -> str:
        if path in self._fixed:
            return path
        return _STATIC if path.startswith(_STATIC + "/") else _NO_ROUTE


class _Sent:
    """Sends on, and notes status, bytes and the limit that was reached."""

    def __init__(self, send: Send, id: bytes) -> None:
        self._send = send
        self._id = id
        self.status = 0
        self.bytes = 0
        self.limit = ""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = message["headers"] = [*message.get("headers", ()), (_ID, self._id)]
            self.limit = next((value.decode("latin-1") for name, value in headers if name == _LIMIT), "")
        elif message["type"] == "http.response.body":
            self.bytes += len(message.get("body", b""))
        await self._send(message)

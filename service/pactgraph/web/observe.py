"""ASGI middleware around everything: gives each request its id, then measures and logs how it was answered."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pactgraph.web import logs
from pactgraph.web.metrics import Metrics
from pactgraph.web.request_id import HEADER, note

_ID = HEADER.lower().encode()
_LIMIT = b"pactgraph-limit"
_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"}


class Observe:
    """Around the whole service. Neither addresses nor headers nor bodies are kept, so no token can be."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        noted = note(scope)
        sent = _Sent(send, noted.id.encode())
        begun = time.perf_counter()
        self._metrics.request_began()
        try:
            await self._app(scope, receive, sent)
        finally:
            seconds = time.perf_counter() - begun
            method = scope["method"] if scope["method"] in _METHODS else "other"
            done = logs.Done(noted.id, method, noted.route, sent.status, seconds, sent.bytes, sent.limit)
            self._metrics.request_ended(done)
            logs.request(done)


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

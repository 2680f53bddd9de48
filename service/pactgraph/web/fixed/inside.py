"""Asks the service's own handlers in this process, without a network: one request, one whole answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlencode, urlsplit

from fastapi import FastAPI
from starlette.types import Message, Scope

from pactgraph.web.fixed.state import KEY, Fixed

_MOST_STEPS = 3
"""How many redirects are followed until the page is reached that is shown for an address."""


@dataclass(frozen=True)
class Answer:
    """An answer: its status, the media type without parameters, and the body."""

    status: int
    media_type: str
    body: bytes
    location: str = ""


class Inside:
    """The handlers of an application that was started (:func:`started`)."""

    def __init__(self, app: FastAPI, fixed: Fixed) -> None:
        self._app = app
        self._fixed = fixed
        there = urlsplit(fixed.address)
        self._scheme, self._host, self._root = there.scheme, there.netloc.encode(), there.path.rstrip("/")

    async def get(self, address: str, **more: str) -> Answer:
        """The answer to GET ``address`` (path and query of the service) with further parameters, redirects followed."""
        for _ in range(_MOST_STEPS):
            answer = await self._once(address, more)
            if not 300 <= answer.status < 400:
                break
            address = answer.location
        return answer

    async def _once(self, address: str, more: dict[str, str]) -> Answer:
        there = urlsplit(address)
        asked = [there.query] if there.query else []
        given = {part.partition("=")[0] for part in there.query.split("&")}
        asked += [urlencode({name: value}) for name, value in more.items() if name not in given]
        # The root path stays empty, as links are made relative afterwards; whole addresses (base_url) heed app_root_path.
        scope: Scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "GET",
            "scheme": self._scheme, "path": unquote(there.path), "raw_path": there.path.encode("ascii"),
            "query_string": "&".join(asked).encode("ascii"), "root_path": "", "app_root_path": self._root,
            "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
            "headers": [(b"host", self._host), (b"accept", b"text/html,*/*;q=0.5")], KEY: self._fixed,
        }
        sent: list[Message] = []
        body_sent = False

        async def receive() -> Message:
            nonlocal body_sent
            if body_sent:  # whoever waits for the client to go away waits as long as the answer takes
                await asyncio.get_running_loop().create_future()
            body_sent = True
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._app(scope, receive, send)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(sent[0]["status"], headers.get("content-type", "").partition(";")[0], body, headers.get("location", ""))


@asynccontextmanager
async def started(app: FastAPI, fixed: Fixed) -> AsyncIterator[Inside]:
    """The handlers of an application, with its readers running until the end."""
    async with app.router.lifespan_context(app):
        yield Inside(app, fixed)

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

_HOST = b"127.0.0.1"
_MOST_STEPS = 3
"""How many redirects are followed until the page is reached that is shown for an address."""

_BUSY = 503
_AGAIN_SECONDS = (1.0, 5.0, 20.0)


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

    async def get(self, address: str, **more: str) -> Answer:
        """The answer to GET ``address`` (path and query of the service) with further parameters, redirects followed."""
        for _ in range(_MOST_STEPS):
            answer = await self._once(address, more)
            for seconds in _AGAIN_SECONDS:
                if answer.status != _BUSY:
                    break
                await asyncio.sleep(seconds)  # the machine is busy with other work
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
        scope: Scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": "GET",
            "scheme": "http", "path": unquote(there.path), "raw_path": there.path.encode("ascii"),
            "query_string": "&".join(asked).encode("ascii"), "root_path": "", "client": ("127.0.0.1", 1),
            "server": (_HOST.decode(), 80), "headers": [(b"host", _HOST), (b"accept", b"text/html,*/*;q=0.5")], KEY: self._fixed,
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

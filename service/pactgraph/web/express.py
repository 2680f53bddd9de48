"""The short way to ``/sparql``: past the framework's routing, and past everything where the answer is still at hand.

An answer that carries an entity tag depends on the graph and the request alone, so it is kept as it was sent and given
again to whoever sends the same request. Requests with a token or with conditions always go to the room itself.
The rooms are called with the request and nothing else: what they need beside it (limits, tokens) comes from ASGI
middleware around this one or from the site.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pactgraph.web.cache import Recent
from pactgraph.web.metrics import of_process
from pactgraph.web.site import site_of
from pactgraph.web.sparql import BODY

Room = Callable[[Request], Awaitable[Response]]
Handler = Callable[[Request, Any], Awaitable[Response]]
Key = tuple[bytes, ...]
Headers = list[tuple[bytes, bytes]]

_KEPT_BYTES = 64_000_000
_LONGEST_BODY = 100_000
_ALWAYS_ASKED = frozenset((b"authorization", b"range", b"if-match", b"if-none-match", b"if-modified-since",
                           b"if-unmodified-since", b"if-range", b"content-encoding"))
"""Headers that make a request one for the room."""


class Express:
    """ASGI middleware, the innermost one. ``rooms``: the handlers of GET and POST; ``handlers``: who answers which error."""

    def __init__(self, app: ASGIApp, path: str, rooms: Mapping[str, Room], handlers: Mapping[type[Exception], Handler]) -> None:
        self._app = app
        self._path = path
        self._rooms = rooms
        self._handlers = handlers
        self._recent: Recent[Key, tuple[Headers, bytes]] = Recent(_KEPT_BYTES, of_process().cache("sent"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        room = self._room(scope)
        if room is None:
            return await self._app(scope, receive, send)
        key = await _key_of(scope, receive)
        kept = self._recent.get(key) if key else None
        if kept:
            return await _send(send, 200, *kept)
        response = await self._answer(room, Request(scope, receive, send))
        if key and response.status_code == 200:
            self._keep(key, response)
        if type(response) is Response and response.background is None:
            await _send(send, response.status_code, response.raw_headers, response.body)
        else:
            await response(scope, receive, send)

    def _keep(self, key: Key, response: Response) -> None:
        names = {name for name, _ in response.raw_headers}
        if b"etag" in names and b"set-cookie" not in names:
            body = bytes(response.body)
            self._recent.put(key, (response.raw_headers.copy(), body), sum(map(len, key)) + len(body))

    def _room(self, scope: Scope) -> Room | None:
        if scope["type"] != "http" or not scope["path"].endswith(self._path):
            return None
        if scope["path"].removeprefix(scope.get("root_path", "")) != self._path:
            return None
        return self._rooms.get(scope["method"])

    async def _answer(self, room: Room, request: Request) -> Response:
        try:
            return await room(request)
        except tuple(self._handlers) as error:
            for kind in type(error).__mro__:
                if kind in self._handlers:
                    return await self._handlers[kind](request, error)
            raise


async def _send(send: Send, status: int, headers: Headers, body: bytes | memoryview) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers.copy()})
    await send({"type": "http.response.body", "body": body})


async def _key_of(scope: Scope, receive: Receive) -> Key | None:
    """All that the answer depends on; None where it is not to be kept. A body that was read is left in the scope."""
    kind = accept = length = b""
    for name, value in scope["headers"]:
        if name == b"accept":
            accept += value + b","
        elif name == b"content-type":
            kind = value
        elif name == b"content-length":
            length = value
        elif name in _ALWAYS_ASKED:
            return None
    query = scope["query_string"]
    if scope["method"] == "GET":
        # Without a query the answer describes this service, and that depends on the address by which it is reached.
        return (_state(scope), query, accept) if b"query=" in query else None
    if not length.isdigit() or int(length) > _LONGEST_BODY:
        return None
    message = await receive()
    body = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
    if message["type"] != "http.request":  # the client went; the room will see that too
        return None
    scope[BODY] = body
    return _state(scope), query, accept, kind, body


def _state(scope: Scope) -> bytes:
    """What tells one state of the graph from another."""
    return site_of(Request(scope)).etag().encode()

"""What every answer gets, whoever made it: HEAD without a body, OPTIONS, CORS, security headers, no traceback."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pactgraph.web.problems import on_failure

_POLICY = "; ".join((
    # Nothing but what is named here, and all of that from this service: no inline script or style, nothing from elsewhere.
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
    "manifest-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "object-src 'none'",
))
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    # Reading is public, and a token is sent by whoever holds it, never by a browser of itself: any page of the world
    # may ask, and credentials that a browser adds (cookies) are never allowed.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Content-Location, Pactgraph-Journal, Pactgraph-Limit, Retry-After, "
                                     "WWW-Authenticate, X-Request-ID",
}
_RAW_HEADERS = [(name.lower().encode(), value.encode()) for name, value in _HEADERS.items()]
_ASKABLE = "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, Pactgraph-Reason"
_METHODS = {"sparql": "GET, HEAD, POST, OPTIONS", "update": "POST, OPTIONS", "validate": "GET, HEAD, POST, OPTIONS",
            "workspace": "GET, HEAD, POST, OPTIONS",
            "graphs": "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS"}
"""What the rooms take that take more than reading."""


HEAD = "pactgraph.head"
"""What a scope holds where the client asked for the head alone, though it is answered as GET."""


class Envelope:
    """ASGI middleware around the whole service."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] == "OPTIONS":
            await _options(scope, send)
        else:
            head = scope["method"] == "HEAD"
            inner = {**scope, "method": "GET", HEAD: True} if head else scope
            await self._answer(inner, receive, _Dressed(send, head))

    async def _answer(self, scope: Scope, receive: Receive, send: _Dressed) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            if send.started:
                raise  # the answer has begun: the connection must break, so that nobody takes it for whole
            response = await on_failure(Request(scope), error)
            await response(scope, receive, send)


class _Dressed:
    """Sends on to ``send`` what every answer needs; keeps back the body of an answer to HEAD."""

    def __init__(self, send: Send, head: bool) -> None:
        self._send = send
        self._head = head
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = message.setdefault("headers", [])
            there = {name for name, _ in headers}
            headers += [header for header in _RAW_HEADERS if header[0] not in there]
        elif self._head and message["type"] == "http.response.body":
            if message.get("more_body"):
                return
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)


async def _options(scope: Scope, send: Send) -> None:
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    methods = _METHODS.get(path.split("/")[1], "GET, HEAD, OPTIONS") if path != "*" else "GET, HEAD, OPTIONS"
    headers = _HEADERS | {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": _ASKABLE,
        "Access-Control-Max-Age": "86400",
        "Content-Length": "0",
    }
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": raw})
    await send({"type": "http.response.body", "body": b""})

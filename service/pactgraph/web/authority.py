"""Who asks: the token of a request (RFC 6750), and whether its scope suffices for what it wants."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pactgraph.access.author import ADMINISTRATOR, CONTRIBUTOR, CURATOR, Author
from pactgraph.errors import UserError, fail
from pactgraph.web.problems import on_user_error
from pactgraph.web.site import PINNED, site_of
from pactgraph.web.work import visitor

WRITERS = (CONTRIBUTOR, CURATOR, ADMINISTRATOR)
_SECRET = re.compile(r"pg_[A-Za-z0-9_-]{40,}")
_KEY = "pactgraph.author"


class Authority:
    """ASGI middleware: looks at the token of every request, so that no room can forget to.

    A wrong token is refused everywhere, also where none is needed: whoever sends one means to be known. Answers to
    somebody who is known are for nobody else's cache.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        try:
            scope[_KEY] = author = _author(scope)
            scope[PINNED] = await site_of(Request(scope)).seen_by(author)
        except UserError as error:
            response = await on_user_error(Request(scope), error)
            return await response(scope, receive, send)
        if visitor.session_in(scope):
            return await self._app(scope, receive, _unkept(send))
        await self._app(scope, receive, _private(send) if scope[_KEY] else _varying(send, visitor.counts(scope)))


def author_of(request: Request) -> Author | None:
    """Whose token the request carries; None for a stranger."""
    author: Author | None = request.scope.get(_KEY)
    return author


def require(request: Request, *scopes: str) -> Author:
    """The author of a request whose scope must be one of ``scopes``; anybody else raises a UserError."""
    author = author_of(request)
    if author is None:
        raise fail("token-missing")
    if author.scope not in scopes:
        raise fail("scope-too-small", scope=author.scope, needed=", ".join(scopes))
    return author


def _author(scope: Scope) -> Author | None:
    query = scope.get("query_string", b"").decode("latin-1")
    if "pg_" in query and any(_SECRET.fullmatch(value.strip()) for _, value in parse_qsl(query)):
        scope["query_string"] = b""  # a page would link to itself, with the token
        raise fail("token-in-address")
    given = Headers(scope=scope).getlist("authorization")
    bearer = [value.partition(" ")[2].strip() for value in given if value[:7].lower() == "bearer "]
    if not bearer:  # another scheme is for a proxy before this service
        session = visitor.recognise(scope) if visitor.counts(scope) else None
        return session.author if session else None
    tokens = site_of(Request(scope)).tokens
    author = tokens.check(bearer[0]) if len(given) == 1 and tokens else None
    if author is None:
        raise fail("token-wrong")
    return author


def _varying(send: Send, cookie: bool) -> Send:
    """What a stranger sees may be kept, but not given to somebody who is known."""
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Authorization")
            if cookie:
                MutableHeaders(scope=message).add_vary_header("Cookie")
        await send(message)

    return dressed


def _unkept(send: Send) -> Send:
    """What somebody sees who is signed in on the pages: for this browser, and not to be kept by it."""
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.add_vary_header("Cookie")
            headers["Cache-Control"] = "private, no-store"
        await send(message)

    return dressed


def _private(send: Send) -> Send:
    async def dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.add_vary_header("Authorization")
            if "no-store" not in headers.get("cache-control", ""):
                headers["Cache-Control"] = "private, no-cache"
        await send(message)

    return dressed

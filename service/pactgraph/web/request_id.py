"""The id of a request: taken from ``X-Request-ID`` where that is well-formed, else made; echoed in the answer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

HEADER = "X-Request-ID"
_NAME = HEADER.lower().encode()
# What begins as a token of ours is none: it would be logged.
_WELL_FORMED = re.compile(rb"(?!pg_)[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_KEY = "pactgraph.noted"
_NO_ROUTE = "none"
_STATIC = "/static"


@dataclass
class Noted:
    """What is known of a request while it runs; ``route`` is the template of its address, never the address."""

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    route: str = _NO_ROUTE


def note(scope: Scope) -> Noted:
    """Note a request that begins: every copy of its scope shares what is noted."""
    given = next((value for name, value in scope["headers"] if name == _NAME), b"")
    noted = Noted(given.decode("ascii")) if _WELL_FORMED.fullmatch(given) else Noted()
    scope[_KEY] = noted
    return noted


def request_id(request: HTTPConnection) -> str:
    """The id of a request; empty where nobody noted one."""
    noted = request.scope.get(_KEY)
    return noted.id if isinstance(noted, Noted) else ""


class NoteRoute:
    """ASGI middleware next to the router: notes the template of the route that answered.

    ``fixed`` are the addresses without a variable part: what answers for them need not be a route.
    """

    def __init__(self, app: ASGIApp, fixed: Iterable[str] = ()) -> None:
        self._app = app
        self._fixed = frozenset(fixed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        finally:
            noted = scope.get(_KEY)
            if isinstance(noted, Noted):
                noted.route = self._template(scope)

    def _template(self, scope: Scope) -> str:
        template = getattr(scope.get("route"), "path", None)
        if template:
            return str(template)
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        if path in self._fixed:
            return str(path)
        return _STATIC if scope["path"].startswith(_STATIC + "/") else _NO_ROUTE

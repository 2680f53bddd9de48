"""The id of a request: taken from ``X-Request-ID`` where that is well-formed, else made; echoed in the answer."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

HEADER = "X-Request-ID"
_NAME = HEADER.lower().encode()
# What begins as a token of ours is none: it would be logged.
_WELL_FORMED = re.compile(rb"(?!pg_)[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_KEY = "pactgraph.noted"


@dataclass(slots=True)
class Noted:
    """What is known of a request while it runs; ``route`` is the template of its address, never the address;
    empty where none answered.
    """

    id: str = field(default_factory=lambda: secrets.token_hex(8))
    route: str = ""


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
    """ASGI middleware next to the router: notes the template of the route that answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        finally:
            noted = scope.get(_KEY)
            if isinstance(noted, Noted):
                noted.route = str(getattr(scope.get("route"), "path", ""))

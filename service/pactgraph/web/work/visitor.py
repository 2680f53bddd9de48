"""Who is signed in on the pages: the cookie, and the roads on which it counts.

The cookie is no token. It counts where a person reads a page, and below ``/workspace``; on the roads of programs (``/update``,
``/graphs``, ``/sparql`` …) only a token in a header does, which no browser sends by itself.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from pactgraph.access.sessions import SECONDS, Session, Sessions
from pactgraph.web.site import Site, site_of

ROOM = "workspace"
_PROGRAMS = frozenset({"sparql", "update", "graphs", "validate", "health", "metrics", "static", "dumps", "catalog",
                       "openapi.json", "favicon.ico", ".well-known"})
_KEY = "pactgraph.session"
_NAME, _FORM = "pactgraph-session", "pactgraph-form"
_FORM_SECONDS = 3600


def sessions_of(site: Site) -> Sessions | None:
    """The sessions of the store that is served; None where nobody can sign in: it has no journal or no folder."""
    if site.tokens is None or site.service is None:
        return None
    return Sessions(folder_of(site) / "sessions", site.tokens)


def folder_of(site: Site) -> Path:
    """The folder for what the pages keep for a while."""
    return Path(site.settings.store) / "work"


def counts(scope: Scope) -> bool:
    """Whether the cookie counts for a request: a page that a browser asks for, or anything below ``/workspace``."""
    room = scope["path"].removeprefix(scope.get("root_path", "")).split("/")[1:2]
    if room == [ROOM]:
        return True
    return (scope["method"] in ("GET", "HEAD") and not _PROGRAMS & set(room)
            and "text/html" in Headers(scope=scope).get("accept", ""))


def recognise(scope: Scope) -> Session | None:
    """The session of a request on which the cookie counts; kept in its scope."""
    name = _cookie(scope, _name(scope, _NAME))
    sessions = sessions_of(site_of(Request(scope))) if name else None
    scope[_KEY] = found = sessions.find(name) if sessions else None
    return found


def session_in(scope: Scope) -> Session | None:
    """The session in the scope of a request; None for a stranger, and on the roads of programs."""
    found: Session | None = scope.get(_KEY)
    return found


def session_of(request: Request) -> Session | None:
    """The session of a request; None for a stranger, and on the roads of programs."""
    return session_in(request.scope)


def had_session(request: Request) -> bool:
    """Whether the browser brought a cookie of a session, good or not."""
    return bool(_cookie(request.scope, _name(request.scope, _NAME)))


def remember(response: Response, request: Request, session: Session) -> None:
    """Give the browser its session. Scripts cannot read it, other sites' forms do not send it."""
    _set(response, request, _NAME, session.id, int(SECONDS))
    _set(response, request, _FORM, "", 0)


def forget(response: Response, request: Request) -> None:
    """Take the session from the browser."""
    _set(response, request, _NAME, "", 0)


def form_secret(request: Request) -> str:
    """What binds a form to a browser that is not signed in; empty where it brought none."""
    return _cookie(request.scope, _name(request.scope, _FORM))


def give_form_secret(response: Response, request: Request, secret: str) -> None:
    """Give a browser that is not signed in something to bind its form to."""
    _set(response, request, _FORM, secret, _FORM_SECONDS)


def _name(scope: Scope, name: str) -> str:
    """Over https the name says that only https may set it."""
    return f"__Secure-{name}" if scope.get("scheme") == "https" else name


def _cookie(scope: Scope, name: str) -> str:
    """The value of a cookie; empty where it is missing or stands twice (then somebody else may have set one of them)."""
    found: list[str] = []
    for header in Headers(scope=scope).getlist("cookie"):
        for piece in header.split(";"):
            key, _, value = piece.partition("=")
            if key.strip() == name:
                found.append(value.strip().strip('"'))
    return found[0] if len(found) == 1 else ""


def _set(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    jar: SimpleCookie = SimpleCookie()
    key = _name(request.scope, name)
    try:
        jar[key] = value
    except CookieError:  # pragma: no cover
        return
    morsel = jar[key]
    morsel["path"] = request.scope.get("root_path", "") or "/"
    morsel["max-age"] = seconds
    morsel["httponly"] = True
    morsel["samesite"] = "Lax"
    if request.scope.get("scheme") == "https":
        morsel["secure"] = True
    response.headers.append("Set-Cookie", morsel.OutputString())

"""Chooses the language of a page: ``?lang=``, else the cookie, else what the browser asks for, else the setting."""

from __future__ import annotations

from starlette.requests import Request

from pactgraph.texts import LANGUAGES
from pactgraph.web.negotiation import preferences

COOKIE = "lang"


def chosen(request: Request, default: str) -> str:
    """``vi`` or ``en``."""
    for wish in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return wish
    for tag, _ in preferences(request.headers.get("accept-language", "")):
        if tag.split("-")[0] in LANGUAGES:
            return tag.split("-")[0]
    return default if default in LANGUAGES else LANGUAGES[-1]


def to_remember(request: Request) -> str | None:
    """The language that this request asked to be remembered."""
    wish = request.query_params.get("lang")
    return wish if wish in LANGUAGES else None

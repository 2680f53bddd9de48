"""Headers that answers share: entity tags and conditional requests, languages, links."""

from __future__ import annotations

from functools import lru_cache

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

from pactgraph.web import language

_A_YEAR = 31_536_000
REVALIDATE = "no-cache"


def not_modified(request: Request, etag: str, headers: MutableHeaders | None = None) -> Response | None:
    """The answer 304 where ``If-None-Match`` names the entity tag; None where the content must be sent."""
    asked = request.headers.get("if-none-match")
    if asked is None:
        return None
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    if etag.removeprefix("W/") not in tags:
        return None
    response = Response(status_code=304)
    response.raw_headers += (headers or MutableHeaders()).raw
    response.headers["ETag"] = etag
    return response


def page_headers(request: Request) -> MutableHeaders:
    """The headers of a page: it varies with language and format, and a language asked for is remembered."""
    headers = MutableHeaders()
    headers["Cache-Control"] = REVALIDATE
    headers["Vary"] = "Accept, Accept-Language, Cookie"
    wish = language.to_remember(request)
    if wish:
        path = request.scope.get("root_path", "") or "/"
        headers["Set-Cookie"] = f"{language.COOKIE}={wish}; Path={path}; Max-Age={_A_YEAR}; HttpOnly; SameSite=Lax"
    return headers


def data(request: Request, body: bytes, media_type: str, etag: str, **headers: str) -> Response:
    """Data with its entity tag (none where it is empty); 304 where the client has it."""
    known = not_modified(request, etag, data_headers(**headers)) if etag else None
    if known:
        return known
    # Spelled out so that Starlette does not add a charset to types that have none.
    text = media_type.startswith("text/") or media_type in ("application/sparql-query",)
    response = Response(body)
    sent = response.raw_headers
    sent.append((b"content-type", (media_type + ("; charset=utf-8" if text else "")).encode("latin-1")))
    if etag:
        sent.append((b"etag", etag.encode("latin-1")))
    sent += data_headers(**headers).raw
    return response


@lru_cache(maxsize=64)
def data_headers(**headers: str) -> MutableHeaders:
    """What an answer with data says of itself whether its content is sent or known (304). Not to be changed."""
    return MutableHeaders({"Cache-Control": REVALIDATE} | {name.replace("_", "-"): value for name, value in headers.items()})

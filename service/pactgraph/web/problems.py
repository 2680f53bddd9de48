"""Answers what went wrong: a page for people, JSON or a line of text for programs; never a traceback."""

from __future__ import annotations

import json
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from pactgraph.errors import UserError
from pactgraph.web import language
from pactgraph.web.negotiation import Offer, best
from pactgraph.web.page import Page
from pactgraph.web.site import site_of
from pactgraph.web.wording import word

_STATUS = {
    "query-format": 406,
    "not-acceptable": 406,
    "unknown-query": 404,
    "query-too-long": 413,
    "unsupported-media-type": 415,
    "query-engine": 500,
    "query-time": 503,
    "query-memory": 503,
    "query-bytes": 503,
    "query-rows": 503,
    "page-bytes": 503,
    "service-failed": 502,
    "fair-use-seconds": 429,
    "fair-use-errors": 429,
    "query-busy": 503,
    "store-unreadable": 503,
}
_LIMITS = {"query-time": "time", "query-memory": "memory", "query-bytes": "bytes", "query-rows": "rows",
           "query-busy": "busy", "page-bytes": "bytes", "fair-use-seconds": "client-seconds",
           "fair-use-errors": "client-errors"}
_OFFERS = (
    Offer("text", "text/plain"),
    Offer("json", "application/problem+json", ("application/json", "application/sparql-results+json",
                                                  "application/ld+json")),
    Offer("html", "text/html", ("application/xhtml+xml",)),
)
_log = logging.getLogger("pactgraph.web")


async def on_user_error(request: Request, error: Exception) -> Response:
    """Answer a :class:`~pactgraph.errors.UserError`; the limit that was reached stands in ``Pactgraph-Limit``."""
    assert isinstance(error, UserError)
    status = _STATUS.get(error.key, 400)
    response = await answer(request, status, error.message(_lang(request)))
    if error.key in _LIMITS:
        response.headers["Pactgraph-Limit"] = _LIMITS[error.key]
        response.headers["Retry-After"] = str(error.values.get("wait", 5))
    return response


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: an unknown address, a method that is not allowed."""
    assert isinstance(error, HTTPException)
    key = f"http-{error.status_code}" if error.status_code in (404, 405) else "http-400"
    response = await answer(request, error.status_code, word(key, _lang(request)))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def on_failure(request: Request, error: Exception) -> Response:
    """Answer a fault of the program: logged here, not told to strangers."""
    _log.error("a request failed: %s", request.url.path, exc_info=error)
    message = word("http-500", _lang(request))
    try:
        return await answer(request, 500, message)
    except Exception:  # the page of the problem failed too, perhaps for the same reason
        return PlainTextResponse(message + "\n", 500)


async def answer(request: Request, status: int, message: str) -> Response:
    """A problem in the form that the client likes."""
    offer = best(request.headers.get("accept"), _OFFERS)
    name = offer[0].name if offer else "text"
    if name == "html":
        return await Page(request, forgiving=True).show("problem.html", status, code=status, message=message)
    if name == "json":
        body = {"title": word("problem", "en"), "status": status, "detail": message}
        return Response(json.dumps(body, ensure_ascii=False), status, media_type="application/problem+json")
    return PlainTextResponse(message + "\n", status)


def _lang(request: Request) -> str:
    return language.chosen(request, site_of(request).settings.lang)

"""Answers what went wrong: a page for people, JSON or a line of text for programs; never a traceback."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from pactgraph.errors import UserError
from pactgraph.texts import LANGUAGES
from pactgraph.web import language, templating
from pactgraph.web.nearby import nearby
from pactgraph.web.negotiation import Offer, best
from pactgraph.web.page import Page
from pactgraph.web.request_id import request_id
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
    "search-time": 503,
    "search-no-fts5": 503,
    "writer-away": 503,
    "writer-gone": 503,
    "writer-slow": 503,
    "writer-failed": 500,
    "store-unreadable": 503,
    "metrics-closed": 403,
    "validate-time": 503,
    "validate-memory": 503,
    "validate-busy": 503,
    "tokens-unreadable": 503,
    "token-missing": 401,
    "token-wrong": 401,
    "scope-too-small": 403,
    "no-writing": 403,
    "write-scope": 403,
    "write-no-body": 403,
    "write-graph": 403,
    "write-source": 403,
    "write-whole-source": 403,
    "write-derived": 403,
    "undo-scope": 403,
    "write-conflict": 412,
    "write-refused": 422,
    "write-retraction": 422,
    "writer-broken": 503,
    "write-behind": 503,
    "journal-unwritable": 503,
    "journal-moved": 503,
    "store-unwritable": 503,
    "dumps-making": 503,
    "dumps-failed": 503,
    "dumps-no-file": 404,
    "release-unknown": 404,
    "release-none": 404,
    "release-not-kept": 410,
    "release-no-file": 404,
    "catalogue-no-dataset": 404,
    "catalogue-no-page": 404,
    "no-such-graph": 404,
    "no-such-country": 404,
    "default-is-union": 409,
    "precondition": 412,
    "body-too-large": 413,
    "body-encoded": 415,
    "body-charset": 415,
    "rdf-media-type": 415,
    "update-media-type": 415,
    "patch-media-type": 415,
    "csrf-missing": 403,
    "csrf-wrong": 403,
    "csrf-origin": 403,
    "work-signed-out": 401,
    "work-scope": 403,
    "work-tries": 429,
    "work-closed": 503,
    "work-folder": 503,
    "upload-gone": 404,
    "upload-kind": 415,
    "upload-full": 503,
    "upload-moved": 409,
    "link-unknown": 404,
    "link-decided": 409,
    "journal-no-entry": 404,
    "undo-undone": 409,
    "undo-later": 409,
}
_LIMITS = {"query-time": "time", "query-memory": "memory", "query-bytes": "bytes", "query-rows": "rows",
           "query-busy": "busy", "page-bytes": "bytes", "fair-use-seconds": "client-seconds",
           "fair-use-errors": "client-errors", "validate-time": "time", "validate-memory": "memory", "validate-busy": "busy"}
_CHALLENGE = 'Bearer realm="pactgraph"'
_CHALLENGES = {"token-missing": "", "token-wrong": ', error="invalid_token"', "scope-too-small": ', error="insufficient_scope"'}
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
    lang = _lang(request)
    response = await answer(request, status_of(error), error.message(lang), _places(error, lang), _more(error),
                            other=error.message(_other(lang)))
    return dress(response, error)


def status_of(error: UserError) -> int:
    """The status of the answer that tells an error."""
    return _STATUS.get(error.key, 400)


def dress(response: Response, error: UserError) -> Response:
    """Say in headers what a program may want to know of an error: which limit was reached, which token is asked for."""
    if error.key in _LIMITS:
        response.headers["Pactgraph-Limit"] = _LIMITS[error.key]
        response.headers["Retry-After"] = str(error.values.get("wait", 5))
    elif "wait" in error.values:
        response.headers["Retry-After"] = str(error.values["wait"])
    if error.key in _CHALLENGES:
        response.headers["WWW-Authenticate"] = _CHALLENGE + _CHALLENGES[error.key]
    return response


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: an unknown address, a method that is not allowed."""
    assert isinstance(error, HTTPException)
    key = f"http-{error.status_code}" if error.status_code in (404, 405) else "http-400"
    lang = _lang(request)
    response = await answer(request, error.status_code, word(key, lang), other=word(key, _other(lang)))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def on_failure(request: Request, error: Exception) -> Response:
    """Answer a fault of the program: logged here, not told to strangers."""
    _log.error("a request failed: %s", request_id(request), exc_info=error)
    lang = _lang(request)
    message = word("http-500", lang)
    try:
        return await answer(request, 500, message, other=word("http-500", _other(lang)))
    except Exception:  # the page of the problem failed too, perhaps for the same reason
        return _bare(request, lang)


def _bare(request: Request, lang: str) -> Response:
    """A failure told in both languages by a page that needs nothing but words."""
    offer = best(request.headers.get("accept"), _OFFERS)
    if offer and offer[0].name == "html":
        text = templating.render("broken.html", {"word": word, "languages": (lang, _other(lang)), "code": request_id(request)})
        return HTMLResponse(text, 500)
    return PlainTextResponse(word("http-500", lang) + "\n", 500)


def _other(lang: str) -> str:
    return next(code for code in LANGUAGES if code != lang)


def _places(error: UserError, lang: str) -> list[dict[str, str]]:
    """What stands against a write, one record a result of a shape."""
    return [told | {"message": told["message"].get(lang) or next(iter(told["message"].values()), "")}
            for told in error.values.get("errors", ())]


def _more(error: UserError) -> dict[str, object]:
    """What a program may want to know of a problem: its key, and the place in what was sent."""
    place = {"line": error.line, "column": error.column}
    return {"key": error.key} | {name: value for name, value in place.items() if value is not None}


async def answer(request: Request, status: int, message: str, places: Sequence[dict[str, str]] = (),
                 more: Mapping[str, object] | None = None, other: str = "") -> Response:
    """A problem in the form that the client likes.

    ``other``: the message in the other language, which a page of a failure (5xx) has too: the reader may not get far enough
    to choose one.
    """
    offer = best(request.headers.get("accept"), _OFFERS)
    name = offer[0].name if offer else "text"
    if name == "html":
        page = Page(request, forgiving=True)
        near, wanted = (await nearby(page), _words(page)) if status == 404 else ([], "")
        return await page.show(
            "problem.html", status, code=status, message=message, places=places, near=near, wanted=wanted,
            other=other if status >= 500 else "", other_lang=_other(page.lang), request_id=request_id(request))
    if name == "json":
        body = {"title": word("problem", "en"), "status": status, "detail": message, "request_id": request_id(request)}
        body |= dict(more or {})
        if places:
            body["errors"] = list(places)
        return Response(json.dumps(body, ensure_ascii=False), status, media_type="application/problem+json")
    lines = [message, *(f"{place['focus']} | {place['shape']} | {place['message']}" for place in places)]
    return PlainTextResponse("\n".join(lines) + "\n", status)


def _words(page: Page) -> str:
    """What to search for instead of an address that is not there: its words."""
    return " ".join(re.findall(r"[^\W_]+", unquote(page.path)))[:80]


def _lang(request: Request) -> str:
    return language.chosen(request, site_of(request).settings.lang)

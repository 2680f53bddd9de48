"""What every write over HTTP shares: its reason, its preconditions, and how it is acknowledged."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from pactgraph.errors import UserError, fail
from pactgraph.web.negotiation import Offer, best
from pactgraph.web.site import Site, site_of
from pactgraph.writing.change import Change, Written

T = TypeVar("T")
REASON = "Pactgraph-Reason"
LONGEST_REASON = 1000
_JSON = (Offer("json", "application/json"),)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_STATE = re.compile(r"(?:([0-9a-zA-Z]+)-)?(\d+)")


def reason_of(request: Request, parameters: list[tuple[str, str]] = ()) -> str:  # type: ignore[assignment]
    """Why a change is made: the header, which may hold UTF-8, else the parameter ``reason``; one line."""
    header = request.headers.get(REASON, "")
    given = _utf8(header) if header else next((value for name, value in parameters if name == "reason"), "")
    if len(given) > LONGEST_REASON or _CONTROL.search(given):
        raise fail("reason-unreadable", limit=LONGEST_REASON)
    return given.strip()


def _utf8(header: str) -> str:
    """A header as its sender wrote it: headers arrive as Latin-1, people write UTF-8."""
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def tags_in(request: Request, name: str) -> list[str] | None:
    """The entity tags of ``If-Match`` or ``If-None-Match`` without quotes; ``*`` stays; None without the header."""
    header = request.headers.get(name)
    if header is None:
        return None
    return ["*"] if header.strip() == "*" else _TAG.findall(header)


def state_tag(site: Site, number: int) -> str:
    """The entity tag of the whole graph as it is after a journal entry."""
    return f'"{site.generation.fingerprint}-{number}"'


def state_in(site: Site, tags: list[str]) -> int | None:
    """The journal number that one of the tags names, for the graph that is served; None where none does."""
    for tag in tags:
        found = _STATE.fullmatch(tag)
        if found and found[1] in (None, site.generation.fingerprint):
            return int(found[2])
    return None


def expected_state(request: Request) -> int | None:
    """The journal number that ``If-Match`` asks for; None without it. A tag of another graph raises a UserError."""
    tags = tags_in(request, "If-Match")
    if tags is None or tags == ["*"]:
        return None
    number = state_in(site_of(request), tags)
    if number is None:
        raise fail("precondition")
    return number


async def write(request: Request, change: Change) -> Written:
    """Have a change written. Once begun it is finished, also when the client goes away."""
    return await to_its_end(site_of(request).write(change))


async def to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Finish what was begun, also when the client goes away."""
    return await asyncio.shield(asyncio.ensure_future(work))


def acknowledged(request: Request, written: Written, status: int = 0, **headers: str) -> Response:
    """The answer to a write: the number of its journal entry, and what it changed for those who read JSON."""
    site = site_of(request)
    wanted = best(request.headers.get("accept"), _JSON)
    body = json.dumps({
        "journal": written.number, "added": written.added, "removed": written.removed,
        "gaps_opened": list(written.gaps_opened), "gaps_closed": list(written.gaps_closed),
    }).encode() + b"\n"
    response = Response(body, status or 200) if wanted or status == 201 else Response(status_code=204)
    if response.status_code != 204:
        response.headers["Content-Type"] = "application/json"
    response.headers["Pactgraph-Journal"] = str(written.number)
    response.headers["ETag"] = state_tag(site, written.number)
    response.headers["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def is_conflict(problem: UserError) -> bool:
    """Whether a write was refused because somebody else wrote first."""
    return problem.key in ("precondition", "write-conflict")

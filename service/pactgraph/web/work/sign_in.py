"""Signing in with a token, and out again. The token is in the body of one form, and nowhere afterwards."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.errors import UserError, fail
from pactgraph.web.fairness import Bucket, customer
from pactgraph.web.problems import status_of
from pactgraph.web.proxies import address
from pactgraph.web.work import visitor
from pactgraph.web.work.forms import check_origin, csrf, posted
from pactgraph.web.work.frame import WorkPage, safe_next

router = APIRouter(include_in_schema=False)
TRIES = 10.0
"""Tokens that are not accepted, of one client (or network) in a minute, by each web worker."""
_MOST_CLIENTS = 10_000


class Tries:
    """Counts what was not accepted; whoever tried longest ago is forgotten first.

    A token that is right is never refused for the wrong ones before it: 256 random bits are not guessed, and behind a proxy
    that is not configured one client's tries would shut out all others.
    """

    def __init__(self, budget: float = TRIES) -> None:
        self._budget = budget
        self._of: OrderedDict[str, Bucket] = OrderedDict()

    def wrong(self, request: Request) -> UserError:
        """Count a token that was not accepted, and say so; after too many, how long to wait."""
        client, now = _client(request), time.monotonic()
        bucket = self._of.setdefault(client, Bucket(self._budget, at=now))
        self._of.move_to_end(client)
        if len(self._of) > _MOST_CLIENTS:
            self._of.popitem(last=False)
        wait = bucket.wait(now, 1.0)
        if wait:
            return fail("work-tries", wait=wait)
        bucket.add(1.0, now)
        return fail("token-wrong")


_tries = Tries()


@router.get("/workspace/sign-in")
async def sign_in_page(request: Request) -> Response:
    """The form for the token."""
    page = WorkPage(request)
    if page.me:
        return page.go("/workspace")
    return await _form(page, ended=request.query_params.get("ended") == "1")


@router.post("/workspace/sign-in")
async def sign_in(request: Request) -> Response:
    """Take a token; a session of its own begins, whatever the browser brought."""
    page, wanted = WorkPage(request), ""
    try:
        form = await posted(request)
        wanted = form.text("next")
        sessions = visitor.sessions_of(page.site)
        if sessions is None:
            raise fail("work-closed")
        session = sessions.begin(form.text("token", 300))
        if session is None:
            raise _tries.wrong(request)
    except UserError as problem:
        response = await _form(page, status_of(problem), problem=problem, wanted=wanted)
        if "wait" in problem.values:
            response.headers["Retry-After"] = str(problem.values["wait"])
        return response
    if page.session:
        sessions.end(page.session.id)
    response = page.go(safe_next(wanted) or "/workspace")
    visitor.remember(response, request, session)
    return response


@router.post("/workspace/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session everywhere, and take the cookie back."""
    page = WorkPage(request)
    check_origin(request)
    if page.session:
        await posted(request)
        sessions = visitor.sessions_of(page.site)
        if sessions:
            sessions.end(page.session.id)
    response = page.go("/workspace/sign-in")
    visitor.forget(response, request)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


async def _form(page: WorkPage, status: int = 200, *, problem: UserError | None = None, ended: bool = False,
                wanted: str = "") -> Response:
    """The page with the form, and with what binds it to this browser."""
    secret = visitor.form_secret(page.request) or secrets.token_urlsafe(24)
    wanted = safe_next(wanted or page.request.query_params.get("next", ""))
    response = await page.show("work/sign-in.html", status, keep=False, me=page.me, to=page.to, body=None, wanted=wanted,
                               ended=ended, csrf=csrf(page.request, secret), open=visitor.sessions_of(page.site) is not None,
                               problems=page.told(problem) if problem else [])
    visitor.give_form_secret(response, page.request, secret)
    return response


def _client(request: Request) -> str:
    """By what a client is known: its address, or the /64 of an IPv6 one."""
    name = request.client.host if request.client else ""
    found = address(name)
    return customer(found) if found else name

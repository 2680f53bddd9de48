"""Home, and the journal: its entries, what each changed, and taking one back."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.errors import UserError, fail
from pactgraph.web.work import entries
from pactgraph.web.work.forms import posted
from pactgraph.web.work.frame import WRITERS, WorkPage, require_session
from pactgraph.web.work.spool import Spool
from pactgraph.web.work.visitor import folder_of
from pactgraph.web.writes import to_its_end
from pactgraph.writing import client

router = APIRouter(include_in_schema=False)
_SIZE, _ON_HOME = 30, 8
_LONGEST_REASON = 500


@router.get("/workspace")
async def home(request: Request) -> Response:
    """Who is signed in, what they can do, and what was done last."""
    page = WorkPage(request)
    if page.me is None:
        return page.sign_in_first()
    last, _ = await entries.page_of(page.site, page.me, None, _ON_HOME, gaps=False)
    _mention(page, last)
    assert page.session is not None
    waiting = Spool(folder_of(page.site) / "uploads").waiting(page.session)
    return await page.form("home.html", entries=last, waiting=waiting, body=_named(page), until=page.session.until)


@router.get("/workspace/journal")
async def journal(request: Request) -> Response:
    """The entries, the newest first."""
    page = WorkPage(request)
    if page.me is None:
        return page.sign_in_first()
    before = request.query_params.get("before", "")
    found, more = await entries.page_of(page.site, page.me, _number(before) if before else None, _SIZE)
    _mention(page, found)
    return await page.form("journal.html", entries=found, more=more, first=bool(before))


@router.get("/workspace/journal/{number}")
async def entry(request: Request, number: str) -> Response:
    """One entry with its difference in words."""
    page = WorkPage(request)
    if page.me is None:
        return page.sign_in_first()
    return await _entry(page, _number(number))


@router.post("/workspace/journal/{number}/undo")
async def undo(request: Request, number: str) -> Response:
    """Take an entry back by an entry of its own."""
    page, asked = WorkPage(request), _number(number)
    session = require_session(request, WRITERS)
    form = await posted(request)
    reason = form.line("reason", _LONGEST_REASON)
    seen = await entries.entry_of(page.site, session.author, asked)
    try:
        if not reason:
            raise fail("undo-reason")
        if not entries.may_undo(session.author, seen.entry):
            raise fail("undo-scope", name=session.author.name, scope=session.author.scope)
        done = await to_its_end(client.undo(Path(page.site.settings.store), asked, session.author, reason))
    except UserError as problem:
        return await _entry(page, asked, problem, reason)
    return page.go(f"/workspace/journal/{done.number}", done="undo")


async def _entry(page: WorkPage, number: int, problem: UserError | None = None, reason: str = "") -> Response:
    assert page.me is not None
    seen = await entries.entry_of(page.site, page.me, number)
    told = entries.in_words(seen.patch)
    page.ask.mention(entries.mentioned(told))
    about = await page.ask.records("report-items", *(one.thing for one in told), by=("thing",)) if told else []
    _mention(page, [seen])
    return await page.form(
        "entry.html", problem, seen=seen, told=told, undone=await entries.undone_by(page.site, number),
        may_undo=entries.may_undo(page.me, seen.entry), reason=reason, about={record.thing: record for record in about},
        most=entries.MOST_THINGS, done=page.request.query_params.get("done", ""))


def _mention(page: WorkPage, found: list[entries.Seen]) -> None:
    """Note what lists of entries name."""
    page.ask.mention(seen.link for seen in found if seen.link)
    body = page.own()["body"]
    page.ask.mention([body] if body else [])


def _named(page: WorkPage) -> str | None:
    body: str | None = page.own()["body"]
    return body


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise fail("journal-no-entry", number=text[:20], head="?")
    return int(text)

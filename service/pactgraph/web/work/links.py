"""The review of proposed links, one a page: the words of both sides beside each other, and a decision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.access.author import Author
from pactgraph.catalogue import bind as terms
from pactgraph.errors import UserError, fail
from pactgraph.questions.resolve import resolve
from pactgraph.web.ask import Ask, Record
from pactgraph.web.asking import in_thread
from pactgraph.web.site import Site
from pactgraph.web.views.common import facts_of
from pactgraph.web.work import entries
from pactgraph.web.work.forms import Form, posted
from pactgraph.web.work.frame import REVIEWERS, WorkPage, require_session
from pactgraph.web.work.queue import FILTERS, Queue, queue_of
from pactgraph.web.writes import is_conflict, to_its_end
from pactgraph.writing import client
from pactgraph.writing.change import Written
from pactgraph.writing.link_decisions import CONFIRM, Mandate, decide

router = APIRouter(include_in_schema=False)
_AGAIN = 3
"""Times that a decision is tried where others write at the same moment."""
_LONGEST_REASON = 500
_SHOWN = 25
"""Links of the queue that its page lists; the review itself goes through all of them."""


@router.get("/workspace/links")
async def links(request: Request) -> Response:
    """The queue with its filters, and how far the review has come."""
    page = WorkPage(request)
    if page.me is None:
        return page.sign_in_first()
    queue = await queue_of(page.site, page.lang, request.query_params)
    await page.site.things.look_up(iri for values in queue.choices.values() for iri in values)
    shown = queue.waiting[:_SHOWN]
    page.ask.mention(iri for record in shown for name in ("link", "subject", "predicate", "object", "method")
                     for iri in record.values(name))
    return await page.form("links.html", queue=queue, shown=shown, filters=FILTERS, may=page.me.scope in REVIEWERS,
                           labelled=lambda name: _labelled(page, queue, name))


@router.get("/workspace/links/one")
async def one(request: Request) -> Response:
    """One link of the queue; without a name, the first that waits."""
    page = WorkPage(request)
    if page.me is None:
        return page.sign_in_first()
    queue = await queue_of(page.site, page.lang, request.query_params)
    link = request.query_params.get("link") or (queue.waiting[0].link if queue.waiting else None)
    if link is None:
        return page.go("/workspace/links", finished="1", done=request.query_params.get("done"), **queue.chosen)
    return await _show(page, queue, link)


@router.post("/workspace/links/one")
async def decision(request: Request) -> Response:
    """Accept, reject or confirm a link, and go to the next one."""
    page = WorkPage(request)
    session = require_session(request, REVIEWERS)
    form = await posted(request)
    chosen = {name: form.line(name, 500) for name in FILTERS}
    queue, link = await queue_of(page.site, page.lang, chosen), form.line("link", 500)
    following = queue.beside(link, 1) or queue.beside(link, -1)
    try:
        done = await to_its_end(_decide(page, session.author, link, form))
    except UserError as problem:
        if problem.key == "link-unknown":
            raise
        return await _show(page, queue, link, problem, form)
    if following is None:
        return page.go("/workspace/links", finished="1", done=done.number, **queue.chosen)
    return page.go("/workspace/links/one", link=following, done=done.number, **queue.chosen)


@router.post("/workspace/links/undo")
async def undo(request: Request) -> Response:
    """Take the decision back that was just made, and show its link again."""
    page = WorkPage(request)
    session = require_session(request, REVIEWERS)
    form = await posted(request)
    number = form.line("entry", 9)
    if not number.isdecimal():
        raise fail("journal-no-entry", number=number, head="?")
    seen = await entries.entry_of(page.site, session.author, int(number))
    if not seen.link or not entries.may_undo(session.author, seen.entry):
        raise fail("undo-scope", name=session.author.name, scope=session.author.scope)
    await to_its_end(client.undo(Path(page.site.settings.store), int(number), session.author, page.t("work-link-undone")))
    return page.go("/workspace/links/one", link=seen.link, **{name: form.line(name, 500) for name in FILTERS})


async def _decide(page: WorkPage, author: Author, link: str, form: Form) -> Written:
    """Have a decision written; where somebody else wrote in the same moment, it is looked at again."""
    word, reason = form.line("decision", 20), form.line("reason", _LONGEST_REASON)
    mandate = None
    if word == CONFIRM and form.line("confirmed_by", 300) and form.line("mandate", _LONGEST_REASON):
        named = form.line("confirmed_by", 300)
        body = await in_thread(page.site, lambda store: resolve(store, "pg:Agent", named))
        mandate = Mandate(body, form.line("mandate", _LONGEST_REASON))
    site = page.site
    for left in reversed(range(_AGAIN)):
        stated = await _stated(site, page, link)
        change = decide(link, stated, word, author, reason=reason, mandate=mandate, expected=site.number)
        try:
            return await site.write(change)
        except UserError as problem:
            if not is_conflict(problem) or not left:
                raise
        site = await site.latest()
    raise AssertionError("unreachable")


async def _stated(site: Site, page: WorkPage, link: str) -> list[ox.Quad]:
    """What the graph says of a link assertion, each statement in every graph that makes it."""
    try:
        terms.iri(link)
    except UserError:
        raise fail("link-unknown", link=link) from None
    facts = await facts_of(Ask(site, page.lang, page.day), link)
    found = []
    for name, records in facts.grouped().items():
        for record in records:
            for graph in record.values("graph"):
                found.append(ox.Quad(ox.NamedNode(link), ox.NamedNode(name), record.terms("value")[0], ox.NamedNode(graph)))
    return found


async def _show(page: WorkPage, queue: Queue, link: str, problem: UserError | None = None, form: Form | None = None) -> Response:
    assert page.me is not None
    try:
        terms.iri(link)
    except UserError:
        raise fail("link-unknown", link=link[:200]) from None
    facts = await facts_of(page.ask, link)
    ends = [facts.one(name) for name in ("pg:linkSubject", "pg:linkObject")]
    if not all(ends):
        raise fail("link-unknown", link=link)
    subject, target = (end or "" for end in ends)
    assertion = next(record for record in await page.ask.records("link-assertions", subject, by=("link",)) if record.link == link)
    said = form.texts if form else {}
    return await page.form(
        "link.html", problem, link=link, queue=queue, assertion=assertion, facts=facts,
        sides=[(end, await _side(page, end)) for end in (subject, target)], place=queue.place(link),
        following=queue.beside(link, 1), preceding=queue.beside(link, -1), may=page.me.scope in REVIEWERS,
        decisions=await page.ask.records("link-decision", link), said=said,
        proposed=queue.place(link) is not None or (assertion.status or "").endswith("/proposed"), **await _done(page))


async def _side(page: WorkPage, thing: str) -> dict[str, Any]:
    """The words of one side, by language, what it belongs to, and where it stands."""
    records = await page.ask.records("link-sides", thing)
    record = Record()
    for row in records:
        for column in ("words", "result", "note", "within", "source", "file", "line", "textStatus"):
            for term in row.terms(column):
                record.add(column, term)
    ancestors = [row.parent for row in await page.ask.records("ancestors", thing)]
    words = sorted(record.terms("words"), key=lambda term: getattr(term, "language", "") != page.lang)
    return {"record": record, "ancestors": ancestors, "words": words}


async def _done(page: WorkPage) -> dict[str, Any]:
    """The decision that was just made, for the line that tells of it and offers to take it back."""
    number = page.request.query_params.get("done", "")
    if page.me is None or not number.isdecimal() or len(number) > 9:
        return {"done": None}
    try:
        seen = await entries.entry_of(page.site, page.me, int(number))
    except UserError:
        return {"done": None}
    if not seen.link or not entries.may_undo(page.me, seen.entry):
        return {"done": None}
    facts = await facts_of(page.ask, seen.link)
    ends = [end for end in (facts.one("pg:linkSubject"), facts.one("pg:linkObject")) if end]
    page.ask.mention([seen.link, *ends])
    return {"done": seen, "done_ends": ends}


def _labelled(page: WorkPage, queue: Queue, name: str) -> list[tuple[str, str, int]]:
    """The values of a filter that some proposed link has, by their names."""
    found = []
    for iri, count in queue.choices[name].items():
        thing = page.thing(iri)
        label = thing.label(page.lang)[0]
        code = thing.notation if thing.notation and thing.notation not in label else ""
        if count or queue.chosen.get(name) == iri:
            found.append((iri, f"{code} {label}".strip(), count))
    return sorted(found, key=lambda item: _sortable(item[1]))


def _sortable(text: str) -> list[tuple[bool, int, str]]:
    """A name as people sort it: 2 before 10."""
    pieces, digits = [], ""
    for letter in text + "\0":
        if letter.isdecimal():
            digits += letter
        else:
            if digits:
                pieces.append((False, int(digits[:15]), ""))
                digits = ""
            pieces.append((True, 0, letter.casefold()))
    return pieces

"""``/questions``: each question of the catalogue as a form with its answer, and as files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.catalogue import Query, load, names
from pactgraph.errors import UserError
from pactgraph.web import respond, tables
from pactgraph.web.asking import in_thread
from pactgraph.web.page import Page
from pactgraph.web.running import unless_gone
from pactgraph.web.site import today
from pactgraph.web.sparql_page import plain_text
from pactgraph.web.things import short

if TYPE_CHECKING:
    from pactgraph.questions.table import Table

router = APIRouter()
_RESERVED = ("lang", "as_of", "ids")
_MOST_CHOICES = 200


@router.get("/questions", summary="The questions that the graph answers")
async def questions(request: Request) -> Response:
    """The list of questions."""
    page = Page(request)
    return page.known() or await page.show(
        "questions.html", questions=[load("questions", name) for name in names("questions")])


@router.get("/questions/{name}", summary="Ask a question")
async def question(request: Request, name: str) -> Response:
    """The form of a question with its answer; ``.csv``, ``.json``, ``.xlsx``, ``.ttl`` give the answer as a file."""
    stem, _, suffix = name.rpartition(".")
    if stem in names("questions") and suffix in tables.FILES:
        return await _file(request, load("questions", stem), suffix)
    if name not in names("questions"):
        raise HTTPException(404)
    return await _form(request, load("questions", name))


async def _file(request: Request, query: Query, suffix: str) -> Response:
    page = Page(request)
    etag = page.site.etag("question", str(request.url), page.lang, today())
    known = respond.not_modified(request, etag, respond.data_headers(Vary=tables.VARY))
    if known:
        return known
    ids = request.query_params.get("ids", "").lower() in ("1", "true", "yes")
    table = await unless_gone(request, answer(page, query.name, given(query, request), ids=ids))
    return tables.as_file(request, table, suffix, query.name, etag)


async def _form(request: Request, query: Query) -> Response:
    page = Page(request)
    known = page.known()
    if known:
        return known
    values = given(query, request)
    complete = all(values.get(item.name) for item in query.parameters if item.required)
    table, message = None, None
    if complete:
        try:
            table = await shown_answer(page, query.name, values)
        except UserError as problem:
            if problem.key.startswith("query-"):
                raise
            message = problem.message(page.lang)
    return await page.show(
        "question.html",
        query=query, values=values, table=table, message=message, text=plain_text(query),
        choices={item.name: await _choices(page, item.range) for item in query.parameters if item.kind == "iri"},
        has_day=any(item.name == "asOf" for item in query.parameters),
        has_today=bool(table and any(column.name == "body_today" for column in table.columns)),
        formats=tables.formats(page, "/questions/" + query.name) if table else [],
        status=200 if message is None else 400,
    )


def given(query: Query, request: Request) -> dict[str, str]:
    """The parameters of a question that the request gives, in the names of the query."""
    known = {item.name for item in query.parameters}
    return {
        name: value
        for name, value in request.query_params.items()
        if value and name not in _RESERVED and name in known
    }


async def answer(page: Page, name: str, values: dict[str, str], *, ids: bool) -> Table:
    """The answer to a question as a table."""
    from pactgraph.questions.run import ask

    return await in_thread(
        page.site, lambda store: ask(store, name, values, as_of=page.day, lang=page.lang, ids=ids))


async def shown_answer(page: Page, name: str, values: dict[str, str], columns: Sequence[str] = (),
                       role: str = "") -> tables.Shown:
    """The answer to a question as a page shows it; see :func:`pactgraph.web.tables.shown`."""
    labels = await unless_gone(page.request, answer(page, name, values, ids=False))
    return tables.shown(page, labels, await answer(page, name, values, ids=True), columns, role)


async def _choices(page: Page, kind: str) -> list[tuple[str, str]]:
    """The things of a class that a parameter may take, each with the short text by which it is known."""
    from pactgraph.sources.quads import expand

    if not kind:
        return []
    members = [record.member or "" for record in await page.ask.records("members", expand(kind).value)]
    await page.site.things.look_up(members)
    found = []
    for iri in members[:_MOST_CHOICES]:
        thing = page.thing(iri)
        found.append((thing.notation or short(iri), thing.label(page.lang)[0]))
    return found

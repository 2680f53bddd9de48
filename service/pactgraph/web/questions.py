"""``/questions``: each question of the catalogue as a form with its answer and its chart, and as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.catalogue import Query, load, names
from pactgraph.catalogue.bind import day as day_term
from pactgraph.errors import UserError
from pactgraph.questions.resolve import resolve
from pactgraph.questions.run import prepare
from pactgraph.web import respond, tables
from pactgraph.web.asking import in_thread
from pactgraph.web.charts import chart
from pactgraph.web.page import Page
from pactgraph.web.paging import paging_of
from pactgraph.web.question_form import Field, check, day_field, fields_of
from pactgraph.web.running import unless_gone
from pactgraph.web.site import today

if TYPE_CHECKING:
    from pactgraph.questions.table import Table

router = APIRouter()
ROWS = 80
"""So many rows stand on a page; the files hold all."""
THEMES = ("recommendations", "articles", "plans", "bodies", "assessments", "international", "sources")
"""The groups of the catalogue (``#! theme:``), in the order in which they are listed."""
_RESERVED = ("lang", "as_of", "ids", "country", "page")


@dataclass(frozen=True)
class Group:
    """A theme with its questions, those of the list of competency questions first."""

    theme: str
    questions: list[Query]


@router.get("/questions", summary="The questions that the graph answers")
async def questions(request: Request) -> Response:
    """The list of questions by theme."""
    page = Page(request)
    return page.known() or await page.show("questions.html", groups=groups())


@router.get("/questions/{name}", summary="Ask a question")
async def question(request: Request, name: str) -> Response:
    """The form of a question with its answer; ``.csv``, ``.json``, ``.xlsx``, ``.ttl`` give the answer as a file."""
    stem, _, suffix = name.rpartition(".")
    if stem in names("questions") and suffix in tables.FILES:
        return await _file(request, load("questions", stem), suffix)
    if name not in names("questions"):
        raise HTTPException(404)
    return await _form(request, load("questions", name))


def groups() -> list[Group]:
    """The catalogue by theme."""
    found = [load("questions", name) for name in names("questions")]
    found.sort(key=lambda query: int(query.headers.get("number", "999")))
    return [Group(theme, [query for query in found if query.headers["theme"] == theme]) for theme in THEMES]


async def _file(request: Request, query: Query, suffix: str) -> Response:
    page = Page(request)
    etag = page.site.etag("question", str(request.url), page.lang, today())
    known = respond.not_modified(request, etag, respond.data_headers(Vary=tables.VARY))
    if known:
        return known
    ids = request.query_params.get("ids", "").lower() in ("1", "true", "yes")
    table = await unless_gone(request, answer(page, query.name, given(query, page), ids=ids))
    return tables.as_file(request, table, suffix, query.name, etag)


async def _form(request: Request, query: Query) -> Response:
    page = Page(request, forgiving=True)
    known = page.known()
    if known:
        return known
    values = given(query, page)
    checked = await check(page, query, values)
    fields = await fields_of(page, query, values, checked)
    fields += _day(page, query)
    complete = all(values.get(item.name) for item in query.parameters if item.required)
    shown: dict[str, Any] = {}
    if complete and not any(field.error for field in fields):
        try:
            shown = await _answered(page, query, values)
        except UserError as problem:
            if problem.key != "days-turned":
                raise
            next(field for field in fields if field.name == "to").error = problem.message(page.lang)
    wrong = [field for field in fields if field.error]
    return await page.show(
        "question.html", 400 if wrong else 200,
        query=query, all_countries=page.country and of_no_country(query), fields=fields, wrong=wrong, asked=bool(values),
        text=await bound_text(page, query, {} if wrong else values), opened=_opened(query, values),
        formats=tables.formats(page, "/questions/" + query.name) if shown else [],
        **{"table": None, "chart": None, "paging": None, "has_today": False, "share": ""} | shown)


def _day(page: Page, query: Query) -> list[Field]:
    """The field of the day, where the question has one, or where a day was given that is none."""
    written = page.request.query_params.get("as_of", "")
    if written and not page.as_of:
        try:
            day_term(written)
        except UserError as problem:
            return [day_field(page, written, problem)]
    return [day_field(page, written, None)] if any(item.name == "asOf" for item in query.parameters) else []


async def _answered(page: Page, query: Query, values: dict[str, str]) -> dict[str, Any]:
    labels = await unless_gone(page.request, answer(page, query.name, values, ids=False))
    ids = await answer(page, query.name, values, ids=True)
    paging = paging_of(page, len(labels.rows), ROWS)
    table = tables.shown(page, _part(labels, paging.part), _part(ids, paging.part))
    return {
        "table": table, "chart": chart(page, query, labels), "paging": paging, "share": _share(page, values),
        "has_today": any(column.name == "body_today" for column in table.columns),
    }


def _part(table: Table, part: slice) -> Table:
    from pactgraph.questions.table import Table

    return Table(table.columns, table.rows[part], table.title, table.notes)


def _opened(query: Query, values: dict[str, str]) -> dict[str, str]:
    """The parameters by which the editor shows the query with these values."""
    return {"show": query.name} | values


def _share(page: Page, values: dict[str, str]) -> str:
    """The whole address of an answer, for others: its values, day and country, and not the language of who copies it."""
    here = page.addresses.local(page.path)
    query = urlencode([*values.items(), *(item for item in page.held() if item[0] not in values)])
    origin = str(page.request.base_url).rstrip("/").removesuffix(page.addresses.local(""))
    return f"{origin}{here}" + (f"?{query}" if query else "")


def given(query: Query, page: Page) -> dict[str, str]:
    """The parameters of a question that the request gives, in the names of the query; the country that holds from page to
    page is the State of a question that asks for one."""
    known = {item.name for item in query.parameters}
    found = {
        name: value
        for name, value in page.request.query_params.items()
        if value.strip() and name not in _RESERVED and name in known
    }
    return {"state": page.country} | found if page.country and "state" in known else found


def of_no_country(query: Query) -> bool:
    """Whether a question has the same answer for all countries: it asks for no State, and not for one thing, which has one."""
    return not any(item.name == "state" or (item.required and item.kind == "iri") for item in query.parameters)


async def answer(page: Page, name: str, values: dict[str, str], *, ids: bool) -> Table:
    """The answer to a question as a table."""
    from pactgraph.questions.run import ask

    return await in_thread(
        page.site, lambda store: ask(store, name, values, as_of=page.day, lang=page.lang, ids=ids))


async def bound_text(page: Page, query: Query, values: dict[str, str]) -> str:
    """The SPARQL of a question with values, day and language bound, as any client can run it.

    Where a required value is missing, all stay open; a value that means nothing raises a UserError.
    """
    text = query.text
    if all(values.get(item.name) for item in query.parameters if item.required):
        prepared = await in_thread(page.site, lambda store: prepare(
            query.name, values, as_of=page.as_of, lang=page.lang,
            resolve=lambda kind, word: resolve(store, kind, word)))
        text = prepared.text
    return f"# {query.title.get(page.lang, query.name)}\n" + plain_text(text)


def plain_text(text: str) -> str:
    """A query of the catalogue without the header that only the catalogue reads."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#!")).lstrip()


async def shown_answer(page: Page, name: str, values: dict[str, str], columns: Sequence[str] = (),
                       role: str = "") -> tables.Shown:
    """The answer to a question as a page shows it; see :func:`pactgraph.web.tables.shown`."""
    labels = await unless_gone(page.request, answer(page, name, values, ids=False))
    return tables.shown(page, labels, await answer(page, name, values, ids=True), columns, role)

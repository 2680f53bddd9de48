"""``/trace``: where to begin, the trace through a thing, and its links as a table."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from pactgraph.errors import UserError
from pactgraph.questions.resolve import resolve
from pactgraph.web import respond, tables
from pactgraph.web.asking import in_thread
from pactgraph.web.nearby import Suggestion, near_things
from pactgraph.web.page import Page
from pactgraph.web.site import today
from pactgraph.web.standing import standing_of
from pactgraph.web.templating import brief
from pactgraph.web.trace.choose import choose
from pactgraph.web.trace.gather import Gatherer
from pactgraph.web.trace.listing import Section, sections_of, table_of
from pactgraph.web.trace.picture import number_steps, trace_address
from pactgraph.web.trace.small import view_of, whole_of
from pactgraph.web.trace.steps import COLUMNS

router = APIRouter()
_FILES = ("csv", "json", "xlsx")
_SHOWN = 200
"""Letters of a word that is told not to be known."""
_STARTS = ("pg:TreatyProvision", "pg:Recommendation", "pg:PlanItem", "pg:Agent", "pg:Law")


@router.get("/trace", summary="Where a trace can begin")
async def begin(request: Request) -> Response:
    """Starting points: a search box, one chain from each of its ends, the articles."""
    page = Page(request)
    word = " ".join(request.query_params.get("q", "").split())
    if word:
        return await _find(page, word)
    known = page.known()
    if known:
        return known
    return await _beginning(page)


async def _find(page: Page, word: str) -> Response:
    """The trace through what a word means, or the starting points with what is wrong with it."""
    message = page.t("trace-unknown", word=brief(word, _SHOWN))
    for kind in _STARTS:
        try:
            iri = await in_thread(page.site, lambda store, kind=kind: resolve(store, kind, word))  # type: ignore[misc]
        except UserError as error:
            if error.key.startswith("query-"):
                raise
            if error.key == "thing-ambiguous":
                message = error.message(page.lang)
        else:
            return RedirectResponse(trace_address(page, iri), 303)
    return await _beginning(page, word, message, await near_things(page, word, lambda iri: trace_address(page, iri)))


async def _beginning(page: Page, word: str = "", message: str = "", near: Sequence[Suggestion] = ()) -> Response:
    records = await page.ask.records("articles", by=("article",))
    examples = await _examples(page)
    return await page.show("trace/start.html", 404 if message else 200, word=brief(word, _SHOWN), message=message, near=near,
                           examples=examples,
                           articles=[record for record in records if record.recommendations or record.tasks or record.laws],
                           to=lambda iri: trace_address(page, iri), stages=COLUMNS)


async def _examples(page: Page) -> list[tuple[str, str]]:
    """One thing of each column on the chain of the task that shows most: stage and IRI."""
    found = await page.ask.records("example-task")
    chain = await Gatherer(page.ask, page.state or "").chain(found[0].task or "") if found else None
    if chain is None:
        return []
    choice = choose(chain, 1)
    return [(COLUMNS[column], iri) for column, iri in choice.places if (column, iri) in choice.firm]


@router.get("/trace/{path:path}", summary="The trace through a thing")
async def trace(request: Request, path: str) -> Response:
    """The page of a trace, or with ``.csv``, ``.json``, ``.xlsx`` its links."""
    page = Page(request)
    stem, _, suffix = path.rpartition(".")
    if stem and suffix in _FILES:
        return await _file(page, stem, suffix)
    known = page.known()
    if known:
        return known
    iri = page.addresses.iri(path)
    elsewhere = await whole_of(page, iri)
    if elsewhere:
        return RedirectResponse(trace_address(page, elsewhere), 303)
    chain = await Gatherer(page.ask, page.state or "").chain(iri)
    if chain is None:
        return await _no_start(page, iri)
    view = await view_of(page, chain)
    whole = bool(page.request.query_params.get("all"))
    sections = await sections_of(page, chain, view.numbered, None if whole else Section.MOST)
    return await page.show(
        "trace/show.html", iri=iri, chain=chain, view=view, sections=sections, whole=whole, stages=COLUMNS,
        to=lambda other: trace_address(page, other), share=_permalink(page),
        formats=tables.formats(page, "/trace/" + page.addresses.path(iri), _FILES),
    )


async def _no_start(page: Page, iri: str) -> Response:
    """What stands on no chain: its page, with the places to begin; what is not known at all is not found."""
    if not (await standing_of(page.site, iri)).known:
        raise HTTPException(404)
    page.ask.mention([iri])
    return await page.show("trace/none.html", iri=iri)


async def _file(page: Page, path: str, suffix: str) -> Response:
    etag = page.site.etag("trace", str(page.request.url), page.lang, today())
    known = respond.not_modified(page.request, etag, respond.data_headers(Vary=tables.VARY))
    if known:
        return known
    chain = await Gatherer(page.ask, page.state or "").chain(page.addresses.iri(path))
    if chain is None:
        raise HTTPException(404)
    table = await table_of(page, chain, number_steps(chain))
    return tables.as_file(page.request, table, suffix, "trace", etag)


def _permalink(page: Page) -> str:
    """The whole address of this view: day, country and language said, whoever opens it and whenever."""
    kept = {"as_of": page.day, "country": page.country, "lang": page.lang}
    root = str(page.request.base_url).rstrip("/")
    return root + page.path + "?" + urlencode({name: value for name, value in kept.items() if value})



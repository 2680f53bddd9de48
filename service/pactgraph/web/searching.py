"""``/search``: everything that the graph holds, by words, names and codes; as a page, as files, and while somebody types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.errors import fail
from pactgraph.texts import say
from pactgraph.web import respond, tables
from pactgraph.web.page import Page
from pactgraph.web.paging import paging_of
from pactgraph.web.wording import has_word

if TYPE_CHECKING:
    from pactgraph.search import Found, Hit, Index

router = APIRouter()
_EXAMPLES = "search-examples"
_ANY_NUMBER = 10**7


@router.get("/search", summary="Search for words, names and codes")
async def search_page(request: Request) -> Response:
    """The results for ``q``, narrowed by ``kind``, ``country``, ``in`` and ``status``."""
    from pactgraph.search.ask import PAGE

    page = Page(request)
    known = page.known()
    if known:
        return known
    text = request.query_params.get("q", "")
    found = await _found(page, paging_of(page, _ANY_NUMBER * PAGE, PAGE).number, PAGE)
    chosen = {name: value for name in _facets() if (value := _given(page).get(name))}
    return await page.show(
        "search.html", found=found, text=text, paging=paging_of(page, found.total, PAGE), chosen=chosen,
        examples=_examples(page), say=lambda key, **values: say(key, page.lang, **values), has_word=has_word,
        formats=tables.formats(page, "/search") if found.total else [])


@router.get("/search.{suffix}", summary="The results of a search as a file")
async def search_file(request: Request, suffix: str) -> Response:
    """The first thousand results as CSV, JSON, XLSX or Turtle."""
    from pactgraph.questions.found import found_table
    from pactgraph.search.ask import MOST

    if suffix not in tables.FILES:
        raise HTTPException(404)
    page = Page(request)
    etag = page.site.etag("search", str(request.url), page.lang)
    known = respond.not_modified(request, etag, respond.data_headers(Vary=tables.VARY))
    if known:
        return known
    found = await _found(page, 1, MOST)
    return tables.as_file(request, found_table(found, page.lang), suffix, "search", etag)


@router.get("/search/suggest", summary="What somebody who types may look for")
async def suggestions(request: Request) -> Response:
    """Up to eight things for ``q``, the last word of which may be cut short; ``status`` says how many, in words."""
    from pactgraph.search import suggest

    page = Page(request)
    etag = page.site.etag("suggest", str(request.url), page.lang)
    known = respond.not_modified(request, etag, respond.data_headers(Vary=tables.VARY))
    if known:
        return known
    text = request.query_params.get("q", "")
    hits = await page.site.finder.ask(lambda index: suggest(index, text, page.lang))
    told = {"query": text, "status": page.t("search-suggested", number=len(hits)),
            "suggestions": [_told(page, hit) for hit in hits]}
    body = (json.dumps(told, ensure_ascii=False) + "\n").encode()
    return respond.data(request, body, "application/json", etag, Vary=tables.VARY)


def _told(page: Page, hit: Hit) -> dict[str, str]:
    return {"label": hit.shown.label.text, "language": hit.shown.label.lang, "code": hit.shown.code, "kind": hit.kind,
            "kind_label": say(f"kind-of-{hit.kind}", page.lang), "thing": hit.iri, "address": page.href(hit.iri) or hit.iri}


async def _found(page: Page, number: int, size: int) -> Found:
    from pactgraph.search import Wanted, narrowed, search

    text, given = page.request.query_params.get("q", ""), _given(page)

    def look(index: Index) -> Found:
        return search(index, Wanted(text, page.lang, narrowed(index, given), number, size))

    return await page.site.finder.ask(look)


def _facets() -> tuple[str, ...]:
    from pactgraph.search.ask import FACETS

    return FACETS


def _given(page: Page) -> Mapping[str, str]:
    """The facets that the request names; one that is named twice is refused."""
    for name in _facets():
        if len(page.request.query_params.getlist(name)) > 1:
            raise fail("search-twice", facet=name)
    return page.request.query_params


def _examples(page: Page) -> list[str]:
    return [part.strip() for part in page.t(_EXAMPLES).split("|")]

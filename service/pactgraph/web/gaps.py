"""``/gaps``: what is not recorded in this graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.namespaces import VOCAB
from pactgraph.web import respond, tables
from pactgraph.web.asking import ReaderStore, in_thread
from pactgraph.web.page import Page
from pactgraph.web.running import unless_gone
from pactgraph.web.site import today

if TYPE_CHECKING:
    from pactgraph.questions.gaps import Filter
    from pactgraph.questions.table import Table

router = APIRouter()


@router.get("/gaps", summary="What is not recorded in this graph")
async def gaps(request: Request) -> Response:
    """The gaps as a page."""
    from pactgraph.questions.gaps import SEVERITIES

    page = Page(request)
    known = page.known()
    if known:
        return known
    only = await _filter(page)
    table = await unless_gone(request, _table(page, only))
    gaps = table.records()
    page.ask.mention(gap["subject"] for gap in gaps)
    types = await _types(page)
    return await page.show("gaps.html", gaps=gaps, only=only, severities=SEVERITIES, types=types,
                           type_names=dict(types), formats=tables.formats(page, "/gaps"))


@router.get("/gaps.{suffix}", summary="The gaps as a file")
async def gaps_file(request: Request, suffix: str) -> Response:
    """The gaps as CSV, JSON, XLSX or Turtle."""
    if suffix not in tables.FILES:
        raise HTTPException(404)
    page = Page(request)
    etag = page.site.etag("gaps", str(request.url), page.lang, today())
    known = respond.not_modified(request, etag)
    if known:
        return known
    table = await unless_gone(request, _table(page, await _filter(page)))
    return tables.as_file(request, table, suffix, "gaps", etag)


async def _table(page: Page, only: Filter) -> Table:
    from pactgraph.questions.gaps import gap_table

    return await in_thread(page.site, lambda store: gap_table(store, page.lang, page.day, only))


async def _filter(page: Page) -> Filter:
    from pactgraph.questions.gaps import Filter

    wishes = page.request.query_params

    def read(store: ReaderStore) -> Filter:
        from pactgraph.questions.resolve import resolve

        found = {
            name: resolve(store, kind, wishes[name]) if wishes.get(name) else ""
            for name, kind in (("body", "pg:PublicBody"), ("plan", "pg:ImplementationPlan"))
        }
        return Filter(article=wishes.get("article", "").strip(), severity=wishes.get("severity", ""),
                      type=wishes.get("type", ""), **found)

    return await in_thread(page.site, read)


async def _types(page: Page) -> list[tuple[str, str]]:
    scheme = VOCAB + "gap-type"
    found = [record.member or "" for record in await page.ask.records("members", scheme)]
    await page.site.things.look_up(found)
    named = [(iri.rsplit("/", 1)[-1], page.thing(iri).label(page.lang)[0]) for iri in found]
    return sorted(named, key=lambda item: item[1])

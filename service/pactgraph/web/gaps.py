"""``/gaps``: what is not recorded in this graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB
from pactgraph.web import respond, tables
from pactgraph.web.asking import ReaderStore, in_thread
from pactgraph.web.page import Page
from pactgraph.web.running import unless_gone
from pactgraph.web.site import today

if TYPE_CHECKING:
    from pactgraph.questions.gaps import Listed

router = APIRouter()


@router.get("/gaps", summary="What is not recorded in this graph")
async def gaps(request: Request) -> Response:
    """The gaps as a page."""
    from pactgraph.questions.gaps import SEVERITIES, gap_rows

    page = Page(request)
    known = page.known()
    if known:
        return known
    found = await unless_gone(request, _found(page))
    gaps = gap_rows(found.gaps, page.lang).records()
    page.ask.mention(gap["subject"] for gap in gaps)
    types = await _types(page)
    asked = {name: page.request.query_params.get(name, "") for name in ("article", "severity", "type")}
    return await page.show("gaps.html", gaps=gaps, asked=asked, severities=SEVERITIES, types=types,
                           type_names=dict(types), closings=found.closings, formats=tables.formats(page, "/gaps"))


@router.get("/gaps.{suffix}", summary="The gaps as a file")
async def gaps_file(request: Request, suffix: str) -> Response:
    """The gaps as CSV, JSON, XLSX, or as resources in Turtle."""
    from pactgraph.questions.gaps import gap_rows

    if suffix not in tables.FILES:
        raise HTTPException(404)
    page = Page(request)
    etag = page.site.etag("gaps", str(request.url), page.lang, today())
    known = respond.not_modified(request, etag, respond.data_headers(Vary=tables.VARY))
    if known:
        return known
    found = await unless_gone(request, _found(page, turtle=suffix == "ttl"))
    if suffix == "ttl":
        return respond.data(request, found.turtle, tables.FILES["ttl"][1], etag, Vary=tables.VARY)
    return tables.as_file(request, gap_rows(found.gaps, page.lang), suffix, "gaps", etag)


@dataclass(frozen=True)
class Found:
    """The gaps that were asked for, with what would close each type of them, and in Turtle where that was wished."""

    gaps: list[Listed]
    closings: dict[str, str]
    turtle: bytes


async def _found(page: Page, turtle: bool = False) -> Found:
    from pactgraph.questions.gaps import closing_words, filter_of, gap_list, gap_turtle

    def read(store: ReaderStore) -> Found:
        only = filter_of(store, page.request.query_params)
        gaps = gap_list(store, page.lang, page.day, only)
        form = gap_turtle(store, Ids(page.site.settings.base), page.day, gaps) if turtle else b""
        return Found(gaps, closing_words(store, page.lang), form)

    return await in_thread(page.site, read)


async def _types(page: Page) -> list[tuple[str, str]]:
    scheme = VOCAB + "gap-type"
    found = [record.member or "" for record in await page.ask.records("members", scheme)]
    await page.site.things.look_up(found)
    named = [(iri.rsplit("/", 1)[-1], page.thing(iri).label(page.lang)[0]) for iri in found]
    return sorted(named, key=lambda item: item[1])

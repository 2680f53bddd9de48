"""``/gaps``: what is not recorded in this graph."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from pyoxigraph import Literal, NamedNode
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB
from pactgraph.web import respond, tables
from pactgraph.web.ask import Ask, Record
from pactgraph.web.asking import ReaderStore, in_thread
from pactgraph.web.lists.filters import Axis, narrow
from pactgraph.web.page import Page
from pactgraph.web.paging import paging_of
from pactgraph.web.running import unless_gone
from pactgraph.web.site import today

if TYPE_CHECKING:
    from pactgraph.questions.gaps import Filter, Listed

router = APIRouter()


_AXES = (
    Axis("type", lambda record: record.values("type")),
    Axis("severity", lambda record: record.values("severity"), "severity-"),
    Axis("body", lambda record: record.values("body")),
)


@router.get("/gaps", summary="What is not recorded in this graph")
async def gaps(request: Request) -> Response:
    """The gaps as a page, with filters and in parts."""
    page = Page(request)
    known = page.known()
    if known:
        return known
    found = await unless_gone(request, _found(page, narrowed=False))
    records = _records(found.gaps, page.lang)
    page.ask.mention(record.subject or "" for record in records)
    shown, filters = await narrow(page, _AXES, records, await _meant(page, found.only))
    paging = paging_of(page, len(shown))
    return await page.show("gaps.html", gaps=shown[paging.part], filters=filters, paging=paging, closings=found.closings,
                           article=request.query_params.get("article", ""), formats=tables.formats(page, "/gaps"))


async def _meant(page: Page, only: Filter) -> dict[str, str]:
    """The codes of what the request asks for, whatever words it used."""
    await page.site.things.look_up([only.body] if only.body else [])
    return {"type": only.type, "severity": only.severity,
            "body": only.body and (page.thing(only.body).notation or only.body.rsplit("/", 1)[-1])}


def _records(gaps: list[Listed], lang: str) -> list[Record]:
    """Gaps as records: type and bodies as IRIs, the bodies with the subject where that is one (it concerns itself)."""
    from pactgraph.questions.gaps import gap_rows

    records = []
    for item, row in zip(gaps, gap_rows(gaps, lang).records(), strict=True):
        record = Record()
        for name, value in row.items():
            if value and name != "type":
                record.add(name, Literal(value))
        record.add("type", NamedNode(f"{VOCAB}gap-type/{item.gap.type}"))
        for body in item.bodies:
            record.add("body", NamedNode(body.iri))
        if item.gap.subject.rsplit("/", 1)[0].endswith("/body"):
            record.add("body", NamedNode(item.gap.subject))
        records.append(record)
    return records


@router.get("/gaps.{suffix}", summary="The gaps as a file")
async def gaps_file(request: Request, suffix: str) -> Response:
    """The gaps as CSV, JSON, XLSX, or as resources in Turtle."""
    from pactgraph.questions.gaps import gap_rows, gap_turtle

    if suffix not in tables.FILES:
        raise HTTPException(404)
    page = Page(request)
    etag = page.site.etag("gaps", str(request.url), page.lang, today())
    known = respond.not_modified(request, etag, respond.data_headers(Vary=tables.VARY))
    if known:
        return known
    found = await unless_gone(request, _found(page))
    if suffix == "ttl":
        turtle = await in_thread(
            page.site, lambda store: gap_turtle(store, Ids(page.site.settings.base), page.day, found.gaps))
        return respond.data(request, turtle, tables.FILES["ttl"][1], etag, Vary=tables.VARY)
    return tables.as_file(request, gap_rows(found.gaps, page.lang), suffix, "gaps", etag)


@dataclass(frozen=True)
class Found:
    """The gaps that were asked for and how, with what would close each type of them."""

    only: Filter
    gaps: list[Listed]
    closings: dict[str, str]


async def _found(page: Page, narrowed: bool = True) -> Found:
    """The gaps of the request; without ``narrowed`` only article and plan count, and the page filters the rest."""
    from pactgraph.questions.gaps import closing_words, filter_of, gap_list

    def read(store: ReaderStore) -> Found:
        only = filter_of(store, page.request.query_params)
        gaps = gap_list(store, page.lang, page.day, only if narrowed else replace(only, body="", severity="", type=""))
        return Found(only, gaps, closing_words(store, page.lang))

    found = await in_thread(page.site, read)
    left = await _of_state(page, (item.gap.subject for item in found.gaps))
    return replace(found, gaps=[item for item in found.gaps if item.gap.subject in left])


async def number_of_gaps(page: Page) -> int:
    """How many gaps the list has on the day, for the country that the reader chose."""
    from pactgraph.questions.gaps import gap_finders, gap_subjects

    found = await asyncio.gather(*(
        in_thread(page.site, partial(gap_subjects, finder=finder, day=page.day)) for finder in gap_finders()))
    subjects = [subject for part in found for subject in part]
    left = await _of_state(page, subjects)
    return sum(subject in left for subject in subjects)


async def _of_state(page: Page, subjects: Iterable[str]) -> set[str]:
    """Those of the subjects that belong to the State that the reader chose, or to none (an article of a treaty)."""
    told = set(subjects)
    if not page.state:
        return told
    states: dict[str, set[str]] = {}
    unnamed = Ask(page.site, page.lang, page.day)  # what is only counted needs no name
    for record in await unnamed.records("states-of", *sorted(told)):
        states.setdefault(record.thing or "", set()).update(record.values("state"))
    return {subject for subject in told if not states.get(subject) or page.state in states[subject]}

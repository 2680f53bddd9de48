"""``/overview``: three pictures, each with its table, and for each number the list of exactly what it counts."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from pactgraph.questions.table import Table
from pactgraph.web import respond, tables
from pactgraph.web.overview import dates, flow, matrix
from pactgraph.web.page import Format, Page
from pactgraph.web.site import today

router = APIRouter()
_FILES = ("csv", "json", "xlsx")


@dataclass(frozen=True)
class Listed:
    """What a number counts: a heading, the section of the overview, and the rows."""

    title: str
    section: str
    table: Table


@router.get("/overview", summary="The whole at a glance")
async def overview(request: Request) -> Response:
    """The article matrix, the flow picture, the line of time."""
    page = Page(request)
    known = page.known()
    if known:
        return known
    cells = await matrix.matrix(page)
    flows = await flow.flows(page)
    found = await dates.dates(page)
    bare = await matrix.bare(page, cells)
    await page.ask.learn_names()
    groups = dates.grouped(found)
    return await page.show(
        "overview/show.html", cells=cells, bare=bare, columns=matrix.GROUPS, flows=flows, flow=flow.draw(flows),
        bar_name=lambda bar: flow.name_of(page, flows, bar), bar_lines=lambda bar: flow.lines_of(page, flows, bar),
        bar_value=lambda bar: len(flows.of(bar.key)), bar_entered=lambda bar: bool(flows.between(target=bar.key)),
        groups=groups, line=dates.draw(groups, page.day), path=page.addresses.path,
        formats=[item for name in ("matrix", "flow", "dates") for item in _formats(page, name)],
    )


def _formats(page: Page, name: str) -> list[Format]:
    return [Format(f"{page.t('overview-' + name)}: {item.name}", item.address, item.media_type)
            for item in tables.formats(page, "/overview/" + name, ("csv", "json"))]


@router.get("/overview/{name}", summary="What a number of the overview counts")
async def listed(request: Request, name: str) -> Response:
    """The list behind a number; ``.csv``, ``.json``, ``.xlsx`` give it as a file, without parameters the whole picture."""
    page = Page(request)
    stem, _, suffix = name.rpartition(".")
    wanted = stem if suffix in _FILES else name
    work = {"matrix": _of_matrix, "flow": _of_flow, "dates": _of_dates}.get(wanted)
    if work is None:
        raise HTTPException(404)
    if wanted == name:
        return page.known() or await _page(page, name, await work(page))
    etag = page.site.etag("overview", str(request.url), page.lang, today())
    known = respond.not_modified(request, etag, respond.data_headers(Vary=tables.VARY))
    if known:
        return known
    found = await work(page)
    return tables.as_file(request, found.table, suffix, wanted, etag)


async def _page(page: Page, name: str, found: Listed) -> Response:
    if not found.title:
        return RedirectResponse(page.local("/overview") + "#" + found.section, 303)
    shown = tables.linked(page, found.table)
    return await page.show("overview/list.html", found=found, table=shown,
                           formats=tables.formats(page, "/overview/" + name, _FILES))


async def _of_matrix(page: Page) -> Listed:
    """The things of a cell (``article`` and ``column``), or the whole matrix."""
    path, column = page.request.query_params.get("article"), page.request.query_params.get("column")
    if path is None or column is None:
        return Listed("", "matrix", await matrix.table(page))
    article = page.addresses.iri(path)
    if column not in matrix.COLUMNS:
        raise HTTPException(404)
    things = (await matrix.matrix(page)).get(article, {}).get(column, [])
    await page.site.things.look_up([article, *things])
    rows = [[thing, page.thing(thing).label(page.lang)[0], page.thing(thing).notation or ""] for thing in things]
    title = f"{page.thing(article).label(page.lang)[0]}: {page.t('matrix-' + column)}"
    return Listed(title, "matrix", Table(["thing", "label", "code"], rows, title))


async def _of_flow(page: Page) -> Listed:
    """The links from one bar (``from``) to another (``to``), or all of them."""
    source, target = page.request.query_params.get("from", ""), page.request.query_params.get("to", "")
    flows = await flow.flows(page)
    await page.ask.learn_names()
    named = [bar for bar in (source, target) if bar]
    if not set(named) <= {bar for column in flows.columns for bar in column}:
        raise HTTPException(404)
    title = " → ".join(flow.name_of(page, flows, bar) for bar in named)
    return Listed(title, "flow", await flow.table(page, flows.between(source, target), flows))


async def _of_dates(page: Page) -> Listed:
    """What stands on a day (``day``, empty: without one) of a lane (``lane``), or everything."""
    lane, day = page.request.query_params.get("lane"), page.request.query_params.get("day")
    found = await dates.dates(page)
    if lane is None or day is None:
        return Listed("", "dates", await dates.table(page, found))
    if lane not in dates.LANES:
        raise HTTPException(404)
    table = await dates.table(page, dates.grouped(found).get((lane, day), []))
    return Listed(f"{page.t('lane-' + lane)}: {day or page.t('dates-undated')}", "dates", table)

"""The start page and the lists of articles, recommendations, tasks, bodies and laws."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.catalogue import load
from pactgraph.web.ask import Ask, Record
from pactgraph.web.page import Page
from pactgraph.web.picture import Picture, chain_picture
from pactgraph.web.questions import shown_answer
from pactgraph.web.views.common import LEAD
from pactgraph.web.views.plan import with_depth

router = APIRouter()
_QUESTION = "agency-for-recommendation"
_COLUMNS = ("recommendation", "task", "scope", "body", "body_today", "basis", "deadline")
_COUNTS = (
    ("articles", "/articles"), ("recommendations", "/recommendations"), ("tasks", "/tasks"), ("bodies", "/bodies"),
    ("links_curated", "/articles"), ("links_proposed", "/questions/unreviewed-links"), ("gaps", "/gaps"),
)


@router.get("/", summary="What this is")
async def start(request: Request) -> Response:
    """The start page: counts, the chain, and who handles each recommendation."""
    page = Page(request)
    known = page.known()
    if known:
        return known
    query = load("questions", _QUESTION)
    counts = page.site.generation.summary()
    return await page.show(
        "start.html",
        counts=counts,
        counts_shown=[(key, path) for key, path in _COUNTS if key in counts],
        countries=await page.ask.records("countries"),
        picture=await _example(page),
        title=query.title.get(page.lang, ""),
        table=await shown_answer(page, _QUESTION, {}, _COLUMNS, LEAD),
    )


async def _example(page: Page) -> Picture | None:
    found = await page.ask.records("example-task")
    return await chain_picture(page, found[0].task) if found and found[0].task else None


@router.get("/articles", summary="The articles of the treaties")
async def articles(request: Request) -> Response:
    """Every article with how much concerns it."""
    return await _list(request, "articles")


@router.get("/recommendations", summary="The recommendations")
async def recommendations(request: Request) -> Response:
    """Every recommendation with its articles and grades."""
    return await _list(request, "recommendations", by=("recommendation",))


@router.get("/laws", summary="The laws and bills")
async def laws(request: Request) -> Response:
    """Every law with its dates."""
    return await _list(request, "laws", by=("law",))


async def _list(request: Request, name: str, by: tuple[str, ...] = ()) -> Response:
    page = Page(request)
    return page.known() or await page.show(
        f"{name}.html", room=name, records=await page.ask.records(name, by=by))


@router.get("/tasks", summary="The rows of the plans")
async def tasks(request: Request) -> Response:
    """Every plan with its rows in their order."""
    page = Page(request)
    known = page.known()
    if known:
        return known
    plans: dict[str, list[Record]] = {}
    for record in await page.ask.records("items"):
        plans.setdefault(record.plan or "", []).append(record)
    return await page.show("tasks.html", room="tasks", plans={plan: with_depth(rows) for plan, rows in plans.items()})


@router.get("/bodies", summary="The public bodies")
async def bodies(request: Request) -> Response:
    """Bodies of today, bodies that ended, and groups."""
    page = Page(request)
    return page.known() or await page.show("bodies.html", room="bodies", groups=await _bodies(page.ask))


async def _bodies(ask: Ask) -> list[tuple[str, list[Record]]]:
    records = await ask.records("bodies", by=("body",))
    await ask.site.things.look_up(record.body or "" for record in records)
    records.sort(key=lambda record: ask.site.things.get(record.body or "").label(ask.lang)[0])
    ended = [record for record in records if record.until and record.until <= ask.day]
    groups = [record for record in records if record.group]
    standing = [record for record in records if record not in ended and record not in groups]
    return [("bodies-standing", standing), ("bodies-ended", ended), ("bodies-groups", groups)]

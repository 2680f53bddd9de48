"""The start page."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.catalogue import load
from pactgraph.publish.schema_org import project_block
from pactgraph.web.gaps import number_of_gaps
from pactgraph.web.page import Page
from pactgraph.web.questions import shown_answer
from pactgraph.web.trace.small import example
from pactgraph.web.trace.steps import COLUMNS
from pactgraph.web.views.common import LEAD

router = APIRouter()
_QUESTION = "agency-for-recommendation"
_COLUMNS = ("recommendation", "task", "scope", "body", "body_today", "basis", "deadline")
_COUNTS = (
    ("articles", "/articles"), ("recommendations", "/recommendations"), ("tasks", "/tasks?kind=PlanTask"), ("bodies", "/bodies"),
    ("links_proposed", "/questions/unreviewed-links"),
)
"""The numbers of the query ``start-counts``, each with the list that holds so many on the same day, of the country."""


@router.get("/", summary="What this is")
async def start(request: Request) -> Response:
    """The start page: counts, the chain, and who handles each recommendation."""
    page = Page(request)
    known = page.known()
    if known:
        return known
    await page.learn_countries()  # a country that there is not is told as such before anything is asked about it
    query = load("questions", _QUESTION)
    (numbers,), gaps, table = await asyncio.gather(
        page.ask.records("start-counts"), number_of_gaps(page),
        shown_answer(page, _QUESTION, {"state": page.country} if page.country else {}, _COLUMNS, LEAD))
    return await page.show(
        "start.html",
        counts=[(key, getattr(numbers, key), path) for key, path in _COUNTS] + [("gaps", gaps, "/gaps")],
        countries=await page.ask.records("countries"),
        view=await example(page), stages=COLUMNS,
        title=query.title.get(page.lang, ""),
        table=table,
        linked_data=project_block(page.site.settings.base, str(request.base_url), page.lang),
    )

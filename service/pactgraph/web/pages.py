"""The start page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.catalogue import load
from pactgraph.publish.schema_org import project_block
from pactgraph.web.page import Page
from pactgraph.web.questions import shown_answer
from pactgraph.web.trace.small import example
from pactgraph.web.trace.steps import COLUMNS
from pactgraph.web.views.common import LEAD

router = APIRouter()
_QUESTION = "agency-for-recommendation"
_COLUMNS = ("recommendation", "task", "scope", "body", "body_today", "basis", "deadline")
_COUNTS = (
    ("articles", "/articles"), ("recommendations", "/recommendations"), ("tasks", "/tasks"), ("bodies", "/bodies"),
    ("links_proposed", "/questions/unreviewed-links"), ("gaps", "/gaps"),
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
        view=await example(page), stages=COLUMNS,
        title=query.title.get(page.lang, ""),
        table=await shown_answer(page, _QUESTION, {}, _COLUMNS, LEAD),
        linked_data=project_block(page.site.settings.base, str(request.base_url), page.lang),
    )

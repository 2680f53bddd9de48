"""``/assessments``: what different assessors say of the same thing, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.errors import UserError
from pactgraph.web import tables
from pactgraph.web.asking import ReaderStore, in_thread
from pactgraph.web.page import Format, Page
from pactgraph.web.paging import paging_of
from pactgraph.web.running import unless_gone

router = APIRouter()
_QUESTION = "assessors-compared"
_ABOUT = ("article", "recommendation", "law")
_SIZE = 20


@dataclass(frozen=True)
class Statement:
    """What one assessor says: the row of the question's answer in words, and the same with IRIs."""

    said: dict[str, str]
    iris: dict[str, str]


@router.get("/assessments", summary="What different assessors say of the same thing")
async def assessments(request: Request) -> Response:
    """The statements by what they are about: of one article, recommendation or law, or of all on which several spoke."""
    page = Page(request)
    known = page.known()
    if known:
        return known
    asked = {name: page.request.query_params.get(name, "").strip() for name in _ABOUT}
    message, found = None, []
    try:
        found = await unless_gone(request, in_thread(page.site, lambda store: _found(page, store, asked)))
    except UserError as problem:
        if problem.key.startswith("query-"):
            raise
        message = problem.message(page.lang)
    about: dict[str, list[Statement]] = {}
    for statement in found:
        about.setdefault(statement.iris["about"], []).append(statement)
    page.ask.mention(iri for row in found for name in ("about", "subject", "assessor") if _is_iri(iri := row.iris[name]))
    paging = paging_of(page, len(about), _SIZE)
    return await page.show(
        "assessments.html", status=200 if message is None else 400, asked=asked, message=message, paging=paging,
        about=dict(list(about.items())[paging.part]), formats=[] if message else _formats(page, asked))


def _is_iri(text: str) -> bool:
    return text.startswith(("http://", "https://"))


def _found(page: Page, store: ReaderStore, asked: dict[str, str]) -> list[Statement]:
    from pactgraph.questions.run import ask

    values = {name: value for name, value in asked.items() if value} | ({"state": page.state} if page.state else {})
    said, iris = (ask(store, _QUESTION, values, as_of=page.day, lang=page.lang, ids=ids).records() for ids in (False, True))
    return [Statement(*pair) for pair in zip(said, iris, strict=True)]


def _formats(page: Page, asked: dict[str, str]) -> list[Format]:
    chosen = {name: value for name, value in asked.items() if value} | ({"state": page.country} if page.country else {})
    return [Format(name, page.local(f"/questions/{_QUESTION}.{suffix}", **chosen), media_type)
            for suffix, (name, media_type) in tables.FILES.items()]

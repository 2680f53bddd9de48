"""Pages that only a site of files has: what needs a running service, and what is not there."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.texts import LANGUAGES
from pactgraph.web.page import Page
from pactgraph.web.wording import word

router = APIRouter()
NEEDS_SERVICE = "/needs-service"
MISSING = "/not-found"


@router.get(NEEDS_SERVICE, include_in_schema=False)
async def needs_service(request: Request) -> Response:
    """Says that files answer no questions, and what can be done."""
    return await Page(request).show("fixed/needs-service.html")


@router.get(MISSING, include_in_schema=False)
async def missing(request: Request) -> Response:
    """What a web server shows for an address that is no file, in both languages."""
    page = Page(request)
    other = next(code for code in LANGUAGES if code != page.lang)
    return await page.show(
        "problem.html", 404, code=404, message=word("http-404", page.lang), other=word("http-404", other), other_lang=other,
        near=[], wanted="", places=[], request_id="")

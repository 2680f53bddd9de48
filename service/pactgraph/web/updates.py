"""``/update``: the SPARQL 1.1 Protocol for updates, for those who hold a token."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.errors import fail
from pactgraph.store.readers import TryUpdate
from pactgraph.web import intake, writes
from pactgraph.web.authority import WRITERS, require
from pactgraph.web.running import unless_gone
from pactgraph.web.site import site_of
from pactgraph.writing.change import Change

router = APIRouter()
_DIRECT = "application/sparql-update"
_OF_QUERIES = ("query", "default-graph-uri", "named-graph-uri")


@router.post("/update", summary="Change the graph by a SPARQL update (with a token)")
async def update(request: Request) -> Response:
    """Try the update on a copy, check what it changes, write it to the journal, and answer with the entry's number."""
    author = require(request, *WRITERS)
    site = site_of(request)
    expected = writes.expected_state(request)
    parameters = await _parameters(request)
    delta = await unless_gone(request, site.try_update(_wanted(parameters, site.union, site.settings.base)))
    change = Change(author, delta.added, delta.removed, reason=writes.reason_of(request, parameters), expected=expected)
    return writes.acknowledged(request, await writes.write(request, change))


async def _parameters(request: Request) -> list[tuple[str, str]]:
    """The parameters of address and body; the text of the update stands among them."""
    sent = await intake.body_of(request, site_of(request).settings.import_bytes)
    given = intake.pairs(request.url.query)
    if sent.media_type == _DIRECT:
        return [*given, ("update", intake.text_of(sent.data))]
    if sent.media_type != intake.FORM:
        raise fail("update-media-type", kind=request.headers.get("content-type", "–"))
    return [*given, *intake.pairs(intake.text_of(sent.data))]


def _wanted(parameters: list[tuple[str, str]], union: bool, base: str) -> TryUpdate:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    if any(all_of(name) for name in _OF_QUERIES):
        raise fail("no-query-here")
    texts = all_of("update")
    if len(texts) != 1:
        raise fail("one-update", found=len(texts))
    return TryUpdate(texts[0], all_of("using-graph-uri"), all_of("using-named-graph-uri"), union, base)

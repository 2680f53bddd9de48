"""``/health`` for those who watch the service."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from pactgraph import __version__
from pactgraph.catalogue import load
from pactgraph.store import readers
from pactgraph.web.site import site_of

router = APIRouter()


@router.get("/health", summary="Whether the service answers, and on which graph")
async def health(request: Request) -> Response:
    """The state of the service: a query is run by a reader process."""
    site = site_of(request)
    await site.readers.run(readers.Request(load("store", "ping").text))
    return JSONResponse(
        {
            "status": "ok",
            "version": __version__,
            "fingerprint": site.generation.fingerprint,
            "triples": site.readers.triples,
        },
        headers={"Cache-Control": "no-store"},
    )

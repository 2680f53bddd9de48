"""``/health`` and ``/health/live`` for those who watch the service."""

from __future__ import annotations

import asyncio
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from pactgraph import __version__
from pactgraph.catalogue import load
from pactgraph.errors import UserError
from pactgraph.store import readers
from pactgraph.web.site import Site, site_of
from pactgraph.writing import place

router = APIRouter()
_PATIENCE_SECONDS = 5.0
_NOT_KEPT = {"Cache-Control": "no-store"}


@router.get("/health/live", summary="Whether the process answers")
async def live(request: Request) -> Response:
    """Alive: asks nobody. Where this fails, start the service again."""
    return JSONResponse({"status": "ok", "version": __version__}, headers=_NOT_KEPT)


@router.get("/health", summary="Whether the service can answer, and on which graph")
@router.get("/health/ready", include_in_schema=False)
async def health(request: Request) -> Response:
    """Ready: a reader process ran a query. Where this fails, send requests elsewhere for a while."""
    site = site_of(request)
    problem = await _problem(site)
    state = {"status": "unavailable" if problem else "ok", "version": __version__,
             "fingerprint": site.generation.fingerprint, "triples": site.readers.triples,
             "journal": site.number, "readers": problem or "ok", "writer": await _writer(site)}
    return JSONResponse(state, 503 if problem else 200,
                        headers=_NOT_KEPT | ({"Retry-After": "5"} if problem else {}))


async def _problem(site: Site) -> str:
    """Why the readers do not answer, in a word; empty where they do."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await site.readers.run(readers.Request(load("store", "ping").text))
    except TimeoutError:
        return "busy"
    except UserError as problem:
        return problem.key
    return ""


async def _writer(site: Site) -> str:
    """``ok``; ``away`` where the writer does not answer (reading goes on); ``none`` where nobody may write."""
    if site.service is None:
        return "none"
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            _, stream = await asyncio.open_unix_connection(str(place.place(Path(site.settings.store))))
    except (OSError, TimeoutError):
        return "away"
    stream.close()
    return "ok"

"""Puts the web service together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pactgraph import __version__
from pactgraph.errors import UserError, fail
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation, current
from pactgraph.store.readers import Limits, Readers
from pactgraph.web import (
    bundles,
    catalog,
    comparison,
    desk,
    doc,
    dumps,
    editor,
    federation,
    gaps,
    graphs,
    health,
    metrics_page,
    pages,
    problems,
    questions,
    releases,
    searching,
    sparql,
    updates,
    validating,
)
from pactgraph.web.authority import Authority
from pactgraph.web.coding import Coding
from pactgraph.web.dump_keeper import DumpKeeper
from pactgraph.web.dumps_ahead import keep_ahead
from pactgraph.web.envelope import Envelope
from pactgraph.web.express import Express, Handler
from pactgraph.web.fairness import FairUse
from pactgraph.web.lists import kinds as lists
from pactgraph.web.metrics import of_process
from pactgraph.web.observe import Observe
from pactgraph.web.overview import room as overview
from pactgraph.web.proxies import Proxied
from pactgraph.web.release_keeper import ReleaseKeeper
from pactgraph.web.request_id import NoteRoute
from pactgraph.web.running import ClientGone
from pactgraph.web.service import Service
from pactgraph.web.static_files import Static
from pactgraph.web.trace import room as trace
from pactgraph.web.watchers import networks
from pactgraph.web.work.rooms import ROOMS

_CLIENT_CLOSED = 499


def create_app(settings: Settings, served: Path | Generation, *, union: bool = True, readers: Readers | None = None,
               follows: bool = False, ahead: bool = False) -> FastAPI:
    """The service over a store's folder or one generation. ``readers`` may have been started before.

    ``follows``: the store has a writer's process (:mod:`pactgraph.writing.process`). ``ahead``: the dumps are made before
    somebody asks for them, as the settings say.
    """
    networks(settings.metrics_from)  # a wrong setting is told at the start
    generation = served if isinstance(served, Generation) else generation_of(served)
    pool = readers or Readers(generation.nquads, Limits.of(settings))
    service = Service(settings, generation, pool, union=union, follows=follows,
                      callers=federation.callers(settings, generation))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        making = None
        try:
            await service.start()
            if ahead and settings.dumps_quiet_seconds > 0:
                metrics = of_process()
                making = asyncio.ensure_future(keep_ahead(app.state.dumps, lambda: service.site, lambda: metrics.last_request,
                                                          settings.dumps_quiet_seconds))
            yield
        except UserError as error:
            app.state.failure = error
            raise
        finally:
            if making is not None:
                making.cancel()
            await app.state.dumps.close()
            await service.close()

    app = FastAPI(
        title="pactgraph",
        version=__version__,
        description="Links UN recommendations to the tasks, agencies, laws and deadlines that answer them.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.service, app.state.failure, app.state.dumps = service, None, DumpKeeper()
    app.state.releases = ReleaseKeeper(settings.releases_folder(), settings.base)
    rooms = (health, metrics_page, sparql, editor, questions, searching, gaps, lists, desk, comparison, trace, overview, catalog,
             doc, dumps, releases, updates, graphs, validating, pages, *ROOMS)
    for room in rooms:
        app.include_router(room.router)
    bundles.mount(app)  # before what holds it
    app.mount("/static", Static(directory=str(files("pactgraph.web").joinpath("static"))))
    app.add_api_route("/favicon.ico", _icon, include_in_schema=False)
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)
    # The first is the innermost.
    app.add_middleware(NoteRoute)
    app.add_middleware(Express, path="/sparql", rooms={"GET": sparql.query_by_get, "POST": sparql.query_by_post},
                       handlers=_HANDLERS)
    app.add_middleware(FairUse, settings=settings)
    app.add_middleware(Coding)
    app.add_middleware(Authority)
    app.add_middleware(Envelope)
    app.add_middleware(Observe, fixed=[getattr(route, "path", "") for room in rooms for route in room.router.routes])
    app.add_middleware(Proxied, settings=settings)
    return app


def generation_of(folder: Path) -> Generation:
    """The generation in a folder: its own, or the current one of a store. A folder without any raises a UserError."""
    if (folder / "graph.nq").is_file():
        return Generation(folder.name, folder)
    generation = current(folder)
    if generation is None:
        raise fail("store-not-built", store=str(folder))
    return generation


async def _icon(request: Request) -> Response:
    return RedirectResponse(request.scope.get("root_path", "") + "/static/icon.svg")


async def _nobody_reads(request: Request, error: Exception) -> Response:
    return Response(status_code=_CLIENT_CLOSED)


_HANDLERS: dict[type[Exception], Handler] = {
    UserError: problems.on_user_error,
    HTTPException: problems.on_http_error,
    ClientGone: _nobody_reads,
}

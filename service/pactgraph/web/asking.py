"""Runs the synchronous questions of :mod:`pactgraph.questions` over the reader processes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import pyoxigraph as ox

from pactgraph.errors import fail
from pactgraph.store.readers import Request, Response
from pactgraph.web.site import Site

T = TypeVar("T")


class ReaderStore:
    """Looks like a store to code that runs in a thread; each query is run by a reader process."""

    def __init__(self, site: Site, loop: asyncio.AbstractEventLoop) -> None:
        self._site = site
        self._loop = loop
        self._running: Future[Response] | None = None
        self._stopped = False

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]:
        """Run a query and wait for the answer."""
        if self._stopped:
            raise fail("query-busy")
        self._running = asyncio.run_coroutine_threadsafe(
            self._site.answers.run(Request(text, graph="ntriples")), self._loop)
        answer = self._running.result()
        if answer.kind == "graph":
            return [quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)]
        results: ox.QuerySolutions | ox.QueryBoolean = ox.parse_query_results(
            answer.body, format=ox.QueryResultsFormat.JSON)
        return results

    def stop(self) -> None:
        """End the query that runs, and refuse further ones."""
        self._stopped = True
        if self._running:
            self._running.cancel()


async def in_thread(site: Site, work: Callable[[ReaderStore], T]) -> T:
    """Run ``work`` in a thread with a store over the reader processes. Cancelling this ends its query."""
    store = ReaderStore(site, asyncio.get_running_loop())
    try:
        return await asyncio.to_thread(work, store)
    except asyncio.CancelledError:
        store.stop()
        raise

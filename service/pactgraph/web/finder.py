"""The index of the search for one state of the graph: out of the generation's file, brought up to what was written since.

It is made when somebody first searches that state, of the index of the state before and what was written in between; where
the generation has no file (an older one, a copy that was put in place) it is made of the graph, once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from pactgraph.search import Index, Touched, changed, make, opened
from pactgraph.store.meter import METER, metered

if TYPE_CHECKING:
    from pactgraph.web.site import Site

T = TypeVar("T")
_THREADS = ThreadPoolExecutor(2, thread_name_prefix="search")
"""SQLite works beside the loop, in threads of its own: searches never wait for questions, nor questions for them."""


class Finder:
    """The index of one site. ``before``: the finder of the state before, from which ``touched`` leads to this one."""

    def __init__(self, site: Site, before: Finder | None, touched: Touched) -> None:
        self._making: asyncio.Task[Index] | None = None
        self._site: Site | None = site
        self._before: Finder | None
        self._touched: Touched
        # A state that nobody searched is passed over: its change is made with this one.
        while before is not None and before._making is None:
            touched |= before._touched
            before = before._before
        self._before, self._touched = before, touched

    async def ask(self, work: Callable[[Index], T]) -> T:
        """Ask the index, counted for the client as a query is."""
        index = await self.index()
        with metered(otherwise=lambda: None):
            return await asyncio.get_running_loop().run_in_executor(_THREADS, partial(work, index))

    async def index(self) -> Index:
        """The index, made now where it is not there."""
        if self._making is None or (self._making.done() and (self._making.cancelled() or self._making.exception())):
            self._making = asyncio.ensure_future(self._make())
        return await asyncio.shield(self._making)

    async def _make(self) -> Index:
        from pactgraph.web.asking import in_thread

        site = self._site
        assert site is not None  # it is let go when the index is there
        METER.set(None)  # what the index needs is not the cost of whoever searches first
        if self._before is not None:
            index: Index | None = await self._before.index()
        else:
            index = await asyncio.to_thread(opened, site.generation.folder)
        if index is None:
            index = await in_thread(site, make)
        else:
            found = index
            index = await in_thread(site, lambda store: changed(found, store, self._touched))
        self._before = self._site = None
        return index

"""What a web worker serves: the newest state of the graph for everybody, and for those who may see more.

The worker subscribes to the writer's process. What is written is handed to the readers, and when they have it a new
:class:`~pactgraph.web.site.Site` takes the place of the one before: requests that run keep theirs. When a new generation is
published, new readers load it beside the old ones, which end when nobody asks them any more.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from pactgraph.access.author import Author
from pactgraph.access.tokens import Tokens
from pactgraph.access.visibility import may_see
from pactgraph.errors import UserError, fail
from pactgraph.journal.graphs import RESTRICTED
from pactgraph.journal.log import Journal
from pactgraph.journal.patch import Patch, joined
from pactgraph.search import Touched
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation
from pactgraph.store.readers import Limits, Readers
from pactgraph.web import federation
from pactgraph.web.site import Site
from pactgraph.writing import client, messages
from pactgraph.writing.change import Change, Written
from pactgraph.writing.messages import Header
from pactgraph.writing.since import kept

MOST_VIEWS = 4
"""How many pools of readers that see restricted graphs run at once; each holds a copy of the graph."""
IDLE_SECONDS = 600.0
"""How long such a pool stays after its last use."""
_FIRST_STATE_SECONDS = 120.0
_AGAIN_SECONDS = 0.25
_AFTER_FAILURE_SECONDS = 5.0
_TAKE_IN_SECONDS = 300.0
"""How long readers may take to load a generation or to apply what was written."""
_ALL = "*"
_log = logging.getLogger("pactgraph.web")


class View:
    """Readers that hold some restricted graphs too, for everybody with one right."""

    def __init__(self, site: Site, author: Author) -> None:
        self.site = site
        self.author = author
        self.used = time.monotonic()


class Service:
    """The sites of one web worker. ``follows``: whether a writer's process is there to be followed."""

    def __init__(self, settings: Settings, generation: Generation, readers: Readers, *, union: bool = True,
                 follows: bool = False, callers: Readers | None = None) -> None:
        self._settings = settings
        self._store = Path(settings.store)
        self._follows = follows
        journal = settings.journal_folder()
        self.site = Site(settings, generation, readers, union, Tokens(journal) if journal else None, generation.journal,
                         service=self if follows else None, callers=callers)
        self._since = Patch()
        self._hidden: frozenset[ox.Quad] = frozenset()
        self._steps = 0
        self._views: dict[str, View] = {}
        self._starting: dict[str, asyncio.Lock] = {}
        self._order = asyncio.Lock()
        self._stated = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._retired: set[Readers] = set()

    async def start(self) -> None:
        """Wait until the readers have the graph as it stands."""
        await asyncio.gather(*(pool.start() for pool in self._public_pools()))
        if self._follows:
            self._begin(self._follow())
            self._begin(self._tidy())
            if not await self._catch_up():
                try:
                    await asyncio.wait_for(self._stated.wait(), _FIRST_STATE_SECONDS)
                except TimeoutError:
                    raise fail("writer-slow", seconds=f"{_FIRST_STATE_SECONDS:g}") from None

    async def close(self) -> None:
        """End all readers."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        pools = {*self._public_pools(), *self._retired, *(view.site.readers for view in self._views.values())}
        await asyncio.gather(*(pool.close() for pool in pools))

    def _public_pools(self) -> list[Readers]:
        """The readers that hold what everybody sees, and no more."""
        return [pool for pool in (self.site.readers, self.site.callers) if pool]

    async def write(self, change: Change) -> Written:
        """Have a change written by the writer's process."""
        return await client.write(self._store, change)

    # Who sees what ---------------------------------------------------------------------------------------------------

    async def site_for(self, author: Author | None) -> Site:
        """The newest state as somebody may see it."""
        if author is None or not self._follows:
            return self.site
        if not self._stated.is_set():  # just started: what is restricted is not known yet
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._settings.query_seconds):
                    await self._stated.wait()
        right = self._right(author)
        if right is None or not self._visible(author, self._hidden):
            return self.site
        async with self._starting.setdefault(right, asyncio.Lock()):
            view = self._views.get(right) or await self._start_view(right, author)
        view.used = time.monotonic()
        return view.site

    async def latest(self, site: Site) -> Site:
        """The newest state for whoever has a site."""
        view = self._views.get(site.view)
        return view.site if view else self.site

    def _right(self, author: Author) -> str | None:
        """What names the restricted graphs that somebody may see: those of all bodies, of one body, or none."""
        return _ALL if may_see(author, self._settings.base + RESTRICTED, self._settings.base) else author.body

    def _visible(self, author: Author, quads: Iterable[ox.Quad]) -> frozenset[ox.Quad]:
        return frozenset(quad for quad in quads
                         if may_see(author, getattr(quad.graph_name, "value", ""), self._settings.base))

    async def _start_view(self, right: str, author: Author) -> View:
        while True:
            generation = self.site.generation
            readers = Readers(generation.nquads, Limits.of(self._settings))
            try:
                await readers.start()
                async with self._order:
                    if generation == self.site.generation:
                        extra = Patch(self._visible(author, self._hidden))
                        await self._hand_over(readers, joined(self._since, extra))
                        site = Site(self._settings, generation, readers, self.site.union, self.site.tokens,
                                    self.site.number, right, self, self.site.callers,
                                    Touched.by([*self._since.added, *self._since.removed, *extra.added]))
                        view = self._views[right] = View(site, author)
                        self._end_views(MOST_VIEWS)
                        return view
            except BaseException:
                await asyncio.shield(readers.close())
                raise
            await readers.close()

    def _end_views(self, most: int, idle: float | None = None) -> None:
        """End the views that were not used for longest, or not for ``idle`` seconds."""
        by_use = sorted(self._views, key=lambda right: -self._views[right].used)
        for place, right in enumerate(by_use):
            view = self._views[right]
            if place >= most or (idle is not None and time.monotonic() - view.used > idle):
                del self._views[right]
                self._retire(view.site.readers)

    def _retire(self, readers: Readers) -> None:
        """End readers when the requests that may still ask them are over."""
        async def end() -> None:
            await asyncio.sleep(self._settings.query_seconds + 5)
            await readers.close()
            self._retired.discard(readers)

        self._retired.add(readers)
        self._begin(end())

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(IDLE_SECONDS / 10)
            self._end_views(MOST_VIEWS, IDLE_SECONDS)

    # What is written -------------------------------------------------------------------------------------------------

    async def _catch_up(self) -> bool:
        """Hand the readers what the journal has beyond the generation; whether it is known without the writer."""
        folder = self._settings.journal_folder()
        try:
            number = Journal(folder).head if folder else 0
        except UserError:
            return False  # the writer will tell what is wrong with the journal
        generation = self.site.generation
        if number <= generation.journal:
            return True
        async with self._order:
            public = None if self._stated.is_set() else await asyncio.to_thread(kept, self._store, generation, number)
            if public is not None:
                await self._advance(public, Patch(), number)
        return public is not None

    async def _follow(self) -> None:
        """Hear of writes until the end; a writer that is away is looked for again."""
        while True:
            try:
                async with client.subscribed(self._store) as (news, confirm):
                    async for header, body in news:
                        async with asyncio.timeout(_TAKE_IN_SECONDS):
                            await self._hear(header, *messages.patches_of(header, body))
                        await confirm(header)
            except TimeoutError:
                _log.error("the readers do not take in what was written: this worker ends, another takes its place")
                signal.raise_signal(signal.SIGTERM)
                return
            except OSError:
                pass  # the writer is away
            except Exception:
                _log.exception("news of the writer could not be taken in")
                await asyncio.sleep(_AFTER_FAILURE_SECONDS)
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _hear(self, header: Header, public: Patch, hidden: Patch) -> None:
        async with self._order:
            if header["event"] == messages.PATCH:
                await self._advance(public, hidden, header["number"])
            elif header["fingerprint"] != self.site.generation.fingerprint:
                await self._go_over(header, public, hidden)
            else:
                then = Patch(self._hidden)
                await self._advance(_step(self._since, public), _step(then, hidden), header["number"])
            self._stated.set()

    async def _advance(self, public: Patch, hidden: Patch, number: int) -> None:
        """Hand what changed to the readers; when all have it the sites are those of the new state."""
        work = [self._hand_over(pool, public) for pool in self._public_pools()]
        for view in self._views.values():
            visible = Patch(self._visible(view.author, hidden.added), self._visible(view.author, hidden.removed))
            work.append(self._hand_over(view.site.readers, joined(public, visible)))
        await asyncio.gather(*work)
        self._since = joined(self._since, public)
        self._hidden = (self._hidden - hidden.removed) | hidden.added
        if number != self.site.number or public or hidden:
            touched = Touched.by([*public.added, *public.removed])
            self.site = self.site.at(number, touched)
            for view in self._views.values():
                own = Touched.by(self._visible(view.author, [*hidden.added, *hidden.removed]))
                view.site = view.site.at(number, touched | own)

    async def _hand_over(self, readers: Readers, patch: Patch) -> None:
        if patch:
            self._steps += 1
            await readers.apply(patch.added, patch.removed, self._steps)

    async def _go_over(self, header: Header, public: Patch, hidden: Patch) -> None:
        """Serve a new generation: its readers load it while the old ones go on."""
        generation = Generation(header["fingerprint"], Path(header["folder"]), header["built"])
        readers, callers = Readers(generation.nquads, Limits.of(self._settings)), federation.callers(self._settings, generation)
        pools = [pool for pool in (readers, callers) if pool]
        try:
            for pool in pools:
                await pool.start()
                await self._hand_over(pool, public)
        except BaseException:
            await asyncio.shield(asyncio.gather(*(pool.close() for pool in pools)))
            raise
        old, before = self._public_pools(), self.site
        self._since, self._hidden = public, hidden.added
        self.site = Site(self._settings, generation, readers, before.union, before.tokens, header["number"], "", self, callers,
                         Touched.by([*public.added, *public.removed]))
        self._end_views(0)
        for pool in old:
            self._retire(pool)

    def _begin(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _step(before: Patch, after: Patch) -> Patch:
    """What leads from one difference to the generation to another."""
    return Patch.of((after.added - before.added) | (before.removed - after.removed),
                    (after.removed - before.removed) | (before.added - after.added))

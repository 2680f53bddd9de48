"""The reader processes of one generation: queries run where they can be stopped, never in the process that serves.

``await readers.run(Request(text))`` gives a :class:`Response` or raises a :class:`~pactgraph.errors.UserError` whose
key is one of :data:`REFUSALS`. Ordinary queries share ``workers`` processes. A query that takes longer than
``slow_after`` seconds leaves them: its process yields the processor to the others and a fresh one takes its place, so
long queries cannot keep short ones waiting; at most ``slow`` long queries run, a further one is refused as busy.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from pactgraph.errors import UserError, fail
from pactgraph.namespaces import PREFIXES
from pactgraph.settings import Settings
from pactgraph.store import wire
from pactgraph.store.crew import Crew, Worker
from pactgraph.store.tally import Tally

REFUSALS = {
    "syntax": "query-syntax",
    "service": "query-service",
    "graph": "query-graph",
    "format": "query-format",
    "bytes": "query-bytes",
    "memory": "query-memory",
    "time": "query-time",
    "busy": "query-busy",
    "engine": "query-engine",
    "deep": "query-deep",
    "load": "update-load",
    "using": "update-using",
    "unclear": "update-unclear",
    "graph-missing": "update-graph-missing",
    "graph-exists": "update-graph-exists",
}
"""Why a query or an update gets no answer, and the message that says so."""

Question = asyncio.Future[tuple[wire.Header, bytes]]


@dataclass(frozen=True)
class Limits:
    """What a query may take: seconds from its arrival, bytes of memory and of result; and how many run at once."""

    seconds: float = 10.0
    memory: int = 1_500_000_000
    max_bytes: int = 50_000_000
    workers: int = 2
    slow: int = 4
    slow_after: float = 0.25

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that the settings set; twice as many long queries run as ordinary ones."""
        return cls(settings.query_seconds, settings.query_memory, settings.query_bytes, settings.workers,
                   2 * settings.workers)


@dataclass(frozen=True)
class Request:
    """A query. ``solutions`` and ``graph`` name the format for either kind of result; None: that kind is refused.

    ``union``: the default graph is the union of all graphs, unless the query or ``default_graphs`` and
    ``named_graphs`` (IRIs) choose the dataset. ``tidy`` sorts the triples of a small graph.
    """

    query: str
    solutions: str | None = "json"
    graph: str | None = "turtle"
    union: bool = True
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None
    tidy: bool = False
    prefixes: dict[str, str] = field(default_factory=lambda: PREFIXES, compare=False)


@dataclass(frozen=True)
class TryUpdate:
    """A SPARQL update to be tried. ``using`` and ``using_named`` are the protocol's parameters (IRIs).

    ``union``: the default graph is the union of all graphs.
    """

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    union: bool = True
    base: str | None = None


@dataclass(frozen=True)
class Delta:
    """What an update would change: quads added and removed, named graphs that would begin and cease to be."""

    added: frozenset[ox.Quad]
    removed: frozenset[ox.Quad]
    created: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True)
class Response:
    """A complete answer: its bytes, its kind (``solutions``, ``boolean`` or ``graph``) and its format's name."""

    body: bytes
    kind: str
    format: str


class Readers:
    """The pool. Made anywhere (the processes start at once); :meth:`start`, :meth:`run`, :meth:`close` in one loop."""

    def __init__(self, graph: Path, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._crew = Crew(graph, self.limits.memory, self.limits.workers)
        self._slow = 0

    @property
    def tally(self) -> Tally:
        """Who hears of queries and lost processes."""
        return self._crew.tally

    @tally.setter
    def tally(self, tally: Tally) -> None:
        self._crew.tally = tally

    @property
    def triples(self) -> int:
        """How many statements the generation holds."""
        return self._crew.triples

    async def start(self) -> None:
        """Wait until the graph is loaded. A graph that cannot be read raises a UserError."""
        await self._crew.start()

    async def close(self) -> None:
        """End all processes."""
        await self._crew.close()

    async def run(self, request: Request) -> Response:
        """Run a query. Cancelling this ends the query's process."""
        with self.tally.query():
            header, body = await self._ask(self._header(request), request.query)
        return Response(body, header["kind"], header["format"])

    async def try_update(self, update: TryUpdate) -> Delta:
        """What an update would change, found on a copy that is thrown away; the limits are those of a query."""
        asked = {"update": True, "union": update.union, "default_graphs": update.using,
                 "named_graphs": update.using_named, "base": update.base, "max_bytes": self.limits.max_bytes}
        with self.tally.query():
            header, body = await self._ask(asked, update.text)
        parts = body[: header["added"]], body[header["added"] :]
        added, removed = (frozenset(ox.parse(part, format=ox.RdfFormat.N_QUADS)) for part in parts)
        return Delta(added, removed, tuple(header["created"]), tuple(header["dropped"]))

    @property
    def revision(self) -> int:
        """The number of the last patch that the readers have."""
        return self._crew.revision

    async def apply(self, added: Iterable[ox.Quad], removed: Iterable[ox.Quad], revision: int) -> None:
        """Change the graph: queries that begin after this has returned see the change, those that run do not.

        ``revision`` grows from patch to patch; one that was applied before is not applied again.
        """
        await self._crew.apply(revision, wire.patch_bytes(added, removed))

    async def _ask(self, asked: wire.Header, text: str) -> tuple[wire.Header, bytes]:
        """Put a question to a free worker."""
        deadline = asyncio.get_running_loop().time() + self.limits.seconds
        try:
            async with asyncio.timeout_at(deadline):
                worker = await self._crew.take()
        except TimeoutError:
            raise self._refused("busy") from None
        question = asyncio.ensure_future(wire.exchange(worker.line, asked, text.encode()))
        keep = False
        try:
            header, body = await self._answer(worker, question, deadline)
            keep = not (worker.slow or header.get("retire"))
        finally:
            if worker.slow:
                self._slow -= 1
                self.tally.slow_ended()
            self._release(worker, question, keep)
        if "error" in header:
            raise self._refused(header["error"], header["reason"])
        return header, body

    async def _answer(self, worker: Worker, question: Question, deadline: float) -> tuple[wire.Header, bytes]:
        def left() -> float:
            return max(0.0, deadline - asyncio.get_running_loop().time())

        done, _ = await asyncio.wait({question}, timeout=min(self.limits.slow_after, left()))
        if not done and left():
            self._slow_down(worker)
            done, _ = await asyncio.wait({question}, timeout=left())
        if not done:
            raise self._refused("time")
        try:
            return question.result()
        except OSError:
            raise self._refused(_cause(await worker.how_it_ended())) from None

    def _release(self, worker: Worker, question: Question, keep: bool) -> None:
        if keep:
            self._crew.give_back(worker)
        else:
            # The line may be closed only after the event loop has stopped watching it.
            question.add_done_callback(lambda _: self._crew.discard(worker))
            question.cancel()

    def _slow_down(self, worker: Worker) -> None:
        """Take a worker out of the ordinary ones; too many slow queries are refused."""
        if self._slow >= self.limits.slow:
            raise self._refused("busy")
        self._slow += 1
        self.tally.slow_began()
        self._crew.set_apart(worker)

    def _header(self, request: Request) -> wire.Header:
        return {
            "solutions": request.solutions,
            "graph": request.graph,
            "union": request.union,
            "default_graphs": request.default_graphs,
            "named_graphs": request.named_graphs,
            "base": request.base,
            "tidy": request.tidy,
            "prefixes": request.prefixes,
            "max_bytes": self.limits.max_bytes,
        }

    def _refused(self, code: str, reason: str = "") -> UserError:
        limits = self.limits
        return fail(REFUSALS[code], reason=reason, seconds=f"{limits.seconds:g}", bytes=limits.max_bytes,
                    memory=limits.memory)


def _cause(ended_by: int) -> str:
    """Why a worker that nobody stopped ended: it was refused memory (it aborts, or the system ends it) or stack."""
    if ended_by in (signal.SIGABRT, signal.SIGKILL):
        return "memory"
    return "deep" if ended_by == signal.SIGSEGV else "engine"

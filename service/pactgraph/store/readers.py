"""The reader processes of one generation: queries run where they can be stopped, never in the process that serves.

``await readers.run(Request(text))`` gives a :class:`Response` or raises a :class:`~pactgraph.errors.UserError` whose
key is one of :data:`REFUSALS`. Ordinary queries share ``workers`` processes. A query that takes longer than
``slow_after`` seconds (of processor time) leaves them: its process yields the processor to the others and a fresh one
takes its place, so long queries cannot keep short ones waiting; at most ``slow`` long queries run, a further one is
refused as busy.
"""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from pactgraph.errors import UserError, fail
from pactgraph.namespaces import PREFIXES
from pactgraph.settings import Settings
from pactgraph.store import wire
from pactgraph.store.crew import Crew, Worker
from pactgraph.store.line import Answer
from pactgraph.store.meter import metered
from pactgraph.store.tally import Tally

REFUSALS = {
    "syntax": "query-syntax",
    "service": "query-service",
    "graph": "query-graph",
    "format": "query-format",
    "bytes": "query-bytes",
    "rows": "query-rows",
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

_BUSY_MACHINE = 6
"""How many times longer an ordinary query may take where others keep the processors busy."""
_LOOK_AGAIN = 0.05


@dataclass(frozen=True)
class Limits:
    """What a query may take: seconds from its arrival, bytes of memory and of result, rows (or triples) of result;
    and how many run at once."""

    seconds: float = 10.0
    memory: int = 1_500_000_000
    max_bytes: int = 50_000_000
    workers: int = 2
    slow: int = 4
    slow_after: float = 0.25
    max_rows: int = 1_000_000

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """The limits that the settings set; twice as many long queries run as ordinary ones."""
        return cls(settings.query_seconds, settings.query_memory, settings.query_bytes, settings.workers,
                   2 * settings.workers, max_rows=settings.query_rows)


@dataclass(frozen=True)
class Request:
    """A query. ``solutions`` and ``graph`` name the format for either kind of result; None: that kind is refused.

    ``union``: the default graph is the union of all graphs, unless the query or ``default_graphs`` and
    ``named_graphs`` (IRIs) choose the dataset. ``tidy`` sorts the triples of a small graph. ``max_bytes``: a smaller
    limit than the pool's.
    """

    query: str
    solutions: str | None = "json"
    graph: str | None = "turtle"
    union: bool = True
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None
    tidy: bool = False
    max_bytes: int | None = None


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
    """The pool. Made anywhere (the processes start at once); :meth:`start`, :meth:`run`, :meth:`close` in one loop.

    ``endpoints``: the addresses that SERVICE may call; without any the processes leave the network.
    """

    def __init__(self, graph: Path, limits: Limits | None = None, endpoints: Sequence[str] = ()) -> None:
        self.limits = limits or Limits()
        self._crew = Crew(graph, self.limits.memory, self.limits.workers, endpoints)
        self._slow = 0
        self._late = 0

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
        """Run a query, counted for its client (:mod:`pactgraph.store.meter`). Cancelling this ends its process."""
        with self.tally.query():
            header, body = await self._ask(self._header(request), request.query)
        return Response(body, header["kind"], header["format"])

    async def try_update(self, update: TryUpdate) -> Delta:
        """What an update would change, found on a copy that is thrown away; the limits are those of a query."""
        asked = {"update": True, "union": update.union, "default_graphs": update.using,
                 "named_graphs": update.using_named, "base": update.base, "max_bytes": self.limits.max_bytes}
        with self.tally.query():
            header, body = await self._ask(json.dumps(asked).encode(), update.text)
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

    async def _ask(self, asked: bytes, text: str) -> tuple[wire.Header, bytes]:
        """Put a question, a header in JSON and a text, to a free worker."""
        deadline = asyncio.get_running_loop().time() + self.limits.seconds
        worker = self._crew.take_at_once() or await self._wait_for_worker(deadline)
        with metered(otherwise=lambda: self._crew.give_back(worker)):
            return await self._ask_of(worker, asked, text, deadline)

    async def _ask_of(self, worker: Worker, asked: bytes, text: str, deadline: float) -> tuple[wire.Header, bytes]:
        question = worker.line.ask(wire.frame(asked, text.encode()))
        keep = False
        try:
            header, body = await self._answer(worker, question, deadline)
            keep = not (worker.slow or worker.replaced or header.get("retire"))
            worker.spent = header.get("spent", 0.0)
        finally:
            if worker.late:
                self._late -= 1
            if worker.slow:
                self._slow -= 1
                self.tally.slow_ended()
            if keep:
                self._crew.give_back(worker)
            else:
                self._crew.discard(worker)
        if "error" in header:
            raise self._refused(header["error"], header["reason"])
        return header, body

    async def _wait_for_worker(self, deadline: float) -> Worker:
        try:
            async with asyncio.timeout_at(deadline):
                return await self._crew.take()
        except TimeoutError:
            raise self._refused("busy") from None

    async def _answer(self, worker: Worker, question: Answer, deadline: float) -> tuple[wire.Header, bytes]:
        loop = asyncio.get_running_loop()
        timers = [loop.call_at(deadline, self._refuse, question, "time")]
        if deadline > (slow := loop.time() + self.limits.slow_after):
            timers.append(loop.call_at(slow, self._is_late, worker, question))
        try:
            return await question
        except OSError:
            raise self._refused(_cause(await worker.how_it_ended())) from None
        finally:
            for one in timers:
                one.cancel()

    def _refuse(self, question: Answer, code: str) -> None:
        """Give up waiting for an answer."""
        if not question.done():
            question.set_exception(self._refused(code))

    def _is_late(self, worker: Worker, question: Answer) -> None:
        """Let a query go on that is late, perhaps only because others keep the processors busy.

        Until it has worked for long itself it goes on as it is, and another process does its part among the ordinary.
        """
        if question.done():
            return
        if self._late >= self.limits.workers or worker.worked() >= self.limits.slow_after:
            return self._slow_down(worker, question)
        self._late += 1
        worker.late = True
        self._crew.replace(worker)
        self._watch(worker, question, asyncio.get_running_loop().time() + (_BUSY_MACHINE - 1) * self.limits.slow_after)

    def _watch(self, worker: Worker, question: Answer, end: float) -> None:
        """Look at a late query until it was answered, has worked for long, or ``end``."""
        if question.done():
            return
        loop = asyncio.get_running_loop()
        more = self.limits.slow_after - worker.worked()
        if more <= 0 or loop.time() >= end:
            self._late -= 1
            worker.late = False
            self._slow_down(worker, question)
        else:
            loop.call_later(max(more, _LOOK_AGAIN), self._watch, worker, question, end)

    def _slow_down(self, worker: Worker, question: Answer) -> None:
        """Take a worker out of the ordinary ones; too many slow queries are refused."""
        if question.done():
            return
        if self._slow >= self.limits.slow:
            return self._refuse(question, "busy")
        self._slow += 1
        self.tally.slow_began()
        self._crew.set_apart(worker)

    def _header(self, request: Request) -> bytes:
        limits = self.limits
        return _header(min(limits.max_bytes, request.max_bytes or limits.max_bytes), limits.max_rows, request.solutions,
                       request.graph, request.union, request.default_graphs, request.named_graphs, request.base, request.tidy)

    def _refused(self, code: str, reason: str = "") -> UserError:
        limits = self.limits
        return fail(REFUSALS[code], reason=reason, seconds=f"{limits.seconds:g}", bytes=limits.max_bytes,
                    memory=limits.memory, rows=limits.max_rows)


@lru_cache(maxsize=64)
def _header(max_bytes: int, max_rows: int, solutions: str | None, graph: str | None, union: bool,
            default_graphs: tuple[str, ...], named_graphs: tuple[str, ...], base: str | None, tidy: bool) -> bytes:
    """What a worker has to know beside the query, in JSON. The same for most questions, so it is kept."""
    return json.dumps({
        "solutions": solutions,
        "graph": graph,
        "union": union,
        "default_graphs": default_graphs,
        "named_graphs": named_graphs,
        "base": base,
        "tidy": tidy,
        "prefixes": PREFIXES,
        "max_bytes": max_bytes,
        "max_rows": max_rows,
    }).encode()


def _cause(ended_by: int) -> str:
    """Why a worker that nobody stopped ended: it was refused memory (it aborts, or the system ends it) or stack."""
    if ended_by in (signal.SIGABRT, signal.SIGKILL):
        return "memory"
    return "deep" if ended_by == signal.SIGSEGV else "engine"

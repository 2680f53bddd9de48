"""The reader processes of one generation: queries run where they can be stopped, never in the process that serves.

``await readers.run(Request(text))`` gives a :class:`Response` or raises a :class:`~pactgraph.errors.UserError` whose
key is one of :data:`REFUSALS`. Ordinary queries share ``workers`` processes. A query that takes longer than
``slow_after`` seconds (of processor time) leaves them: its process yields the processor to the others and a fresh one
takes its place, so long queries cannot keep short ones waiting; at most ``slow`` long queries run, a further one is
refused as busy.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pactgraph.errors import UserError, fail
from pactgraph.namespaces import PREFIXES
from pactgraph.settings import Settings
from pactgraph.store import wire
from pactgraph.store.crew import Crew, Worker
from pactgraph.store.meter import metered

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
}
"""Why a query gets no answer, and the message that says so."""

_BUSY_MACHINE = 6
"""How many times longer an ordinary query may take where others keep the processors busy."""
Question = asyncio.Future[tuple[wire.Header, bytes]]


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
    prefixes: dict[str, str] = field(default_factory=lambda: PREFIXES, compare=False)


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
        deadline = asyncio.get_running_loop().time() + self.limits.seconds
        try:
            async with asyncio.timeout_at(deadline):
                worker = await self._crew.take()
        except TimeoutError:
            raise self._refused("busy") from None
        with metered(otherwise=lambda: self._crew.give_back(worker)):
            return await self._run(worker, request, deadline)

    async def _run(self, worker: Worker, request: Request, deadline: float) -> Response:
        question = asyncio.ensure_future(wire.exchange(worker.line, self._header(request), request.query.encode()))
        keep = False
        try:
            header, body = await self._answer(worker, question, deadline)
            keep = not (worker.slow or worker.replaced or header.get("retire"))
            worker.spent = header.get("spent", 0.0)
        finally:
            self._slow -= worker.slow
            self._release(worker, question, keep)
        if "error" in header:
            raise self._refused(header["error"], header["reason"])
        return Response(body, header["kind"], header["format"])

    async def _answer(self, worker: Worker, question: Question, deadline: float) -> tuple[wire.Header, bytes]:
        def left() -> float:
            return max(0.0, deadline - asyncio.get_running_loop().time())

        done = bool((await asyncio.wait({question}, timeout=min(self.limits.slow_after, left())))[0])
        done = done or await self._on_probation(worker, question, left)
        if not done and left():
            self._slow_down(worker)
            done = bool((await asyncio.wait({question}, timeout=left()))[0])
        if not done:
            raise self._refused("time")
        try:
            return question.result()
        except OSError:
            raise self._refused(_cause(await worker.how_it_ended())) from None

    async def _on_probation(self, worker: Worker, question: Question, left: Callable[[], float]) -> bool:
        """Wait for a query that is late, perhaps only because others keep the processors busy; whether it was answered.

        Until it has worked for long itself it goes on as it is, and another process does its part among the ordinary.
        """
        if self._late >= self.limits.workers or worker.worked() >= self.limits.slow_after:
            return False
        self._late += 1
        self._crew.replace(worker)
        end = left() - _BUSY_MACHINE * self.limits.slow_after
        try:
            while left() > max(end, 0.0) and (more := self.limits.slow_after - worker.worked()) > 0:
                if (await asyncio.wait({question}, timeout=min(max(more, 0.05), left())))[0]:
                    return True
            return False
        finally:
            self._late -= 1

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
            "max_bytes": min(self.limits.max_bytes, request.max_bytes or self.limits.max_bytes),
            "max_rows": self.limits.max_rows,
        }

    def _refused(self, code: str, reason: str = "") -> UserError:
        limits = self.limits
        return fail(REFUSALS[code], reason=reason, seconds=f"{limits.seconds:g}", bytes=limits.max_bytes,
                    memory=limits.memory, rows=limits.max_rows)


def _cause(ended_by: int) -> str:
    """Why a worker that nobody stopped ended: it was refused memory (it aborts, or the system ends it) or stack."""
    if ended_by in (signal.SIGABRT, signal.SIGKILL):
        return "memory"
    return "deep" if ended_by == signal.SIGSEGV else "engine"

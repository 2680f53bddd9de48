"""The pool's side of the reader processes: starts their keeper, knows which workers are free, replaces the lost."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import math
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.store import wire
from pactgraph.store.line import Line

_PACKAGES = Path(__file__).resolve().parents[2]
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TZ")
_ALLOCATOR = "glibc.malloc.tcache_count=1000"
"""The engine asks for many small pieces of memory: more of them are kept at hand than the 7 of each size that glibc keeps."""
_RESTART_SECONDS = 1.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Worker:
    """A reader process, known by a number; ``slow`` once its query left the ordinary ones.

    ``spent``: the seconds of processor time that it had taken when it gave its last answer. ``old`` once something was
    written that its copy of the graph does not have.
    """

    def __init__(self, number: int, pid: int, line: Line) -> None:
        self.number = number
        self.pid = pid
        self.line = line
        self.slow = False
        self.busy = False
        self.gone = False
        self.replaced = False
        self.old = False
        self.spent = 0.0
        self._ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def worked(self) -> float:
        """The seconds of processor time since its last answer; without end where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / _TICKS - self.spent
        except (OSError, ValueError, IndexError):
            return math.inf

    def has_ended(self, by: int) -> None:
        """Note that the process ended, and by which signal (0: of itself)."""
        self.gone = True
        if not self._ended.done():
            self._ended.set_result(by)

    async def how_it_ended(self) -> int:
        """The signal that ended the process; 0 where that is not known within a second."""
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(self._ended), 1.0)
        return 0


class Crew:
    """The workers of one graph and their keeper."""

    def __init__(self, graph: Path, memory: int, size: int, endpoints: Sequence[str] = ()) -> None:
        self.triples = 0
        self.revision = 0
        self._patches: dict[int, bytes] = {}
        self._applied: dict[int, asyncio.Future[None]] = {}
        self._outbox = bytearray()
        self._graph = graph
        self._memory = memory
        self._size = size
        self._endpoints = endpoints
        self._numbers = itertools.count(1)
        self._workers: dict[int, Worker] = {}
        self._free: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._waiting = 0
        self._ready: asyncio.Future[None] | None = None
        self._restart: asyncio.Task[None] | None = None
        self._closing = False
        self._spawn()

    def _spawn(self) -> None:
        """Start a keeper: a fresh interpreter that knows nothing of this process but the control line."""
        self._control, theirs = socket.socketpair()
        self._control.setblocking(False)
        self._outbox.clear()
        self._buffer = b""
        self._files: list[int] = []
        environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
        environment["GLIBC_TUNABLES"] = _ALLOCATOR
        environment["PYTHONPATH"] = os.pathsep.join([str(_PACKAGES), *filter(None, sys.path)])
        with theirs:
            self._keeper = subprocess.Popen(
                [sys.executable, "-P", "-m", "pactgraph.store.keeper", str(theirs.fileno()), str(self._graph),
                 str(self._memory), *self._endpoints],
                env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                stderr=subprocess.PIPE, start_new_session=True,
            )

    async def start(self) -> None:
        """Wait until the keeper has loaded the graph and the first workers are asked for."""
        loop = asyncio.get_running_loop()
        self._ready = loop.create_future()
        loop.add_reader(self._control, self._on_control)
        await self._ready

    async def close(self) -> None:
        """End the keeper and with it all workers."""
        self._closing = True
        if self._restart:
            self._restart.cancel()
        self._let_go()
        for worker in self._workers.values():
            worker.line.close()
        await asyncio.to_thread(_wait_for_end, self._keeper)

    def take_at_once(self) -> Worker | None:
        """A free worker; None where there is none, or where others wait for one."""
        while not self._waiting and not self._free.empty():
            worker = self._free.get_nowait()
            if not (worker.gone or worker.old):
                worker.busy = True
                return worker
        return None

    async def take(self) -> Worker:
        """A free worker; waits for one."""
        self._waiting += 1
        try:
            worker = await self._free.get()
            while worker.gone or worker.old:
                worker = await self._free.get()
        finally:
            self._waiting -= 1
        worker.busy = True
        return worker

    def give_back(self, worker: Worker) -> None:
        """Say that a worker is free again."""
        worker.busy = False
        if worker.old:
            self.discard(worker)
        else:
            self._free.put_nowait(worker)

    async def apply(self, revision: int, patch: bytes) -> None:
        """Give the keeper a patch; returns when no query begins any more on a copy without it.

        The patches are kept for a keeper that must be started again. One that was applied before is not applied again.
        """
        if revision > max(self._patches, default=self.revision):
            self._patches[revision] = patch
            self._applied[revision] = asyncio.get_running_loop().create_future()
            if self._is_ready():
                self._hand_over(revision, patch)
                self._fork_all()
        if revision in self._applied:
            await asyncio.shield(self._applied[revision])

    def _hand_over(self, revision: int, patch: bytes) -> None:
        self._send(wire.signal_bytes(wire.PATCH, revision, len(patch)) + patch)

    def _fork_all(self) -> None:
        for _ in range(self._size):
            self._signal(wire.FORK, next(self._numbers))

    def _is_ready(self) -> bool:
        return self._ready is not None and self._ready.done() and self._control.fileno() >= 0

    def _has_applied(self, revision: int) -> None:
        """Workers forked before the patch are old; those that took their place are on their way."""
        self.revision = max(revision, self.revision)
        for worker in list(self._workers.values()):
            if not worker.old:
                worker.old = worker.replaced = True
                if not worker.busy:
                    self.discard(worker)
        waiting = self._applied.pop(revision, None)
        if waiting and not waiting.done():
            waiting.set_result(None)

    def set_apart(self, worker: Worker) -> None:
        """Let a worker yield the processor to the ordinary ones, and put a new one in its place among them."""
        worker.slow = True
        self._signal(wire.NICE, worker.number)
        self.replace(worker)

    def discard(self, worker: Worker) -> None:
        """End a worker; one that was not replaced yet is replaced at once."""
        worker.line.close()
        self._signal(wire.KILL, worker.number)
        worker.gone = True
        self.replace(worker)

    def replace(self, worker: Worker) -> None:
        """Put a new worker in the place of one that is still at work, or that ended."""
        if not worker.replaced and not self._closing:
            worker.replaced = True
            if not self._applied:  # with a patch that is under way fresh workers are
                self._signal(wire.FORK, next(self._numbers))

    def _signal(self, kind: bytes, number: int) -> None:
        self._send(wire.signal_bytes(kind, number))

    def _send(self, data: bytes) -> None:
        """Send to the keeper, in order; what it does not take at once is sent when it does."""
        self._outbox += data
        if len(self._outbox) == len(data):
            self._flush()

    def _flush(self) -> None:
        # A keeper that has gone is noticed by the reading side, which starts another.
        with contextlib.suppress(OSError):
            try:
                while self._outbox:
                    del self._outbox[: self._control.send(self._outbox)]
            except BlockingIOError:
                asyncio.get_running_loop().add_writer(self._control, self._flush)
                return
        self._outbox.clear()
        if self._control.fileno() >= 0:
            asyncio.get_running_loop().remove_writer(self._control)

    def _on_control(self) -> None:
        try:
            while True:
                data, files, _, _ = socket.recv_fds(self._control, wire.SIGNAL_BYTES - len(self._buffer), 1)
                self._files += files
                self._buffer += data
                if not data:
                    return self._keeper_gone()
                if len(self._buffer) == wire.SIGNAL_BYTES:
                    complete, self._buffer = self._buffer, b""
                    self._understand(*wire.read_signal(complete))
        except BlockingIOError:
            return
        except OSError:
            self._keeper_gone()

    def _understand(self, kind: bytes, number: int, value: int, status: int) -> None:
        if kind == wire.READY and self._ready:
            self.triples = value
            for revision, patch in self._patches.items():
                self._hand_over(revision, patch)
            self._fork_all()
            self._ready.set_result(None)
        elif kind == wire.APPLIED:
            self.triples = value
            self._has_applied(number)
        elif kind == wire.WORKER:
            line = Line(socket.socket(fileno=self._files.pop()))
            worker = self._workers[number] = Worker(number, value, line)
            self._free.put_nowait(worker)
        elif kind == wire.DIED and number in self._workers:
            worker = self._workers.pop(number)
            worker.has_ended(status)
            if not worker.busy:
                worker.line.close()
                self.replace(worker)

    def _keeper_gone(self) -> None:
        """The keeper ended: at the start that is an error, later another one is started."""
        self._let_go()
        for worker in self._workers.values():
            worker.replaced = True
            worker.has_ended(0)
            if not worker.busy:
                worker.line.close()
        self._workers.clear()
        if self._ready and not self._ready.done():
            self._ready.set_exception(fail("store-unreadable", file=str(self._graph), reason=self._complaint()))
        elif not self._closing:
            self._restart = asyncio.get_running_loop().create_task(self._start_again())

    def _complaint(self) -> str:
        """What a keeper that could not load the graph wrote last."""
        text = self._keeper.stderr.read().decode(errors="replace").strip() if self._keeper.stderr else ""
        return text.rpartition("\n")[2] or "the reader process ended"

    def _let_go(self) -> None:
        if self._control.fileno() >= 0:
            with contextlib.suppress(RuntimeError):
                asyncio.get_running_loop().remove_reader(self._control)
                asyncio.get_running_loop().remove_writer(self._control)
            self._control.close()

    async def _start_again(self) -> None:
        while True:
            await asyncio.to_thread(_wait_for_end, self._keeper)
            await asyncio.sleep(_RESTART_SECONDS)
            self._spawn()
            with contextlib.suppress(Exception):
                return await self.start()


def _wait_for_end(process: subprocess.Popen[bytes]) -> None:
    """Wait until a process has ended. Closing may meet a restart that waits for the same one: its words are read once."""
    with contextlib.suppress(ValueError):
        process.communicate()
    process.wait()

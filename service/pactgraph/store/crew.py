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

_PACKAGES = Path(__file__).resolve().parents[2]
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TZ")
_RESTART_SECONDS = 1.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Worker:
    """A reader process, known by a number; ``slow`` once its query left the ordinary ones.

    ``spent``: the seconds of processor time that it had taken when it gave its last answer.
    """

    def __init__(self, number: int, pid: int, line: socket.socket) -> None:
        self.number = number
        self.pid = pid
        self.line = line
        self.slow = False
        self.busy = False
        self.gone = False
        self.replaced = False
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
        self._graph = graph
        self._memory = memory
        self._size = size
        self._endpoints = endpoints
        self._numbers = itertools.count(1)
        self._workers: dict[int, Worker] = {}
        self._free: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._ready: asyncio.Future[None] | None = None
        self._restart: asyncio.Task[None] | None = None
        self._closing = False
        self._spawn()

    def _spawn(self) -> None:
        """Start a keeper: a fresh interpreter that knows nothing of this process but the control line."""
        self._control, theirs = socket.socketpair()
        self._control.setblocking(False)
        self._buffer = b""
        self._files: list[int] = []
        environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
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

    async def take(self) -> Worker:
        """A free worker; waits for one."""
        while True:
            worker = await self._free.get()
            if not worker.gone:
                worker.busy = True
                return worker

    def give_back(self, worker: Worker) -> None:
        """Say that a worker is free again."""
        worker.busy = False
        self._free.put_nowait(worker)

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
            self._signal(wire.FORK, next(self._numbers))

    def _signal(self, kind: bytes, number: int) -> None:
        # A keeper that has gone is noticed by the reading side, which starts another.
        with contextlib.suppress(OSError):
            self._control.send(wire.signal_bytes(kind, number))

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
            for _ in range(self._size):
                self._signal(wire.FORK, next(self._numbers))
            self._ready.set_result(None)
        elif kind == wire.WORKER:
            line = socket.socket(fileno=self._files.pop())
            line.setblocking(False)
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

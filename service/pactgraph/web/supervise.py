"""Watches the processes of a service: the web workers and the writer. One that ends is started again."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pactgraph import logs
from pactgraph.errors import UserError, fail
from pactgraph.texts import say

_PACKAGES = Path(__file__).resolve().parents[2]
_LONGEST_PAUSE = 5.0
_SETTLED_SECONDS = 10.0
_LAST_WRITE_SECONDS = 120.0


class Child:
    """A process that is to run: ``python -m module LINE arguments``, with some of our file descriptors."""

    def __init__(self, module: str, arguments: list[str], files: tuple[int, ...] = ()) -> None:
        self.module = module
        self._arguments = arguments
        self._files = files
        self.ready = False
        self.failures = 0
        self.begins = 0.0
        self._said = b""

    def start(self) -> None:
        """Start the process, in a session of its own: Ctrl-C on the terminal is for us."""
        self.line, theirs = socket.socketpair()
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(_PACKAGES), *filter(None, sys.path)])}
        self.begins, self._said, self.ready = time.monotonic(), b"", False
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", self.module, str(theirs.fileno()), *self._arguments],
                pass_fds=[theirs.fileno(), *self._files], env=environment, stdin=subprocess.DEVNULL, start_new_session=True)

    def hear(self) -> dict[str, Any] | None:
        """What the process says: that it is ready, or what is wrong. None where it said nothing whole; ends raise EOFError."""
        data = self.line.recv(65536)
        if not data:
            raise EOFError
        self._said += data
        said, found, self._said = self._said.rpartition(b"\n")
        return json.loads(said.splitlines()[-1]) if found else None

    def pause(self) -> float:
        """How long to wait before it is started again: longer from failure to failure."""
        self.failures = 0 if time.monotonic() - self.begins > _SETTLED_SECONDS else self.failures + 1
        return 0.0 if self.failures == 0 else min(0.1 * 2**self.failures, _LONGEST_PAUSE)

    def signal(self, number: int) -> None:
        """Send the process a signal."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)


class Supervisor:
    """Runs children until a signal; ``ready`` is called once, when all of ``needed`` are ready."""

    def __init__(self, needed: list[Child], others: list[Child], ready: Callable[[], None], lang: str) -> None:
        self._needed = needed
        self._children = [*others, *needed]
        self._ready: Callable[[], None] | None = ready
        self._lang = lang
        self._again: dict[Child, float] = {}
        self._selector = selectors.DefaultSelector()
        self._stopping = False

    def run(self, listener: socket.socket, grace: float) -> None:
        """Watch the children. What is wrong with one before the service is ready raises its UserError."""
        with _signals() as wake:
            self._selector.register(wake, selectors.EVENT_READ)
            try:
                for child in self._children:
                    self._start(child)
                while not self._stopping:
                    self._step(wake)
            finally:
                listener.close()
                self._stop(self._needed, grace + 5)
                self._stop(self._children, _LAST_WRITE_SECONDS)

    def _step(self, wake: socket.socket) -> None:
        pause = min((moment - time.monotonic() for moment in self._again.values()), default=None)
        for key, _ in self._selector.select(None if pause is None else max(0.0, pause)):
            if key.fileobj is wake:
                self._stopping |= any(number in (signal.SIGINT, signal.SIGTERM) for number in wake.recv(100))
            else:
                self._hear(key.data)
        for child in [child for child, moment in self._again.items() if moment <= time.monotonic()]:
            del self._again[child]
            self._start(child)

    def _start(self, child: Child) -> None:
        child.start()
        self._selector.register(child.line, selectors.EVENT_READ, child)

    def _hear(self, child: Child) -> None:
        try:
            said = child.hear()
        except (EOFError, OSError):
            return self._ended(child)
        if said and "error" in said:
            error = UserError(said["error"], said["values"], said["file"], said["line"], said["column"])
            if self._ready:
                raise error
            logs.tell(error.message(self._lang), "problem", module=child.module)
        elif said:
            child.ready = True
            if self._ready and all(needed.ready for needed in self._needed):
                ready, self._ready = self._ready, None
                ready()

    def _ended(self, child: Child) -> None:
        self._selector.unregister(child.line)
        child.line.close()
        status = _wait(child.process, 5)
        if self._ready and child in self._needed:
            raise fail("worker-ended", module=child.module, status=status)
        text = say("worker-restarts", self._lang, module=child.module, status=status)
        logs.tell(text, "restart", module=child.module, status=status)
        self._again[child] = time.monotonic() + child.pause()

    def _stop(self, children: list[Child], seconds: float) -> None:
        running = [child for child in children if hasattr(child, "process") and child.process.poll() is None]
        for child in running:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + seconds
        for child in running:
            _wait(child.process, deadline - time.monotonic())


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int:
    """Wait for the end of a process; one that takes too long is ended."""
    try:
        return process.wait(max(0.0, seconds))
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


@contextmanager
def _signals() -> Iterator[socket.socket]:
    """A socket that the numbers of SIGINT and SIGTERM arrive on; a second one of them ends the wait for an orderly end."""
    wake, end = socket.socketpair()
    for one in (wake, end):
        one.setblocking(False)
    with wake, end:
        known = {number: signal.signal(number, _noted) for number in (signal.SIGINT, signal.SIGTERM)}
        before = signal.set_wakeup_fd(end.fileno(), warn_on_full_buffer=False)
        try:
            yield wake
        finally:
            signal.set_wakeup_fd(before)
            for number, handler in known.items():
                signal.signal(number, handler)


def _noted(number: int, frame: object) -> None:
    """Nothing: the number arrives on the socket."""

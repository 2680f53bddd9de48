"""Holds one generation in memory and forks the workers that read it (``python -m pactgraph.store.keeper``).

A worker shares the copy, so it costs milliseconds and no second load. The keeper has no opinion: the pool
(:mod:`pactgraph.store.readers`) asks over the control line for a worker, for the end of one, or for a worker to
yield the processor to others; and it hands over what was written since: a patch changes the keeper's copy, and the
workers forked from then on have it, while those of before keep what they began with. The keeper ends, with its
workers, when the control line does.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from pactgraph.store import confine, wire, worker

_SLOW_NICE = 10
_FILES_OF_CALLERS = 64


def load(graph: Path) -> ox.Store:
    """The graph of a generation, in memory."""
    store = ox.Store()
    store.bulk_load(path=str(graph), format=ox.RdfFormat.N_QUADS)
    return store


def silence() -> None:
    """Send what this process prints to nowhere: an engine that runs out of memory prints before it ends."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)


class Keeper:
    """The workers of one graph, by the number that the pool gave them."""

    def __init__(self, store: ox.Store, control: socket.socket, memory: int, endpoints: Sequence[str] = ()) -> None:
        self._store = store
        self._control = control
        self._memory = memory
        self._triples = len(store)
        self._endpoints = endpoints
        self._numbers: dict[int, int] = {}
        self._wake, wake_end = socket.socketpair()
        for end in (self._wake, wake_end):
            end.setblocking(False)
        signal.set_wakeup_fd(wake_end.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._wake_end = wake_end

    def run(self) -> None:
        """Do what the control line asks until it closes."""
        selector = selectors.DefaultSelector()
        selector.register(self._control, selectors.EVENT_READ)
        selector.register(self._wake, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is self._wake:
                    self._wake.recv(4096)
                    self._bury()
                elif not self._obey():
                    return

    def _obey(self) -> bool:
        data = self._control.recv(wire.SIGNAL_BYTES, socket.MSG_WAITALL)
        if len(data) < wire.SIGNAL_BYTES:
            return False
        kind, number, size, _ = wire.read_signal(data)
        if kind == wire.PATCH:
            return self._apply(number, size)
        pid = next((pid for pid, known in self._numbers.items() if known == number), None)
        if kind == wire.FORK:
            self._fork(number)
        elif kind == wire.KILL and pid:
            os.kill(pid, signal.SIGKILL)
        elif kind == wire.NICE and pid:
            os.setpriority(os.PRIO_PROCESS, pid, _SLOW_NICE)
        return True

    def _apply(self, revision: int, size: int) -> bool:
        data = wire.read_exactly(self._control, size)
        if data is None:
            return False
        added, removed = wire.read_patch(data)
        for quad in removed:
            self._triples -= quad in self._store
            self._store.remove(quad)
        new = {quad for quad in added if quad not in self._store}
        self._store.extend(new)
        self._triples += len(new)
        gc.freeze()
        self._control.sendall(wire.signal_bytes(wire.APPLIED, revision, self._triples))
        return True

    def _fork(self, number: int) -> None:
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self._become_worker(theirs)
        theirs.close()
        self._numbers[pid] = number
        with ours:
            socket.send_fds(self._control, [wire.signal_bytes(wire.WORKER, number, pid)], [ours.fileno()])

    def _become_worker(self, line: socket.socket) -> None:
        """Be a worker until the end of the process; never returns into the keeper's loop."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            confine.die_with_parent()
            own = socket.socket(fileno=os.dup2(line.detach(), 3, inheritable=False))
            os.closerange(4, 65536)
            silence()
            confine.limit_memory(self._memory)
            confine.freeze_files(_FILES_OF_CALLERS if self._endpoints else 3)
            worker.serve(self._store, own, self._endpoints)
        finally:
            os._exit(0)

    def _bury(self) -> None:
        """Collect the workers that ended and tell the pool how."""
        while self._numbers:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            number = self._numbers.pop(pid)
            ended = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            self._control.sendall(wire.signal_bytes(wire.DIED, number, pid, ended))


def main(control_fd: str, graph: str, memory: str, *endpoints: str) -> None:
    """Load ``graph`` and serve the control line ``control_fd``; ``memory`` is what a query may take, in bytes.

    ``endpoints`` may be called by SERVICE; without any, these processes leave the network.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=int(control_fd))
    if not endpoints:
        confine.leave_network()
    try:
        store = load(Path(graph))
    except (OSError, ValueError, SyntaxError) as problem:
        sys.exit(str(problem))
    gc.freeze()
    control.sendall(wire.signal_bytes(wire.READY, 0, len(store)))
    Keeper(store, control, int(memory), endpoints).run()


if __name__ == "__main__":
    main(*sys.argv[1:])

"""A real service of an empty store that may be written to, with all its processes, as ``pactgraph serve`` starts them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from pactgraph.access.author import OPERATOR, Author
from pactgraph.settings import Settings
from pactgraph.writing import client
from pactgraph.writing.change import Change, Written

SERVICE = Path(__file__).parents[2] / "service"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s <http://e/p> ?o }"


def quad(number: int, graph: str | None = None) -> ox.Quad:
    """A statement of no meaning."""
    name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return ox.Quad(ox.NamedNode(f"http://e/s{number}"), ox.NamedNode("http://e/p"), ox.Literal(number), name)


def environment(store: Path, **settings: object) -> dict[str, str]:
    """The environment of commands on a store."""
    given = {"store": store, "host": "127.0.0.1", "port": 0, **settings}
    return os.environ | {"PYTHONPATH": str(SERVICE)} | {f"PACTGRAPH_{name.upper()}": str(value) for name, value in given.items()}


@dataclass
class Serving:
    """A running service; ``lines`` is what it says until it is ready."""

    store: Path
    process: subprocess.Popen[str]
    address: str = ""
    lines: list[str] = field(default_factory=list)
    _later: list[str] = field(default_factory=list)
    _listener: threading.Thread | None = None

    def listen(self) -> None:
        """Take what it says from now on, so that it never waits for somebody who reads it."""
        stream = self.process.stderr
        assert stream is not None
        self._listener = threading.Thread(target=lambda: self._later.extend(stream), daemon=True)
        self._listener.start()

    def said(self) -> str:
        """What it said since it was ready, when it has ended."""
        assert self._listener is not None
        self._listener.join(60)
        return "".join(self._later)

    def count(self, **headers: str) -> int:
        """How many statements of no meaning a query finds."""
        answer = httpx.get(self.address + "/sparql", params={"query": COUNT, "format": "csv"}, headers=headers, timeout=30)
        assert answer.status_code == 200, answer.text
        return int(answer.text.split()[1])

    def write(self, added: list[ox.Quad] = (), removed: list[ox.Quad] = (), author: Author = OPERATOR) -> Written:  # type: ignore[assignment]
        """Have something written, as a command would."""
        return asyncio.run(client.write(self.store, Change(author, frozenset(added), frozenset(removed), reason="a test")))

    def children(self, module: str) -> list[int]:
        """The process ids of the supervisor's children that run a module."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if not listed.exists():
            pytest.skip("looks at processes in /proc")
        found = []
        for pid in listed.read_text().split():
            with contextlib.suppress(OSError):
                if module in Path(f"/proc/{pid}/cmdline").read_text():
                    found.append(int(pid))
        return found

    def stop(self, by: int = signal.SIGTERM) -> int:
        """End it and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        return self.process.wait(60)


def wait_for(happens: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def written_there(store: Path) -> bool:
    """Whether the writer of a store answers."""
    return client.is_served(store)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Serving]]:
    """Starts services; the store is empty and keeps what was written from one start to the next."""
    with starter(tmp_path / "store") as begin:
        yield begin


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A service with two web workers for the tests of a file: what one of them ends comes back before the next."""
    with starter(tmp_path_factory.mktemp("shared") / "store") as begin:
        yield begin(web_workers=2, query_seconds=60)


@contextlib.contextmanager
def starter(usual: Path) -> Iterator[Callable[..., Serving]]:
    """Starts services, and ends them in the end."""
    running: list[Serving] = []

    def begin(store: Path | None = None, options: tuple[str, ...] = ("--empty",), **settings: object) -> Serving:
        store = store or usual
        process = subprocess.Popen([sys.executable, "-m", "pactgraph", "serve", *options], env=environment(store, **settings),
                                   stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        service = Serving(store, process)
        running.append(service)
        assert process.stderr is not None
        for line in process.stderr:
            service.lines.append(line)
            if "http://" in line:
                service.address = "http://" + line.split("http://")[1].split("/")[0]
                break
        assert service.address, service.lines
        service.listen()
        wait_for(lambda: written_there(store))
        return service

    yield begin
    for service in running:
        service.stop()


def settings_of(service: Serving) -> Settings:
    """The settings of a service's store."""
    return Settings(store=str(service.store))

"""A real service over a small graph: a process of its own, on a free port of the loopback interface."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from served import Served
from service_help import serving
from work_help import Person, person

HERE = Path(__file__).parent
SERVICE = HERE.parents[1] / "service"
PROGRAM = """
import sys
from pathlib import Path
from pactgraph.settings import Settings
from pactgraph.web.serve import run
run(Settings.from_environment(), Path(sys.argv[1]), union=sys.argv[2] == "union")
"""


@dataclass
class Service:
    """A running service: its address (no slash at the end) and its process."""

    address: str
    process: subprocess.Popen[str]
    said: str = ""
    """The line that tells where it listens."""

    def stop(self, by: int = signal.SIGTERM) -> int:
        """End it and return its exit code."""
        self.process.send_signal(by)
        return self.process.wait(60)

    def descendants(self) -> list[int]:
        """The process ids of its keeper and workers."""
        found = [self.process.pid]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children")
            if children.exists():
                found += [int(child) for child in children.read_text().split()]
        return found[1:]


def start(folder: Path, dataset: str = "union", **settings: object) -> Service:
    """Start a service over a generation's folder; ``settings`` go into the environment."""
    environment = os.environ | {
        "PYTHONPATH": str(SERVICE),
        "PACTGRAPH_HOST": "127.0.0.1",
        "PACTGRAPH_PORT": "0",
    } | {f"PACTGRAPH_{name.upper()}": str(value) for name, value in settings.items()}
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(folder), dataset], env=environment,
                               stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    assert "http://" in line, line + process.stderr.read()
    address = line.split("http://")[1].split("/")[0]
    return Service(f"http://{address}", process, line)


def many(number: int) -> Iterator[ox.Quad]:
    """Statements of no interest, enough of them that a cartesian product does not end."""
    graph = ox.NamedNode("http://example.org/many")
    for count in range(number):
        subject = ox.NamedNode(f"http://example.org/s{count}")
        yield ox.Quad(subject, ox.NamedNode(f"http://example.org/p{count % 7}"), ox.Literal(f"value {count}"), graph)


@pytest.fixture(scope="session")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a generation made of ``graph.trig`` and 2,000 more statements."""
    folder = tmp_path_factory.mktemp("web") / "generations" / "abc123"
    folder.mkdir(parents=True)
    quads = [*ox.parse(path=str(HERE / "graph.trig"), format=ox.RdfFormat.TRIG), *many(2000)]
    (folder / "graph.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    (folder / "summary.json").write_text(json.dumps({"articles": 2, "recommendations": 1, "tasks": 2, "gaps": 0}))
    return folder


@pytest.fixture(scope="session")
def service(generation: Path) -> Iterator[Service]:
    """A service with small limits: 1.5 s, 400 kB."""
    running = start(generation, query_seconds=1.5, query_bytes=400_000, query_memory=400_000_000)
    yield running
    running.stop()
    running.process.stderr.close()  # type: ignore[union-attr]


@pytest.fixture(scope="session")
def begin() -> Callable[..., Service]:
    """Starts a service like :func:`start`; whoever calls it ends the service."""
    return start


@pytest.fixture
def client(service: Service) -> Iterator[httpx.Client]:
    """A client of the service that does not follow redirects."""
    with httpx.Client(base_url=service.address, timeout=20) as opened:
        yield opened


@pytest.fixture
def starter() -> Iterator[Callable[..., Service]]:
    """Starts further services and ends them after the test."""
    running: list[Service] = []

    def begin(*arguments: object, **settings: object) -> Service:
        running.append(start(*arguments, **settings))  # type: ignore[arg-type]
        return running[-1]

    yield begin
    for one in running:
        if one.process.poll() is None:
            one.stop()
        one.process.stderr.close()  # type: ignore[union-attr]


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """``pactgraph serve`` over an empty store, whose default graph is a graph of its own that may be written."""
    running = Served(tmp_path_factory.mktemp("plain") / "store", "--empty", "--default-graph", "plain")
    yield running
    running.stop()


@pytest.fixture(scope="session")
def real(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """``pactgraph serve`` over a copy of the graph of Viet Nam, which the tests may write to."""
    store = tmp_path_factory.mktemp("real") / "store"
    shutil.copytree(built_store, store)
    running = Served(store)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def reading(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``pactgraph serve`` over a copy of the graph of Viet Nam, which nobody writes to."""
    with serving(Path(shutil.copytree(built_store, tmp_path_factory.mktemp("reading") / "store"))) as running:
        yield running.address


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address that somebody listens on, and what arrived there."""
    arrived: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            arrived.append(connection.recv(100))
            connection.close()

    threading.Thread(target=listen, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}", arrived
    server.close()


@pytest.fixture(scope="session")
def desk(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """``pactgraph serve`` with two web workers over a copy of the real graph, for the pages of work."""
    store = tmp_path_factory.mktemp("work") / "store"
    shutil.copytree(built_store, store)
    running = Served(store, web_workers=2)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def official(desk: Served) -> Person:
    """A contributor of the Ministry of Public Security, who reads Vietnamese."""
    return person(desk, "contributor", "vnm-mps", "vi")


@pytest.fixture(scope="session")
def lawyer(desk: Served) -> Person:
    """A curator."""
    return person(desk, "curator")

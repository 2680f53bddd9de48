"""Starts the servers that are measured beside each other, each in a process of its own, on the same data."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from http_clients import Wrong, fetch, get

_SERVE = """
import sys
from pathlib import Path
from pactgraph.settings import Settings
from pactgraph.web.serve import run
run(Settings(port=int(sys.argv[2])), Path(sys.argv[1]))
"""


class Server:
    """A running server: its name, port and SPARQL path. It is ready once it answers a request on that path."""

    def __init__(self, name: str, command: list[str], path: str, port: int) -> None:
        self.name = name
        self.path = path
        self.port = port
        self._command = command
        self._ready = get(path, query="ASK {}")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, seconds: float = 300) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                fetch(self.port, self._ready, 5)
                return
            except (OSError, Wrong):
                if self._process.poll() is not None:
                    break
                time.sleep(0.05)
        self.stop()
        raise SystemExit(f"{self.name} did not start: {' '.join(self._command)}")

    def stop(self) -> None:
        """End it, by force where it does not listen."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def restart(self) -> None:
        """End it and start it again."""
        self.stop()
        self.start()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def pactgraph(generation: Path) -> Server:
    """Our service with its default settings: limits, confined readers, all that a stranger meets."""
    port = _free_port()
    return Server("pactgraph", [sys.executable, "-c", _SERVE, str(generation), str(port)], "/sparql", port)


def oxigraph(programs: Path, graph: Path, folder: Path) -> Server:
    """Oxigraph's own server on its own database, loaded and optimised as its documentation says."""
    port = _free_port()
    program = str(programs / "oxigraph")
    subprocess.run([program, "load", "--location", str(folder), "--file", str(graph)], check=True, capture_output=True)
    subprocess.run([program, "optimize", "--location", str(folder)], check=True, capture_output=True)
    return Server("Oxigraph", [program, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}",
                               "--union-default-graph"], "/query", port)


def rdflib_endpoint(programs: Path, graph: Path) -> Server:
    """rdflib-endpoint on rdflib's store in memory."""
    port = _free_port()
    return Server("rdflib-endpoint", [str(programs / "rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port",
                                      str(port), str(graph)], "/", port)


def empty_route() -> Server:
    """The empty route under uvicorn, one process, set as our service sets it."""
    port = _free_port()
    return Server("empty route", [sys.executable, "-m", "uvicorn", "empty_route:app", "--app-dir", str(Path(__file__).parent),
                                  "--port", str(port), "--log-level", "warning", "--no-access-log", "--no-server-header",
                                  "--no-proxy-headers"], "/", port)


@contextmanager
def running(*servers: Server) -> Iterator[None]:
    """Start servers for the time of a block."""
    with ExitStack() as stack:
        for server in servers:
            stack.callback(server.stop)
            server.start()
        yield

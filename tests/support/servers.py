"""Real servers on free ports, ended whatever happens: with the block, and with the test process itself."""

from __future__ import annotations

import ctypes
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

Command = Callable[[], tuple[list[str], str]]
"""Makes a command with free ports, and the address that answers once the server is ready."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Command, cwd: Path, seconds: float = 90) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a server and its process. A port that another process took first is tried again with another."""
    for attempt in range(3):
        arguments, address = command()
        server = subprocess.Popen(arguments, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  preexec_fn=_end_with_parent)
        try:
            if _ready(address, server, seconds):
                yield address, server
                return
            assert attempt < 2, f"{arguments[0]} ended before it was ready"
        finally:
            stop(server)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a server in order, or by force where it does not."""
    server.terminate()
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait(20)


def _end_with_parent() -> None:
    """On Linux a server is ended when the tests' process is, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def _ready(address: str, server: subprocess.Popen[bytes], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            return False
        try:
            with urlopen(f"{address}?query=ASK%7B%7D", timeout=5):
                return True
        except HTTPError:
            return True
        except (URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"{address} was not ready in {seconds:g} seconds")

"""A real ``pactgraph serve`` over a store: a process of its own on a free port."""

from __future__ import annotations

import re
import subprocess
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli_help import PROGRAM, environment


@dataclass
class Served:
    """A running service: its address (no slash at the end) and its process."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def serving(store: Path, **variables: str) -> Iterator[Served]:
    """Serve a store until the end. It is locked so long: give one that no other test builds into or serves."""
    process = subprocess.Popen([*PROGRAM, "serve", "--host", "127.0.0.1", "--port", "0", "--store", str(store)],
                               env=environment(**variables), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        address = _address(process)
        heard(process)
        yield Served(address, process)
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def heard(process: subprocess.Popen[str]) -> None:
    """Take what a process says from now on: a pipe that nobody reads is full after some hundred requests, and it would wait."""
    assert process.stderr is not None
    threading.Thread(target=deque, args=(process.stderr, 0), daemon=True).start()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said += line
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    raise AssertionError(f"the service ended before it was ready: {said}")

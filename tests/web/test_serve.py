"""Starting and stopping: quick, with one line, without left-overs."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

from pactgraph.errors import UserError
from pactgraph.settings import Settings


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_service_and_all_its_processes(starter, generation: Path, by: int) -> None:
    running = starter(generation)
    assert httpx.get(running.address + "/health").status_code == 200
    others = running.descendants()
    assert running.stop(by) == 0
    assert "Traceback" not in running.process.stderr.read()
    deadline = time.monotonic() + 30
    while any(_alive(pid) for pid in others) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(_alive(pid) for pid in others)


def test_the_end_of_the_service_by_force_ends_its_processes_too(starter, generation: Path) -> None:
    running = starter(generation)
    others = running.descendants()
    running.stop(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while any(_alive(pid) for pid in others) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(_alive(pid) for pid in others)


def test_lost_readers_are_replaced(starter, generation: Path) -> None:
    running = starter(generation)
    assert httpx.get(running.address + "/health").status_code == 200
    if not running.descendants():
        pytest.skip("looks at processes in /proc")
    for victim in (running.descendants()[-1], running.descendants()[0]):
        os.kill(victim, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while httpx.get(running.address + "/health", timeout=20).status_code != 200:
            assert time.monotonic() < deadline


def test_a_port_in_use_is_told(generation: Path) -> None:
    from pactgraph.web.serve import run

    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UserError) as problem:
        run(Settings(port=taken.getsockname()[1]), generation)
    assert problem.value.key == "port-in-use"


def test_a_host_that_is_not_ours_is_told(generation: Path) -> None:
    from pactgraph.web.serve import run

    with pytest.raises(UserError) as problem:
        run(Settings(host="192.0.2.1", port=0), generation)
    assert problem.value.key == "cannot-listen"


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"

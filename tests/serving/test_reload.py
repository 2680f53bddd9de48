"""A build while serving: the service goes over to the new graph, and no request fails."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import httpx

from pactgraph.store.generations import current

from .conftest import environment, quad


def test_a_build_goes_through_the_service_and_no_request_fails(serve, tmp_path: Path) -> None:
    service = serve(web_workers=2)
    service.write([quad(1)])
    before = httpx.get(service.address + "/health").json()
    stop, answers = threading.Event(), []

    def ask() -> None:
        while not stop.wait(0.02):  # the build is to have some of the machine
            answers.append(service.count())

    asking = threading.Thread(target=ask)
    asking.start()
    (tmp_path / "data").mkdir()
    built = command(service.store, "build", "--data", str(tmp_path / "data"))
    stop.set()
    asking.join()
    assert built.returncode == 0, built.stderr
    assert set(answers) == {1}
    for _ in range(6):  # both workers
        after = httpx.get(service.address + "/health", timeout=30).json()
        assert after["fingerprint"] == current(service.store).fingerprint != before["fingerprint"]
        assert after["triples"] > 1_000
        page = httpx.get(service.address + "/", headers={"Accept": "text/html"}, timeout=30)
        assert page.status_code == 200
    service.write([quad(2)])
    assert {service.count() for _ in range(6)} == {2}
    assert service.stop() == 0


def command(store: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "pactgraph", *words], env=environment(store), capture_output=True, text=True)

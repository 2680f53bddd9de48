"""What an operator does beside a service that is written to: looks at it, backs it up, examines it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

import httpx

from .conftest import Serving, environment, quad, wait_for


def pactgraph(store: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command on a store."""
    return subprocess.run([sys.executable, "-m", "pactgraph", *arguments], env=environment(store), capture_output=True,
                          text=True, timeout=120)


def health(service: Serving) -> dict[str, object]:
    answer = httpx.get(service.address + "/health", timeout=20)
    assert answer.status_code == 200
    return answer.json()


def test_health_and_metrics_tell_of_the_journal_and_the_writer(shared) -> None:
    service = shared
    before = health(service)
    written = service.write([quad(1)])
    assert (before["journal"], before["writer"]) == (written.number - 1, "ok")
    assert health(service)["journal"] == written.number
    metrics = httpx.get(service.address + "/metrics").text
    assert re.search(rf"^pactgraph_journal_number {written.number}\.0$", metrics, re.MULTILINE)


def test_reading_is_ready_while_the_writer_is_away(shared) -> None:
    service = shared
    (writer,) = service.children("writing.process")
    os.kill(writer, signal.SIGSTOP)
    os.kill(writer, signal.SIGKILL)
    seen = set()

    def comes_and_goes() -> bool:
        seen.add(health(service)["writer"])
        return "away" in seen and health(service)["writer"] == "ok"

    wait_for(comes_and_goes)


def test_a_backup_beside_a_service_that_is_written_to(shared, serve, tmp_path: Path) -> None:
    service, there = shared, shared.count()
    first = 100 + there
    older = service.write([quad(first)]).number - 1
    for number in (first + 1, first + 2):
        service.write([quad(number)])
    done_with = threading.Event()

    def write() -> None:
        number = first + 3
        while not done_with.wait(0.02):
            service.write([quad(number)])
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = pactgraph(service.store, "backup", str(tmp_path / "saved.tar.gz"), "--format", "json")
    finally:
        done_with.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    entries = json.loads(done.stdout)["entries"]
    assert entries >= older + 3
    refused = pactgraph(service.store, "restore", str(tmp_path / "saved.tar.gz"), "--replace")
    assert refused.returncode == 2 and str(service.process.pid) in refused.stderr
    new = tmp_path / "new" / "store"
    assert pactgraph(new, "restore", str(tmp_path / "saved.tar.gz")).returncode == 0
    assert serve(new).count() == there + entries - older


def test_doctor_beside_a_service(shared) -> None:
    service = shared
    found = {item["check"]: item for item in json.loads(pactgraph(service.store, "doctor", "--format", "json").stdout)["checks"]}
    assert str(service.process.pid) in found["lock"]["found"]
    assert found["journal"]["state"] == found["graph"]["state"] == "ok"


def test_all_processes_log_json(shared, serve) -> None:
    service = serve(log="json", host="0.0.0.0")
    # Whoever listens for other machines is told once, and nobody else
    told = [line for line in service.lines if "TLS" in line]
    assert len(told) == 1 and "0.0.0.0" in told[0] and not any("TLS" in line for line in shared.lines)
    service.write([quad(1)])
    (writer,) = service.children("writing.process")
    os.kill(writer, signal.SIGKILL)
    wait_for(lambda: health(service)["writer"] == "ok" and service.children("writing.process") not in ([], [writer]))
    service.stop()
    lines = [json.loads(line) for line in service.said().splitlines()]
    assert {"request", "restart"} <= {line["event"] for line in lines}

"""Stopping in order: requests finish, the writer finishes its write, nothing is left."""

from __future__ import annotations

import re
import signal
import threading
from pathlib import Path

import httpx
import pytest

from .conftest import quad, wait_for

SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) != STR(?f)) }"


def test_running_requests_finish_within_the_grace_time(serve) -> None:
    service = serve(web_workers=2, query_seconds=40, grace_seconds=30)
    service.write([quad(number) for number in range(110)])
    answers: list[httpx.Response] = []

    def ask() -> None:
        answers.append(httpx.get(service.address + "/sparql", params={"query": SLOW, "format": "csv"}, timeout=60))

    thread = threading.Thread(target=ask)
    thread.start()
    running = re.compile(r"^pactgraph_queries_running\b.* [1-9]", re.MULTILINE)
    wait_for(lambda: answers or running.search(httpx.get(service.address + "/metrics", timeout=30).text))
    assert service.stop(signal.SIGTERM) == 0
    thread.join()
    assert answers[0].status_code == 200 and answers[0].text.startswith("n\r\n")
    with pytest.raises(httpx.TransportError):
        httpx.get(service.address + "/health")
    assert "Traceback" not in service.said()


def test_what_the_writer_began_is_finished(serve) -> None:
    service = serve()
    acknowledged: list[int] = []

    def write() -> None:
        for number in range(1000):
            try:
                service.write([quad(number)])
            except Exception:
                return
            acknowledged.append(number)

    thread = threading.Thread(target=write)
    thread.start()
    wait_for(lambda: len(acknowledged) > 2)
    assert service.stop(signal.SIGINT) == 0
    thread.join()
    assert "Traceback" not in service.said()
    again = serve()
    assert again.count() in (len(acknowledged), len(acknowledged) + 1)


def test_the_end_by_force_leaves_no_process_and_a_store_that_serves_again(serve) -> None:
    service = serve(web_workers=2)
    service.write([quad(1)])
    pids = service.children("pactgraph")
    assert len(pids) == 3
    service.stop(signal.SIGKILL)
    wait_for(lambda: not any(_alive(pid) for pid in pids))
    again = serve()
    assert again.count() == 1


def test_a_process_that_cannot_start_ends_the_service_and_says_why(serve, tmp_path: Path) -> None:
    service = serve()
    service.write([quad(1)])
    assert service.stop() == 0
    entry = next((tmp_path / "store-journal" / "entries").iterdir())
    entry.write_text("damaged")
    with pytest.raises(AssertionError) as problem:
        serve()
    assert str(entry.name) in str(problem.value)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False

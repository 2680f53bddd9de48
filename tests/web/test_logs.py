"""What is logged: enough to follow a request, nothing that a stranger may not know, and never at the cost of an answer."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from pactgraph import logs

SECRET = "pg_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
SLOW = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o . ?a ?b ?c }"


def ended(running) -> str:
    """Everything that a service logged, after its end."""
    assert running.stop() == 0
    return running.process.stderr.read()


def test_json_lines_hold_what_an_operator_needs(starter, generation) -> None:
    running = starter(generation, log="json", query_bytes=1000)
    said = json.loads(running.said)
    assert said["event"] == "serving" and said["address"].startswith("http://127.0.0.1:")
    answer = httpx.get(running.address + "/sparql", params={"query": "SELECT * { ?s ?p ?o }"},
                       headers={"X-Request-ID": "watch-000001"})
    httpx.get(running.address + "/static/style.css")
    lines = [json.loads(line) for line in ended(running).splitlines()]
    first, second = (line for line in lines if line["event"] == "request")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first["time"])
    assert first["ms"] > 0 and first["pid"]
    assert {name: first[name] for name in ("level", "request_id", "method", "route", "status", "limit")} == {
        "level": "warning", "request_id": "watch-000001", "method": "GET", "route": "/sparql", "status": 503,
        "limit": "bytes"}
    assert first["bytes"] == len(answer.content)
    assert (second["route"], second["status"], second["level"]) == ("/static", 200, "info")
    assert "limit" not in second


def test_only_what_went_wrong_where_that_is_asked_for(starter, generation) -> None:
    running = starter(generation, log_level="warning", query_bytes=1000)
    httpx.get(running.address + "/health/live")
    httpx.get(running.address + "/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    (line,) = ended(running).splitlines()
    assert "503" in line and "limit: bytes" in line


@pytest.mark.parametrize(("form", "line"), [
    ("text", r"Z info GET /health/live 200 [\d.]+ ms \d+ B watch-000002\n"), ("json", r'"request_id": ?"watch-000002"')])
def test_lines_name_a_request_and_no_secret_wherever_it_was_sent(starter, generation, form: str, line: str) -> None:
    running = starter(generation, log=form)
    with httpx.Client(base_url=running.address, timeout=20) as client:
        client.get("/health/live", headers={"X-Request-ID": "watch-000002"})
        client.get("/health", headers={"Authorization": f"Bearer {SECRET}", "Cookie": f"token={SECRET}"})
        client.get("/health", headers={"X-Request-ID": SECRET})
        client.get("/sparql", params={"query": f"ASK {{ <x:{SECRET}> ?p ?o }}", "access_token": SECRET})
        client.get("/sparql", params={"query": f"broken {SECRET}"})
        client.get(f"/{SECRET}")
        client.post("/sparql", data={"query": "ASK {}", "access_token": SECRET})
        client.post("/sparql", content=f"ASK {{ ?s ?p '{SECRET}' }}",
                    headers={"Content-Type": "application/sparql-query", "Authorization": f"Basic {SECRET}"})
        client.post("/update", content=SECRET, headers={"Authorization": f"Bearer {SECRET}"})
        client.request(SECRET, "/health")
    logged = ended(running)
    assert logged.count("\n") == 10 and re.search(line, logged)
    assert SECRET not in logged and "ASK" not in logged and "127.0.0.1" not in logged


def test_what_libraries_log_loses_its_credentials(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    try:
        try:
            raise ValueError(f"token: {SECRET}")
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Authorization: Bearer abc.def and Cookie=sid123; %s", SECRET)
        said = json.loads(capfd.readouterr().err)
    finally:
        logs._outlet = None
    assert said["level"] == "error" and "ValueError" in said["traceback"]
    assert not any(word in json.dumps(said) for word in (SECRET, "abc.def", "sid123"))


@pytest.mark.parametrize(("text", "left"), [
    ("Bearer abc123", "Bearer […]"),
    ("authorization: Basic dXNlcjpwYXNz", "authorization […]"),
    ('{"token": "abc"}', '{"token […]"}'),
    (f"x {SECRET} y", "x pg_ […] y"),
    ("the bearer of this", "the bearer […] this"),
    ("GET /sparql 200", "GET /sparql 200"),
])
def test_credentials_are_recognised(text: str, left: str) -> None:
    assert logs.without_credentials(text) == left


def test_nobody_who_stops_reading_the_log_stops_the_service(starter, generation) -> None:
    running = starter(generation, log="json")
    with httpx.Client(base_url=running.address, timeout=20) as client:
        for _ in range(500):  # about twice what a pipe holds
            assert client.get("/health/live").status_code == 200
        lost = re.search(r"^pactgraph_log_lines_dropped_total (\d+)", client.get("/metrics").text, re.MULTILINE)
    assert lost and int(lost[1]) > 0
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(60) == 0


# Request ids ----------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("given", ["9f1c2d3e4b5a6978", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "edge.7_A-12345"])
def test_a_well_formed_id_is_taken_over(client: httpx.Client, given: str) -> None:
    assert client.get("/health/live", headers={"X-Request-ID": given}).headers["x-request-id"] == given
    assert client.get("/no/such", headers={"X-Request-ID": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "white space", "<script>alert", "ünïcode-ünïcode", SECRET,
                                   "semi;colon;1234"])
def test_another_id_is_made_anew(client: httpx.Client, given: str) -> None:
    made = client.get("/health/live", headers={"X-Request-ID": given.encode()}).headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f]{16}", made)


def test_every_kind_of_answer_has_an_id_of_its_own(client: httpx.Client) -> None:
    answers = [client.get("/"), client.head("/"), client.options("/sparql"), client.get("/no/such"),
               client.get("/static/style.css"), client.post("/sparql", content=b"x")]
    ids = [answer.headers["x-request-id"] for answer in answers]
    assert len(set(ids)) == len(ids)


def test_a_problem_names_its_request(client: httpx.Client) -> None:
    headers = {"X-Request-ID": "watch-000003", "Accept": "application/problem+json"}
    assert client.get("/no/such", headers=headers).json()["request_id"] == "watch-000003"
    assert "watch-000003" in client.get("/no/such", headers=headers | {"Accept": "text/html"}).text


# Health and end -------------------------------------------------------------------------------------------------

def test_alive_and_ready_are_told_apart(starter, generation) -> None:
    running = starter(generation, workers=1)
    readers = [pid for pid in running.descendants() if b"store.keeper" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    if not readers:
        pytest.skip("looks at processes in /proc")
    for pid in readers:
        os.kill(pid, signal.SIGSTOP)
    try:
        ready = httpx.get(running.address + "/health", timeout=20)
        alive = httpx.get(running.address + "/health/live", timeout=20)
    finally:
        for pid in readers:
            os.kill(pid, signal.SIGCONT)
    assert (ready.status_code, ready.json()["status"], ready.json()["readers"]) == (503, "unavailable", "busy")
    assert ready.headers["retry-after"] and ready.headers["cache-control"] == "no-store"
    assert (alive.status_code, alive.json()["status"]) == (200, "ok")
    deadline = time.monotonic() + 60
    while httpx.get(running.address + "/health", timeout=20).status_code != 200:
        assert time.monotonic() < deadline


def test_requests_that_run_are_answered_before_the_end(starter, generation) -> None:
    running = starter(generation, query_seconds=60, grace_seconds=60)
    answers: list[httpx.Response] = []
    asking = threading.Thread(
        target=lambda: answers.append(httpx.get(running.address + "/sparql", params={"query": SLOW}, timeout=90)))
    asking.start()
    deadline = time.monotonic() + 60
    while "pactgraph_queries_slow_running 1.0" not in httpx.get(running.address + "/metrics").text:
        assert time.monotonic() < deadline and asking.is_alive()
    running.process.send_signal(signal.SIGTERM)
    asking.join(90)
    assert answers and answers[0].status_code == 200 and answers[0].text.count("value") >= 1
    assert running.process.wait(60) == 0

"""What strangers may not do: run for ever, fill the memory, take endless results, make the service call others."""

from __future__ import annotations

import asyncio
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from pactgraph.catalogue import load

LIMIT = 0.4
"""Seconds that a query has at the service of this file."""
BOMB = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?f) }"
THRICE = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
JOINED = "CONCAT(STR(?c), STR(?f), STR(?i))"
NUMBERS = " ".join(f'"{number}"' for number in range(20_000))
BOMBS = {
    "cartesian": BOMB,
    "sort": "SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY RAND() LIMIT 1",
    "path": "SELECT (COUNT(*) AS ?n) WHERE { ?a (!<x:x>|^!<x:x>)* ?b . ?c ?d ?e . ?f ?g ?h }",
    "regex": 'SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i '
             'FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "(a|b|v)*x$")) }',
    "aggregate": f"SELECT (AVG(STRLEN({JOINED})) AS ?n) WHERE {{ {THRICE} }} GROUP BY ?b HAVING (COUNT(DISTINCT ?i) > 5)",
    "distinct": f"SELECT (COUNT(DISTINCT {JOINED}) AS ?n) WHERE {{ {THRICE} }}",
    "values": f"SELECT (COUNT(*) AS ?n) WHERE {{ VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} ?c ?d ?e . ?f ?g ?h }}",
    "construct": f"CONSTRUCT {{ ?a ?b ?f . ?d ?e ?c }} WHERE {{ {THRICE} FILTER({JOINED} = 'no') }}",
    "describe": f"DESCRIBE ?a WHERE {{ {THRICE} FILTER({JOINED} = 'no') }}",
    "group-concat": f"SELECT (GROUP_CONCAT({JOINED}; separator='--------') AS ?n) WHERE {{ {THRICE} }}",
    "growth": "SELECT (STRLEN(?x30) AS ?n) WHERE { BIND('0123456789' AS ?x0) " + " ".join(
        f"BIND(CONCAT({', '.join([f'?x{n}'] * 8)}) AS ?x{n + 1})" for n in range(30)) + " }",
    "replace": "SELECT (STRLEN(?x30) AS ?n) WHERE { BIND('aaaaaaaa' AS ?x0) " + " ".join(
        f"BIND(REPLACE(?x{n}, 'a', 'aaaaaaaaaa') AS ?x{n + 1})" for n in range(30)) + " }",
    "not-exists": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . "
                  "FILTER NOT EXISTS { ?g ?h ?i . ?j ?k ?l FILTER(?i = ?l && ?i != ?c && ?l != ?f && ?j != ?g) } }",
    "optionals": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c " + " ".join(
        f"OPTIONAL {{ ?s{n} ?p{n} ?o{n} }}" for n in range(8)) + " }",
}


@pytest.fixture(scope="module")
def impatient(begin, generation: Path) -> Iterator[httpx.Client]:
    """A client of a service with little time: the other workers stand still while its limit is waited for."""
    running = begin(generation, query_seconds=LIMIT, query_bytes=400_000, query_memory=400_000_000)
    with httpx.Client(base_url=running.address, timeout=20) as client:
        yield client
    running.stop()
    running.process.stderr.close()


@pytest.mark.alone
@pytest.mark.parametrize("name", BOMBS)
def test_the_time_limit_holds_whatever_the_query(impatient: httpx.Client, name: str) -> None:
    begun = time.monotonic()
    response = impatient.post("/sparql", content=BOMBS[name], headers={"Content-Type": "application/sparql-query"})
    taken = time.monotonic() - begun
    assert response.status_code == 503
    assert response.headers["pactgraph-limit"] in ("time", "memory"), response.text
    assert taken < LIMIT + 0.5


@pytest.mark.alone
def test_others_are_served_while_long_queries_run(service) -> None:
    async def ask() -> tuple[list[float], list[httpx.Response]]:
        async with httpx.AsyncClient(base_url=service.address, timeout=20) as client:
            bombs = [asyncio.create_task(client.get("/sparql", params={"query": f"{BOMB} # {n}"})) for n in range(4)]
            await asyncio.sleep(0.5)
            times = []
            for count in range(40):
                begun = time.monotonic()
                query = f"SELECT * WHERE {{ ?s ?p ?o }} LIMIT {count + 1}"
                answer = await client.get("/sparql", params={"query": query})
                assert answer.status_code == 200
                times.append(time.monotonic() - begun)
            return times, await asyncio.gather(*bombs)

    times, bombs = asyncio.run(ask())
    assert sorted(times)[37] < 0.25
    assert {bomb.status_code for bomb in bombs} == {503}


@pytest.fixture(scope="module")
def patient(begin, generation: Path) -> Iterator[Any]:
    """A service whose queries have half a minute."""
    running = begin(generation, query_seconds=30)
    yield running
    running.stop()
    running.process.stderr.close()


def test_a_catalogue_question_hardly_feels_four_bombs(patient) -> None:
    """A generous guard; ``benchmarks/four_bombs.py`` measures it."""
    running = patient
    question = load("questions", "recommendations-without-task").text

    async def p95(client: httpx.AsyncClient, mark: str) -> float:
        times = []
        for count in range(40):
            begun = time.monotonic()
            answer = await client.get("/sparql", params={"query": f"{question}\n# {mark} {count}"})
            assert answer.status_code == 200, answer.text
            times.append(time.monotonic() - begun)
        return sorted(times)[37]

    async def both() -> tuple[float, float]:
        async with httpx.AsyncClient(base_url=running.address, timeout=60) as client:
            quiet = await p95(client, "quiet")
            bombs = [asyncio.create_task(client.get("/sparql", params={"query": f"{BOMB} # {n}"})) for n in range(4)]
            await asyncio.sleep(0.5)
            loud = await p95(client, "loud")
            for bomb in bombs:
                bomb.cancel()
            return quiet, loud

    quiet, loud = asyncio.run(both())
    assert loud < max(4 * quiet, 0.5)


def test_more_long_queries_than_there_is_room_for_are_refused_as_busy(starter, generation) -> None:
    running = starter(generation, workers=1, query_seconds=3)

    async def ask() -> list[httpx.Response]:
        async with httpx.AsyncClient(base_url=running.address, timeout=20) as client:
            return await asyncio.gather(*(client.get("/sparql", params={"query": f"{BOMB} # {n}"}) for n in range(4)))

    limits = [response.headers["pactgraph-limit"] for response in asyncio.run(ask())]
    assert "busy" in limits and "time" in limits
    assert httpx.get(running.address + "/health").json()["status"] == "ok"


def test_the_size_of_a_result_is_limited_and_nothing_is_cut(client: httpx.Client) -> None:
    for form in ("json", "csv", "xml", "tsv"):
        response = client.get("/sparql", params={"query": "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }", "format": form})
        assert response.status_code == 503 and response.headers["pactgraph-limit"] == "bytes"
        assert "PACTGRAPH_QUERY_BYTES" in response.text
    graph = "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"
    assert client.get("/sparql", params={"query": graph}).headers["pactgraph-limit"] in ("bytes", "time")


@pytest.fixture(scope="module")
def narrow(begin, generation: Path) -> Iterator[Any]:
    """A service whose results have 100 rows and whose queries 100 MB."""
    running = begin(generation, query_rows=100, query_seconds=20, query_memory=100_000_000)
    yield running
    running.stop()
    running.process.stderr.close()


def test_the_rows_of_a_result_are_limited_and_nothing_is_cut(narrow) -> None:
    running = narrow
    with httpx.Client(base_url=running.address, timeout=20) as client:
        select = "SELECT ?s ?o WHERE { ?s ?p ?o } LIMIT %d"
        for form in ("json", "xml", "csv", "tsv"):
            whole = client.get("/sparql", params={"query": select % 100, "format": form})
            assert whole.status_code == 200
            over = client.get("/sparql", params={"query": select % 101, "format": form})
            assert over.status_code == 503 and over.headers["pactgraph-limit"] == "rows"
            assert "PACTGRAPH_QUERY_ROWS" in over.text
        graph = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT %d"
        assert client.get("/sparql", params={"query": graph % 100}).status_code == 200
        assert client.get("/sparql", params={"query": graph % 101}).headers["pactgraph-limit"] == "rows"
        page = client.get("/sparql", params={"query": select % 101}, headers={"Accept": "text/html"})
        assert page.status_code == 503 and "PACTGRAPH_QUERY_ROWS" in page.text


def test_a_page_shows_no_more_than_it_can_read_at_once(patient) -> None:
    running = patient
    query = "SELECT ?c ?f WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 60000"
    page = httpx.get(running.address + "/sparql", params={"query": query}, headers={"Accept": "text/html"}, timeout=30)
    assert page.status_code == 503 and page.headers["pactgraph-limit"] == "bytes" and "format=csv" in page.text
    file = httpx.get(running.address + "/sparql", params={"query": query, "format": "csv"}, timeout=30)
    assert file.status_code == 200 and file.text.count("\r\n") == 60_001


@pytest.mark.parametrize("word", ["now#", "now\n#", "rand ", "uuid\t#", "bnode#("])
def test_a_long_text_does_not_hold_the_process_that_serves(client: httpx.Client, word: str) -> None:
    text = "ASK {} #\n" + word * (900_000 // len(word))

    async def ask() -> float:
        async with httpx.AsyncClient(base_url=str(client.base_url), timeout=30) as others:
            send = others.post("/sparql", content=text, headers={"Content-Type": "application/sparql-query"})
            running = asyncio.create_task(send)
            await asyncio.sleep(0.1)
            begun = time.monotonic()
            assert (await others.get("/static/style.css")).status_code == 200
            taken = time.monotonic() - begun
            await running
            return taken

    assert asyncio.run(ask()) < 1


def test_the_memory_of_a_query_is_limited(narrow) -> None:
    running = narrow
    query = "SELECT ?a ?c ?f WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"
    response = httpx.get(running.address + "/sparql", params={"query": query}, timeout=30)
    assert response.status_code == 503 and response.headers["pactgraph-limit"] == "memory"
    assert httpx.get(running.address + "/health").status_code == 200


@pytest.mark.parametrize("query", [
    "SELECT * WHERE " + "{" * 30_000 + "}" * 30_000,
    "SELECT (" + "(" * 100_000 + "1" + ")" * 100_000 + " AS ?x) WHERE {}",
])
def test_a_query_nested_too_deeply_ends_only_its_process(client: httpx.Client, query: str) -> None:
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == 400 and "nested" in response.text
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


CALLS = [
    "SELECT * WHERE { SERVICE <ADDRESS> { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE SILENT <ADDRESS> { ?s ?p ?o } }",
    "SELECT * WHERE { BIND(<ADDRESS> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "PREFIX : <ADDRESS> SELECT * WHERE {{}SERVICE:x{ ?s ?p ?o }}",
    "SELECT * WHERE { ?a ?b ?c FILTER(?a<'>')SERVICE<ADDRESS> { ?s ?p ?o }#'\n }",
    "SELECT * WHERE { ?a ?b ?c FILTER(?a<?b)SERVICE#>\n<ADDRESS> { ?s ?p ?o } }",
    "SELECT * WHERE { ?a ?b 1SERVICE<ADDRESS> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_query_makes_no_connection(client: httpx.Client, listener: tuple[str, list[bytes]], query: str) -> None:
    address, arrived = listener
    response = client.get("/sparql", params={"query": query.replace("ADDRESS", address)})
    assert response.status_code == 400 and "SERVICE" in response.text
    assert arrived == []


def test_a_graph_that_is_not_stored_is_not_fetched(client: httpx.Client, listener, tmp_path: Path) -> None:
    address, arrived = listener
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://example.org/secret> <http://example.org/p> 1 .")
    for name in (address + "/data.ttl", secret.as_uri()):
        count = {"query": f"SELECT * FROM <{name}> WHERE {{ ?s ?p ?o }}"}
        assert client.get("/sparql", params=count).json()["results"]["bindings"] == []
        by_parameter = {"query": "SELECT * WHERE { ?s ?p ?o }", "default-graph-uri": name}
        assert client.get("/sparql", params=by_parameter).json()["results"]["bindings"] == []
        assert client.get("/sparql", params={"query": f"DESCRIBE <{name}>"}).status_code == 200
    assert arrived == []


def test_a_word_service_that_calls_nobody_is_allowed(client: httpx.Client) -> None:
    query = ("PREFIX service: <http://example.org/service/> "
             "SELECT ?service WHERE { ?service service:name 'SERVICE <x> {' ;"
             " a <http://www.w3.org/ns/sparql-service-description#Service> } # SERVICE <x> {")
    assert client.get("/sparql", params={"query": query}).status_code == 200


@pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="looks at processes in /proc")
def test_a_client_that_goes_away_ends_its_query(patient) -> None:
    running = patient
    parts = urlsplit(running.address)
    with socket.create_connection((parts.hostname, parts.port)) as line:
        line.sendall(f"GET /sparql?{urlencode({'query': BOMB})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        deadline, usual = time.monotonic() + 60, _niceness(running.process.pid)
        while not (busy := [pid for pid in running.descendants() if _niceness(pid) > usual]) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert busy, "no process runs the query"
    deadline = time.monotonic() + 20  # much less than the query would take
    while busy[0] in running.descendants() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert busy[0] not in running.descendants()


def _niceness(pid: int) -> int:
    try:
        return os.getpriority(os.PRIO_PROCESS, pid)
    except ProcessLookupError:
        return 0

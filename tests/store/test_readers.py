"""The reader processes: answers, limits, replacement, and what they cannot reach."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from readers_help import when_back, with_readers

from pactgraph.errors import UserError
from pactgraph.store.readers import Readers, Request

BOMB = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ONE = "SELECT ?o WHERE { <http://example.org/s1> ?p ?o }"


@pytest.fixture
def nquads(tmp_path: Path) -> Path:
    file = tmp_path / "graph.nq"
    at = "http://example.org"
    file.write_text("".join(f'<{at}/s{n}> <{at}/p> "value {n}" <{at}/g{n % 2}> .\n' for n in range(2000)))
    return file


async def refusal(readers: Readers, query: str) -> str:
    with pytest.raises(UserError) as problem:
        await readers.run(Request(query))
    return problem.value.key


def test_answers_come_in_the_format_and_dataset_asked_for(nquads: Path) -> None:
    async def work(readers: Readers) -> None:
        assert readers.triples == 2000
        answer = await readers.run(Request(ONE, solutions="csv"))
        assert (answer.kind, answer.format, answer.body) == ("solutions", "csv", b"o\r\nvalue 1\r\n")
        assert (await readers.run(Request("ASK { ?s ?p ?o }", union=False))).body == b'{"head":{},"boolean":false}'
        graphs = ("http://example.org/g0",)
        assert (await readers.run(Request(ONE, solutions="csv", default_graphs=graphs))).body == b"o\r\n"
        construct = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2"
        triples = await readers.run(Request(construct, graph="ntriples", tidy=True))
        assert triples.kind == "graph" and triples.body.count(b"\n") == 2
        assert await refusal(readers, "SELECT") == "query-syntax"

    with_readers(nquads, work)


@pytest.mark.alone
def test_limits_hold_and_the_pool_goes_on(nquads: Path) -> None:
    async def work(readers: Readers) -> None:
        begun = time.monotonic()
        assert await refusal(readers, BOMB) == "query-time"
        assert time.monotonic() - begun < 10  # without a limit it would take minutes
        assert await refusal(readers, "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }") == "query-bytes"
        assert await refusal(readers, "SELECT * WHERE " + "{" * 30_000 + "}" * 30_000) == "query-deep"
        assert (await readers.run(Request(ONE))).body
        with pytest.raises(UserError, match="not available"):
            await readers.run(Request(ONE, solutions=None))

    with_readers(nquads, work, max_bytes=100_000)


def test_a_query_that_needs_too_much_memory_is_named(nquads: Path) -> None:
    async def work(readers: Readers) -> None:
        assert await refusal(readers, "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f") == "query-memory"
        assert (await readers.run(Request(ONE))).body

    with_readers(nquads, work, memory=60_000_000, seconds=20)


@pytest.mark.alone
def test_a_cancelled_query_ends(nquads: Path) -> None:
    async def work(readers: Readers) -> None:
        task = asyncio.create_task(readers.run(Request(BOMB)))
        await asyncio.sleep(0.4)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        begun = time.monotonic()
        assert (await readers.run(Request(ONE))).body
        assert time.monotonic() - begun < 10

    with_readers(nquads, work, workers=1, slow=1, seconds=60)


@pytest.mark.alone
def test_long_queries_do_not_keep_short_ones_waiting(nquads: Path) -> None:
    async def work(readers: Readers) -> None:
        bombs = [asyncio.create_task(readers.run(Request(BOMB))) for _ in range(2)]
        await asyncio.sleep(0.6)
        begun = time.monotonic()
        assert (await readers.run(Request(ONE))).body
        assert time.monotonic() - begun < 10 and not any(bomb.done() for bomb in bombs)
        for bomb in bombs:
            bomb.cancel()
        await asyncio.gather(*bombs, return_exceptions=True)

    with_readers(nquads, work, workers=1, slow=2, seconds=60)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processor time in /proc")
def test_a_query_that_is_late_because_the_machine_is_busy_is_not_taken_for_a_long_one(nquads: Path) -> None:
    async def work(readers: Readers) -> None:
        assert (await readers.run(Request(ONE))).body
        (worker,) = readers._crew._workers.values()
        os.kill(worker.pid, signal.SIGSTOP)
        late = asyncio.create_task(readers.run(Request(ONE)))
        await asyncio.sleep(0.6)
        # Another process does its part meanwhile.
        assert (await readers.run(Request(ONE, solutions="csv"))).body == b"o\r\nvalue 1\r\n"
        os.kill(worker.pid, signal.SIGCONT)
        assert (await late).body
        assert await refusal(readers, BOMB) == "query-busy"
        assert (await readers.run(Request(ONE))).body

    with_readers(nquads, work, workers=1, slow=0, seconds=20)


def test_lost_processes_are_replaced(nquads: Path) -> None:
    async def work(readers: Readers) -> None:
        for worker in list(readers._crew._workers.values()):
            os.kill(worker.pid, signal.SIGKILL)
        assert (await when_back(lambda: readers.run(Request(ONE)))).body
        os.kill(readers._crew._keeper.pid, signal.SIGKILL)
        assert (await when_back(lambda: readers.run(Request(ONE)))).body

    with_readers(nquads, work)


@pytest.mark.parametrize("content", [None, "this is no graph"])
def test_a_graph_that_cannot_be_read_is_told(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "graph.nq"
    if content:
        file.write_text(content)

    async def never(readers: Readers) -> None:
        pytest.fail("the readers started")

    with pytest.raises(UserError) as problem:
        with_readers(file, never)
    assert problem.value.key == "store-unreadable"


PROBE = """
import socket, sys
from pactgraph.store import confine
confine.freeze_files(2)
port = ("127.0.0.1", 9)
for attempt in (lambda: socket.socket(), lambda: open("/etc/hostname"), lambda: socket.create_connection(port)):
    try:
        attempt()
    except OSError:
        continue
    sys.exit("opened")
"""


def test_a_confined_process_opens_nothing() -> None:
    service = Path(__file__).parents[2] / "service"
    environment = {"PYTHONPATH": str(service)}
    done = subprocess.run([sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

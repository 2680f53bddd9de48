"""What is written is seen by the next query of every worker, whatever dies meanwhile."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from pactgraph.access.author import OPERATOR, READER, Author
from pactgraph.errors import UserError
from pactgraph.writing import client, place

from .conftest import COUNT, quad, wait_for, written_there

OWN = "https://w3id.org/pactgraph/graph/journal/operator"


def test_an_acknowledged_write_is_seen_by_the_next_query_of_every_worker(shared) -> None:
    wait_for(lambda: len(shared.children("web.worker")) == 2)
    before, head = shared.count(), shared.write([quad(0)]).head
    for number in range(1, 9):
        written = shared.write([quad(number)])
        assert written.number == written.head == head + number
        # New connections: either worker may take one.
        assert {shared.count() for _ in range(6)} == {before + 1 + number}
    assert shared.write([quad(1)]).added == 0
    removed = shared.write(removed=[quad(3, OWN)])
    assert {shared.count() for _ in range(6)} == {before + 8}
    asyncio.run(client.undo(shared.store, removed.number, OPERATOR, "it was right"))
    assert {shared.count() for _ in range(6)} == {before + 9}


def test_entity_tags_and_caches_belong_to_one_state(shared) -> None:
    ask = {"query": COUNT, "format": "csv"}
    address = shared.address + "/sparql"
    first = httpx.get(address, params=ask)
    assert httpx.get(address, params=ask, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    shared.write([quad(50)])
    then = httpx.get(address, params=ask, headers={"If-None-Match": first.headers["etag"]})
    assert then.status_code == 200 and then.headers["etag"] != first.headers["etag"]
    assert int(then.text.split()[1]) == int(first.text.split()[1]) + 1


def test_many_writers_and_readers_at_once(shared) -> None:
    before = shared.count()
    stop, wrong = threading.Event(), []

    def read() -> None:
        seen = 0
        while not stop.is_set():
            found = shared.count()
            if found < seen:
                wrong.append((seen, found))
            seen = max(seen, found - 3)  # a worker may be ahead of the other by writes that are not acknowledged yet

    def write(start: int) -> None:
        for number in range(start, start + 5):
            shared.write([quad(number)])

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(start,)) for start in (100, 200, 300)]
    for thread in (reader, *writers):
        thread.start()
    for writer in writers:
        writer.join()
    assert {shared.count() for _ in range(6)} == {before + 15}
    stop.set()
    reader.join()
    assert not wrong


def test_a_refused_write_is_told_and_the_next_one_goes_on(shared) -> None:
    stranger = Author("nobody", READER)
    with pytest.raises(UserError) as problem:
        shared.write([quad(7000)], author=stranger)
    assert problem.value.key == "write-scope" and problem.value.message("vi")
    assert shared.write([quad(7000)]).added == 1


def test_a_writer_that_is_killed_comes_back_and_reading_goes_on(shared) -> None:
    service, before = shared, shared.count()
    for number in (1, 2):
        (writer,) = service.children("writing.process")
        os.kill(writer, signal.SIGKILL)
        assert service.count() == before + number - 1
        with pytest.raises(UserError, match="writ"):
            for _ in range(200):  # it may be back before the first try
                service.write([quad(0, OWN)])
                raise UserError("writer-away")
        wait_for(lambda: written_there(service.store))
        service.write([quad(2000 + number)])
        wait_for(lambda number=number: {service.count() for _ in range(6)} == {before + number})
        # From now on every worker follows the new writer: what is acknowledged is seen.
        service.write([quad(2050)])
        assert {service.count() for _ in range(6)} == {before + number + 1}
        service.write(removed=[quad(2050, OWN)])


def test_a_writer_that_dies_at_its_write_loses_nothing_that_was_acknowledged(shared) -> None:
    service, before = shared, shared.count()
    head = service.write([quad(2999)]).number
    acknowledged: list[int] = []

    def write() -> None:
        for number in range(3000, 3200):
            try:
                service.write([quad(number)])
            except UserError:
                return
            acknowledged.append(number)

    thread = threading.Thread(target=write)
    thread.start()
    wait_for(lambda: len(acknowledged) > 3)
    os.kill(service.children("writing.process")[0], signal.SIGKILL)
    thread.join()
    wait_for(lambda: written_there(service.store))
    # The one that was under way may have reached the journal or not; it is whole or not there.
    expected = {before + 1 + len(acknowledged), before + 2 + len(acknowledged)}
    wait_for(lambda: {service.count() for _ in range(6)} <= expected)
    assert service.write([quad(3999)]).number - head in (len(acknowledged) + 1, len(acknowledged) + 2)


def test_a_web_worker_that_is_killed_is_replaced_and_knows_all(shared) -> None:
    service, before = shared, shared.count()
    service.write([quad(4001)])
    for victim in service.children("web.worker"):
        os.kill(victim, signal.SIGKILL)
    service.write([quad(4002)])
    wait_for(lambda: len(service.children("web.worker")) == 2)
    assert {service.count() for _ in range(6)} == {before + 2}


def test_a_service_that_starts_again_has_what_was_written(serve, tmp_path: Path) -> None:
    """Its socket is its owner's, and a store with a long path gets a short one."""
    store = tmp_path / ("long" * 30) / "store"
    store.parent.mkdir()
    service = serve(store)
    service.write([quad(1), quad(2)])
    socket = place.place(store)
    assert len(str(socket)) < 100 and socket.stat().st_mode & 0o777 == 0o600 and socket.parent != store
    assert service.stop() == 0
    assert not socket.exists() and not socket.parent.exists()
    again = serve(store, web_workers=2)
    assert {again.count() for _ in range(6)} == {2}
    again.write([quad(3)])
    assert {again.count() for _ in range(6)} == {3}


def test_a_running_query_keeps_its_copy(shared) -> None:
    service = shared
    service.write([quad(number) for number in range(5000, 5300)])
    before = service.count()
    slow = ("SELECT (COUNT(?x) AS ?n) (MAX(?k) AS ?m) WHERE { { SELECT ?x { ?x ?b ?c . ?d ?e ?f . ?g ?h 5001 } } "
            "{ SELECT (COUNT(*) AS ?k) { ?s <http://e/p> ?o } } }")
    found: list[str] = []

    def ask() -> None:
        found.append(httpx.get(service.address + "/sparql", params={"query": slow, "format": "csv"}, timeout=60).text)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.05)
    service.write([quad(6000)])
    assert service.count() == before + 1
    thread.join()
    assert found[0].split()[1].rpartition(",")[2] in (str(before), str(before + 1))

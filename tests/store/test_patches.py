"""Readers get what was written: the next query sees it, one that runs does not, a keeper that died gets it again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from readers_help import when_back, with_readers

from pactgraph.errors import UserError
from pactgraph.store.readers import Readers, Request, TryUpdate

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
NODE = ox.NamedNode


def quad(number: int) -> ox.Quad:
    return ox.Quad(NODE("http://e/new"), NODE("http://e/p"), ox.Literal(number), NODE("http://e/journal"))


def old_quad(number: int) -> ox.Quad:
    return ox.Quad(NODE(f"http://e/s{number}"), NODE("http://e/p"), ox.Literal(f"value {number}"), NODE("http://e/g"))


def run(folder: Path, work: Callable[[Readers], Awaitable[None]], **limits: object) -> None:
    file = folder / "graph.nq"
    file.write_bytes(ox.serialize(map(old_quad, range(1000)), format=ox.RdfFormat.N_QUADS) or b"")

    with_readers(file, work, **{"seconds": 5.0, **limits})


async def count(readers: Readers) -> int:
    answer = await readers.run(Request(COUNT, solutions="csv"))
    return int(answer.body.split()[1])


def test_the_next_query_sees_what_was_written(tmp_path: Path) -> None:
    async def work(readers: Readers) -> None:
        for number in range(1, 8):
            await readers.apply([quad(number)], [old_quad(number)] if number % 2 else [], number)
            counts = await asyncio.gather(*(count(readers) for _ in range(4)))
            assert set(counts) == {1000 + number - (number + 1) // 2} == {readers.triples}
            assert readers.revision == number
        await readers.apply([quad(99)], [], 7)  # applied before: nothing happens
        assert await count(readers) == 1003
        async with asyncio.timeout(60):
            while len(readers._crew._workers) != readers.limits.workers:
                await asyncio.sleep(0.02)

    run(tmp_path, work)


def test_a_query_that_runs_keeps_the_copy_it_began_with(tmp_path: Path) -> None:
    slow = ("SELECT (COUNT(?x) AS ?n) (MAX(?k) AS ?m) WHERE { { SELECT ?x WHERE { ?x ?b ?c . ?d ?e ?f } } "
            "{ SELECT (COUNT(*) AS ?k) { ?s ?p ?o } } }")

    async def work(readers: Readers) -> None:
        running = asyncio.create_task(readers.run(Request(slow, solutions="csv")))
        await asyncio.sleep(0.1)
        assert not running.done()
        await readers.apply([quad(1)], [], 1)
        assert await count(readers) == 1001
        assert (await running).body.split()[1].endswith(b",1000")

    run(tmp_path, work, seconds=60)


def test_many_patches_at_once_arrive_in_order(tmp_path: Path) -> None:
    async def work(readers: Readers) -> None:
        writes = [readers.apply([quad(n)], [quad(n - 1)], n) for n in range(1, 40)]
        counts = [count(readers) for _ in range(20)]
        results = await asyncio.gather(*writes, *counts)
        assert set(results[39:]) <= {1000, 1001}
        assert await count(readers) == 1001
        answer = await readers.run(Request("SELECT ?o WHERE { <http://e/new> ?p ?o }", solutions="csv"))
        assert answer.body.split()[1:] == [b"39"]
        large = [ox.Quad(NODE(f"http://e/l{n}"), NODE("http://e/p"), ox.Literal("x" * 100), NODE("http://e/j"))
                 for n in range(50_000)]
        await readers.apply(large, [], 40)
        assert await count(readers) == 51_001

    run(tmp_path, work, seconds=60)


def test_a_keeper_that_died_gets_the_patches_again(tmp_path: Path) -> None:
    async def work(readers: Readers) -> None:
        await readers.apply([quad(1), quad(2)], [], 1)
        await readers.apply([], [quad(1), old_quad(0)], 2)
        os.kill(readers._crew._keeper.pid, signal.SIGKILL)
        await asyncio.wait_for(readers.apply([quad(3)], [], 3), 60)
        assert await when_back(lambda: count(readers)) == 1001
        assert readers.revision == 3

    run(tmp_path, work)


def test_an_update_is_tried_and_leaves_nothing_behind(tmp_path: Path) -> None:
    async def work(readers: Readers) -> None:
        delta = await readers.try_update(TryUpdate("DELETE { ?s ?p ?o } INSERT { ?s <http://e/q> ?o } WHERE { ?s ?p ?o }"))
        assert (len(delta.added), len(delta.removed), delta.created) == (1000, 1000, ())
        assert delta.removed == frozenset(map(old_quad, range(1000)))
        assert await count(readers) == 1000
        fresh = TryUpdate("INSERT { ?x <http://e/q> [] } WHERE { BIND(UUID() AS ?x) }")
        ids = [await readers.try_update(fresh) for _ in range(4)]
        assert len({next(iter(one.added)).subject for one in ids}) == len({next(iter(one.added)).object for one in ids}) == 4
        assert not await readers.try_update(TryUpdate("DELETE DATA { <http://e/none> <http://e/q> 1 }"))

    run(tmp_path, work)


@pytest.mark.parametrize(("text", "key"), [
    ("INSERT DATA { <a", "query-syntax"),
    ("DELETE { ?s ?p ?o } INSERT { ?s <http://e/other> ?o } WHERE { ?s ?p ?o }", "query-bytes"),
    ("INSERT { ?a ?b 1 } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f && ?i = ?c && ?i = ?f) }", "query-time"),
    ("LOAD <http://127.0.0.1:9/>", "update-load"),
])
def test_an_update_has_the_limits_of_a_query(tmp_path: Path, text: str, key: str) -> None:
    async def work(readers: Readers) -> None:
        with pytest.raises(UserError) as problem:
            await readers.try_update(TryUpdate(text))
        assert problem.value.key == key and problem.value.message("vi")
        assert await count(readers) == 1000

    run(tmp_path, work, seconds=2, max_bytes=100_000)

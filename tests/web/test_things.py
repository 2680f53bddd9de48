"""Names of things that pages mention, while several pages are made at the same time."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pyoxigraph as ox
import pytest
from readers_help import with_readers

from pactgraph.errors import UserError
from pactgraph.store.readers import Readers, Request
from pactgraph.web import things
from pactgraph.web.cache import AnswerCache
from pactgraph.web.things import Things

STATUS = "https://example.org/status/"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of N-Quads with forty labels."""
    file = tmp_path_factory.mktemp("names") / "graph.nq"
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    graph = ox.NamedNode("https://example.org/graph")
    ox.serialize([ox.Quad(ox.NamedNode(f"{STATUS}{number}"), label, ox.Literal(f"name {number}", language="en"), graph)
                  for number in range(40)], output=str(file), format=ox.RdfFormat.N_QUADS)
    return file


def test_a_page_waits_for_the_names_that_another_is_looking_up(names: Path) -> None:
    async def work(readers: Readers) -> None:
        known = Things(AnswerCache(readers))

        async def page(number: int) -> list[str]:
            await known.look_up([STATUS + "1", f"{STATUS}{number}"])
            return [known.get(iri).label("en")[0] for iri in (STATUS + "1", f"{STATUS}{number}")]

        assert await asyncio.gather(*map(page, range(20))) == [["name 1", f"name {number}"] for number in range(20)]

    with_readers(names, work)


def test_a_look_up_that_fails_leaves_nothing_behind(names: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(readers: Readers) -> None:
        answers = AnswerCache(readers)
        known = Things(answers)
        asked: list[Request] = []
        run = answers.run

        async def refuse(request: Request) -> object:
            asked.append(request)
            raise UserError("store-busy", {})

        monkeypatch.setattr(answers, "run", refuse)
        with pytest.raises(UserError):
            await known.look_up([STATUS + "1"])
        monkeypatch.setattr(answers, "run", run)
        await known.look_up([STATUS + "1"])
        assert asked and known.get(STATUS + "1").label("en") == ("name 1", "en")

    with_readers(names, work)


def test_what_a_page_is_about_to_show_is_not_forgotten(names: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(things, "_KEPT", 10)

    async def work(readers: Readers) -> None:
        known = Things(AnswerCache(readers))
        await known.look_up([f"{STATUS}{number}" for number in range(6)])
        wanted = [f"{STATUS}{number}" for number in range(3, 30)]
        await known.look_up(wanted)
        assert [known.get(iri).label("en")[0] for iri in wanted] == [f"name {number}" for number in range(3, 30)]
        assert known.get(STATUS + "0").label("en")[0] == STATUS + "0"  # forgotten; it is looked up when next asked for
        await known.look_up([STATUS + "0"])
        assert known.get(STATUS + "0").label("en")[0] == "name 0"

    with_readers(names, work)


def test_what_was_asked_for_last_is_kept_the_longest(names: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another page may be about to show it; what every page mentions was looked up first of all."""
    monkeypatch.setattr(things, "_KEPT", 20)

    async def work(readers: Readers) -> None:
        known = Things(AnswerCache(readers))
        await known.look_up([f"{STATUS}{number}" for number in range(18)])
        await known.look_up([STATUS + "1"])
        await known.look_up([f"{STATUS}{number}" for number in range(30, 34)])
        assert known.get(STATUS + "1").label("en")[0] == "name 1"
        assert known.get(STATUS + "2").label("en")[0] == STATUS + "2"

    with_readers(names, work)

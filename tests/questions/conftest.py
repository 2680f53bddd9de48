"""A store with the made-up state of ``fixture.trig``, and the shortest way to ask it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.questions.resolve import resolve
from pactgraph.questions.run import prepare, table
from pactgraph.questions.table import Table
from pactgraph.store.embedded import EmbeddedStore

FIXTURE = Path(__file__).with_name("fixture.trig")
TODAY = "2026-11-21"
BASE = "https://w3id.org/pactgraph/id/"
Ask = Callable[..., Table]


def fresh_store() -> EmbeddedStore:
    """A store with the fixture, to be changed by a test."""
    store = EmbeddedStore.in_memory()
    store.load(ox.parse(path=str(FIXTURE), format=ox.RdfFormat.TRIG))
    return store


def answer(store: EmbeddedStore, name: str, *, lang: str = "vi", as_of: str | None = TODAY, ids: bool = False,
           room: str = "questions", **params: str) -> Table:
    """The table of a question; ``as_of`` is dropped where the question does not depend on a day."""
    from pactgraph.catalogue import load

    dated = any(parameter.name == "asOf" for parameter in load(room, name).parameters)
    prepared = prepare(name, params, as_of=as_of if dated else None, lang=lang, resolve=partial(resolve, store), room=room)
    solutions = store.query(prepared.text)
    assert isinstance(solutions, ox.QuerySolutions)
    return table(prepared, solutions, ids)


@pytest.fixture(scope="session")
def store() -> EmbeddedStore:
    """The fixture, not to be changed."""
    return fresh_store()


@pytest.fixture(scope="session")
def ask(store: EmbeddedStore) -> Ask:
    """Asks the fixture a question and returns the table."""
    return partial(answer, store)


@pytest.fixture
def changed() -> Callable[[str], Ask]:
    """Asks a fresh copy of the fixture after a SPARQL update."""
    def make(update: str) -> Ask:
        prefixes = "PREFIX pg: <https://w3id.org/pactgraph/ontology/>\nBASE <https://w3id.org/pactgraph/>\n"
        store = fresh_store()
        store.update(prefixes + update)
        return partial(answer, store)
    return make

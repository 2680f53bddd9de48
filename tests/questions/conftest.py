"""A store with the made-up state of ``fixture.trig``, and the shortest way to ask it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.questions.run import ask as ask_store
from pactgraph.questions.table import Table
from pactgraph.store.embedded import EmbeddedStore

FIXTURE = Path(__file__).with_name("fixture.trig")
TODAY = "2026-11-21"
Ask = Callable[..., Table]


def fresh_store() -> EmbeddedStore:
    """A store with the fixture, to be changed by a test."""
    store = EmbeddedStore.in_memory()
    store.load(ox.parse(path=str(FIXTURE), format=ox.RdfFormat.TRIG))
    return store


def answer(store: EmbeddedStore, name: str, *, lang: str = "vi", as_of: str | None = TODAY, ids: bool = False,
           **params: str) -> Table:
    """The table of a question on the day of these tests."""
    return ask_store(store, name, params, as_of=as_of, lang=lang, ids=ids)


@pytest.fixture(scope="session")
def store() -> EmbeddedStore:
    """The fixture, not to be changed."""
    return fresh_store()


@pytest.fixture(scope="session")
def ask(store: EmbeddedStore) -> Ask:
    """Asks the fixture a question and returns the table."""
    return partial(answer, store)


@pytest.fixture
def changed_store() -> Callable[[str], EmbeddedStore]:
    """A fresh copy of the fixture after a SPARQL update."""
    def make(update: str) -> EmbeddedStore:
        store = fresh_store()
        store.update("BASE <https://w3id.org/pactgraph/>\nPREFIX pg: <ontology/>\n"
                     "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n" + update)
        return store
    return make


@pytest.fixture
def changed(changed_store) -> Callable[[str], Ask]:
    """Asks a fresh copy of the fixture after a SPARQL update."""
    return lambda update: partial(answer, changed_store(update))

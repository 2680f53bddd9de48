"""A store with the made-up state of the analysis, and the shortest way to ask it."""

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


def _fresh() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    store.load(ox.parse(path=str(FIXTURE), format=ox.RdfFormat.TRIG))
    return store


def _answer(store: EmbeddedStore, name: str, *, lang: str = "vi", as_of: str | None = TODAY, ids: bool = False,
            **params: str) -> Table:
    return ask_store(store, name, params, as_of=as_of, lang=lang, ids=ids)


@pytest.fixture(scope="session")
def analysis_store() -> EmbeddedStore:
    """The fixture, not to be changed."""
    return _fresh()


@pytest.fixture(scope="session")
def ask(analysis_store: EmbeddedStore) -> Ask:
    """Asks the fixture a question and returns the table."""
    return partial(_answer, analysis_store)


@pytest.fixture
def changed() -> Callable[[str], Ask]:
    """Asks a fresh copy of the fixture after a SPARQL update."""
    def make(update: str) -> Ask:
        store = _fresh()
        store.update("BASE <https://w3id.org/pactgraph/>\nPREFIX pg: <ontology/>\n"
                     "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n" + update)
        return partial(_answer, store)
    return make

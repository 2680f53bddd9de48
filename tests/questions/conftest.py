"""A store with the made-up state of a folder's ``fixture.trig``, and the shortest way to ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from store_help import Ask, asking, kept, loaded

from pactgraph.store.embedded import EmbeddedStore


@pytest.fixture
def trig(request: pytest.FixtureRequest) -> Path:
    """The made-up state that stands beside a test."""
    return request.path.with_name("fixture.trig")


@pytest.fixture
def store(trig: Path) -> EmbeddedStore:
    """The made-up state, not to be changed."""
    return kept(trig)


@pytest.fixture
def ask(store: EmbeddedStore) -> Ask:
    """Asks it a question and returns the table."""
    return asking(store)


@pytest.fixture
def changed_store(trig: Path) -> Callable[[str], EmbeddedStore]:
    """A fresh copy of it after a SPARQL update."""
    return lambda update: loaded(trig, update)


@pytest.fixture
def changed(changed_store: Callable[[str], EmbeddedStore]) -> Callable[[str], Ask]:
    """Asks a fresh copy of it after a SPARQL update."""
    return lambda update: asking(changed_store(update))

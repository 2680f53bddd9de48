"""The whole graph in a real Virtuoso: built into it, counted there as here, and asked."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.build.pipeline import build_into_endpoint
from pactgraph.catalogue import load
from pactgraph.questions.run import ask
from pactgraph.settings import Settings
from pactgraph.store import Store, open_store

pytestmark = [pytest.mark.virtuoso, pytest.mark.slow]


def _counts(store: Store) -> list[str]:
    rows = store.query(load("lookup", "counts").text)
    assert isinstance(rows, ox.QuerySolutions)
    return [term.value for term in next(iter(rows))]


def test_the_graph_is_the_same_there(virtuoso: str, built_store: Path) -> None:
    build_into_endpoint(Settings(store=virtuoso))
    remote, here = open_store(virtuoso), open_store(str(built_store))
    assert _counts(remote) == _counts(here)
    name = "recommendations-without-task"
    assert ask(remote, name, {}).rows == ask(here, name, {}).rows

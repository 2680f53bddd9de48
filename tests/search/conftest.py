"""The index of the real graph, opened once a worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from pactgraph.search import Index, opened
from pactgraph.store.generations import current


@pytest.fixture(scope="session")
def index(built_store: Path) -> Index:
    """The index beside the real graph."""
    generation = current(built_store)
    assert generation is not None
    found = opened(generation.folder)
    assert found is not None
    return found

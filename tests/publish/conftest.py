"""What the tests of publishing share: one export of each kind of the real graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from parallel import Parallel
from publish_help import exported

DAY = "2026-11-21"


@pytest.fixture(scope="session")
def dumps(parallel: Parallel, built_store: Path) -> Path:
    """All dumps of the real graph, made once a run; not to be changed."""
    return parallel.once("dumps", lambda folder: exported(built_store, "dumps", folder / "out")) / "out"


@pytest.fixture(scope="session")
def tables(parallel: Parallel, built_store: Path) -> Path:
    """All tables of the real graph on a day, made once a run; not to be changed."""
    return parallel.once("tables", lambda folder: exported(built_store, "tables", folder / "out", "--as-of", DAY)) / "out"

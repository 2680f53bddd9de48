"""What all tests share: the project's folders, and one real graph of Viet Nam built once a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# No test fails for the speed of the machine that it runs on; speed is measured in benchmarks/.
settings.register_profile("pactgraph", deadline=None)
settings.load_profile("pactgraph")

ROOT = Path(__file__).resolve().parents[1]
DECISION = ROOT / "data" / "vnm" / "plans" / "1252-qd-ttg-2019" / "decision-1252-qd-ttg-2019.txt"


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def decision() -> Path:
    """The text of Decision 1252/QĐ-TTg."""
    return DECISION


@pytest.fixture(scope="session")
def built_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with the real graph, built once."""
    from pactgraph.build.pipeline import build
    from pactgraph.settings import Settings

    folder = tmp_path_factory.mktemp("store") / "store"
    build(Settings(store=str(folder)))
    return folder

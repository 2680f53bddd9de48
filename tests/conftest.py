"""What all tests share: the project's folders, two real graphs built once a run, how long random tests search."""

from __future__ import annotations

import os
import shutil
import ssl
import sys
from functools import cache
from pathlib import Path
from typing import Any

import certifi
import pytest
from effort import examples
from hypothesis import settings
from parallel import Parallel

from pactgraph.store.embedded import EmbeddedStore

# No test fails for the speed of the machine that it runs on; speed is measured in benchmarks/.
settings.register_profile("pactgraph", deadline=None, max_examples=examples(100))
settings.load_profile("pactgraph")

# Hundreds of processes of the tests would each compile every module, where somebody's environment keeps Python from noting that.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Of many services in tests one makes its dumps by itself (tests/serving/test_dumps_served.py).
os.environ["PACTGRAPH_DUMPS_QUIET_SECONDS"] = "0"

_make_context = ssl.create_default_context


@cache
def _of_the_world() -> ssl.SSLContext:
    return _make_context(cafile=certifi.where())


def _context(*arguments: Any, **named: Any) -> ssl.SSLContext:
    """As ``ssl`` makes one; that of every httpx client (the certificates of the world, 50 ms) is made once a process."""
    return _of_the_world() if not arguments and named == {"cafile": certifi.where()} else _make_context(*arguments, **named)


ssl.create_default_context = _context

ROOT = Path(__file__).resolve().parents[1]
DECISION = ROOT / "data" / "vnm" / "plans" / "1252-qd-ttg-2019" / "decision-1252-qd-ttg-2019.txt"


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Parallel(config), "parallel")


@pytest.fixture(scope="session")
def parallel(request: pytest.FixtureRequest) -> Parallel:
    """Makes what all workers of a run share."""
    plugin = request.config.pluginmanager.get_plugin("parallel")
    assert isinstance(plugin, Parallel)
    return plugin


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def decision() -> Path:
    """The text of Decision 1252/QĐ-TTg."""
    return DECISION


@pytest.fixture(scope="session")
def built_store(parallel: Parallel) -> Path:
    """The folder of a store with the real graph, built once a run. All workers read it: never build into it or serve it."""
    from pactgraph.build.pipeline import build
    from pactgraph.settings import Settings

    return parallel.once("store", lambda folder: build(Settings(store=str(folder / "store")))) / "store"


@pytest.fixture(scope="session")
def real_graph(built_store: Path) -> EmbeddedStore:
    """The real graph in memory, not to be changed: quicker to ask than the files, and opened once a worker."""
    from pactgraph.store.generations import current

    generation = current(built_store)
    assert generation is not None
    store = EmbeddedStore.in_memory()
    store.load_nquads(generation.nquads)
    return store


@pytest.fixture
def own_store(built_store: Path, tmp_path: Path) -> Path:
    """A copy of the real store, to be served or changed."""
    return Path(shutil.copytree(built_store, tmp_path / "own-store"))


@pytest.fixture(scope="session")
def small_data(root: Path, parallel: Parallel) -> Path:
    """The data folder of the made-up country; its store stands beside it. Neither is to be written to."""
    return parallel.once("small", lambda folder: _make_small(root, folder)) / "data"


def _make_small(root: Path, folder: Path) -> None:
    from pactgraph.build.pipeline import build
    from pactgraph.settings import Settings

    countries, data = root / "tests" / "countries", folder / "data"
    shutil.copytree(root / "data" / "treaties", data / "treaties")
    shutil.copytree(countries / "un", data / "un")
    shutil.copyfile(root / "data" / "un" / "bodies.csv", data / "un" / "bodies.csv")
    shutil.copytree(countries / "xsr", data / "xsr")
    build(Settings(store=str(folder / "store"), data=str(data)))


@pytest.fixture(scope="session")
def small_store(small_data: Path) -> Path:
    """The store of the made-up country."""
    return small_data.parent / "store"

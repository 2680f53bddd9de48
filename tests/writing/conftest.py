"""A small real store (the made-up country of tests/countries), built once; each test writes to a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pactgraph.build.pipeline import build
from pactgraph.settings import Settings
from pactgraph.writing.writer import Writer


@pytest.fixture(scope="session")
def small_data(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the made-up country."""
    countries, data = root / "tests" / "countries", tmp_path_factory.mktemp("small") / "data"
    shutil.copytree(root / "data" / "treaties", data / "treaties")
    shutil.copytree(countries / "un", data / "un")
    shutil.copyfile(root / "data" / "un" / "bodies.csv", data / "un" / "bodies.csv")
    shutil.copytree(countries / "xsr", data / "xsr")
    return data


@pytest.fixture(scope="session")
def small_store(small_data: Path) -> Path:
    """The store of the made-up country; not to be written to."""
    store = small_data.parent / "store"
    build(Settings(store=str(store), data=str(small_data)))
    return store


@pytest.fixture
def settings(small_store: Path, small_data: Path, tmp_path: Path) -> Settings:
    """The settings of a copy of the store, without a journal yet."""
    shutil.copytree(small_store, tmp_path / "store")
    return Settings(store=str(tmp_path / "store"), data=str(small_data))


@pytest.fixture
def writer(settings: Settings) -> Iterator[Writer]:
    with Writer(settings) as opened:
        yield opened


@pytest.fixture
def reopened(settings: Settings) -> Iterator[Callable[[], Writer]]:
    """Opens the store again, after a writer was closed or killed."""
    opened: list[Writer] = []

    def again() -> Writer:
        opened.append(Writer(settings))
        return opened[-1]

    yield again
    for item in opened:
        item.close()


@pytest.fixture(scope="module")
def shared(small_store: Path, small_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writer]:
    """One writer for the tests of a module that do not disturb each other: each writes about things of its own."""
    store = tmp_path_factory.mktemp("shared") / "store"
    shutil.copytree(small_store, store)
    with Writer(Settings(store=str(store), data=str(small_data))) as opened:
        yield opened

"""Writers over copies of the small real store, that of the made-up country."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pactgraph.settings import Settings
from pactgraph.writing.writer import Writer


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

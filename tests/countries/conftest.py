"""A made-up country beside the real data, built once a run: alone, and together with Viet Nam."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from parallel import Parallel
from service_help import serving

from pactgraph.build.pipeline import build
from pactgraph.questions.run import ask
from pactgraph.settings import Settings
from pactgraph.store import open_store

HERE = Path(__file__).parent


def assemble(root: Path, data: Path) -> Path:
    """A data folder of the made-up country alone, with the treaties and bodies that all countries share."""
    shutil.copytree(root / "data" / "treaties", data / "treaties")
    shutil.copytree(HERE / "un", data / "un")
    shutil.copyfile(root / "data" / "un" / "bodies.csv", data / "un" / "bodies.csv")
    shutil.copytree(HERE / "xsr", data / "xsr")
    return data


def assemble_both(root: Path, data: Path) -> Path:
    """The real data with the made-up country in it."""
    shutil.copytree(root / "data", data)
    shutil.copytree(HERE / "xsr", data / "xsr")
    shutil.copytree(HERE / "un" / "ccpr-c-xsr-co-1", data / "un" / "ccpr-c-xsr-co-1")
    own = (HERE / "un" / "documents.csv").read_text("utf-8").split("\n", 1)[1]
    with (data / "un" / "documents.csv").open("a", encoding="utf-8") as table:
        table.write(own)
    return data


@pytest.fixture(scope="session")
def made_up_data(root: Path, parallel: Parallel) -> Path:
    """The data folder of the made-up country."""
    return parallel.once("xsr-data", lambda folder: assemble(root, folder / "data")) / "data"


@pytest.fixture(scope="session")
def made_up_store(made_up_data: Path, parallel: Parallel) -> Path:
    """The store of the made-up country."""
    def make(folder: Path) -> None:
        build(Settings(store=str(folder / "store"), data=str(made_up_data)))

    return parallel.once("xsr-store", make) / "store"


@pytest.fixture(scope="session")
def store_of_both(root: Path, parallel: Parallel) -> Path:
    """A store that holds both countries."""
    def make(folder: Path) -> None:
        build(Settings(store=str(folder / "store"), data=str(assemble_both(root, folder / "data"))))

    return parallel.once("both", make) / "store"


Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def asked() -> Callable[..., Rows]:
    """Ask a question of a built store: rows of text by column."""
    def ask_store(folder: Path, name: str, lang: str = "en", as_of: str | None = "2026-11-21", *,
                  ids: bool = False, **params: str) -> Rows:
        table = ask(open_store(str(folder)), name, params, as_of=as_of, lang=lang, ids=ids)
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    return ask_store


@pytest.fixture(scope="session")
def pages(made_up_data: Path, made_up_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a real service over the graph of the made-up country."""
    store = Path(shutil.copytree(made_up_store, tmp_path_factory.mktemp("pages") / "store"))
    with serving(store, PACTGRAPH_DATA=str(made_up_data)) as service, \
            httpx.Client(base_url=service.address, timeout=30) as client:
        yield client

"""A made-up country beside the real data, built once a run: alone, and together with Viet Nam."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from pactgraph.build.pipeline import build
from pactgraph.questions.run import ask
from pactgraph.settings import Settings
from pactgraph.store import open_store
from pactgraph.store.generations import current

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
def made_up_data(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the made-up country."""
    return assemble(root, tmp_path_factory.mktemp("xsr") / "data")


@pytest.fixture(scope="session")
def made_up_store(made_up_data: Path) -> Path:
    """The store of the made-up country."""
    store = made_up_data.parent / "store"
    build(Settings(store=str(store), data=str(made_up_data)))
    return store


@pytest.fixture(scope="session")
def store_of_both(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds both countries."""
    folder = tmp_path_factory.mktemp("both")
    data = assemble_both(root, folder / "data")
    build(Settings(store=str(folder / "store"), data=str(data)))
    return folder / "store"


Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def asked() -> Callable[..., Rows]:
    """Ask a question of a built store: rows of text by column."""
    def ask_store(folder: Path, name: str, lang: str = "en", as_of: str | None = "2026-11-21", *,
                  ids: bool = False, **params: str) -> Rows:
        table = ask(open_store(str(folder)), name, params, as_of=as_of, lang=lang, ids=ids)
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    return ask_store


PROGRAM = """
import sys
from pathlib import Path
from pactgraph.settings import Settings
from pactgraph.web.serve import run
run(Settings.from_environment(), Path(sys.argv[1]))
"""


@pytest.fixture(scope="session")
def pages(made_up_store: Path, root: Path) -> Iterator[httpx.Client]:
    """A client of a real service over the graph of the made-up country."""
    generation = current(made_up_store)
    assert generation is not None
    environment = os.environ | {"PYTHONPATH": str(root / "service"), "PACTGRAPH_HOST": "127.0.0.1", "PACTGRAPH_PORT": "0"}
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(generation.folder)], env=environment,
                               stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    assert "http://" in line, line + process.stderr.read()
    with httpx.Client(base_url="http://" + line.split("http://")[1].split("/")[0], timeout=30) as client:
        yield client
    process.terminate()
    process.wait(15)

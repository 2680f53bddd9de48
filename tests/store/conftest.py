"""Real SPARQL servers, started once for the tests and stopped after them, with the graph of Viet Nam loaded once."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from servers import free_port, running

from pactgraph.build import pipeline
from pactgraph.build.generation import Built
from pactgraph.settings import Settings

# What Debian's own configuration sets: the limits that users meet.
_SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000
Striping = 0

[Parameters]
ServerPort = 127.0.0.1:{sql_port}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}

[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerRoot = {folder}

[SPARQL]
ResultSetMaxRows = 10000
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""
Server = AbstractContextManager[tuple[str, "subprocess.Popen[bytes]"]]


@dataclass(frozen=True)
class Virtuoso:
    """A running Virtuoso: its SPARQL endpoint, where isql connects, and a folder that it may read files from."""

    address: str
    isql: str
    folder: Path


@pytest.fixture(scope="session")
def virtuoso(virtuoso_server: Virtuoso) -> str:
    """The address of a running Virtuoso whose SPARQL user may update."""
    return virtuoso_server.address


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """A running Virtuoso whose SPARQL user may update."""
    if not shutil.which("virtuoso-t"):
        pytest.skip("Virtuoso is not installed (Debian: virtuoso-opensource-7-bin)")
    folder = tmp_path_factory.mktemp("virtuoso")
    sql_ports: list[int] = []

    def command() -> tuple[list[str], str]:
        http_port, sql_port = free_port(), free_port()
        sql_ports.append(sql_port)
        settings = folder / "virtuoso.ini"
        settings.write_text(_SETTINGS.format(folder=folder, http_port=http_port, sql_port=sql_port), "utf-8")
        return ["virtuoso-t", "-f", "-c", str(settings)], f"http://127.0.0.1:{http_port}/sparql"

    with running(command, folder) as (address, _):
        grant = 'grant SPARQL_UPDATE to "SPARQL";'
        subprocess.run(["isql-vt", f"127.0.0.1:{sql_ports[-1]}", "dba", "dba", f"exec={grant}"], check=True, timeout=60,
                       stdout=subprocess.DEVNULL)
        yield Virtuoso(address, f"127.0.0.1:{sql_ports[-1]}", folder)


@pytest.fixture(scope="session")
def oxigraph_server() -> Callable[..., Server]:
    """Starts an Oxigraph server, in memory unless it is to keep its data in the folder; its default graph is the union."""
    program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    if not Path(program).exists():
        pytest.skip("Oxigraph's server is not installed (PyPI: oxigraph)")

    def start(folder: Path, union: bool = True, keep: bool = False, port: int = 0) -> Server:
        def command() -> tuple[list[str], str]:
            at = f"127.0.0.1:{port or free_port()}"
            options = [*(["--location", str(folder)] if keep else []), *(["--union-default-graph"] if union else [])]
            return [program, "serve", "--bind", at, *options], f"http://{at}/query"

        return running(command, folder)

    return start


@pytest.fixture(scope="session")
def oxigraph(oxigraph_server: Callable[..., Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Oxigraph server."""
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as (address, _):
        yield address


@pytest.fixture
def small_oxigraph(oxigraph_server: Callable[..., Server], tmp_path: Path) -> Iterator[str]:
    """The address of an Oxigraph server that a test may fill and change."""
    with oxigraph_server(tmp_path) as (address, _):
        yield address


def load_built(address: str, store: Path) -> None:
    """Build into an endpoint, with the graph that was built for the tests in place of another build of the same."""
    folder = next((store / "generations").iterdir())
    quads = list(ox.parse(path=str(folder / "graph.nq"), format=ox.RdfFormat.N_QUADS))
    built = Built(quads, json.loads((folder / "summary.json").read_text("utf-8")), [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "make_graph", lambda *_, **__: built)
        pipeline.build_into_endpoint(Settings(store=address))


@pytest.fixture(scope="session")
def loaded(request: pytest.FixtureRequest, built_store: Path) -> Callable[[str], str]:
    """The address of an engine ("virtuoso", "oxigraph") with the graph of Viet Nam in it."""
    addresses: dict[str, str] = {}

    def address(engine: str) -> str:
        if engine not in addresses:
            found = request.getfixturevalue(engine)
            load_built(found, built_store)
            addresses[engine] = found
        return addresses[engine]

    return address


@pytest.fixture(scope="session")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where copies of remote graphs go in these tests."""
    return tmp_path_factory.mktemp("copies")


@pytest.fixture(scope="session")
def settings_for(copies: Path) -> Callable[..., Settings]:
    """The settings with an address as the store."""
    return partial(_settings, str(copies))


def _settings(copies: str, address: str, **more: object) -> Settings:
    return Settings(store=address, copies=copies, **more)  # type: ignore[arg-type]

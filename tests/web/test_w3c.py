"""W3C's suites over real HTTP: all 34 protocol tests and all 13 graph store tests, against ``pactgraph serve``.

The service runs as an operator would start it for this: an empty store, ``--default-graph plain``, an administrator's
token that was made on the command line.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from w3c_http import SUITE, Case, cases, send

SERVICE = Path(__file__).resolve().parents[2] / "service"
PROTOCOL, STORE = cases("protocol", "manifest.ttl"), cases("graph-store-protocol", "manifest.ttl")
pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason=f"W3C's tests are not at hand: {SUITE} is missing")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a service over an empty store; it holds an administrator's token for those requests that need one."""
    folder = tmp_path_factory.mktemp("w3c")
    environment = os.environ | {"PYTHONPATH": str(SERVICE), "PACTGRAPH_STORE": str(folder / "store")}
    command = [sys.executable, "-m", "pactgraph"]
    made = subprocess.run([*command, "token", "create", "w3c", "--scope", "administrator"], env=environment,
                          capture_output=True, text=True, check=True)
    process = subprocess.Popen([*command, "serve", "--port", "0", "--default-graph", "plain", "--data", "none"],
                               env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        told = []
        while not (found := re.search(r"http://[\d.]+:\d+", (line := process.stderr.readline()))):
            told.append(line)
            assert line, "".join(told)
        with httpx.Client(base_url=found[0], timeout=60) as client:
            client.token = {"Authorization": f"Bearer {made.stdout.strip()}"}  # type: ignore[attr-defined]
            yield client
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def empty(plain: httpx.Client) -> httpx.Client:
    """The same client, once the store is empty again."""
    done = plain.post("/update", data={"update": "DROP ALL"}, headers=plain.token)  # type: ignore[attr-defined]
    assert done.status_code in (200, 204), done.text
    return plain


def test_the_suites_are_whole() -> None:
    assert (len(PROTOCOL), len(STORE)) == (34, 13)


@pytest.mark.parametrize("case", PROTOCOL, ids=lambda case: case.name)
def test_protocol(empty: httpx.Client, case: Case) -> None:
    token = empty.token  # type: ignore[attr-defined]
    for graph, file in case.data.items():
        loaded = empty.put("/graphs", params={"graph": graph}, content=file.read_bytes(),
                           headers=token | {"Content-Type": "application/n-triples"})
        assert loaded.status_code in (201, 204), loaded.text
    for call in case.calls:
        is_update = "update" in case.name and not call.body.lstrip().startswith(b"ASK")
        path = call.path.replace("/sparql/", "/update" if is_update else "/sparql", 1)
        send(empty, call, path, {}, **(token if is_update else {}))


@pytest.mark.parametrize("case", STORE, ids=lambda case: case.name)
def test_graph_store(empty: httpx.Client, case: Case) -> None:
    known: dict[str, str] = {}
    for call in case.calls:
        send(empty, call, call.path.replace("/gsp", "/graphs", 1), known, **empty.token)  # type: ignore[attr-defined]

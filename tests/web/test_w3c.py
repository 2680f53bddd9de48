"""W3C's suites over real HTTP: all 34 protocol tests and all 13 graph store tests, against ``pactgraph serve``.

The service runs as an operator would start it for this: an empty store, ``--default-graph plain``, an administrator's
token.
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from served import Served
from w3c_http import SUITE, Case, cases, send

PROTOCOL, STORE = cases("protocol", "manifest.ttl"), cases("graph-store-protocol", "manifest.ttl")
pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason=f"W3C's tests are not at hand: {SUITE} is missing")


@pytest.fixture
def clients(plain: Served) -> Iterator[tuple[httpx.Client, httpx.Client]]:
    """A stranger and an administrator of a service whose store is empty again."""
    with plain.client() as stranger, plain.client("administrator") as administrator:
        done = administrator.post("/update", data={"update": "DROP ALL"})
        assert done.status_code in (200, 204), done.text
        yield stranger, administrator


def test_the_suites_are_whole() -> None:
    assert (len(PROTOCOL), len(STORE)) == (34, 13)


@pytest.mark.parametrize("case", PROTOCOL, ids=lambda case: case.name)
def test_protocol(clients: tuple[httpx.Client, httpx.Client], case: Case) -> None:
    stranger, administrator = clients
    for graph, file in case.data.items():
        loaded = administrator.put("/graphs", params={"graph": graph}, content=file.read_bytes(),
                                   headers={"Content-Type": "application/n-triples"})
        assert loaded.status_code == 201, loaded.text
    for call in case.calls:
        if "update" in case.name and not call.body.lstrip().startswith(b"ASK"):
            send(administrator, call, call.path.replace("/sparql/", "/update", 1), {})
        else:
            send(stranger, call, call.path.replace("/sparql/", "/sparql", 1), {})


@pytest.mark.parametrize("case", STORE, ids=lambda case: case.name)
def test_graph_store(clients: tuple[httpx.Client, httpx.Client], case: Case) -> None:
    stranger, administrator = clients
    known: dict[str, str] = {}
    for call in case.calls:
        reading = call.method in ("GET", "HEAD")
        send(stranger if reading else administrator, call, call.path.replace("/gsp", "/graphs", 1), known)

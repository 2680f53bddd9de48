"""What is restricted is seen by those who may, in readers of their own, and by nobody else."""

from __future__ import annotations

import httpx
import pyoxigraph as ox
import pytest

from pactgraph.access.author import CURATOR, READER
from pactgraph.access.tokens import Tokens
from pactgraph.journal.graphs import restricted_graph

from .conftest import COUNT, quad, settings_of

BASE = "https://w3id.org/pactgraph/"
POLICE, COURT = restricted_graph("mps", BASE), restricted_graph("spc", BASE)


def hidden(number: int, graph: str) -> ox.Quad:
    return quad(number, graph)


@pytest.fixture(scope="module")
def secrets(shared) -> dict[str, str]:
    """The headers of those who ask: of the police, of the court, of all bodies."""
    tokens = Tokens(settings_of(shared).journal_folder())  # type: ignore[arg-type]
    made = {
        "police": tokens.create("police-desk", READER, "mps"),
        "court": tokens.create("court-desk", READER, "spc"),
        "all": tokens.create("editor", CURATOR),
    }
    return {name: f"Bearer {secret}" for name, secret in made.items()}


def counts(shared, secrets) -> dict[str, int]:
    found = {name: shared.count(Authorization=secret) for name, secret in secrets.items()}
    return found | {"strangers": shared.count()}


def test_each_sees_what_it_may(shared, secrets) -> None:
    assert set(counts(shared, secrets).values()) == {0}
    shared.write([quad(1), hidden(2, POLICE), hidden(3, POLICE), hidden(4, COURT)])
    for _ in range(3):  # both workers
        assert counts(shared, secrets) == {"police": 3, "court": 2, "all": 4, "strangers": 1}
    shared.write([hidden(5, POLICE), quad(6)], [hidden(2, POLICE)])
    for _ in range(3):
        assert counts(shared, secrets) == {"police": 4, "court": 3, "all": 5, "strangers": 2}


def test_caches_and_entity_tags_are_of_one_right(shared, secrets) -> None:
    ask = {"query": COUNT, "format": "csv"}
    tags = {name: httpx.get(shared.address + "/sparql", params=ask, headers={"Authorization": secret}, timeout=30).headers["etag"]
            for name, secret in secrets.items()}
    tags["strangers"] = httpx.get(shared.address + "/sparql", params=ask).headers["etag"]
    assert len(set(tags.values())) == 4
    for tag in tags.values():
        answer = httpx.get(shared.address + "/sparql", params=ask, headers={"If-None-Match": tag})
        assert (answer.status_code == 304) == (tag == tags["strangers"])


def test_a_pool_whose_keeper_dies_and_a_worker_that_starts_again_know_all(shared, secrets) -> None:
    import os
    import signal

    for victim in shared.children("web.worker"):
        os.kill(victim, signal.SIGKILL)
    assert counts(shared, secrets)["all"] == counts(shared, secrets)["police"] + 1

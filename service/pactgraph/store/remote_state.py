"""What an endpoint's graph is: not there, half loaded, or the whole result of one build.

Two graphs of the endpoint tell it. ``urn:pactgraph:loading`` stands there from before the first change of a build until
after its last, with who builds and since when; ``urn:pactgraph:state`` names the fingerprint of the build that is
whole, its graphs and its summary. A build that is broken off leaves the first, and any later build starts from it.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.errors import fail
from pactgraph.store.remote import MARKS, RemoteStore

LOADING, WHOLE = f"{MARKS}loading", f"{MARKS}state"
_ABOUT = ox.NamedNode(f"{MARKS}store")


@dataclass(frozen=True)
class State:
    """What the marks say. ``loading``: who builds since when; ``graphs``: what builds have put there."""

    fingerprint: str = ""
    loading: str = ""
    graphs: frozenset[str] = frozenset()
    summary: dict[str, Any] | None = None


def state_of(remote: RemoteStore) -> State:
    """The state of an endpoint; empty where no build of pactgraph went there."""
    rows = remote.query(load("store", "state").text)
    assert isinstance(rows, ox.QuerySolutions)
    said: dict[str, list[str]] = {}
    for row in rows:
        said.setdefault(row["p"].value.removeprefix(MARKS), []).append(row["o"].value)
    summary = said.get("summary")
    return State(said.get("fingerprint", [""])[0], said.get("loading", [""])[0], frozenset(said.get("graph", [])),
                 json.loads(summary[0]) if summary else None)


def check_whole(remote: RemoteStore) -> State:
    """The state of an endpoint that can be read; half a graph is a UserError that says how to make it whole."""
    state = state_of(remote)
    if state.loading:
        raise fail("endpoint-incomplete", address=remote.address, who=state.loading)
    return state


def begin(remote: RemoteStore, graphs: Iterable[str]) -> frozenset[str]:
    """Mark the endpoint as being loaded; returns the graphs to remove: old ones, those of a broken build, the new."""
    before = state_of(remote)
    known = before.graphs | frozenset(graphs)
    who = f"{platform.node()}, process {os.getpid()}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    # The new mark first: at no moment does an endpoint in change look whole.
    _mark(remote, LOADING, {"loading": [who], "graph": sorted(known)})
    remote.drop(WHOLE)
    return known


def finish(remote: RemoteStore, fingerprint: str, sizes: dict[str, int], summary: dict[str, Any]) -> None:
    """Mark the endpoint as whole, after counting that every graph holds what was sent."""
    there = remote.graphs()
    for graph, size in sizes.items():
        if there.get(graph, 0) != size:
            raise fail("endpoint-lost", address=remote.address, graph=graph, found=there.get(graph, 0), expected=size)
    text = json.dumps(summary, ensure_ascii=False, sort_keys=True)
    _mark(remote, WHOLE, {"fingerprint": [fingerprint], "graph": sorted(sizes), "summary": [text]})
    remote.drop(LOADING)


def _mark(remote: RemoteStore, graph: str, said: dict[str, list[str]]) -> None:
    remote.load(ox.Quad(_ABOUT, ox.NamedNode(MARKS + name), ox.Literal(value), ox.NamedNode(graph))
                for name, values in said.items() for value in values)

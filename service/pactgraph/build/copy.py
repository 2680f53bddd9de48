"""A copy of the graph of an endpoint on this machine, as a generation like any that was built here.

It answers where the endpoint's engine does not do what the standard says, and it is what ``serve`` serves: the limits of
the readers hold then, whatever the endpoint would do. A copy is used again while the endpoint's marks and the sizes of its
graphs are the same; a graph that was loaded by other means than ``pactgraph build`` has no mark, and is copied anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from pactgraph.build.checks import check_all
from pactgraph.build.generation import write_index
from pactgraph.build.summary import summarise
from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.store.embedded import EmbeddedStore, canonical_nquads
from pactgraph.store.generations import Generation, current, new_folder, publish
from pactgraph.store.remote import RemoteStore
from pactgraph.store.remote_state import State, check_whole


def copies_folder(settings: Settings, purpose: str = "read") -> Path:
    """The folder of the copies of an endpoint; a service has another than commands, so that neither waits for the other."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    root = Path(settings.copies) if settings.copies else Path(home) / "pactgraph"
    return root / f"{hashlib.sha256(settings.store.encode()).hexdigest()[:16]}-{purpose}"


def fresh_copy(remote: RemoteStore, settings: Settings, folder: Path) -> Generation | None:
    """The copy that was taken before, where it is still the endpoint's graph."""
    before = current(folder)
    key = _key(*_seen(remote), settings)
    return before if before and key and before.fingerprint == key else None


def take_copy(remote: RemoteStore, settings: Settings, folder: Path) -> Generation:
    """Copy the endpoint's graph into ``folder``, whose lock the caller holds. A graph that changes meanwhile is a UserError."""
    state, sizes = _seen(remote)
    if not sizes:
        raise fail("endpoint-empty", address=remote.address)
    quads = list(remote.quads(sizes))
    if _seen(remote) != (state, sizes):
        raise fail("endpoint-changed", address=remote.address)
    # Without a mark nothing tells one state of the endpoint from the next: no later command takes this for its copy.
    key = _key(state, sizes, settings) or f"once-{secrets.token_hex(8)}"
    made = new_folder(folder, key)
    (made / "graph.nq").write_bytes(canonical_nquads(quads))
    database = EmbeddedStore.on_disk(made / "oxigraph", read_only=False)
    database.load_nquads(made / "graph.nq")
    summary = state.summary or _summary(database, quads, settings)
    write_index(database, made)
    database.close()
    (made / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), "utf-8")
    return publish(folder, key, made)


def _seen(remote: RemoteStore) -> tuple[State, dict[str, int]]:
    """The marks of the endpoint, and the graphs of our dataset in it with their sizes (other people's are left out)."""
    state, sizes = check_whole(remote), remote.graphs()
    return state, {graph: size for graph, size in sizes.items() if not state.graphs or graph in state.graphs}


def _key(state: State, sizes: dict[str, int], settings: Settings) -> str:
    """What tells one graph of the endpoint from another; empty where nothing does."""
    if not state.fingerprint:
        return ""
    return hashlib.sha256(json.dumps([settings.base, state.fingerprint, sizes]).encode()).hexdigest()[:20]


def _summary(store: EmbeddedStore, quads: list[ox.Quad], settings: Settings) -> dict[str, Any]:
    return summarise(store, check_all(quads, checker=settings.checker))

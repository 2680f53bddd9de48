"""Writes a finished graph as the generation of a store that counts from now on."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from pactgraph.build.journaled import Journaled
from pactgraph.build.results import CheckResult
from pactgraph.search import FILE, write
from pactgraph.search.index import has_fts5
from pactgraph.store.embedded import EmbeddedStore, canonical_nquads
from pactgraph.store.generations import Generation, new_folder, publish


@dataclass(frozen=True)
class Built:
    """A finished graph with what the build counted and found.

    ``journal`` is the state of the journal that it holds, ``retracted`` what it leaves out of the sources.
    """

    quads: list[ox.Quad]
    summary: dict[str, Any]
    results: list[CheckResult]
    journal: Journaled = field(default_factory=Journaled)
    retracted: frozenset[ox.Quad] = frozenset()


def write_generation(store: Path, key: str, built: Built) -> Generation:
    """Write a graph as the generation that counts from now on. The caller holds the store's lock."""
    folder = new_folder(store, key)
    data = canonical_nquads(built.quads)
    _save(folder / "graph.nq", data)
    summary = built.summary | {"graph_sha256": hashlib.sha256(data).hexdigest()}
    _save(folder / "retracted.nq", canonical_nquads(built.retracted))
    database = EmbeddedStore.on_disk(folder / "oxigraph", read_only=False)
    database.load_nquads(folder / "graph.nq")
    write_index(database, folder)
    database.close()
    _save(folder / "summary.json", json.dumps(summary, ensure_ascii=False, indent=1).encode("utf-8"))
    return publish(store, key, folder, built.journal.number)


def write_index(store: EmbeddedStore, folder: Path) -> None:
    """Make the index of the search beside a graph; a machine whose SQLite cannot search has none, and the search says so."""
    if has_fts5():
        write(store, folder / FILE)


def _save(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())

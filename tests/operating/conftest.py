"""A small store with everything that a backup holds: journal, tokens, an imported file and a generation."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.journal.entry import UPDATE
from pactgraph.journal.log import Journal
from pactgraph.journal.patch import Patch
from pactgraph.settings import Settings
from pactgraph.sources.imported import keep
from pactgraph.store.embedded import EmbeddedStore, canonical_nquads
from pactgraph.store.generations import new_folder, publish

NAMED = ox.NamedNode
GRAPH = NAMED("https://w3id.org/pactgraph/graph/journal/office")


def quad(number: int) -> ox.Quad:
    return ox.Quad(NAMED(f"http://example.org/s{number}"), NAMED("http://example.org/p"), ox.Literal(f"điều {number}"), GRAPH)


def write_entries(journal: Path, count: int) -> None:
    """Add entries to a journal."""
    opened = Journal(journal)
    for _ in range(count):
        opened.append(by="office", scope="curator", kind=UPDATE, reason="a test", patch=Patch.of([quad(opened.head)]),
                      at=datetime(2026, 11, 22, tzinfo=UTC))


def make_store(folder: Path) -> Settings:
    """A store in ``folder`` with three entries, a token file, an imported file and a small generation."""
    settings = Settings(store=str(folder), port=0)
    journal = settings.journal_folder()
    assert journal is not None
    write_entries(journal, 3)
    (journal / "tokens.json").write_text('{"format": 1, "tokens": []}')
    (journal / "tokens.json").chmod(0o600)
    file = folder.with_name("quyết định.txt")
    file.write_text("Quyết định số 1\n", "utf-8")
    keep(folder / "sources", file, hashlib.sha256(file.read_bytes()).hexdigest(), format="annex", country="vnm",
         day=date(2026, 11, 22))
    made = new_folder(folder, "abc")
    data = canonical_nquads([quad(1), quad(2)])
    (made / "graph.nq").write_bytes(data)
    database = EmbeddedStore.on_disk(made / "oxigraph", read_only=False)
    database.load_nquads(made / "graph.nq")
    database.close()
    (made / "summary.json").write_text(json.dumps({"graph_sha256": hashlib.sha256(data).hexdigest()}))
    publish(folder, "abc", made)
    return settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a small store."""
    return make_store(tmp_path / "store")


@pytest.fixture
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run ``pactgraph`` in a process of its own."""
    def go(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PACTGRAPH_")}
        return subprocess.run([sys.executable, "-m", "pactgraph", *arguments], env=environment | variables,
                              capture_output=True, text=True, timeout=120)

    return go

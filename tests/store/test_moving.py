"""docs/moving-to-a-large-store.md, run: the dumps are loaded by Virtuoso's own loader, counted, and asked."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cli_help import run
from site_help import small_store

from pactgraph.publish.kinds import Context, export, kind_of
from pactgraph.publish.manifest import read_manifest
from pactgraph.settings import Settings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "moving-to-a-large-store.md"
BASE = "https://moving.example.org/"
"""A base of its own: the server holds graphs of other tests too."""


def _isql(server: Any, text: str) -> str:
    done = subprocess.run(["isql-vt", server.isql, "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", "PROMPT=OFF"], input=text,
                          text=True, capture_output=True, timeout=120)
    assert done.returncode == 0 and "***" not in done.stderr + done.stdout, done.stderr + done.stdout
    return done.stdout


@pytest.mark.virtuoso
def test_the_commands_for_virtuoso_load_the_dumps(virtuoso_server: Any, tmp_path: Path) -> None:
    from pactgraph.store.embedded import EmbeddedStore

    text = small_store().dump().decode().replace("https://w3id.org/pactgraph/", BASE)
    store = EmbeddedStore.in_memory()
    (tmp_path / "graph.nq").write_text(text, "utf-8")
    store.load_nquads(tmp_path / "graph.nq")
    dumps = virtuoso_server.folder / "dumps"
    context = Context(store, Settings(base=BASE), "en", "2026-11-22", {"fingerprint": "abc", "journal": 0},
                      {"group": ("all",), "format": ("nquads",), "compression": ("gzip",)})
    export(kind_of("dumps"), context, dumps)
    manifest = read_manifest(dumps)
    assert manifest is not None

    load, count = re.findall(r"^```sql\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    said = _isql(virtuoso_server, load.replace("/srv/pactgraph/dumps", str(dumps)))
    line = next(line for line in said.splitlines() if line.startswith(str(dumps)))
    assert line.split()[1:] == ["2", "NULL"], said
    counted = _isql(virtuoso_server, count.replace("https://w3id.org/pactgraph/", BASE))
    assert str(manifest["statements"]) in counted.split()

    query = tmp_path / "q.rq"
    query.write_text(f"SELECT ?n WHERE {{ GRAPH ?g {{ <{BASE}id/treaty/iccpr/article/19> "
                     "<http://www.w3.org/2004/02/skos/core#notation> ?n } }", "utf-8")
    done = run("query", str(query), "--store", virtuoso_server.address, "--format", "csv")
    assert done.returncode == 0 and "ICCPR/19" in done.stdout, done.stderr

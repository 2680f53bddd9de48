"""What must not be handed on: in no file that is published, named with its reason, and read in the service as before."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
from pathlib import Path

import pyoxigraph as ox
import pytest
from cli_help import run
from publish_help import exported

from pactgraph.build.meta import graph_descriptions
from pactgraph.build.void import described_for_editors
from pactgraph.ids import Ids
from pactgraph.publish.handed_on import handed_on
from pactgraph.publish.kinds import Context, export, kind_of
from pactgraph.publish.manifest import read_manifest
from pactgraph.settings import Settings
from pactgraph.store.embedded import EmbeddedStore

BASE = "https://w3id.org/pactgraph/"
UHRI, OURS, INFERRED, GAPS = (
    f"{BASE}graph/{name}" for name in ("imported/uhri/abc", "un/a-1", "derived/inferred", "derived/gaps"))
SECRET = "The text of the paragraph."
STATEMENTS = f"""
<{BASE}id/un/rec/a-1/1> <http://www.w3.org/2000/01/rdf-schema#label> "Ours"@en <{OURS}> .
<{BASE}id/un/rec/a-1/1> <{BASE}ontology/hasPart> <{BASE}id/un/part/9> <{OURS}> .
<{BASE}id/un/rec/a-1/1> <{BASE}ontology/verbatim> "{SECRET}"@en <{UHRI}> .
<{BASE}id/un/rec/a-1/1> <http://purl.org/dc/terms/subject> <http://metadata.un.org/sdg/16> <{UHRI}> .
<{BASE}id/un/rec/a-1/2> <http://www.w3.org/2000/01/rdf-schema#label> "Only there"@en <{UHRI}> .
<{BASE}id/un/rec/a-1/2> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}ontology/Recommendation> <{UHRI}> .
<{BASE}id/un/rec/a-1/1> <http://www.w3.org/2004/02/skos/core#note> "{SECRET}"@en <{INFERRED}> .
<http://metadata.un.org/sdg/16> <{BASE}ontology/subjectOf> <{BASE}id/un/rec/a-1/1> <{INFERRED}> .
<{BASE}id/un/part/9> <{BASE}ontology/partOf> <{BASE}id/un/rec/a-1/1> <{INFERRED}> .
<{BASE}id/un/rec/a-1/2> <{BASE}ontology/hasGap> <{BASE}id/gap/1> <{INFERRED}> .
<{BASE}id/gap/1> <{BASE}ontology/gapAbout> <{BASE}id/un/rec/a-1/2> <{GAPS}> .
<{BASE}id/gap/1> <http://www.w3.org/2000/01/rdf-schema#label> "Nothing answers it"@en <{GAPS}> .
"""


def small() -> EmbeddedStore:
    """A graph with what an operator imported, what was inferred of it, and a gap about it."""
    quads = list(ox.parse(STATEMENTS, format=ox.RdfFormat.N_QUADS))
    store = EmbeddedStore.in_memory()
    store.load([*quads, *graph_descriptions(quads, Ids(BASE))])
    return store


def test_neither_the_graphs_nor_what_follows_from_them_alone_is_there(tmp_path: Path) -> None:
    store, left_out = handed_on(small(), BASE, tmp_path / "copy")
    rest = list(store.quads())
    text = b"".join(ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"" for quad in rest).decode()
    for gone in (SECRET, "Only there", "rec/a-1/2", "id/gap/1", "subjectOf", UHRI, "odrl", "policy"):
        assert gone not in text, gone
    assert '"Ours"@en' in text and "partOf" in text  # what is stated elsewhere, and what follows from it
    assert [(item["graph"], item["statements"]) for item in left_out] == [(UHRI, 4)]
    assert "hand on" in left_out[0]["rights"]["en"] and "chuyển giao" in left_out[0]["rights"]["vi"]


def test_a_graph_without_such_statements_is_read_as_it_is(tmp_path: Path) -> None:
    store = EmbeddedStore.in_memory()
    store.load(quad for quad in small().quads() if quad.graph_name.value not in (UHRI, f"{BASE}graph/meta"))  # type: ignore[union-attr]
    assert handed_on(store, BASE, tmp_path / "copy") == (store, []) and not (tmp_path / "copy").exists()


@pytest.mark.parametrize("kind", ["dumps", "tables", "catalog"])
def test_every_kind_names_what_it_leaves_out(kind: str, tmp_path: Path) -> None:
    context = Context(small(), Settings(lang="en"), "en", "2026-11-22", {"fingerprint": "abc", "journal": 0})
    export(kind_of(kind), context, tmp_path / "out")
    manifest = read_manifest(tmp_path / "out")
    assert manifest is not None and [item["graph"] for item in manifest["left_out"]] == [UHRI]
    for file in (tmp_path / "out").rglob("*"):
        if file.is_file() and file.name != "manifest.json" and file.suffix not in (".zst", ".xlsx", ".db"):
            data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            for gone in (SECRET, "Only there", "imported/uhri"):
                assert gone.encode() not in data, f"{file.name}: {gone}"


def test_statistics_do_not_count_it() -> None:
    quads = list(ox.parse(STATEMENTS, format=ox.RdfFormat.N_QUADS))
    told = described_for_editors([quad for quad in quads if quad.graph_name.value in (UHRI, OURS)], Ids(BASE))  # type: ignore[union-attr]
    (triples,) = [quad.object.value for quad in told if quad.predicate.value.endswith("void#triples")
                  and quad.subject.value == f"{BASE}id/dataset/pactgraph"]  # type: ignore[union-attr]
    assert triples == "2"


def test_the_descriptions_of_graphs_describe_themselves_with_a_licence() -> None:
    quads = [quad for quad in small().quads() if quad.graph_name.value == f"{BASE}graph/meta"]  # type: ignore[union-attr]
    said = {quad.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1]: quad.object.value  # type: ignore[union-attr]
            for quad in quads if quad.subject.value == f"{BASE}graph/meta"}  # type: ignore[union-attr]
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/" and int(said["triples"]) == len(quads)


@pytest.mark.slow
def test_an_export_that_was_imported_by_the_command_is_in_no_file(built_store: Path, root: Path, tmp_path: Path) -> None:
    """From the import on the command line to the files; the service's own question still finds it."""
    store = Path(shutil.copytree(built_store, tmp_path / "store"))
    done = run("import", "uhri", str(root / "docs" / "examples" / "uhri-made-up.json"), "--country", "VNM", "--store", str(store))
    assert done.returncode == 0, done.stderr
    dumps = exported(store, "dumps", tmp_path / "dumps", "--group", "all", "--format", "nquads", "--compression", "none")
    tables = exported(store, "tables", tmp_path / "tables")
    manifest = json.loads((dumps / "manifest.json").read_text("utf-8"))
    (left_out,) = manifest["left_out"]
    name = left_out["graph"]
    assert "/imported/uhri/" in name and left_out["statements"] > 20 and name not in (dumps / "pactgraph.nq").read_text("utf-8")
    with sqlite3.connect(tables / "pactgraph.db") as database:
        rows = {row[0] for row in database.execute("SELECT graph FROM graphs")}
    assert name not in rows and f"{BASE}graph/meta" in rows
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
    asked = run("query", "-", "--store", str(store), stdin=text)
    assert str(left_out["statements"]) in asked.stdout

"""The embedded store, generations on disk, and the lock of the writer."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.errors import UserError
from pactgraph.store import open_store
from pactgraph.store.embedded import EmbeddedStore, canonical_nquads
from pactgraph.store.generations import current, new_folder, publish, writing

_NODES = st.sampled_from([ox.NamedNode(f"urn:{name}") for name in "abc"])
_VALUES = st.one_of(_NODES, st.text(max_size=8).map(ox.Literal), st.builds(
    ox.Literal, st.text(max_size=8), language=st.sampled_from(["vi", "en"])))
_QUADS = st.lists(st.builds(ox.Quad, _NODES, _NODES, _VALUES, _NODES), max_size=12)


@given(_QUADS)
def test_what_is_loaded_comes_back_sorted_whatever_the_order(quads: list[ox.Quad]) -> None:
    one, two = EmbeddedStore.in_memory(), EmbeddedStore.in_memory()
    one.load(quads)
    two.load(reversed(quads))
    assert one.dump() == two.dump() == canonical_nquads(quads)
    assert set(ox.parse(one.dump(), format=ox.RdfFormat.N_QUADS)) == set(quads)


def test_the_default_graph_is_the_union() -> None:
    store = EmbeddedStore.in_memory()
    store.load([ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode("urn:g"))])
    assert bool(store.query("ASK { <urn:a> <urn:p> ?x }"))


def _publish(store: Path, name: str) -> None:
    folder = new_folder(store, name)
    (folder / "graph.nq").write_bytes(b"")
    publish(store, name, folder)


def test_a_generation_counts_only_when_it_is_published(tmp_path: Path) -> None:
    _publish(tmp_path, "one")
    new_folder(tmp_path, "two")
    generation = current(tmp_path)
    assert generation is not None and generation.fingerprint == "one"


def test_only_the_last_generation_before_is_kept(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        _publish(tmp_path, name)
    assert {path.name for path in (tmp_path / "generations").iterdir()} == {"two", "three"}


def test_a_store_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "current").write_text(json.dumps({"format": 99, "fingerprint": "x", "folder": "y"}), "utf-8")
    with pytest.raises(UserError) as problem:
        current(tmp_path)
    assert problem.value.key == "store-too-new"


def test_a_store_that_was_never_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(UserError) as problem:
        open_store(str(tmp_path))
    assert "pactgraph build" in problem.value.message("en")


def test_a_second_writer_is_told_the_process_id(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(UserError) as problem, writing(tmp_path):
        pass
    assert problem.value.values["pid"] == str(os.getpid())


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("not a folder")
    with pytest.raises(UserError) as problem, writing(blocker / "store"):
        pass
    assert problem.value.key == "store-unwritable"


def test_a_dataset_that_the_query_chooses_goes_before_the_union() -> None:
    store = EmbeddedStore.in_memory()
    names = [ox.NamedNode(f"http://example.org/{name}") for name in "sgh"]
    store.load([ox.Quad(names[0], names[0], ox.Literal(graph.value), graph) for graph in names[1:]])
    assert len(list(store.query("SELECT * WHERE { ?s ?p ?o }"))) == 2
    for clause, expected in (("FROM <http://example.org/g>", 1), ("FROM <http://example.org/none>", 0),
                             ("FROM NAMED <http://example.org/g>", 0)):
        assert len(list(store.query(f"SELECT * {clause} WHERE {{ ?s ?p ?o }}"))) == expected

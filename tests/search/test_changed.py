"""The index after a write: the same as one that is made of the whole graph."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.errors import UserError
from pactgraph.search import FILE, Index, Touched, Wanted, changed, make, opened, search, write
from pactgraph.search.index import FORMAT, connect
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.store.generations import current

BASE = "https://w3id.org/pactgraph/"
PREFIXES = f"""BASE <{BASE}>
PREFIX pg: <ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
CHANGES = [
    # A body is renamed.
    """DELETE { GRAPH ?g { <id/vnm/body/mps> rdfs:label ?was } }
    INSERT { GRAPH ?g { <id/vnm/body/mps> rdfs:label "Bộ Xqzwvjk"@vi } }
    WHERE { GRAPH ?g { <id/vnm/body/mps> rdfs:label ?was FILTER(LANG(?was) = "vi") } }""",
    # A plan gets another number.
    """DELETE { GRAPH ?g { <id/vnm/plan/3028-qd-btp-2019> skos:notation ?was } }
    INSERT { GRAPH ?g { <id/vnm/plan/3028-qd-btp-2019> skos:notation "7777/QĐ-ABC" } }
    WHERE { GRAPH ?g { <id/vnm/plan/3028-qd-btp-2019> skos:notation ?was } }""",
    # A transfer is taken back.
    """DELETE { GRAPH ?g { ?transfer ?p ?o } }
    WHERE { GRAPH ?g { ?transfer pg:transferFrom <id/vnm/body/molisa> ; ?p ?o } }""",
    # Results are taken back.
    """DELETE { GRAPH ?g { ?task pg:hasExpectedResult ?result . ?result ?p ?o } }
    WHERE { GRAPH ?g { ?task pg:hasExpectedResult ?result . ?result ?p ?o FILTER(CONTAINS(STR(?task), "/A.I")) } }""",
    # A law comes.
    """INSERT DATA { GRAPH <graph/journal/notes> { <id/vnm/law/xqzwvjk> a pg:Law ; skos:notation "1/2030/QH16" ;
    rdfs:label "Luật Xqzwvjk"@vi ; pg:concernsState <id/state/vnm> } }""",
    # A law goes.
    "DELETE WHERE { GRAPH ?g { <id/vnm/law/24-2018-qh14> ?p ?o } }",
]


def held(index: Index) -> set[tuple[object, ...]]:
    """What an index holds, without the numbers that it gives to things."""
    return {row for statement in (
        "SELECT iri, kind, place FROM thing", "SELECT iri, role, lang, text FROM text JOIN thing ON id = thing",
        "SELECT iri, key, code FROM name JOIN thing ON id = thing",
        "SELECT iri, facet, value FROM facet JOIN thing ON id = thing",
    ) for row in index.rows(statement)}


def test_a_changed_index_is_the_index_of_the_changed_graph(index: Index, real_graph: EmbeddedStore) -> None:
    store = EmbeddedStore.in_memory()
    store.load(real_graph._inner)
    now, before, was = index, set(store._inner), held(index)
    for change in CHANGES:
        store.update(PREFIXES + change)
        after = set(store._inner)
        assert before != after, change
        now = changed(now, store, Touched.by(before ^ after))
        has = held(now)
        assert has != was, change
        before, was = after, has
    fresh = make(store)
    assert was == held(fresh)
    for text in ("xqzwvjk", "bo cong an", "7777/QĐ-ABC", "1/2030/QH16", "24/2018/QH14", "bo lao dong"):
        ours, theirs = (search(one, Wanted(text, "vi", size=1000)) for one in (now, fresh))
        assert {hit.iri: hit.shown for hit in ours.hits} == {hit.iri: hit.shown for hit in theirs.hits}
        assert ours.facets == theirs.facets


def test_nothing_changed_is_the_same_index(index: Index, real_graph: EmbeddedStore) -> None:
    assert changed(index, real_graph, Touched()) is index
    about_nothing = Touched.by([ox.Quad(ox.BlankNode("b"), ox.NamedNode(f"{BASE}p"), ox.Literal("x"))])
    assert changed(index, real_graph, about_nothing) is index


def test_the_same_graph_gives_the_same_file(real_graph: EmbeddedStore, built_store: Path, tmp_path: Path) -> None:
    write(real_graph, tmp_path / FILE)
    generation = current(built_store)
    assert generation is not None
    assert (tmp_path / FILE).read_bytes() == (generation.folder / FILE).read_bytes()


def test_a_file_that_is_not_understood_counts_as_none(tmp_path: Path) -> None:
    assert opened(tmp_path) is None
    (tmp_path / FILE).write_bytes(b"no database, but long enough to look like one" * 100)
    assert opened(tmp_path) is None
    (tmp_path / FILE).unlink()
    made = connect(str(tmp_path / FILE))
    made.execute("CREATE TABLE about (name TEXT, value TEXT)")
    made.execute("INSERT INTO about VALUES ('format', ?)", (FORMAT + "0",))
    made.close()
    assert opened(tmp_path) is None


def test_an_opened_index_cannot_be_written_to(index: Index) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        index.rows("DELETE FROM thing")


def test_a_machine_without_fts5_is_told_so(monkeypatch: pytest.MonkeyPatch, real_graph: EmbeddedStore) -> None:
    monkeypatch.setattr("pactgraph.search.index.has_fts5", lambda: False)
    with pytest.raises(UserError) as told:
        make(real_graph)
    assert "FTS5" in told.value.message("vi") and "FTS5" in told.value.message("en")

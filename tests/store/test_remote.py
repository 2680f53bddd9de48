"""The remote store against a real Virtuoso: loading, asking, replacing, and what it says when nobody answers."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from pactgraph.errors import UserError
from pactgraph.store import open_store
from pactgraph.store.remote import RemoteStore

pytestmark = pytest.mark.virtuoso


def _quad(name: str, value: str, graph: str = "urn:test:one") -> ox.Quad:
    return ox.Quad(ox.NamedNode(f"urn:test:{name}"), ox.NamedNode("urn:test:p"), ox.Literal(value, language="vi"),
                   ox.NamedNode(graph))


def test_what_is_loaded_can_be_asked_dropped_and_loaded_again(virtuoso: str) -> None:
    store = RemoteStore(virtuoso)
    quads = [_quad(f"s{number}", f'Bộ Công an "{number}"\n') for number in range(1200)]
    assert store.load(quads) == 1200
    rows = store.query("SELECT (COUNT(*) AS ?n) FROM <urn:test:one> WHERE { ?s <urn:test:p> ?o }")
    assert next(iter(rows))["n"].value == "1200"
    row = next(iter(store.query("SELECT ?o FROM <urn:test:one> WHERE { <urn:test:s7> <urn:test:p> ?o }")))
    assert row["o"] == ox.Literal('Bộ Công an "7"\n', language="vi")
    three = "CONSTRUCT { ?s <urn:test:p> ?o } FROM <urn:test:one> WHERE { ?s <urn:test:p> ?o } LIMIT 3"
    assert len(list(store.query(three))) == 3
    store.drop("urn:test:one")
    assert not bool(store.query("ASK FROM <urn:test:one> { ?s <urn:test:p> ?o }"))


def test_words_of_a_comment_do_not_make_another_query(virtuoso: str) -> None:
    """SPARQLWrapper looks for ASK, and finds it in "task"."""
    text = "#! title.en: a task\n#! answers.en: tasks, and nothing else\n# task\nSELECT (1 AS ?n) WHERE { }"
    assert next(iter(RemoteStore(virtuoso).query(text)))["n"].value == "1"


def test_a_query_that_is_not_sparql(virtuoso: str) -> None:
    with pytest.raises(SyntaxError):
        RemoteStore(virtuoso).query("SELECT WHERE nonsense {")


def test_an_address_where_nobody_answers() -> None:
    with pytest.raises(UserError) as problem:
        open_store("http://127.0.0.1:9/sparql").query("ASK {}")
    assert problem.value.key == "endpoint-failed"

"""SHACL paths as text and back: a round trip keeps them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactgraph.build.paths import path_statements, path_text
from pactgraph.build.rdflib_graph import to_graph

IRI = st.sampled_from(["<https://example.org/p>", "<https://example.org/q#r>", "<urn:x:y>"])
PATH = st.recursive(
    IRI,
    lambda inner: st.one_of(
        inner.map(lambda path: f"[ sh:inversePath {path} ]"),
        st.tuples(st.sampled_from(["zeroOrMore", "oneOrMore", "zeroOrOne"]), inner).map(lambda x: f"[ sh:{x[0]}Path {x[1]} ]"),
        st.lists(inner, min_size=2, max_size=3).map(lambda paths: f"( {' '.join(paths)} )"),
        st.lists(inner, min_size=2, max_size=3).map(lambda paths: f"[ sh:alternativePath ( {' '.join(paths)} ) ]"),
    ),
    max_leaves=8,
)


def text_of(turtle: str) -> str:
    document = f"@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> <urn:path> {turtle} ."
    return in_graph(ox.parse(document.encode(), format=ox.RdfFormat.TURTLE))


def in_graph(quads) -> str:
    from rdflib import URIRef

    graph = to_graph(quads)
    return path_text(graph, graph.value(URIRef("urn:s"), URIRef("urn:path")))


@given(PATH)
def test_a_round_trip_keeps_a_path(turtle: str) -> None:
    text = text_of(turtle)
    node, lines = path_statements(text)
    document = "\n".join([f"<urn:s> <urn:path> {node} .", *lines]) + "\n"
    assert in_graph(ox.parse(document.encode(), format=ox.RdfFormat.N_TRIPLES)) == text


@pytest.mark.parametrize(("turtle", "text"), [
    ("<urn:a>", "urn:a"),
    ("[ sh:inversePath <urn:a> ]", "^<urn:a>"),
    ("( <urn:a> [ sh:inversePath <urn:b> ] )", "<urn:a>/^<urn:b>"),
    ("[ sh:zeroOrMorePath ( <urn:a> <urn:b> ) ]", "(<urn:a>/<urn:b>)*"),
    ("[ sh:inversePath [ sh:oneOrMorePath <urn:a> ] ]", "^(<urn:a>+)"),
])
def test_how_paths_read(turtle: str, text: str) -> None:
    assert text_of(turtle) == text


@pytest.mark.parametrize("text", ["^", "<urn:a>/", "(<urn:a>", "<urn:a> <urn:b>", "<urn:a>)", "^<urn:a> | x", "…"])
def test_what_is_no_path_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        path_statements(text)

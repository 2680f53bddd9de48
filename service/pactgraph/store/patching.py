"""A set of added and removed quads as one SPARQL update, which a store applies as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pyoxigraph as ox

from pactgraph.catalogue import load

_HOLE = "<urn:s> <urn:p> <urn:o> ."


def patch_update(added: Iterable[ox.Quad], removed: Iterable[ox.Quad]) -> str:
    """The update that removes and adds quads; empty where there are none. Blank nodes must not be among them."""
    return " ;\n".join([*_operations("delete", removed), *_operations("insert", added)])


def _operations(verb: str, quads: Iterable[ox.Quad]) -> list[str]:
    ordered = sorted(quads, key=lambda quad: str(quad.graph_name))
    found = []
    for graph, group in groupby(ordered, key=lambda quad: quad.graph_name):
        body = (ox.serialize((quad.triple for quad in group), format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")
        named = isinstance(graph, ox.NamedNode)
        text = load("store", f"{verb}-data" if named else f"{verb}-default").text
        found.append((text.replace("<urn:graph>", str(graph)) if named else text).replace(_HOLE, body).strip())
    return found

"""Leaves out what is not ours to hand on: graphs of which the graph itself states that they must not be distributed.

``graph/meta`` says it in ODRL (a policy that prohibits ``odrl:distribute``) of exports and documents that an operator imported.
People read them in the service; no file that is published holds them, nor what only follows from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.catalogue.bind import iri
from pactgraph.ids import Ids
from pactgraph.journal.graphs import restricted_to
from pactgraph.publish.table_queries import ROOM
from pactgraph.store import Store
from pactgraph.store.embedded import EmbeddedStore

LeftOut = list[dict[str, Any]]
"""Each graph that is left out: ``graph``, ``statements``, and ``rights`` in words of each language."""
_TELLING = ("meta", "void", "shapes", "examples")
"""Graphs that describe others: who is named only there is described nowhere."""


Pair = tuple[str, str]


@dataclass
class _Known:
    """``hidden``: the graphs; ``things``: what only they speak of; ``pairs``: subjects and objects that only they put together;
    ``policies``: what says of the graphs that they must not be handed on."""

    hidden: set[str]
    things: set[str] = field(default_factory=set)
    pairs: set[Pair] = field(default_factory=set)
    policies: tuple[str, ...] = ()


def handed_on(store: Store, base: str, folder: Path) -> tuple[Store, LeftOut]:
    """The store without the graphs that must not be handed on, and which these are; the same store where there are none.

    ``folder`` takes a copy of the rest, and must be kept as long as the store is read.
    """
    left_out = _left_out(store, base)
    if not left_out:
        return store, []
    known = _Known({item["graph"] for item in left_out})
    _learn(store, base, known)
    inner = ox.Store(str(folder))
    inner.bulk_extend(_rest(store, base, known))
    return EmbeddedStore(inner), left_out


def _left_out(store: Store, base: str) -> LeftOut:
    query = load(ROOM, "not-handed-on").bind({"meta": iri(Ids(base).graph("meta"))})
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    found: dict[str, dict[str, Any]] = {}
    for row in solutions:
        name = getattr(row["graph"], "value", "")
        found[name] = {"graph": name, "statements": int(getattr(row["statements"], "value", "0") or 0), "rights": {
            lang: getattr(row[f"rights_{lang}"], "value", "") or "" for lang in ("vi", "en")}}
    return [found[name] for name in sorted(found)]


def _graph(quad: ox.Quad) -> str:
    return str(getattr(quad.graph_name, "value", ""))


def _pair(quad: ox.Quad) -> Pair:
    """Subject and object, whichever way round: what is derived may be the inverse."""
    first, second = sorted((str(quad.subject), str(quad.object)))
    return first, second


def _learn(store: Store, base: str, known: _Known) -> None:
    """Find what only the graphs state, and what is derived of that alone (a gap about a thing of theirs)."""
    for quad in store.quads():
        if _graph(quad) in known.hidden:
            known.things.add(getattr(quad.subject, "value", ""))
            known.pairs.add(_pair(quad))
    elsewhere: set[str] = set()
    derived: set[Pair] = set()
    policies: set[str] = set()
    for quad in store.quads():
        subject, graph = getattr(quad.subject, "value", ""), _graph(quad)
        place = graph.removeprefix(f"{base}graph/")
        if graph in known.hidden:
            continue
        if place.startswith("derived/"):
            derived |= {(subject, quad.object.value)} if isinstance(quad.object, ox.NamedNode) else set()
        elif place not in _TELLING:
            elsewhere.add(subject)
            known.pairs.discard(_pair(quad))
        elif place == "meta" and subject in known.hidden and isinstance(quad.object, ox.NamedNode):
            policies.add(quad.object.value)
    known.things -= elsewhere
    known.policies = tuple(name for name in policies if name.startswith(f"{base}id/policy/"))
    while more := {subject for subject, value in derived if value in known.things} - elsewhere - known.things:
        known.things |= more


def _rest(store: Store, base: str, known: _Known) -> Iterator[ox.Quad]:
    for quad in store.quads():
        graph, subject = _graph(quad), getattr(quad.subject, "value", "")
        place = graph.removeprefix(f"{base}graph/")
        if graph in known.hidden or restricted_to(graph, base) is not None:
            continue
        if place == "meta" and (subject in known.hidden or subject.startswith(known.policies)):
            continue
        if place.startswith("derived/") and (_pair(quad) in known.pairs or subject in known.things
                                             or getattr(quad.object, "value", "") in known.things):
            continue
        yield quad

"""Infers what the ontology implies, into a graph of its own: the rules of ``queries/rules/`` run to a fixpoint in a store.

The rules are those of OWL 2 RL that our ontology draws on. Where a word of OWL stands that none of them reads, owlrl does
the whole work (:mod:`pactgraph.build.infer_owlrl`): nothing is skipped. Tests hold the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph as ox

from pactgraph.build.infer_owlrl import infer_by_owlrl, premises
from pactgraph.catalogue import load, names
from pactgraph.errors import fail
from pactgraph.namespaces import PREFIXES

_RULE = re.compile(r"CONSTRUCT \{(?P<made>[^{}]*)\} WHERE \{(?P<where>.*)\}\s*\Z", re.DOTALL)
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_SAYS_NOTHING = frozenset({ox.NamedNode(PREFIXES["owl"] + "Thing"), ox.NamedNode(PREFIXES["rdfs"] + "Resource")})
_SAME = ox.NamedNode(PREFIXES["owl"] + "sameAs")


def infer(quads: Iterable[ox.Quad], base: str, target: str) -> list[ox.Quad]:
    """The statements that follow about things below ``base``, as quads of the graph ``target``, in a fixed order.

    A contradiction raises a UserError.
    """
    given = list(quads)
    store = ox.Store()
    store.bulk_extend(ox.Quad(*quad.triple) for quad in premises(given))
    if uncovered(store):
        return infer_by_owlrl(given, base, target)
    fresh = ox.NamedNode(target)
    _to_fixpoint(store, "link", fresh)
    _once(store, "type", fresh)
    _to_fixpoint(store, "class", fresh)
    _refuse_contradictions(store)
    return sorted((quad for quad in store.quads_for_pattern(None, None, None, fresh) if says_something(quad, base)), key=str)


def _once(store: ox.Store, kind: str, fresh: ox.NamedNode) -> None:
    """Run the rules of a kind: what is new goes into the default graph, which they read, and into ``fresh``."""
    for name in names("rules"):
        rule = load("rules", name)
        if rule.headers["kind"] == kind:
            match = _RULE.search(rule.text)
            assert match, f"queries/rules/{name}.rq is not a CONSTRUCT of one line"
            made, where = match["made"], match["where"]
            store.update(f"{rule.text[:match.start()]}INSERT {{ {made} GRAPH {fresh} {{ {made} }} }} "
                         f"WHERE {{ {where} FILTER NOT EXISTS {{ {made} }} }}")


def _to_fixpoint(store: ox.Store, kind: str, fresh: ox.NamedNode) -> None:
    """Run the rules of a kind until nothing new follows. No type makes a link, so links come first and types once."""
    before = -1
    while before != len(store):
        before = len(store)
        _once(store, kind, fresh)


def uncovered(store: ox.Store) -> list[str]:
    """The words of OWL in a store (its default graph) that no rule reads, each with the term that it is said of."""
    rows = store.query(load("rules", "uncovered").text)
    assert isinstance(rows, ox.QuerySolutions)
    return [f"{row['term']} ({row['where']})" for row in rows]


def _refuse_contradictions(store: ox.Store) -> None:
    rows = store.query(load("rules", "contradiction").text)
    assert isinstance(rows, ox.QuerySolutions)
    found = [f"{row['thing']}: {row['one']}, {row['other']}" for row in rows]
    if found:
        raise fail("inconsistent", errors="; ".join(found[:5]))


def says_something(quad: ox.Quad, base: str) -> bool:
    """Whether a statement says something of an instance: about a thing below ``base``, not that it is a thing, or itself."""
    subject, value = quad.subject, quad.object
    if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(base + "id/") or isinstance(value, ox.BlankNode):
        return False
    if quad.predicate == _SAME and subject == value:
        return False
    return not (quad.predicate == _TYPE and value in _SAYS_NOTHING)

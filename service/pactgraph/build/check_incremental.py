"""Checks what a change can touch, and no more: the results are those of a full check (a property test holds them equal).

From a changed statement the paths of the shapes are walked backwards to the focus nodes that may see it; a class
statement touches whoever is targeted or judged by class; a statement about subclasses, a SPARQL constraint whose reach
cannot be bounded, and a shape that is left to pySHACL are checked whole. Check queries: :mod:`pactgraph.build.reach`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pactgraph.build.check import shapes_graph
from pactgraph.build.checks import told
from pactgraph.build.known_queries import reach_of
from pactgraph.build.reach import FOCUS
from pactgraph.build.results import CheckResult
from pactgraph.build.shacl.constraints import Whole
from pactgraph.build.shacl.engine import Engine
from pactgraph.build.shacl.reference import complete_prefixes
from pactgraph.build.shacl.shape import Root
from pactgraph.build.shacl.walk import Changes
from pactgraph.catalogue import Query, load, names

if TYPE_CHECKING:
    from rdflib import Graph

_FOCUS = ox.Variable(FOCUS)
Results = dict[Any, list[CheckResult]]


@dataclass(frozen=True)
class Changed:
    """What a change did to the results: those that are new, and those that are gone."""

    opened: list[CheckResult]
    closed: list[CheckResult]


class CheckedGraph:
    """A graph with the results of its checks, kept up to date by :func:`check_changes`. It has a copy of the graph.

    Literals are those that a store gives back: Oxigraph writes ``"01"^^xsd:integer`` as ``1``.
    """

    def __init__(self, quads: Iterable[ox.Quad], shapes: Graph | None = None, queries: Sequence[Query] | None = None) -> None:
        self.store = ox.Store()
        self.store.bulk_extend(quads)
        shapes = shapes_graph() if shapes is None else shapes
        complete_prefixes(shapes)
        self.engine = Engine(self.store, shapes)
        self.queries = [(query, reach_of(query.text)) for query in
                        ([load("checks", name) for name in names("checks")] if queries is None else queries)]
        for predicate in list(self.engine.graph.out):
            self.engine.graph.by_object(predicate)  # asked for by the first change otherwise
        self.by_root: dict[Root, Results] = {}
        for root in list(self.engine.roots):
            self.check_whole(root)
        self.by_query: dict[str, Results] = {query.name: self.run(query) for query, _ in self.queries}
        self.of_left = self.engine.check_left()
        self.behind = False
        """Whether a change was written whose checks did not come to an end (shapes that pySHACL refuses, for example)."""

    def results(self) -> list[CheckResult]:
        """All results, in the order of a full check."""
        return sorted(self.all_results(), key=CheckResult.sort_key)

    def all_results(self) -> Iterable[CheckResult]:
        """All results, in no particular order."""
        for groups in (self.by_root.values(), self.by_query.values()):
            for group in groups:
                for found in group.values():
                    yield from found
        yield from self.of_left

    def check_whole(self, root: Root) -> None:
        """Check a shape for all its focus nodes."""
        nodes = self.engine.focus_nodes(root)
        if root.shape.leads_away():
            self.by_root[root] = {}
            self.check_nodes(root, nodes)
            return
        found = self.engine.check_root(root, nodes)
        self.by_root.pop(root, None)
        if found is not None:
            self.by_root[root] = _by_focus(found)

    def check_nodes(self, root: Root, nodes: Iterable[int]) -> None:
        """Check a shape for some nodes, which may be its focus nodes no more."""
        graph, known, classes = self.engine.graph, self.by_root[root], self.engine.classes(root)
        for node in nodes:
            key = str(graph.terms[node])
            known.pop(key, None)
            if root.targets(node, graph, self.engine.kind, classes):
                found = self.engine.check_root(root, [node])
                if found is None:
                    del self.by_root[root]
                    return
                if found:
                    known[key] = found

    def run(self, query: Query, focus: Any = None) -> Results:
        """Run a check query, for one focus node or for all."""
        rows = self.store.query(query.text, use_default_graph_as_union=True,
                                substitutions=None if focus is None else {_FOCUS: focus})
        assert isinstance(rows, ox.QuerySolutions)
        return _by_focus(dict.fromkeys(told(query, rows)))

    def write(self, added: Iterable[ox.Quad], removed: Iterable[ox.Quad]) -> tuple[Changes, list[tuple[int, int, int]]]:
        """Write a change; what changed in the union of graphs, and what of it is to be taken out of the index yet."""
        touched = {}
        for quad in _as_stored(removed):
            self.store.remove(quad)
            touched[quad.triple] = quad
        for quad in _as_stored(added):
            self.store.add(quad)
            touched[quad.triple] = quad
        graph = self.engine.graph
        changes: Changes = {}
        gone = []
        for quad in touched.values():
            s, p, o = (graph.number(term) for term in (quad.subject, quad.predicate, quad.object))
            now = any(True for _ in self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object))
            if now != graph.states(s, p, o):
                changes.setdefault(p, set()).add((s, o))
                if now:
                    graph.add(s, p, o)
                else:
                    gone.append((s, p, o))
        return changes, gone


def check_changes(checked: CheckedGraph, added: Iterable[ox.Quad], removed: Iterable[ox.Quad] = ()) -> Changed:
    """Write a change into a checked graph and check again whatever it can touch.

    Quads that are added though they stand already, or removed though they do not, change nothing. After an exception
    the checked graph is behind its data and must be made anew.
    """
    if checked.behind:
        raise RuntimeError("this checked graph is behind its data")
    checked.behind = True
    engine = checked.engine
    changes, gone = checked.write(added, removed)
    if not changes:
        checked.behind = False
        return Changed([], [])
    before = Counter(checked.all_results())
    # Now the index has what is old and what is new: whoever saw the one or will see the other is found.
    roots = {root: _touched(engine, root, changes) for root in engine.roots}
    queries = [(query, reach.touched(engine.graph, changes)) for query, reach in checked.queries]
    engine.forget(changes)
    for statement in gone:
        engine.graph.remove(*statement)
    if engine.graph.strange and not engine.all_left:
        engine.leave_all(engine.graph.strange)
        checked.by_root.clear()
    for root, nodes in roots.items():
        if root in checked.by_root:
            if nodes is None:
                checked.check_whole(root)
            else:
                checked.check_nodes(root, nodes)
    checked.of_left = engine.check_left()
    for query, nodes in queries:
        if nodes is None:
            checked.by_query[query.name] = checked.run(query)
        for node in nodes or ():
            term = engine.graph.terms[node]
            checked.by_query[query.name].pop(str(term), None)
            checked.by_query[query.name].update(checked.run(query, term))
    checked.behind = False
    after = Counter(checked.all_results())
    return Changed(*(sorted((found - other).elements(), key=CheckResult.sort_key)
                     for found, other in ((after, before), (before, after))))


def _touched(engine: Engine, root: Root, changes: Changes) -> set[int] | None:
    """The nodes at which a shape is to be checked again; None for all."""
    if engine.above in changes and root.classes:
        return None
    try:
        return root.shape.touched(changes) | root.retargeted(changes, engine.kind)
    except Whole:
        return None


def _as_stored(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Quads as a store gives them back."""
    store = ox.Store()
    store.extend(quads)
    return list(store)


def _by_focus(found: Iterable[CheckResult]) -> Results:
    grouped: Results = {}
    for result in found:
        grouped.setdefault(result.focus_term, []).append(result)
    return grouped

"""Runs a compiled shapes graph; what our engine does not know, or stumbles over, pySHACL checks: shape by shape."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pactgraph.build.rdflib_graph import plain, to_graph
from pactgraph.build.results import CheckResult
from pactgraph.build.shacl.compile import TARGETS, Broken, Compiler
from pactgraph.build.shacl.constraints import below
from pactgraph.build.shacl.graph import TermGraph
from pactgraph.build.shacl.messages import Messages
from pactgraph.build.shacl.reference import check_by_pyshacl
from pactgraph.build.shacl.shape import Finding, Root, Shape
from pactgraph.build.shacl.walk import Changes
from pactgraph.namespaces import RDF, RDFS

if TYPE_CHECKING:
    from rdflib import Graph

_log = logging.getLogger("pactgraph.check")


class Engine:
    """Shapes compiled for one graph. ``left`` says which shapes are pySHACL's, each with the reason."""

    def __init__(self, quads: Iterable[ox.Quad], shapes: Graph) -> None:
        self.shapes, self.graph = shapes, TermGraph(quads)
        self.kind = self.graph.number(ox.NamedNode(RDF + "type"))
        self.above = self.graph.number(ox.NamedNode(RDFS + "subClassOf"))
        self.roots: list[Root] = []
        self.left: dict[Any, str] = {}
        self.all_left = False
        self._compiler = Compiler(shapes, self.graph)
        self._messages = Messages(shapes)
        self._compile()

    def _compile(self) -> None:
        try:
            plan = self._compiler.plan()
            self.roots, self.left = plan.roots, plan.left
        except Broken as reason:
            self.leave_all(str(reason))
        if self.graph.strange:
            self.leave_all(self.graph.strange)

    def leave_all(self, reason: str) -> None:
        """Leave everything to pySHACL."""
        self.roots, self.left, self.all_left = [], {None: reason}, True

    def forget(self, changes: Changes) -> None:
        """Forget what was worked out from the graph and may have changed; the graph has what is old and what is new."""
        for shape in self.shapes_made():
            shape.forget(changes)

    def shapes_made(self) -> Iterable[Shape]:
        """Every shape that was compiled, targeted or used by one that is."""
        return self._compiler.made()

    def check(self) -> list[CheckResult]:
        """Everything that the shapes find, in no particular order."""
        found: list[CheckResult] = []
        for root in list(self.roots):
            found += self.check_root(root, self.focus_nodes(root)) or ()
        return found + self.check_left()

    def classes(self, root: Root) -> set[int]:
        """The classes that a shape targets, with those below them."""
        return set().union(*(below(self.graph, target, self.above) for target in root.classes))

    def focus_nodes(self, root: Root) -> list[int]:
        """The nodes that a shape targets."""
        return root.focus_nodes(self.graph, self.kind, self.classes(root))

    def check_root(self, root: Root, nodes: Iterable[int]) -> list[CheckResult] | None:
        """What a shape finds at nodes; None where it turns out that the shape must be left to pySHACL."""
        try:
            return list(self._told(root.shape.findings(nodes)))
        except Exception as reason:  # Whatever our engine stumbles over, the reference has to see.
            self.left[root.shape.node] = str(reason) or type(reason).__name__
            self.roots.remove(root)
            return None

    def check_left(self) -> list[CheckResult]:
        """What pySHACL finds by the shapes that are left to it."""
        if not self.left:
            return []
        for node, reason in self.left.items():
            _log.info("left to pySHACL: %s: %s", node or "all shapes", reason)
        shapes = self.shapes if self.all_left else only(self.shapes, set(self.left))
        return check_by_pyshacl(to_graph(self.graph.statements()), shapes)

    def _told(self, findings: Iterable[Finding]) -> Iterator[CheckResult]:
        for shape, constraint, focus, value, path, component in findings:
            told = self._told_term(focus), "" if value is None else self._told_term(value)
            where = shape.path_text if path is None else self._told_term(path)
            holes = {"this": told[0], "value": told[1], "path": where}
            component = component or constraint.component
            yield CheckResult(
                severity=shape.severity,
                focus=told[0],
                path=where,
                value=told[1],
                shape=plain(shape.node),
                component=component,
                message=self._messages.fill(shape.node, constraint.source, component, holes),
                gap_type=self._messages.gap_type(shape.node),
                focus_term=str(self.graph.terms[focus]),
                value_term="" if value is None else str(self.graph.terms[value]),
            )

    def _told_term(self, number: int) -> str:
        term = self.graph.terms[number]
        return str(term) if isinstance(term, ox.BlankNode) else str(term.value)


def only(shapes: Graph, wanted: set[Any]) -> Graph:
    """The shapes graph with no other targets than those of ``wanted`` shapes."""
    from rdflib import OWL, RDF, RDFS, SH, Graph

    kinds = {RDFS.Class, OWL.Class, *shapes.subjects(RDFS.subClassOf, RDFS.Class)}
    targets = {SH[name] for name in TARGETS}
    kept = Graph()
    for s, p, o in shapes:
        if s in wanted or not (p in targets or (p == RDF.type and o in kinds)):
            kept.add((s, p, o))
    return kept

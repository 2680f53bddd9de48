"""Reads a shapes graph into shapes that the engine runs. Whatever it does not know is named, never left out.

It accepts only what it knows to the letter: each parameter once where SHACL wants it once, lists that are lists,
booleans that say true or false. Everything else raises :class:`~pactgraph.build.shacl.graph.Unknown`, and the shape
with the target goes to pySHACL, which judges it or refuses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pactgraph.build.paths import path_text
from pactgraph.build.rdflib_graph import to_oxigraph
from pactgraph.build.results import severity_of
from pactgraph.build.shacl.components import BUILDERS, ELSEWHERE
from pactgraph.build.shacl.graph import TermGraph, Unknown
from pactgraph.build.shacl.shape import Root, Shape
from pactgraph.build.shacl.values import Values
from pactgraph.build.shacl.walk import list_items, read_path
from pactgraph.namespaces import PREFIXES

_DEEPEST = 8  # pySHACL follows shapes within shapes to 15 levels of shapes
_COUNTED = ("qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint")
TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_SH = PREFIXES["sh"]
_SUBJECTS = {_SH + name for name in (*TARGETS, "property", "node")}
_VALUES = {_SH + name for name in ("property", "node", "not", "qualifiedValueShape")}
_LISTS = {_SH + name for name in ("and", "or", "xone")}


class Broken(Unknown):
    """Something for which pySHACL refuses the whole shapes graph."""


@dataclass
class Plan:
    """What the engine checks itself, and which shapes it leaves to pySHACL, each with the reason."""

    roots: list[Root] = field(default_factory=list)
    left: dict[Any, str] = field(default_factory=dict)


class Compiler:
    """Compiles one shapes graph (rdflib's) for one data graph."""

    def __init__(self, shapes: Any, graph: TermGraph) -> None:
        from rdflib import RDF, SH

        self.shapes, self.graph, self.values = shapes, graph, Values(graph)
        self._made: dict[Any, Shape] = {}
        self._open: list[Any] = []
        self._stated: dict[Any, dict[str, list[Any]]] = {}
        kinds: dict[Any, set[Any]] = {}
        for s, p, o in shapes:
            self._stated.setdefault(s, {}).setdefault(str(p), []).append(o)
            if p == RDF.type:
                kinds.setdefault(o, set()).add(s)
        self._node_shapes, self._property_shapes = kinds.get(SH.NodeShape, set()), kinds.get(SH.PropertyShape, set())
        self._classes = self._find_classes()
        # What a component of the shapes graph's own takes as its parameters.
        self._own = {str(path) for parameter in shapes.objects(None, SH.parameter) for path in self.many(parameter, "path")}

    def plan(self) -> Plan:
        """Every shape with a target, compiled or left; raises :class:`Broken` where the whole graph is pySHACL's."""
        plan = Plan()
        declared = self._declared()
        for node in declared:
            self._kind(node)
        for node in sorted((node for node in declared if self._is_targeted(node)), key=str):
            try:
                plan.roots.append(self._root(node))
            except Unknown as reason:
                self._open.clear()
                plan.left[node] = str(reason)
        return plan

    def made(self) -> Iterable[Shape]:
        """Every shape that was compiled."""
        return self._made.values()

    def one(self, node: Any, name: str) -> Any:
        """The only value of a parameter."""
        found = self.many(node, name)
        if len(found) != 1:
            raise Unknown(f"sh:{name} {len(found)} times")
        return found[0]

    def many(self, node: Any, name: str) -> list[Any]:
        """The values of a parameter in a fixed order."""
        found = self._stated.get(node, {}).get(_SH + name, [])
        return sorted(found, key=str) if len(found) > 1 else found

    def flag(self, node: Any, name: str) -> bool:
        """A parameter that is true or false, by these words."""
        from rdflib import XSD, Literal

        value = self.one(node, name)
        if not isinstance(value, Literal) or value.datatype != XSD.boolean or str(value) not in ("true", "false"):
            raise Unknown(f"sh:{name} is neither true nor false")
        return str(value) == "true"

    def number(self, term: Any) -> int:
        """A term of the shapes graph by its number."""
        return self.graph.number(to_oxigraph(term))

    def property_of(self, node: Any, name: str) -> list[int]:
        """The values of a parameter that names properties."""
        from rdflib import URIRef

        found = self.many(node, name)
        if not all(isinstance(value, URIRef) for value in found):
            raise Unknown(f"sh:{name} names something that is no property")
        return [self.number(value) for value in found]

    def shape(self, node: Any, wants_path: bool | None = None) -> Shape:
        """The shape at a node; ``wants_path`` says whether it must be a property shape or must not."""
        if node in self._open or len(self._open) >= _DEEPEST:
            raise Unknown("shapes within themselves, or within too many others")
        has_path = self._kind(node)
        if wants_path is not None and has_path is not wants_path:
            raise Unknown("a property shape in place of a node shape, or the other way round")
        if node not in self._made:
            self._open.append(node)
            self._made[node] = self._make(node, has_path)
            self._open.pop()
        return self._made[node]

    def _make(self, node: Any, has_path: bool) -> Shape:
        stated = self._stated.get(node, {})
        if not self._own.isdisjoint(stated):
            raise Unknown("a component of the shapes graph's own")
        names = {predicate.removeprefix(_SH) for predicate in stated if predicate.startswith(_SH)}
        made = Shape(node, severity=severity_of(self.one(node, "severity") if "severity" in names else _SH + "Violation"))
        if "deactivated" in names:
            made.active = not self.flag(node, "deactivated")
        if has_path:
            path = self.one(node, "path")
            made.path, made.path_text = read_path(self.shapes, path, self.graph), path_text(self.shapes, path)
        if not names.isdisjoint(_COUNTED) and "qualifiedValueShape" not in names:
            raise Unknown("a qualified count without its shape")
        if "ignoredProperties" in names and "closed" not in names:
            raise Unknown("sh:ignoredProperties of a shape that is not closed")
        for name in sorted(names - ELSEWHERE):
            if name not in BUILDERS:
                raise Unknown(f"sh:{name}")
            made.constraints += BUILDERS[name](self, node, made)
        return made

    def _kind(self, node: Any) -> bool:
        """Whether the shape at a node is a property shape; pySHACL refuses shapes that are neither or both."""
        from rdflib import Literal

        paths = len(self.many(node, "path"))
        as_node, as_property = node in self._node_shapes, node in self._property_shapes
        if isinstance(node, Literal) or paths > 1 or (as_node and (paths or as_property)) or (as_property and not paths):
            raise Broken("a shape that is neither a node shape nor a property shape")
        return bool(paths)

    def _declared(self) -> set[Any]:
        """Every node that SHACL takes for a shape."""
        found = self._node_shapes | self._property_shapes
        for node, stated in self._stated.items():
            if not _SUBJECTS.isdisjoint(stated):
                found.add(node)
            for name in _VALUES.intersection(stated):
                found.update(stated[name])
            for name in _LISTS.intersection(stated):
                for listed in stated[name]:
                    found.update(self._members(listed))
        return found

    def _members(self, listed: Any) -> list[Any]:
        try:
            members = list_items(self.shapes, listed)
        except Unknown as reason:
            raise Broken(str(reason)) from None
        if not members:
            raise Broken("a choice of no shapes")
        return members

    def _find_classes(self) -> set[Any]:
        """The nodes that are classes: as shapes, they target their instances."""
        from rdflib import OWL, RDF, RDFS

        kinds = {RDFS.Class, OWL.Class, *self.shapes.subjects(RDFS.subClassOf, RDFS.Class)}
        return {node for kind in kinds for node in self.shapes.subjects(RDF.type, kind)}

    def _is_targeted(self, node: Any) -> bool:
        return node in self._classes or any(self.many(node, name) for name in TARGETS)

    def _root(self, node: Any) -> Root:
        classes = self.many(node, "targetClass") + ([node] if node in self._classes else [])
        return Root(
            self.shape(node),
            nodes={self.number(value) for value in self.many(node, "targetNode")},
            classes={self.number(value) for value in classes},
            subjects_of={self.number(value) for value in self.many(node, "targetSubjectsOf")},
            objects_of={self.number(value) for value in self.many(node, "targetObjectsOf")},
        )

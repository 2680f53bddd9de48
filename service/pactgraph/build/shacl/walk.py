"""SHACL paths over a :class:`~pactgraph.build.shacl.graph.TermGraph`: forwards to values, backwards to where they start.

Backwards serves incremental checks: from the ends of a changed statement to every node that may see the change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pactgraph.build.shacl.graph import TermGraph, Unknown
from pactgraph.namespaces import PREFIXES

_SH = PREFIXES["sh"]
_KEYS = ("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
_DEEPEST = 9  # pySHACL ends a walk that is nested deeper with an error
Changes = dict[int, set[tuple[int, int]]]
"""Changed statements: subject and value by predicate."""


class Path:
    """A path; ``values`` are distinct."""

    def values(self, node: int) -> Iterable[int]:
        """Where the path leads from a node."""
        raise NotImplementedError

    def sources(self, nodes: set[int]) -> set[int]:
        """The nodes from which the path leads to one of ``nodes``."""
        raise NotImplementedError

    def touched(self, changes: Changes) -> set[int]:
        """The nodes from which the path may lead elsewhere than before the changes (in a graph that has old and new)."""
        raise NotImplementedError


class Step(Path):
    """One property, with its arrow or against it."""

    def __init__(self, graph: TermGraph, predicate: int, against: bool) -> None:
        self.graph, self.predicate, self.against = graph, predicate, against

    def index(self, back: bool = False) -> dict[int, list[int]]:
        """Where the step leads, by node; ``back`` turns it round."""
        return self.graph.by_object(self.predicate) if self.against != back else self.graph.by_subject(self.predicate)

    def values(self, node: int) -> Iterable[int]:
        return self.index().get(node, ())

    def sources(self, nodes: set[int]) -> set[int]:
        index = self.index(back=True)
        return {source for node in nodes for source in index.get(node, ())}

    def touched(self, changes: Changes) -> set[int]:
        return {pair[self.against] for pair in changes.get(self.predicate, ())}


class Sequence(Path):
    """One path after the other."""

    def __init__(self, parts: list[Path]) -> None:
        self.parts = parts

    def values(self, node: int) -> Iterable[int]:
        nodes: Iterable[int] = (node,)
        for part in self.parts:
            nodes = dict.fromkeys(value for node in nodes for value in part.values(node))
        return nodes

    def sources(self, nodes: set[int]) -> set[int]:
        for part in reversed(self.parts):
            nodes = part.sources(nodes)
        return nodes

    def touched(self, changes: Changes) -> set[int]:
        found: set[int] = set()
        for part in reversed(self.parts):
            found = part.sources(found) | part.touched(changes)
        return found


class Alternative(Path):
    """Any of several paths."""

    def __init__(self, parts: list[Path]) -> None:
        self.parts = parts

    def values(self, node: int) -> Iterable[int]:
        return dict.fromkeys(value for part in self.parts for value in part.values(node))

    def sources(self, nodes: set[int]) -> set[int]:
        return set().union(*(part.sources(nodes) for part in self.parts))

    def touched(self, changes: Changes) -> set[int]:
        return set().union(*(part.touched(changes) for part in self.parts))


class Repeat(Path):
    """A path taken again and again: from no (``zero``) or one time on, any number of times (``many``) or at most once."""

    def __init__(self, part: Path, zero: bool, many: bool) -> None:
        self.part, self.zero, self.many = part, zero, many

    def values(self, node: int) -> Iterable[int]:
        found = dict.fromkeys([node] if self.zero else [])
        waiting = list(self.part.values(node))
        while waiting:
            value = waiting.pop()
            if value not in found:
                found[value] = None
                if self.many:
                    waiting += self.part.values(value)
        return found

    def sources(self, nodes: set[int]) -> set[int]:
        found = set(nodes) if self.zero else set()
        waiting = self.part.sources(nodes)
        while waiting - found:
            fresh = waiting - found
            found |= fresh
            waiting = self.part.sources(fresh) if self.many else set()
        return found

    def touched(self, changes: Changes) -> set[int]:
        found = self.part.touched(changes)
        return Repeat(self.part, True, True).sources(found) if self.many else found


def read_path(shapes: Any, node: Any, graph: TermGraph, against: bool = False, depth: int = 0) -> Path:
    """The path at a node of the shapes graph; :class:`Unknown` for one that is not well formed or too deep."""
    from rdflib import RDF, SH, BNode, URIRef

    if isinstance(node, URIRef):
        from pyoxigraph import NamedNode

        return Step(graph, graph.number(NamedNode(str(node))), against)
    if not isinstance(node, BNode) or depth > _DEEPEST:
        raise Unknown("a path that is not one, or too deep")
    if shapes.value(node, RDF.first) is not None:
        if against:
            raise Unknown("a sequence against the arrows")
        return Sequence([read_path(shapes, item, graph, against, depth + place + 1)
                         for place, item in enumerate(_items(shapes, node))])
    stated = [(key, value) for key in _KEYS for value in shapes.objects(node, SH[key])]
    if len(stated) != 1:
        raise Unknown("a path that says none or several things")
    key, value = stated[0]
    if key == "inversePath":
        return read_path(shapes, value, graph, not against, depth + 1)
    if key == "alternativePath":
        return Alternative([read_path(shapes, item, graph, against, depth + 1) for item in _items(shapes, value)])
    return Repeat(read_path(shapes, value, graph, against, depth + 1), key != "oneOrMorePath", key != "zeroOrOnePath")


def _items(shapes: Any, node: Any) -> list[Any]:
    items = list_items(shapes, node)
    if len(items) < 2:
        raise Unknown("a list of paths with fewer than two")
    return items


def list_items(shapes: Any, node: Any) -> list[Any]:
    """The members of a well-formed list."""
    from rdflib import RDF

    items, seen = [], set()
    while node != RDF.nil:
        first, rest = list(shapes.objects(node, RDF.first)), list(shapes.objects(node, RDF.rest))
        if node in seen or len(first) != 1 or len(rest) != 1:
            raise Unknown("a list that is not well formed")
        seen.add(node)
        items.append(first[0])
        node = rest[0]
    return items

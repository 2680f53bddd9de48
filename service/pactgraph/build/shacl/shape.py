"""Shapes as the engine runs them, and the components that lead from one shape to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pactgraph.build.shacl.constraints import Closed, Constraint, Pairs, Whole
from pactgraph.build.shacl.graph import TermGraph
from pactgraph.build.shacl.walk import Changes, Path, Step

_NOTHING: tuple[int, ...] = ()


class Finding(NamedTuple):
    """A result before it is told: ``path`` is a predicate where sh:closed found one, ``value`` None where there is none."""

    shape: Shape
    constraint: Constraint
    focus: int
    value: int | None
    path: int | None = None
    component: str = ""


@dataclass(eq=False)
class Shape:
    """A shape with its constraints; ``path`` is None for a node shape."""

    node: Any
    path: Path | None = None
    path_text: str = ""
    active: bool = True
    severity: str = "error"
    constraints: list[Constraint] = field(default_factory=list)
    _conforms: dict[int, bool] = field(default_factory=dict)
    _changes: Changes | None = None
    _touched: set[int] | None = None

    def pairs(self, nodes: Iterable[int]) -> Pairs:
        """Focus nodes with their values, as often as they are handed in."""
        if self.path is None:
            return [(node, (node,)) for node in nodes]
        if isinstance(self.path, Step):
            index = self.path.index()
            return [(node, index.get(node, _NOTHING)) for node in nodes]
        return [(node, self.path.values(node)) for node in nodes]

    def findings(self, nodes: Iterable[int]) -> Iterator[Finding]:
        """What the shape finds at focus nodes."""
        if not self.active:
            return
        pairs = self.pairs(nodes)
        for constraint in self.constraints:
            if isinstance(constraint, Properties):
                yield from constraint.findings(pairs)
            elif isinstance(constraint, Closed):
                for focus, path, value in constraint.strangers(pairs):
                    yield Finding(self, constraint, focus, value, path)
            elif isinstance(constraint, Qualified):
                for focus, component in constraint.miscounted(pairs):
                    yield Finding(self, constraint, focus, None, None, component)
            else:
                for focus, found in constraint.failures(pairs):
                    yield Finding(self, constraint, focus, found)

    def judge(self, nodes: Iterable[int]) -> dict[int, bool]:
        """Whether each node conforms; worked out once for each, for all that are new at once. Holds other nodes too."""
        known = self._conforms
        fresh = {node for node in nodes if node not in known}
        if fresh:
            failing: set[int] = set()
            if self.active:
                pairs = self.pairs(fresh)
                for constraint in self.constraints:
                    failing.update(focus for focus, _ in constraint.failures(pairs))
            known.update((node, node not in failing) for node in fresh)
        return known

    def touched(self, changes: Changes) -> set[int]:
        """The nodes at which the shape may find something else than before the changes; Whole for all of them."""
        if self._changes is not changes:
            self._changes = changes
            try:
                self._touched = self._touch(changes)
            except Whole:
                self._touched = None
        if self._touched is None:
            raise Whole
        return self._touched

    def _touch(self, changes: Changes) -> set[int]:
        if not self.active:
            return set()
        found, values = set(), set()
        for constraint in self.constraints:
            found |= constraint.touched_focus(changes)
            values |= constraint.touched_values(changes)
        if self.path is None:
            return found | values
        return found | self.path.touched(changes) | (self.path.sources(values) if values else set())

    def leads_away(self) -> bool:
        """Whether it can find something at other nodes than those that it is asked about."""
        inner = [constraint.shape for constraint in self.constraints if isinstance(constraint, Properties)]
        return bool(inner) and (self.path is not None or any(shape.leads_away() for shape in inner))

    def forget(self, changes: Changes) -> None:
        """Forget what was worked out from the graph and may have changed."""
        try:
            for node in self.touched(changes):
                self._conforms.pop(node, None)
        except Whole:
            self._conforms.clear()
        for constraint in self.constraints:
            constraint.forget(changes)


class Properties(Constraint):
    """sh:property: the results are those of the property shape at each value."""

    component = "PropertyConstraintComponent"

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    def findings(self, pairs: Pairs) -> Iterator[Finding]:
        """What the property shape finds at the values, as often as they are values."""
        return self.shape.findings([value for _, values in pairs for value in values])

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        known = self.shape.judge(value for _, values in pairs for value in values)
        return ((focus, value) for focus, values in pairs for value in values if not known[value])

    def touched_values(self, changes: Changes) -> set[int]:
        return self.shape.touched(changes)


class Shapes(Constraint):
    """sh:node, sh:not, sh:and, sh:or and sh:xone: how many of some shapes a value may and must conform to."""

    def __init__(self, component: str, shapes: Sequence[Shape], least: int, most: int) -> None:
        self.component, self.shapes, self.least, self.most = component, shapes, least, most

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        asked = {value for _, values in pairs for value in values}
        known = [shape.judge(asked) for shape in self.shapes]
        enough = {value: self.least <= sum(one[value] for one in known) <= self.most for value in asked}
        return ((focus, value) for focus, values in pairs for value in values if not enough[value])

    def touched_values(self, changes: Changes) -> set[int]:
        return set().union(*(shape.touched(changes) for shape in self.shapes))


class Qualified(Constraint):
    """sh:qualifiedValueShape with its two counts."""

    component = "QualifiedValueShapeConstraintComponent"

    def __init__(self, shape: Shape, siblings: Sequence[Shape], least: int, most: int | None) -> None:
        self.shape, self.siblings, self.least, self.most = shape, siblings, least, most

    def miscounted(self, pairs: Pairs) -> Iterator[tuple[int, str]]:
        """The focus nodes with too few or too many values of the kind, and the component that says so."""
        asked = {value for _, values in pairs for value in values}
        known, beside = self.shape.judge(asked), [sibling.judge(asked) for sibling in self.siblings]
        counts = {value for value in asked if known[value] and not any(one[value] for one in beside)}
        for focus, values in pairs:
            number = sum(value in counts for value in values)
            if self.most is not None and number > self.most:
                yield focus, "QualifiedMaxCountConstraintComponent"
            if number < self.least:
                yield focus, "QualifiedMinCountConstraintComponent"

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        return ((focus, None) for focus, _ in self.miscounted(pairs))

    def touched_values(self, changes: Changes) -> set[int]:
        return self.shape.touched(changes).union(*(sibling.touched(changes) for sibling in self.siblings))


@dataclass(eq=False)
class Root:
    """A shape with its targets."""

    shape: Shape
    nodes: set[int] = field(default_factory=set)
    classes: set[int] = field(default_factory=set)
    subjects_of: set[int] = field(default_factory=set)
    objects_of: set[int] = field(default_factory=set)

    def focus_nodes(self, graph: TermGraph, kind: int, classes: Iterable[int]) -> list[int]:
        """The focus nodes, each once; ``kind`` is rdf:type, ``classes`` the target classes and those below them."""
        found = set(self.nodes)
        instances = graph.by_object(kind)
        for target in classes:
            found.update(instances.get(target, ()))
        for predicate in self.subjects_of:
            found.update(graph.by_subject(predicate))
        for predicate in self.objects_of:
            found.update(graph.by_object(predicate))
        return sorted(found)

    def targets(self, node: int, graph: TermGraph, kind: int, classes: set[int]) -> bool:
        """Whether a node is one of the focus nodes."""
        return (node in self.nodes or not classes.isdisjoint(graph.by_subject(kind).get(node, ()))
                or any(node in graph.by_subject(predicate) for predicate in self.subjects_of)
                or any(node in graph.by_object(predicate) for predicate in self.objects_of))

    def retargeted(self, changes: Changes, kind: int) -> set[int]:
        """The nodes that changes may make a focus node, or make one no more."""
        found = {subject for subject, _ in changes.get(kind, ())} if self.classes else set()
        for predicate in self.subjects_of:
            found.update(subject for subject, _ in changes.get(predicate, ()))
        for predicate in self.objects_of:
            found.update(value for _, value in changes.get(predicate, ()))
        return found

"""SHACL Core's constraint components on one node or value, each over all focus nodes of a shape at once.

A component gets pairs of a focus node and its values. Where it depends on the graph beyond them, it also says, for
incremental checks, which focus nodes and which values may look different after changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pactgraph.build.shacl.graph import BLANK, LITERAL, TermGraph
from pactgraph.build.shacl.values import Values
from pactgraph.build.shacl.walk import Changes

if TYPE_CHECKING:
    import re

Pairs = Sequence[tuple[int, Iterable[int]]]


class Whole(Exception):
    """A change whose reach cannot be bounded: the shape is to be checked for all its focus nodes."""


class Constraint:
    """One component of one shape."""

    component = ""
    source: Any = None
    """The node of the shapes graph that describes a SPARQL constraint, for its messages."""

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        """The focus nodes that fail, each with the value that fails (None: no single one)."""
        raise NotImplementedError

    def touched_focus(self, changes: Changes) -> set[int]:
        """The focus nodes that may fail otherwise than before, whatever their values."""
        return set()

    def touched_values(self, changes: Changes) -> set[int]:
        """The values whose judgement may have changed."""
        return set()

    def forget(self, changes: Changes) -> None:
        """Forget what was worked out from the graph and may have changed (old and new stand in the graph)."""


class EachValue(Constraint):
    """A component that judges each value by itself; each distinct value is judged once."""

    def __init__(self, component: str, holds: Callable[[int], bool]) -> None:
        self.component, self.holds = component, holds
        self._known: dict[int, bool] = {}

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        known = self._known
        for focus, values in pairs:
            for value in values:
                good = known.get(value)
                if good is None:
                    good = known[value] = self.holds(value)
                if not good:
                    yield focus, value


class OfClass(EachValue):
    """sh:class."""

    def __init__(self, graph: TermGraph, wanted: int, kind: int, above: int) -> None:
        super().__init__("ClassConstraintComponent", self._has)
        self.graph, self.wanted, self.kind, self.above = graph, wanted, kind, above
        self._classes: set[int] = set()

    def _has(self, value: int) -> bool:
        if self.graph.kinds[value] == LITERAL:
            return False
        if not self._classes:
            self._classes = below(self.graph, self.wanted, self.above)
        return any(kind in self._classes for kind in self.graph.by_subject(self.kind).get(value, ()))

    def forget(self, changes: Changes) -> None:
        if self.above in changes:
            self._known.clear()
            self._classes = set()
        for subject, _ in changes.get(self.kind, ()):
            self._known.pop(subject, None)

    def touched_values(self, changes: Changes) -> set[int]:
        if self.above in changes:
            raise Whole
        return {subject for subject, _ in changes.get(self.kind, ())}


def below(graph: TermGraph, wanted: int, above: int) -> set[int]:
    """A class and all below it; ``above`` is rdfs:subClassOf."""
    found, waiting = {wanted}, [wanted]
    while waiting:
        for lower in graph.by_object(above).get(waiting.pop(), ()):
            if lower not in found:
                found.add(lower)
                waiting.append(lower)
    return found


class Count(Constraint):
    """sh:minCount and sh:maxCount."""

    def __init__(self, component: str, least: int, most: int | None = None) -> None:
        self.component, self.least, self.most = component, least, most

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        least, most = self.least, self.most
        for focus, values in pairs:
            number = len(values)  # type: ignore[arg-type]
            if number < least or (most is not None and number > most):
                yield focus, None


class HasValue(Constraint):
    """sh:hasValue."""

    component = "HasValueConstraintComponent"

    def __init__(self, wanted: int) -> None:
        self.wanted = wanted

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        wanted = self.wanted
        for focus, values in pairs:
            if wanted not in values:
                yield focus, None


class UniqueLanguage(Constraint):
    """sh:uniqueLang."""

    component = "UniqueLangConstraintComponent"

    def __init__(self, graph: TermGraph) -> None:
        self.graph = graph
        self._languages: dict[int, str] = {}

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        for focus, values in pairs:
            if len(values) > 1:  # type: ignore[arg-type]
                found = [language for language in map(self._language, values) if language]
                if len(set(found)) < len(found):
                    for language in set(found):
                        if found.count(language) > 1:
                            yield focus, None

    def _language(self, value: int) -> str:
        found = self._languages.get(value)
        if found is None:
            term = self.graph.terms[value]
            found = self._languages[value] = (term.language or "").lower() if self.graph.kinds[value] == LITERAL else ""
        return found


class Pair(Constraint):
    """sh:equals, sh:disjoint, sh:lessThan and sh:lessThanOrEquals: values beside those of another property."""

    def __init__(self, component: str, graph: TermGraph, other: int,
                 wrong: Callable[[Iterable[int], Sequence[int]], Iterable[int]]) -> None:
        self.component, self.graph, self.other, self.wrong = component, graph, other, wrong

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        others = self.graph.by_subject(self.other)
        for focus, values in pairs:
            for value in self.wrong(values, others.get(focus, [])):
                yield focus, value

    def touched_focus(self, changes: Changes) -> set[int]:
        return {subject for subject, _ in changes.get(self.other, ())}


def unequal(values: Iterable[int], others: Sequence[int]) -> Iterable[int]:
    """What only one side has."""
    return set(values) ^ set(others)


def shared(values: Iterable[int], others: Sequence[int]) -> Iterable[int]:
    """What both sides have."""
    return set(values) & set(others)


def not_below(terms: Values, or_equal: bool) -> Callable[[Iterable[int], Sequence[int]], Iterable[int]]:
    """Each value once for each other value that it is not below."""
    known: dict[tuple[int, int], bool] = {}

    def wrong(values: Iterable[int], others: Sequence[int]) -> Iterable[int]:
        for value in values:
            for other in others:
                key = (value, other)
                if key not in known:
                    known[key] = terms.ordered(value, other, or_equal)
                if not known[key]:
                    yield value
    return wrong


class Closed(Constraint):
    """sh:closed: the failing value stands with its predicate, so this yields through :meth:`strangers`."""

    component = "ClosedConstraintComponent"

    def __init__(self, graph: TermGraph, allowed: set[int], kind: int, resource: int) -> None:
        self.graph, self.allowed, self.always = graph, allowed, (kind, resource)

    def strangers(self, pairs: Pairs) -> Iterator[tuple[int, int, int]]:
        """Focus node, predicate and value of each statement that is not foreseen."""
        for predicate, by_subject in self.graph.out.items():
            if predicate not in self.allowed:
                for focus, values in pairs:
                    for value in values:
                        for o in by_subject.get(value, ()):
                            if (predicate, o) != self.always:
                                yield focus, predicate, o

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        return ((focus, value) for focus, _, value in self.strangers(pairs))

    def touched_values(self, changes: Changes) -> set[int]:
        return {subject for pairs in changes.values() for subject, _ in pairs}


def of_kind(graph: TermGraph, kinds: frozenset[int]) -> Callable[[int], bool]:
    """sh:nodeKind."""
    return lambda value: graph.kinds[value] in kinds


def in_range(terms: Values, bound: Any, allowed: frozenset[int]) -> Callable[[int], bool]:
    """sh:minInclusive and its three sisters: how a value may compare with the bound."""
    return lambda value: terms.compared(value, bound) in allowed


def length(terms: Values, least: int, most: int | None) -> Callable[[int], bool]:
    """sh:minLength (where ``least`` is not 0) and sh:maxLength; a blank node has no length."""
    def holds(value: int) -> bool:
        if least == 0 and most is None:
            return True
        if terms.graph.kinds[value] == BLANK:
            return False
        number = len(terms.words(value))
        return number >= least and (most is None or number <= most)
    return holds


def matching(terms: Values, pattern: re.Pattern[str]) -> Callable[[int], bool]:
    """sh:pattern."""
    return lambda value: terms.graph.kinds[value] != BLANK and pattern.search(terms.words(value)) is not None


def in_language(graph: TermGraph, ranges: frozenset[str]) -> Callable[[int], bool]:
    """sh:languageIn."""
    def holds(value: int) -> bool:
        language = (graph.terms[value].language or "").lower() if graph.kinds[value] == LITERAL else ""
        return bool(language) and ("*" in ranges or language in ranges or language.split("-")[0] in ranges)
    return holds

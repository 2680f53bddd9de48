"""Which findings of a check query a change can touch: those of some focus nodes, all of them, or none.

A changed statement touches a pattern of the query that it matches; the pattern's variables then say which ``?focus``.
What else must hold wherever the pattern holds (other patterns, VALUES, BIND, IN, STRSTARTS) rules out most matches.
Where ``?focus`` does not stand in the pattern, or the query is not plain, the whole query is to be run again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pactgraph.build.shacl.graph import TermGraph
from pactgraph.build.shacl.walk import Changes

FOCUS = "focus"
Bindings = dict[str, int]


@dataclass(frozen=True)
class Pattern:
    """A triple pattern. Variables are texts, constants terms of pyoxigraph; ``steps`` are a path's properties.

    ``turned`` says of each property whether it is read against the arrow; a path that is more than a choice of
    properties is not ``single``: it says nothing of its ends.
    """

    subject: Any
    value: Any
    predicate: Any = None
    steps: tuple[tuple[Any, bool], ...] = ()
    single: bool = True

    def matches(self, graph: TermGraph, changes: Changes) -> Iterator[Bindings]:
        """The variables that each changed statement binds, were it the one that the pattern finds."""
        if isinstance(self.predicate, str):
            for predicate, pairs in changes.items():
                for s, o in pairs:
                    yield from self._bound(graph, s, o, {self.predicate: predicate})
            return
        for term, turned in self.steps:
            for s, o in changes.get(graph.ids.get(term, -1), ()):
                if not self.single:
                    yield {}
                else:
                    yield from self._bound(graph, o if turned else s, s if turned else o, {})

    def _bound(self, graph: TermGraph, subject: int, value: int, found: Bindings) -> Iterator[Bindings]:
        for end, number in ((self.subject, subject), (self.value, value)):
            if isinstance(end, str):
                if found.setdefault(end, number) != number:
                    return
            elif graph.ids.get(end) != number:
                return
        yield found

    def may_hold(self, graph: TermGraph, bound: Bindings, limits: dict[str, set[Any]]) -> bool:
        """Whether the pattern can hold beside these bindings; only where an end is bound is it looked up."""
        if isinstance(self.predicate, str) or not self.single:
            return True
        ends = [self._numbers(graph, end, bound, limits) for end in (self.subject, self.value)]
        from_value = not (isinstance(self.subject, str) and self.subject in bound)
        if from_value and not (isinstance(self.value, str) and self.value in bound):
            return True
        start, wanted = (ends[1], ends[0]) if from_value else ends
        assert start is not None
        for term, turned in self.steps:
            index = (graph.by_object if turned != from_value else graph.by_subject)(graph.ids.get(term, -1))
            for node in start:
                found = index.get(node, ())
                if found if wanted is None else wanted.intersection(found):
                    return True
        return False

    @staticmethod
    def _numbers(graph: TermGraph, end: Any, bound: Bindings, limits: dict[str, set[Any]]) -> set[int] | None:
        """What an end can be; None for anything."""
        if isinstance(end, str) and end in bound:
            return {bound[end]}
        terms = limits.get(end) if isinstance(end, str) else {end}
        return None if terms is None else {graph.ids.get(term, -1) for term in terms}


@dataclass(frozen=True)
class Limit:
    """A variable is one of some terms, or begins in a certain way."""

    variable: str
    terms: frozenset[Any] | None
    start: str = ""

    def may_hold(self, graph: TermGraph, bound: Bindings) -> bool:
        if self.variable not in bound:
            return True
        term = graph.terms[bound[self.variable]]
        return term in self.terms if self.terms is not None else getattr(term, "value", "").startswith(self.start)


@dataclass
class All:
    """Everything in it must hold."""

    parts: list[Any]

    def may_hold(self, graph: TermGraph, bound: Bindings) -> bool:
        flat, limits = self._known
        return all(part.may_hold(graph, bound, limits) if isinstance(part, Pattern) else part.may_hold(graph, bound)
                   for part in flat)

    @cached_property
    def _known(self) -> tuple[list[Any], dict[str, set[Any]]]:
        """All parts, the cheap ones first, and the terms that they limit variables to."""
        flat = sorted(self.flat(), key=lambda part: not isinstance(part, Limit))
        return flat, {part.variable: set(part.terms) for part in flat if isinstance(part, Limit) and part.terms is not None}

    def flat(self) -> Iterator[Any]:
        """What it holds, and what those hold that hold everything as well."""
        for part in self.parts:
            if isinstance(part, All):
                yield from part.flat()
            else:
                yield part


@dataclass
class Either:
    """One of its parts must hold."""

    parts: list[All]

    def may_hold(self, graph: TermGraph, bound: Bindings) -> bool:
        return any(part.may_hold(graph, bound) for part in self.parts)


class Reach:
    """What changes do to one query, by the patterns anywhere in it, each with what must hold beside it. None: not plain."""

    def __init__(self, patterns: list[tuple[Pattern, All]] | None) -> None:
        self.plain, self.patterns = patterns is not None, patterns or []

    def touched(self, graph: TermGraph, changes: Changes) -> set[int] | None:
        """The focus nodes whose findings may differ; None for all. The graph has what is old and what is new."""
        if not self.plain:
            return None
        found = set()
        for pattern, beside in self.patterns:
            for bound in pattern.matches(graph, changes):
                if FOCUS in bound and bound[FOCUS] in found:
                    continue
                if beside.may_hold(graph, bound):
                    if FOCUS not in bound:
                        return None
                    found.add(bound[FOCUS])
        return found

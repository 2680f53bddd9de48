"""Which findings of a check query a change can touch: those of some focus nodes, all of them, or none.

A changed statement touches a pattern of the query that it matches; the pattern's variables then say which ``?focus``.
What else must hold wherever the pattern holds (other patterns, VALUES, BIND, IN, STRSTARTS) rules out most matches.
Where ``?focus`` does not stand in the pattern, or the query is not plain, the whole query is to be run again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from pactgraph.build.rdflib_graph import to_oxigraph
from pactgraph.build.shacl.graph import TermGraph
from pactgraph.build.shacl.walk import Changes

FOCUS = "focus"
Bindings = dict[str, int]


class _NotPlain(Exception):
    """A query whose findings cannot be taken focus by focus."""


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
        flat = sorted(self._flat(), key=lambda part: not isinstance(part, Limit))
        return flat, {part.variable: set(part.terms) for part in flat if isinstance(part, Limit) and part.terms is not None}

    def _flat(self) -> Iterator[Any]:
        for part in self.parts:
            if isinstance(part, All):
                yield from part._flat()
            else:
                yield part


@dataclass
class Either:
    """One of its parts must hold."""

    parts: list[All]

    def may_hold(self, graph: TermGraph, bound: Bindings) -> bool:
        return any(part.may_hold(graph, bound) for part in self.parts)


@cache
def reach_of(text: str) -> Reach:
    """The reach into a query, worked out once."""
    return Reach(text)


class Reach:
    """What changes do to one query."""

    def __init__(self, text: str) -> None:
        from rdflib.plugins.sparql import prepareQuery

        self._patterns: list[tuple[Pattern, All]] = []
        self.plain = True
        try:
            pattern = prepareQuery(text).algebra.p
            while pattern.name in ("Project", "Distinct", "OrderBy"):
                pattern = pattern.p
            if FOCUS not in self._read(pattern, All([]))[1]:
                raise _NotPlain
        except Exception:  # Whatever is not understood here is run whole.
            self.plain = False

    def touched(self, graph: TermGraph, changes: Changes) -> set[int] | None:
        """The focus nodes whose findings may differ; None for all. The graph has what is old and what is new."""
        if not self.plain:
            return None
        found = set()
        for pattern, beside in self._patterns:
            for bound in pattern.matches(graph, changes):
                if FOCUS in bound and bound[FOCUS] in found:
                    continue
                if beside.may_hold(graph, bound):
                    if FOCUS not in bound:
                        return None
                    found.add(bound[FOCUS])
        return found

    def _read(self, part: Any, around: All) -> tuple[All, set[str]]:
        """What must hold where a part of the algebra has a solution, and the variables that each solution binds."""
        if part.name == "BGP":
            patterns = [_pattern(*triple) for triple in part.triples]
            self._note(patterns, around)
            return All([*patterns]), {end for pattern in patterns for end in _variables(pattern)}
        if part.name == "Join":
            one, other = All([]), All([])  # each stands beside the other
            first = self._read(part.p1, All([around, other]))
            second = self._read(part.p2, All([around, one]))
            one.parts, other.parts = [first[0]], [second[0]]
            return All([first[0], second[0]]), first[1] | second[1]
        if part.name == "LeftJoin":
            holds, bound = self._read(part.p1, around)
            if FOCUS not in bound:
                raise _NotPlain
            self._read(part.p2, All([around, holds]))
            self._expression(part.expr, All([around, holds]))
            return holds, bound
        if part.name == "Union":
            first, second = self._read(part.p1, around), self._read(part.p2, around)
            return All([Either([first[0], second[0]])]), first[1] & second[1]
        if part.name == "Filter":
            limits = All(list(_limits(part.expr)))
            holds, bound = self._read(part.p, All([around, limits]))
            self._expression(part.expr, All([around, limits, holds]))
            return All([holds, limits]), bound
        if part.name == "Extend":
            limits = All([Limit(str(part.var), frozenset({to_oxigraph(part.expr)}))] if _is_iri(part.expr) else [])
            holds, bound = self._read(part.p, All([around, limits]))
            return All([holds, limits]), bound
        if part.name == "ToMultiSet" and part.p.name == "values":
            rows = part.p.res
            return All([Limit(str(name), frozenset(to_oxigraph(row[name]) for row in rows))
                        for name in rows[0] if all(name in row for row in rows)]), set()
        raise _NotPlain

    def _note(self, patterns: list[Pattern], around: All) -> None:
        self._patterns += [(pattern, All([around, *patterns])) for pattern in patterns]

    def _expression(self, expression: Any, around: All) -> None:
        """Note the patterns within EXISTS and NOT EXISTS, wherever they stand in an expression."""
        from rdflib.plugins.sparql.parserutils import CompValue

        if isinstance(expression, list | tuple):
            for part in expression:
                self._expression(part, around)
        elif isinstance(expression, CompValue):
            if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
                self._read(expression.graph, around)
            else:
                self._expression([value for key, value in expression.items() if key != "_vars"], around)


def _is_iri(term: Any) -> bool:
    from rdflib import URIRef

    return isinstance(term, URIRef)


def _pattern(subject: Any, predicate: Any, value: Any) -> Pattern:
    from rdflib import BNode, Variable
    from rdflib.paths import Path

    ends = [str(end) if isinstance(end, Variable) else f"_:{end}" if isinstance(end, BNode) else to_oxigraph(end)
            for end in (subject, value)]
    if isinstance(predicate, Variable):
        return Pattern(ends[0], ends[1], predicate=str(predicate))
    steps, single = _steps(predicate) if isinstance(predicate, Path) else (((to_oxigraph(predicate), False),), True)
    return Pattern(ends[0], ends[1], steps=steps, single=single)


def _steps(path: Any) -> tuple[tuple[tuple[Any, bool], ...], bool]:
    """The properties of a path, and whether it is a choice of single steps."""
    from rdflib import URIRef
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(path, URIRef):
        return ((to_oxigraph(path), False),), True
    if isinstance(path, InvPath):
        steps, single = _steps(path.arg)
        return tuple((term, not turned) for term, turned in steps), single
    if isinstance(path, AlternativePath | SequencePath):
        parts = [_steps(part) for part in path.args]
        single = isinstance(path, AlternativePath) and all(one for _, one in parts)
        return tuple(step for steps, _ in parts for step in steps), single
    if isinstance(path, MulPath):
        return _steps(path.path)[0], False
    raise _NotPlain


def _variables(pattern: Pattern) -> set[str]:
    return {end for end in (pattern.subject, pattern.value, pattern.predicate) if isinstance(end, str)}


def _limits(expression: Any) -> Iterator[Limit]:
    """What the parts of a condition that must all be true say of a variable."""
    from rdflib import Literal, Variable

    name = getattr(expression, "name", "")
    if name == "ConditionalAndExpression":
        for part in (expression.expr, *expression.other):
            yield from _limits(part)
    elif name == "RelationalExpression" and expression.op == "IN" and isinstance(expression.expr, Variable):
        if all(map(_is_iri, expression.other)):
            yield Limit(str(expression.expr), frozenset(map(to_oxigraph, expression.other)))
    elif name == "Builtin_STRSTARTS":
        of, start = expression.arg1, expression.arg2
        start = start.arg if getattr(start, "name", "") == "Builtin_STR" else start
        known = _is_iri(start) or isinstance(start, Literal)
        if known and getattr(of, "name", "") == "Builtin_STR" and isinstance(of.arg, Variable):
            yield Limit(str(of.arg), None, str(start))

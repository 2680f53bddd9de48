"""Reads a check query's text for what its findings hang on (:mod:`pactgraph.build.reach`), by rdflib's algebra of it.

rdflib's parser takes some fifty milliseconds a query, so what it finds is kept: :mod:`pactgraph.build.known_queries`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pactgraph.build.rdflib_graph import to_oxigraph
from pactgraph.build.reach import FOCUS, All, Either, Limit, Pattern, Reach


class NotPlain(Exception):
    """A query whose findings cannot be taken focus by focus."""


def read_reach(text: str) -> Reach:
    """The reach into a query; one that is not understood is not plain, and is run whole."""
    from rdflib.plugins.sparql import prepareQuery

    reading = _Reading()
    try:
        pattern = prepareQuery(text).algebra.p
        while pattern.name in ("Project", "Distinct", "OrderBy"):
            pattern = pattern.p
        if FOCUS not in reading.read(pattern, All([]))[1]:
            raise NotPlain
    except Exception:  # Whatever is not understood here is run whole.
        return Reach(None)
    return Reach(reading.patterns)


class _Reading:
    """One reading of a query; collects the patterns with what stands beside each."""

    def __init__(self) -> None:
        self.patterns: list[tuple[Pattern, All]] = []

    def read(self, part: Any, around: All) -> tuple[All, set[str]]:
        """What must hold where a part of the algebra has a solution, and the variables that each solution binds."""
        if part.name == "BGP":
            patterns = [_pattern(*triple) for triple in part.triples]
            self._note(patterns, around)
            return All([*patterns]), {end for pattern in patterns for end in _variables(pattern)}
        if part.name == "Join":
            one, other = All([]), All([])  # each stands beside the other
            first = self.read(part.p1, All([around, other]))
            second = self.read(part.p2, All([around, one]))
            one.parts, other.parts = [first[0]], [second[0]]
            return All([first[0], second[0]]), first[1] | second[1]
        if part.name == "LeftJoin":
            holds, bound = self.read(part.p1, around)
            if FOCUS not in bound:
                raise NotPlain
            self.read(part.p2, All([around, holds]))
            self._expression(part.expr, All([around, holds]))
            return holds, bound
        if part.name == "Union":
            first, second = self.read(part.p1, around), self.read(part.p2, around)
            return All([Either([first[0], second[0]])]), first[1] & second[1]
        if part.name == "Filter":
            limits = All(list(_limits(part.expr)))
            holds, bound = self.read(part.p, All([around, limits]))
            self._expression(part.expr, All([around, limits, holds]))
            return All([holds, limits]), bound
        if part.name == "Extend":
            limits = All([Limit(str(part.var), frozenset({to_oxigraph(part.expr)}))] if _is_iri(part.expr) else [])
            holds, bound = self.read(part.p, All([around, limits]))
            return All([holds, limits]), bound
        if part.name == "ToMultiSet" and part.p.name == "values":
            rows = part.p.res
            return All([Limit(str(name), frozenset(to_oxigraph(row[name]) for row in rows))
                        for name in rows[0] if all(name in row for row in rows)]), set()
        raise NotPlain

    def _note(self, patterns: list[Pattern], around: All) -> None:
        self.patterns += [(pattern, All([around, *patterns])) for pattern in patterns]

    def _expression(self, expression: Any, around: All) -> None:
        """Note the patterns within EXISTS and NOT EXISTS, wherever they stand in an expression."""
        from rdflib.plugins.sparql.parserutils import CompValue

        if isinstance(expression, list | tuple):
            for part in expression:
                self._expression(part, around)
        elif isinstance(expression, CompValue):
            if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
                self.read(expression.graph, around)
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
    raise NotPlain


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

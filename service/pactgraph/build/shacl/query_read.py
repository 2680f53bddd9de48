"""Judges a SPARQL query: whether it is plain enough to be run for all nodes at once, and on which data.

rdflib parses it, since pySHACL would run it by rdflib; Oxigraph must be able to parse it too. What is found of the shapes
that we ship is kept: :mod:`pactgraph.build.known_queries`.
"""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from pactgraph.build.rdflib_graph import to_oxigraph
from pactgraph.build.shacl.graph import Unknown
from pactgraph.build.shacl.query import ORDER, Plain, kinds_of


def read_plain(text: str) -> Plain:
    """A plain query; :class:`Unknown` for one that is not plain."""
    return _Reading(text).found


class _Reading:
    """One reading of a query."""

    def __init__(self, text: str) -> None:
        from rdflib.plugins.sparql import prepareQuery

        try:
            algebra = prepareQuery(text).algebra
            ox.Store().query(text)
        except Exception as problem:  # rdflib's parser tells of a query that it cannot read by exceptions of many kinds.
            raise Unknown(f"a query that cannot be read: {problem}") from None
        self.found = Plain()
        self._subjects: dict[str, set[str]] = {}
        selected = set(map(str, algebra.get("PV") or ()))
        if algebra.name != "SelectQuery" or algebra.datasetClause or "this" not in selected or selected & {"path", "failure"}:
            raise Unknown("a query that does not select $this, or selects what has a meaning of its own")
        pattern = algebra.p
        while pattern.name in ("Project", "Distinct"):
            pattern = pattern.p
        if "this" not in self._bound(pattern):
            raise Unknown("a query in which $this may be unbound")
        self.found.direct = {predicate for predicate, subjects in self._subjects.items() if subjects == {"this"}}

    def _bound(self, pattern: Any) -> set[str]:
        """The variables that every solution of a pattern binds."""
        name = pattern.name
        if name == "BGP":
            return {variable for triple in pattern.triples for variable in self._triple(*triple)}
        if name == "Join":
            return self._bound(pattern.p1) | self._bound(pattern.p2)
        if name == "Filter":
            bound = self._bound(pattern.p)
            self._expression(pattern.expr, bound)
            return bound
        if name == "LeftJoin":
            bound = self._bound(pattern.p1)
            inner = self._bound(pattern.p2)
            if "this" not in bound:
                raise Unknown("OPTIONAL where $this is not bound yet")
            self._expression(pattern.expr, bound | inner)
            return bound
        raise Unknown(f"{name} in a query")

    def _triple(self, subject: Any, predicate: Any, value: Any) -> set[str]:
        from rdflib import BNode, Literal, URIRef, Variable

        if not isinstance(predicate, URIRef) or isinstance(subject, Literal):
            raise Unknown("a path or a variable for a property in a query")
        if isinstance(value, Literal):
            kinds_of(self._literal(value))
        self.found.predicates.add(str(predicate))
        self._subjects.setdefault(str(predicate), set()).add(str(subject) if isinstance(subject, Variable) else "")
        if isinstance(value, Variable | BNode):
            self.found.asked.setdefault(str(value), set()).add(str(predicate))
        self.found.things.add(str(subject))
        return {str(term) for term in (subject, value) if isinstance(term, Variable)}

    @staticmethod
    def _literal(term: Any) -> ox.Literal:
        found = to_oxigraph(term)
        assert isinstance(found, ox.Literal)
        return found

    def _expression(self, expression: Any, bound: set[str]) -> None:
        """Accept an expression that both engines work out alike, errors included; note what it compares."""
        from rdflib import Literal, URIRef

        name = getattr(expression, "name", "")
        if expression is None or isinstance(expression, Literal | URIRef) or name == "TrueFilter":
            return
        if "this" not in bound:
            raise Unknown("FILTER where $this is not bound yet")
        if name in ("ConditionalOrExpression", "ConditionalAndExpression"):
            for part in (expression.expr, *(expression.other or ())):
                self._expression(part, bound)
        elif name == "Builtin_COALESCE":
            for part in expression.arg:
                self._expression(part, bound)
        elif name == "RelationalExpression" and expression.op in (*ORDER, "=", "!="):
            self.found.compared.append((expression.op, self._operand(expression.expr), self._operand(expression.other)))
        elif name != "Builtin_BOUND" and (name != "UnaryNot" or getattr(expression.expr, "name", "") != "Builtin_BOUND"):
            raise Unknown(f"{name or 'a variable by itself'} in a condition")

    def _operand(self, operand: Any) -> Any:
        from rdflib import Literal, URIRef, Variable

        if isinstance(operand, Variable):
            return str(operand)
        if isinstance(operand, URIRef):
            return {"thing"}
        if isinstance(operand, Literal):
            return {kinds_of(self._literal(operand))}
        if getattr(operand, "name", "") == "Builtin_YEAR" and isinstance(operand.arg, Variable):
            self.found.years.append(str(operand.arg))
            return {"number"}
        raise Unknown("a comparison of something worked out")

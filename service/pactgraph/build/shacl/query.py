"""Judges a SPARQL query: whether it is plain enough to be run for all nodes at once, and on which data.

rdflib parses it, since pySHACL would run it by rdflib; Oxigraph must be able to parse it too.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

import pyoxigraph as ox

from pactgraph.build.rdflib_graph import to_oxigraph
from pactgraph.build.shacl.graph import Unknown
from pactgraph.namespaces import XSD

_INTEGER = re.compile(r"0|-?[1-9]\d{0,17}")
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,9})\.\d{0,8}[1-9]")
_DATE = re.compile(r"[1-9]\d{3}-\d\d-\d\d")
_ORDER = ("<", ">", "<=", ">=")


def kinds_of(literal: ox.Literal) -> str:
    """The kind of a literal that rdflib and Oxigraph read alike; :class:`Unknown` for any other literal."""
    words, datatype = literal.value, literal.datatype.value.removeprefix(XSD)
    if literal.language:
        return "text in a language"
    if datatype == "string":
        return "text"
    if datatype == "boolean" and words in ("true", "false"):
        return "truth"
    if (datatype == "integer" and _INTEGER.fullmatch(words)) or (datatype == "decimal" and _DECIMAL.fullmatch(words)):
        return "number"
    if datatype == "date" and _DATE.fullmatch(words):
        try:
            date.fromisoformat(words)
        except ValueError:
            raise Unknown("a date that is none") from None
        return "date"
    raise Unknown(f"a literal of {literal.datatype.value} in a query")


@cache
def plain_query(text: str) -> Plain:
    """A query, judged once."""
    return Plain(text)


class Plain:
    """A plain SELECT query over ``$this``; making one raises :class:`Unknown` for a query that is not plain.

    ``predicates`` are all that it asks for; ``direct`` those that it asks for only at ``$this`` itself.
    """

    def __init__(self, text: str) -> None:
        from rdflib.plugins.sparql import prepareQuery

        try:
            algebra = prepareQuery(text).algebra
            ox.Store().query(text)
        except Exception as problem:  # rdflib's parser tells of a query that it cannot read by exceptions of many kinds.
            raise Unknown(f"a query that cannot be read: {problem}") from None
        self.predicates: set[str] = set()
        self.direct: set[str] = set()
        self._subjects: dict[str, set[str]] = {}
        self._asked: dict[str, set[str]] = {}
        self._things: set[str] = set()
        self._compared: list[tuple[str, Any, Any]] = []
        self._years: list[str] = []
        selected = set(map(str, algebra.get("PV") or ()))
        if algebra.name != "SelectQuery" or algebra.datasetClause or "this" not in selected or selected & {"path", "failure"}:
            raise Unknown("a query that does not select $this, or selects what has a meaning of its own")
        pattern = algebra.p
        while pattern.name in ("Project", "Distinct"):
            pattern = pattern.p
        if "this" not in self._bound(pattern):
            raise Unknown("a query in which $this may be unbound")
        self.direct = {predicate for predicate, subjects in self._subjects.items() if subjects == {"this"}}

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
        self.predicates.add(str(predicate))
        self._subjects.setdefault(str(predicate), set()).add(str(subject) if isinstance(subject, Variable) else "")
        if isinstance(value, Variable | BNode):
            self._asked.setdefault(str(value), set()).add(str(predicate))
        self._things.add(str(subject))
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
        elif name == "RelationalExpression" and expression.op in (*_ORDER, "=", "!="):
            self._compared.append((expression.op, self._operand(expression.expr), self._operand(expression.other)))
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
            self._years.append(str(operand.arg))
            return {"number"}
        raise Unknown("a comparison of something worked out")

    def compare_alike(self, kinds: dict[str, set[str]]) -> None:
        """Accept the kinds of values that the predicates have, or raise :class:`Unknown`."""
        def of(operand: Any) -> set[str]:
            if isinstance(operand, set):
                return operand
            found = {kind for predicate in self._asked.get(operand, ()) for kind in kinds[predicate]}
            return found | ({"thing"} if operand in self._things else set())

        for operator, one, other in self._compared:
            first, second = of(one), of(other)
            literals = (first | second) - {"thing"}
            # A thing never equals a literal; every other pair of kinds is ordered or refused as each engine likes.
            beside_things = operator in ("=", "!=") and (first <= {"thing"} or second <= {"thing"})
            if operator in _ORDER and "thing" in first | second:  # to Oxigraph, a thing is not above itself
                raise Unknown("an order of things")
            if not beside_things and (len(literals) > 1 or "text in a language" in literals):
                raise Unknown("a comparison of values of different kinds")
        if any(of(variable) - {"date"} for variable in self._years):
            raise Unknown("the year of something that is no date")

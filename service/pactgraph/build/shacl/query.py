"""A SPARQL query that is plain enough to be run for all nodes at once, and on which data it is.

:mod:`pactgraph.build.shacl.query_read` judges its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from pactgraph.build.shacl.graph import Unknown
from pactgraph.namespaces import XSD

_INTEGER = re.compile(r"0|-?[1-9]\d{0,17}")
_DECIMAL = re.compile(r"-?(0|[1-9]\d{0,9})\.\d{0,8}[1-9]")
_DATE = re.compile(r"[1-9]\d{3}-\d\d-\d\d")
ORDER = ("<", ">", "<=", ">=")


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


@dataclass
class Plain:
    """A plain SELECT query over ``$this``.

    ``predicates`` are all that it asks for; ``direct`` those that it asks for only at ``$this`` itself. ``asked`` are the
    predicates whose values a variable has, ``things`` the variables that are no literals; ``compared`` an operator with its
    operands (variables, or kinds of values), ``years`` the variables of whose days the year is taken.
    """

    predicates: set[str] = field(default_factory=set)
    direct: set[str] = field(default_factory=set)
    asked: dict[str, set[str]] = field(default_factory=dict)
    things: set[str] = field(default_factory=set)
    compared: list[tuple[str, str | set[str], str | set[str]]] = field(default_factory=list)
    years: list[str] = field(default_factory=list)

    def compare_alike(self, kinds: dict[str, set[str]]) -> None:
        """Accept the kinds of values that the predicates have, or raise :class:`Unknown`."""
        def of(operand: str | set[str]) -> set[str]:
            if isinstance(operand, set):
                return operand
            found = {kind for predicate in self.asked.get(operand, ()) for kind in kinds[predicate]}
            return found | ({"thing"} if operand in self.things else set())

        for operator, one, other in self.compared:
            first, second = of(one), of(other)
            literals = (first | second) - {"thing"}
            # A thing never equals a literal; every other pair of kinds is ordered or refused as each engine likes.
            beside_things = operator in ("=", "!=") and (first <= {"thing"} or second <= {"thing"})
            if operator in ORDER and "thing" in first | second:  # to Oxigraph, a thing is not above itself
                raise Unknown("an order of things")
            if not beside_things and (len(literals) > 1 or "text in a language" in literals):
                raise Unknown("a comparison of values of different kinds")
        if any(of(variable) - {"date"} for variable in self.years):
            raise Unknown("the year of something that is no date")

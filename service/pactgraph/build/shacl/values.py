"""What SHACL compares of literals, seen as pySHACL sees it: by rdflib's literals, each made once."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pactgraph.build.rdflib_graph import quiet_literals, to_rdflib
from pactgraph.build.shacl.graph import BLANK, IRI, LITERAL, TermGraph
from pactgraph.namespaces import RDF, XSD

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_PYTHON: dict[str, type | tuple[type, ...]] = {
    XSD + "string": (str, bytes), RDF + "langString": (str, bytes), XSD + "integer": int, XSD + "float": float,
    XSD + "decimal": Decimal, XSD + "boolean": bool, XSD + "date": date, XSD + "time": time, XSD + "dateTime": datetime,
}


class Values:
    """Compares terms of a graph by their numbers."""

    def __init__(self, graph: TermGraph) -> None:
        self.graph = graph
        self._literals: dict[int, Any] = {}

    def literal(self, number: int) -> Any:
        """The term as rdflib's."""
        found = self._literals.get(number)
        if found is None:
            with quiet_literals():
                found = self._literals[number] = to_rdflib(self.graph.terms[number])
        return found

    def words(self, number: int) -> str:
        """The words of a literal, an IRI as it is."""
        value: str = self.graph.terms[number].value
        return value

    def of_datatype(self, number: int, datatype: str) -> bool:
        """Whether a term is a well-formed literal of a datatype."""
        if self.graph.kinds[number] != LITERAL:
            return False
        term = self.graph.terms[number]
        has = term.datatype.value
        if has != datatype:
            # Every literal is one of these two to pySHACL, a plain one without a datatype only of the first.
            plain = has == XSD + "string" or term.language
            return datatype == _RDFS + "Literal" or (datatype == _RDFS + "Datatype" and not plain)
        if has == XSD + "string" or term.language:
            return True
        literal = self.literal(number)
        kind = _PYTHON.get(datatype)
        return literal.ill_typed is not True and (kind is None or isinstance(literal.value, kind))

    def compared(self, number: int, bound: Any) -> int | None:
        """-1, 0 or 1 as a literal is below, equal to or above ``bound``; None where the two cannot be compared."""
        if self.graph.kinds[number] != LITERAL:
            return None
        literal = self.literal(number)
        if isinstance(literal.value, str) != isinstance(bound.value, str):
            return None
        try:
            if literal.eq(bound):
                return 0
            if isinstance(literal.value, datetime | time):
                return 1 if literal.value > bound.value else -1
            return 1 if literal > bound else -1
        except (TypeError, NotImplementedError):
            return None

    def ordered(self, first: int, second: int, or_equal: bool) -> bool:
        """Whether the first term is below the second (or equal to it), as sh:lessThan asks.

        What has no order is not below anything: SHACL says so, where pySHACL gives up the whole check.
        """
        one, other = self._comparable(first), self._comparable(second)
        if one is None or type(one) is not type(other):  # a text (or an IRI) beside a literal that is none, too
            return False
        try:
            return bool(one <= other if or_equal else one < other)
        except TypeError:
            return False

    def _comparable(self, number: int) -> Any:
        kind = self.graph.kinds[number]
        if kind == BLANK:
            return None
        literal = self.literal(number)
        if kind == IRI:
            return str(literal)
        return str(literal.value) if isinstance(literal.value, str) else literal

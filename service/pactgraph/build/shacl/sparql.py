"""sh:sparql for all focus nodes in one query by Oxigraph, where that is certain to say what pySHACL says node by node.

Certain means: a plain query (patterns, OPTIONAL, FILTER with comparisons) in which every filter stands where ``$this``
is bound already, over literals that both engines read and compare alike: canonical numbers, calendar dates without a
zone, texts, and never two kinds in one comparison. Any other query, and any other data, is left to pySHACL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pactgraph.build.known_queries import plain_query
from pactgraph.build.shacl.constraints import Constraint, Pairs, Whole
from pactgraph.build.shacl.graph import LITERAL, TermGraph, Unknown
from pactgraph.build.shacl.query import kinds_of
from pactgraph.build.shacl.walk import Changes
from pactgraph.namespaces import PREFIXES

if TYPE_CHECKING:
    from pactgraph.build.shacl.compile import Compiler
    from pactgraph.build.shacl.shape import Shape

_THIS = re.compile(r"[\s{}()][$?]this")
_ALWAYS = ("rdf", "rdfs", "owl")


class Sparql(Constraint):
    """One SPARQL constraint of a node shape."""

    component = "SPARQLConstraintComponent"

    def __init__(self, graph: TermGraph, source: Any, text: str, at_nodes: bool) -> None:
        self.graph, self.source, self.text, self.at_nodes = graph, source, text, at_nodes
        self.plain = plain_query(text)
        self.predicates = {graph.number(ox.NamedNode(predicate)) for predicate in self.plain.predicates}
        self.direct = {graph.number(ox.NamedNode(predicate)) for predicate in self.plain.direct}
        self._rows: dict[int, list[int | None]] | None = None

    def failures(self, pairs: Pairs) -> Iterator[tuple[int, int | None]]:
        rows = self._all() if pairs else {}
        for focus, _ in pairs:
            for value in rows.get(focus, ()):
                yield focus, focus if value is None and self.at_nodes else value

    def _all(self) -> dict[int, list[int | None]]:
        """The values found at each node; worked out once for the graph as it is."""
        if self._rows is None:
            self.plain.compare_alike(self._kinds())
            store = ox.Store()
            store.bulk_extend(self.graph.statements(self.predicates))
            solutions = store.query(self.text)
            assert isinstance(solutions, ox.QuerySolutions)
            names = [variable.value for variable in solutions.variables]
            self._rows = {}
            for row in dict.fromkeys(tuple(row[name] for name in names) for row in solutions):
                cells = dict(zip(names, row, strict=True))
                value = cells.get("value")
                known = None if value is None else self.graph.ids[value]
                self._rows.setdefault(self.graph.ids[cells["this"]], []).append(known)
        return self._rows

    def _kinds(self) -> dict[str, set[str]]:
        """The kinds of values of each predicate of the query."""
        found: dict[str, set[str]] = {}
        for predicate in self.predicates:
            values = {value for group in self.graph.by_subject(predicate).values() for value in group}
            found[self.graph.terms[predicate].value] = {
                kinds_of(self.graph.terms[value]) if self.graph.kinds[value] == LITERAL else "thing" for value in values}
        return found

    def touched_focus(self, changes: Changes) -> set[int]:
        found = set()
        for predicate in self.predicates.intersection(changes):
            if predicate not in self.direct:
                raise Whole
            found |= {subject for subject, _ in changes[predicate]}
        return found

    def forget(self, changes: Changes) -> None:
        if not self.predicates.isdisjoint(changes):
            self._rows = None


def sparql_constraints(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    """The constraints of sh:sparql at a shape."""
    from rdflib import SH, Literal

    made: list[Constraint] = []
    for source in compiler.many(node, "sparql"):
        if isinstance(source, Literal):
            raise Unknown("sh:sparql is a literal")
        select = compiler.one(source, "select")
        if not isinstance(select, Literal) or not isinstance(select.value, str) or not _THIS.search(str(select)):
            raise Unknown("sh:select without $this")
        if (source, SH.deactivated, None) in compiler.shapes and compiler.flag(source, "deactivated"):
            continue
        if not all(isinstance(message, Literal) for message in compiler.many(source, "message")):
            raise Unknown("a message that is no text")
        made.append(Sparql(compiler.graph, source, _prefixes(compiler, source) + str(select), shape.path is None))
    return made


def _prefixes(compiler: Compiler, source: Any) -> str:
    """The prologue, as pySHACL writes it; a prefix with two meanings is not known."""
    from rdflib import OWL, RDF, SH

    shapes = compiler.shapes
    found = {name: PREFIXES[name] for name in _ALWAYS}
    ontologies = set(shapes.subjects(RDF.type, OWL.Ontology))
    for holder in set(shapes.objects(source, SH.prefixes)):
        declared = set(shapes.objects(holder, SH.declare))
        if not declared or holder not in ontologies:
            declared |= {declaration for ontology in ontologies for declaration in shapes.objects(ontology, SH.declare)}
        for declaration in declared:
            name, meaning = str(compiler.one(declaration, "prefix")), str(compiler.one(declaration, "namespace"))
            if found.setdefault(name, meaning) != meaning:
                raise Unknown("a prefix with two meanings")
    return "".join(f"PREFIX {name}: <{meaning}>\n" for name, meaning in sorted(found.items()))

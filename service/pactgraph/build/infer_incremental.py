"""Keeps what follows from a graph up to date as statements come and go, without working all of it out again.

The rules are those of ``queries/rules/`` (:mod:`pactgraph.build.infer` runs them whole). What loses a support is taken
back with all that was made of it, then whatever still follows is made again. Tests hold the two equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from pactgraph.build.infer import says_something
from pactgraph.build.shacl.graph import LITERAL, TermGraph
from pactgraph.errors import fail
from pactgraph.namespaces import PREFIXES, RDF, RDFS

Triple = tuple[int, int, int]
_OWL = PREFIXES["owl"]
_PLAIN = frozenset(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy"))
_Table = dict[int, set[int]]


class Index:
    """Statements as numbers, found by either end."""

    def __init__(self) -> None:
        self.out: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        self.into: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))

    def add(self, triple: Triple) -> None:
        s, p, o = triple
        self.out[p][s].add(o)
        self.into[p][o].add(s)

    def remove(self, triple: Triple) -> None:
        s, p, o = triple
        self.out[p][s].discard(o)
        self.into[p][o].discard(s)

    def __contains__(self, triple: Triple) -> bool:
        s, p, o = triple
        return p in self.out and s in self.out[p] and o in self.out[p][s]

    def __iter__(self) -> Iterator[Triple]:
        for p, subjects in self.out.items():
            for s, values in subjects.items():
                for o in values:
                    yield s, p, o


def is_schema(quad: ox.Quad) -> bool:
    """Whether a statement may change the rules themselves, so that all is to be worked out again."""
    name, value = quad.predicate.value, getattr(quad.object, "value", "")
    if name == RDF + "type":
        return value.startswith((_OWL, RDFS))
    return (name.startswith((_OWL, RDFS)) and name not in _PLAIN) or name in (RDF + "first", RDF + "rest")


class Closure:
    """What follows from a :class:`TermGraph`, which its holder changes first and then tells of."""

    def __init__(self, graph: TermGraph) -> None:
        self.graph = graph
        self.made = Index()
        self._gone = Index()
        self._read_schema()
        for p in list(graph.out):
            for s, values in list(graph.out[p].items()):
                for o in list(values):
                    if self._counts((s, p, o)):
                        self._spread([(s, p, o)])

    def _read_schema(self) -> None:
        graph = self.graph
        self._type = graph.number(ox.NamedNode(RDF + "type"))
        self._above = self._table(RDFS + "subPropertyOf")
        self._classes_above = self._table(RDFS + "subClassOf")
        self._domain, self._range = self._table(RDFS + "domain"), self._table(RDFS + "range")
        self._inverse: _Table = defaultdict(set)
        for one, others in self._table(_OWL + "inverseOf").items():
            for other in others:
                self._inverse[one].add(other)
                self._inverse[other].add(one)
        first, rest = self._table(RDF + "first"), self._table(RDF + "rest")
        self._starts: dict[int, set[tuple[int, int]]] = defaultdict(set)
        self._ends: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for whole, lists in self._table(_OWL + "propertyChainAxiom").items():
            for head in lists:
                for tail in rest.get(head, ()):
                    for one in first.get(head, ()):
                        for two in first.get(tail, ()):
                            self._starts[one].add((two, whole))
                            self._ends[two].add((one, whole))
        datatype = graph.ids.get(ox.NamedNode(_OWL + "DatatypeProperty"), -1)
        self._valued = {s for s, kinds in graph.by_subject(self._type).items() if datatype in kinds}
        self._apart = self._read_apart(first, rest)

    def _read_apart(self, first: _Table, rest: _Table) -> list[frozenset[int]]:
        """The sets of classes that share nothing."""
        apart = [frozenset((one, other)) for one, others in self._table(_OWL + "disjointWith").items() for other in others]
        for lists in self._table(_OWL + "members").values():
            for cell in lists:
                members: set[int] = set()
                cells = [cell]
                while cells and cells[0] in first:
                    members |= first[cells[0]]
                    cells = list(rest.get(cells[0], ()))
                apart.append(frozenset(members))
        return apart

    def _table(self, predicate: str) -> _Table:
        number = self.graph.ids.get(ox.NamedNode(predicate), -1)
        return {s: set(values) for s, values in self.graph.by_subject(number).items()}

    def _counts(self, triple: Triple) -> bool:
        """Whether rules look at a stated statement: labels and other annotations imply nothing."""
        return self.graph.kinds[triple[2]] != LITERAL or triple[1] in self._valued

    def _values(self, s: int, p: int) -> set[int]:
        return {*self.graph.by_subject(p).get(s, ()), *self.made.out[p].get(s, ()), *self._gone.out[p].get(s, ())}

    def _subjects(self, p: int, o: int) -> set[int]:
        return {*self.graph.by_object(p).get(o, ()), *self.made.into[p].get(o, ()), *self._gone.into[p].get(o, ())}

    def _follows(self, triple: Triple) -> Iterator[Triple]:
        """What one statement implies in one step."""
        s, p, o = triple
        thing = self.graph.kinds[o] != LITERAL
        if p == self._type:
            for above in self._classes_above.get(o, ()):
                yield s, p, above
        for above in self._above.get(p, ()):
            yield s, above, o
        if thing:
            for other in self._inverse.get(p, ()):
                yield o, other, s
            for kind in self._range.get(p, ()):
                yield o, self._type, kind
        for kind in self._domain.get(p, ()):
            yield s, self._type, kind
        for two, whole in self._starts.get(p, ()):
            for end in self._values(o, two):
                yield s, whole, end
        for one, whole in self._ends.get(p, ()):
            for start in self._subjects(one, s):
                yield start, whole, o

    def _stated(self, triple: Triple) -> bool:
        return self.graph.states(*triple)

    def _spread(self, work: list[Triple]) -> set[Triple]:
        """Make all that follows; what was made."""
        new: set[Triple] = set()
        while work:
            for found in self._follows(work.pop()):
                if found not in self.made and not self._stated(found):
                    self.made.add(found)
                    new.add(found)
                    work.append(found)
        return new

    def change(self, added: Iterable[Triple], removed: Iterable[Triple]) -> tuple[set[Triple], set[Triple]]:
        """Follow a change of what is stated, in the union of graphs; what is made now and was not, and the other way round."""
        added, removed = list(added), list(removed)
        lost = self._take_back([triple for triple in removed if self._counts(triple)])
        new = self._make_again(lost | set(removed))
        for triple in added:
            if triple in self.made:
                self.made.remove(triple)
                lost.add(triple)
                new.discard(triple)
        new |= self._spread([triple for triple in added if self._counts(triple)])
        return new - lost, lost - new

    def _take_back(self, removed: list[Triple]) -> set[Triple]:
        """Take back whatever a removed statement had a part in."""
        lost: set[Triple] = set()
        for triple in removed:
            self._gone.add(triple)
        work = list(removed)
        while work:
            for found in self._follows(work.pop()):
                if found in self.made:
                    self.made.remove(found)
                    self._gone.add(found)
                    lost.add(found)
                    work.append(found)
        self._gone = Index()
        return lost

    def _make_again(self, candidates: set[Triple]) -> set[Triple]:
        """Make again what still follows. Whatever implies a statement touches its subject."""
        new: set[Triple] = set()
        for node in {triple[0] for triple in candidates}:
            for triple in list(self._around(node)):
                for found in self._follows(triple):
                    if found not in self.made and not self._stated(found):
                        self.made.add(found)
                        new |= {found} | self._spread([found])
        return new

    def _around(self, node: int) -> Iterator[Triple]:
        for p in {*self.graph.out, *self.made.out}:
            for o in self._values(node, p):
                if self._counts((node, p, o)):
                    yield node, p, o
            for s in self._subjects(p, node):
                if self._counts((s, p, node)):
                    yield s, p, node

    def refuse_contradictions(self, nodes: Iterable[int]) -> None:
        """Raise a UserError where one of some things is of two classes that share nothing."""
        for node in nodes:
            kinds = self._values(node, self._type)
            for apart in self._apart:
                both = sorted(str(self.graph.terms[kind].value) for kind in kinds & apart)
                if len(both) > 1:
                    raise fail("inconsistent", errors=f"{self.graph.terms[node].value}: {both[0]}, {both[-1]}")

    def quads(self, triples: Iterable[Triple], base: str, graph: ox.NamedNode) -> set[ox.Quad]:
        """Statements as quads: those that say something of a thing below ``base``."""
        terms = self.graph.terms
        found = {ox.Quad(terms[s], terms[p], terms[o], graph) for s, p, o in triples}
        return {quad for quad in found if says_something(quad, base)}

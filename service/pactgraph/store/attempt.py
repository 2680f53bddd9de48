"""Tries a SPARQL update on a worker's private copy and tells what it would change, without any graph being compared.

``WHERE`` is asked as a query, over the dataset that the readers of the service see (the union of all graphs, where the
service says so); the templates are filled with its solutions in an empty store. So the cost grows with what an update
finds and changes, not with the graph. In the union the default graph holds what any graph holds: removing a statement
from it removes it from every graph, and adding one that stands already changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from pactgraph.store import screen
from pactgraph.store.refusal import Refused
from pactgraph.store.update_text import DELETE_DATA, INSERT_DATA, LOAD, MANAGE, Operation, Unclear, operations

_DEFAULT = ox.DefaultGraph()
_BLANK = "urn:x-pactgraph-blank:"
_VARIABLE = re.compile(r"[?$](\w+)")
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


class Attempt:
    """The effect of an update on ``store``, which is changed. ``using`` and ``named`` are the protocol's parameters."""

    def __init__(self, store: ox.Store, *, union: bool, base: str | None = None, using: Iterable[str] = (),
                 named: Iterable[str] = ()) -> None:
        self._store = store
        self._union = union
        self._base = base
        self._using = [_node(name) for name in using]
        self._named = [_node(name) for name in named]
        self._before = set(store.named_graphs())
        self.added: set[ox.Quad] = set()
        self.removed: set[ox.Quad] = set()

    def run(self, text: str) -> None:
        """Run the whole update. Raises SyntaxError or :class:`~pactgraph.store.refusal.Refused`."""
        if screen.calls_service(text):
            raise Refused("service")
        try:
            parts = operations(text)
        except Unclear as unclear:
            self._parse(text)
            raise Refused("unclear", str(unclear)) from None
        if any(part.kind == LOAD for part in parts):
            raise Refused("load")
        try:
            self._parse(text)
        except SyntaxError:
            # The engine's parser knows no prologue but the first.
            if not parts or parts[0].prologue == parts[-1].prologue:
                raise
            self._parse(parts[-1].prologue + ";\n".join(part.text for part in parts))
        for part in parts:
            self._run(part)

    @property
    def created(self) -> list[str]:
        """The named graphs that were not there before."""
        return sorted(graph.value for graph in set(self._store.named_graphs()) - self._before)

    @property
    def dropped(self) -> list[str]:
        """The named graphs that are there no more."""
        return sorted(graph.value for graph in self._before - set(self._store.named_graphs()))

    def _parse(self, text: str) -> None:
        """Let the engine's parser judge the text; on an empty store it costs nothing to run it."""
        try:
            ox.Store().update(text, base_iri=self._base)
        except RuntimeError:
            return  # it is correct, and names a graph that is not there

    def _run(self, part: Operation) -> None:
        if part.kind == INSERT_DATA:
            self._change([], list(self._filled(part.prologue + "INSERT DATA " + part.insert)))
        elif part.kind == DELETE_DATA:
            self._change(list(self._filled(part.prologue + "INSERT DATA " + part.insert)), [])
        elif part.kind == MANAGE:
            self._manage(part)
        else:
            self._modify(part)

    def _filled(self, text: str) -> ox.Store:
        """What an insertion puts into an empty store."""
        store = ox.Store()
        store.update(text, base_iri=self._base)
        return store

    # Modify ----------------------------------------------------------------------------------------------------------

    def _modify(self, part: Operation) -> None:
        if (self._using or self._named) and (part.using or part.within):
            raise Refused("using")
        wanted = set(_VARIABLE.findall(part.delete + part.insert))
        rows = _Rows(self._solutions(part), wanted)
        self._change(*(self._instances(part, template, rows) for template in (part.delete, part.insert)))

    def _solutions(self, part: Operation) -> ox.QuerySolutions:
        clauses = " ".join(f"FROM {'NAMED ' if named else ''}{name}" for named, name in part.using)
        text = f"{part.prologue} SELECT * {clauses} WHERE {part.where}"
        found = self._store.query(text, base_iri=self._base, **self._dataset(part))
        assert isinstance(found, ox.QuerySolutions)
        return found

    def _dataset(self, part: Operation) -> dict[str, Any]:
        if self._using or self._named:
            return {"default_graph": self._using, "named_graphs": self._named}
        if part.using:
            return {}
        if part.within:
            return {"default_graph": [self._name(part, part.within)], "named_graphs": list(self._store.named_graphs())}
        return {"use_default_graph_as_union": self._union}

    def _instances(self, part: Operation, template: str, rows: _Rows) -> list[ox.Quad]:
        if not template or not rows.lines:
            return []
        within = f"WITH {part.within} " if part.within else ""
        text = f"{part.prologue} {within}INSERT {template} WHERE {{ {rows.values()} }}"
        return list(rows.restored(self._filled(text)))

    # Graphs ----------------------------------------------------------------------------------------------------------

    def _manage(self, part: Operation) -> None:
        graphs = [self._target(part, name) for name in part.targets]
        if part.command in ("CLEAR", "DROP"):
            for graph in graphs:
                self._clear(part, graph)
        elif part.command == "CREATE":
            self._exists(part, graphs[0], False)
            self._store.add_graph(graphs[0])
        elif self._exists(part, graphs[0], True) and graphs[0] != graphs[1]:
            self._transfer(part.command, *graphs)

    def _clear(self, part: Operation, graph: Any) -> None:
        if graph == "ALL" or (graph == _DEFAULT and self._union):
            gone: Iterable[ox.Quad] = self._store
        elif graph == "NAMED":
            gone = (quad for quad in self._store if quad.graph_name != _DEFAULT)
        else:
            self._exists(part, graph, True)
            gone = self._store.quads_for_pattern(None, None, None, graph)
        self._change(list(gone), [])
        if part.command == "DROP" and graph != _DEFAULT:
            for name in list(self._store.named_graphs()) if isinstance(graph, str) else [graph]:
                self._store.remove_graph(name)

    def _transfer(self, command: str, source: Graph, target: Graph) -> None:
        """ADD, COPY or MOVE."""
        whole = None if source == _DEFAULT and self._union else source
        triples = {quad.triple for quad in self._store.quads_for_pattern(None, None, None, whole)}
        old = [] if command == "ADD" else list(self._store.quads_for_pattern(None, None, None, target))
        moved = list(self._store.quads_for_pattern(None, None, None, whole)) if command == "MOVE" else []
        self._change([*old, *moved], [_quad(triple, target) for triple in triples])
        if command == "MOVE" and source != _DEFAULT:
            self._store.remove_graph(source)

    def _exists(self, part: Operation, graph: Graph, wanted: bool) -> bool:
        """Whether a graph is there; where that is not as wanted, the operation is refused unless it is SILENT."""
        there = graph == _DEFAULT or self._store.contains_named_graph(graph)
        if there != wanted and not part.silent:
            raise Refused("graph-missing" if wanted else "graph-exists", str(graph))
        return there

    def _target(self, part: Operation, name: str) -> Any:
        return _DEFAULT if name == "DEFAULT" else name if name in ("ALL", "NAMED") else self._name(part, name)

    def _name(self, part: Operation, name: str) -> ox.NamedNode:
        """A graph's IRI, from a name as it is written."""
        quad = next(iter(self._filled(f"{part.prologue} INSERT DATA {{ {name} {name} {name} }}")))
        assert isinstance(quad.predicate, ox.NamedNode)
        return quad.predicate

    # The change ------------------------------------------------------------------------------------------------------

    def _change(self, gone: Iterable[ox.Quad], new: Iterable[ox.Quad]) -> None:
        """Remove, then add, in the store and in the account of it."""
        for quad in self._everywhere(gone):
            if quad in self._store:
                self._store.remove(quad)
                self._count(quad, self.removed, self.added)
        for quad in new:
            if quad not in self._store and not self._stands(quad):
                self._store.add(quad)
                self._count(quad, self.added, self.removed)

    @staticmethod
    def _count(quad: ox.Quad, into: set[ox.Quad], out_of: set[ox.Quad]) -> None:
        if quad in out_of:
            out_of.remove(quad)
        else:
            into.add(quad)

    def _everywhere(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """In the union a statement of the default graph is a statement of every graph that has it."""
        for quad in quads:
            if self._union and quad.graph_name == _DEFAULT:
                yield from list(self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None))
            else:
                yield quad

    def _stands(self, quad: ox.Quad) -> bool:
        return (self._union and quad.graph_name == _DEFAULT
                and any(True for _ in self._store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)))


class _Rows:
    """The solutions of a WHERE clause as a VALUES clause. Blank nodes, which cannot stand there, travel as IRIs."""

    def __init__(self, solutions: ox.QuerySolutions, wanted: set[str]) -> None:
        names = [variable.value for variable in solutions.variables if variable.value in wanted]
        self._head = " ".join(f"?{name}" for name in names)
        self._blank = False
        self.lines = ["(" + " ".join(self._term(row[name]) for name in names) + ")" for row in solutions]

    def values(self) -> str:
        return f"VALUES ({self._head}) {{ " + "\n".join(self.lines) + " }"

    def restored(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Quads that were made of the solutions, with their blank nodes; none with a blank node as its predicate."""
        for quad in quads:
            if not self._blank:
                yield quad
            elif not quad.predicate.value.startswith(_BLANK):
                yield ox.Quad(*(_restored(term) for term in (quad.subject, quad.predicate, quad.object, quad.graph_name)))

    def _term(self, term: Any) -> str:
        if term is None:
            return "UNDEF"
        if isinstance(term, ox.BlankNode):
            self._blank = True
            return f"<{_BLANK}{term.value}>"
        return str(term)


def _restored(term: Any) -> Any:
    if isinstance(term, ox.NamedNode) and term.value.startswith(_BLANK):
        return ox.BlankNode(term.value.removeprefix(_BLANK))
    return term


def _quad(triple: ox.Triple, graph: Graph) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _node(name: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(name)
    except ValueError:
        raise Refused("graph", name) from None

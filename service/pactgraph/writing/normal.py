"""Turns what is asked into what the journal will hold, and refuses what the author may not write."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

import pyoxigraph as ox

from pactgraph.access.author import ADMINISTRATOR, CONTRIBUTOR, CURATOR, Author
from pactgraph.build.journaled import as_stored, graph_of, retracted, retraction
from pactgraph.errors import fail
from pactgraph.ids import Ids
from pactgraph.journal.graphs import LOG, graph_of_body, is_of_body, own_graph, restricted_to
from pactgraph.journal.patch import Patch
from pactgraph.store.live import HEAD


class Rules:
    """Who may write where in one store. ``sources`` are the graphs that the build makes of files."""

    def __init__(self, ids: Ids, sources: frozenset[str], default_graph: bool) -> None:
        self._ids, self._sources, self._default = ids, sources, default_graph
        self._derived, self._ours = ids.graph("derived/"), (ids.graph("meta"), ids.base + LOG, ids.base + HEAD)

    def check(self, author: Author) -> None:
        """Refuse whoever may not write at all."""
        if author.scope not in (CONTRIBUTOR, CURATOR, ADMINISTRATOR):
            raise fail("write-scope", name=author.name, scope=author.scope)
        if author.scope == CONTRIBUTOR and not author.body:
            raise fail("write-no-body", name=author.name)

    def home(self, author: Author) -> str | None:
        """The graph of what an author states without naming one; None: the default graph itself."""
        if self._default:
            return None
        if author.scope == CONTRIBUTOR and author.body:
            return graph_of_body(author.body, self._ids.base)
        return own_graph(author.name, self._ids.base)

    def is_source(self, graph: str) -> bool:
        """Whether a build makes a graph of files."""
        return graph in self._sources

    def check_graph(self, author: Author, graph: str) -> None:
        """Refuse a graph that the author may not write to, in words that do not tell whether it is there."""
        base = self._ids.base
        if graph in self._ours or graph.startswith(self._derived):
            raise fail("write-derived", graph=graph)
        if author.scope == CONTRIBUTOR and not is_of_body(graph, author.body or "", base):
            raise fail("write-graph", name=author.name, graph=graph or "–", own=self.home(author))
        body = restricted_to(graph, base)
        if body == "" or (body and author.scope == CURATOR and author.body not in (None, body)):
            raise fail("write-graph", name=author.name, graph=graph, own=self.home(author))


def journal_patch(added: Iterable[ox.Quad], removed: Iterable[ox.Quad], author: Author, rules: Rules, ids: Ids,
                  there: Iterable[ox.Store], entry: int) -> Patch:
    """What entry ``entry`` of the journal will say: statements that change nothing are dropped, removals of a source's
    statements become retractions. ``there`` are the stores that hold what stands now."""
    stores = list(there)

    def stands(quad: ox.Quad) -> bool:
        return any(quad in store for store in stores)

    rules.check(author)
    named: dict[str, ox.NamedNode] = {}
    come = {_placed(quad, author, rules, ids, named) for quad in added}
    go = {_placed(quad, author, rules, ids, None) for quad in removed}
    for graph in sorted({graph_of(quad) for quad in come | go}):
        rules.check_graph(author, graph)
    go = {quad for quad in as_stored(go - come) if stands(quad)}
    come = {quad for quad in as_stored(come) if not stands(quad)}
    into = next((graph_of(quad) for quad in come if rules.is_source(graph_of(quad))), None)
    if into is not None:
        raise fail("write-source", graph=into, own=rules.home(author) or "–")
    from_sources = {quad for quad in go if rules.is_source(graph_of(quad))}
    _check_whole(from_sources, stores)
    retracting = {line for quad in from_sources for line in retraction(quad, entry, ids)}
    _check_retractions(come, rules, ids)
    return Patch.of(come | retracting, go - from_sources)


def _check_whole(gone: set[ox.Quad], there: list[ox.Store]) -> None:
    """Refuse to retract all that a source says: then it would be the source that is wrong, not its statements."""
    for graph in sorted({graph_of(quad) for quad in gone}):
        name = ox.NamedNode(graph)
        of_graph = sum(quad.graph_name == name for quad in gone)
        if of_graph > 1 and all(quad in gone for store in there for quad in store.quads_for_pattern(None, None, None, name)):
            raise fail("write-whole-source", graph=graph)


def _check_retractions(come: set[ox.Quad], rules: Rules, ids: Ids) -> None:
    """Refuse a retraction, written by hand, of what no source says."""
    for quad in retracted(come, ids.base):
        if not rules.is_source(graph_of(quad)):
            raise fail("write-retraction", graph=graph_of(quad))


def _placed(quad: ox.Quad, author: Author, rules: Rules, ids: Ids, named: dict[str, ox.NamedNode] | None) -> ox.Quad:
    """A quad in its graph, its blank nodes named; what is to be removed names no new ones (``named`` is None)."""
    if isinstance(quad.object, ox.Triple):
        raise fail("write-triple-term")

    def name(term: object) -> object:
        if not isinstance(term, ox.BlankNode) or named is None:
            return term
        return named.setdefault(term.value, ox.NamedNode(f"{ids.base}.well-known/genid/{uuid.uuid4().hex}"))

    graph = name(quad.graph_name)
    home = rules.home(author)
    if isinstance(graph, ox.DefaultGraph) and home is not None:
        graph = ox.NamedNode(home)
    return ox.Quad(name(quad.subject), quad.predicate, name(quad.object), graph)  # type: ignore[arg-type]



"""What the sources of a generation say, retracted statements too: read from the generation, which never changes."""

from __future__ import annotations

import pyoxigraph as ox

from pactgraph.build.journaled import graph_of
from pactgraph.ids import Ids
from pactgraph.journal.graphs import JOURNAL
from pactgraph.store.generations import Generation


class Sources:
    """The graphs that the build made of files, and whether they make a statement."""

    def __init__(self, generation: Generation, base: str) -> None:
        ids = Ids(base)
        self._database = ox.Store.read_only(str(generation.database))
        self._retracted = set(ox.parse(path=str(generation.retracted), format=ox.RdfFormat.N_QUADS))
        graphs = {graph.value for graph in self._database.named_graphs() if isinstance(graph, ox.NamedNode)}
        written = set(generation.summary().get("journal_graphs", ()))
        ours = (ids.graph("derived/"), base + JOURNAL)
        self.graphs = frozenset(graph for graph in graphs - written - {ids.graph("meta")} if not graph.startswith(ours)
                                ) | {graph_of(quad) for quad in self._retracted}

    @property
    def none(self) -> bool:
        """Whether the store has no sources at all."""
        return not self.graphs

    def hold(self, quad: ox.Quad) -> bool:
        """Whether a source makes a statement."""
        return quad in self._retracted or (graph_of(quad) in self.graphs and quad in self._database)

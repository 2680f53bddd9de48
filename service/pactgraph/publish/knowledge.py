"""What a graph says that its descriptions need: days, sources and statistics, read by queries of ``queries/publish``.

The queries are asked where the graph is (a store here, the readers of a service there); what is made of the answers is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.publish.table_queries import ROOM, Ask

QUERIES = ("graph-dates", "graph-sources", "void")
"""The queries whose answers :func:`knowledge` takes."""
Solutions = Iterable[ox.QuerySolution]


@dataclass(frozen=True)
class Days:
    """Days (YYYY-MM-DD) of a graph, empty where it tells none: last read or changed; first and last of what it tells of."""

    modified: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Knowledge:
    """What the graph says of its named graphs, by their names, and the statements of its VoID statistics."""

    days: dict[str, Days]
    sources: dict[str, tuple[str, ...]]
    void: list[ox.Triple]

    @property
    def modified(self) -> str:
        """The newest day on which anything was read or changed."""
        return max((days.modified for days in self.days.values()), default="")

    def over(self, graphs: Iterable[str]) -> Days:
        """The days of several graphs together. Where none says when it was read, that of the whole counts."""
        found = [self.days[graph] for graph in graphs if graph in self.days]
        return Days(max((days.modified for days in found), default="") or self.modified,
                    min((days.first for days in found if days.first), default=""),
                    max((days.last for days in found), default=""))

    def sources_of(self, graphs: Iterable[str]) -> list[str]:
        """The IRIs of the source documents of several graphs."""
        return sorted({source for graph in graphs for source in self.sources.get(graph, ())})


def text(name: str) -> str:
    """The SPARQL of one of :data:`QUERIES`."""
    return load(ROOM, name).text


def knowledge(answers: Mapping[str, Solutions]) -> Knowledge:
    """What the answers to :data:`QUERIES` say."""
    days = {_text(row, "graph"): Days(*(_text(row, name) for name in ("modified", "first", "last")))
            for row in answers["graph-dates"]}
    sources: dict[str, tuple[str, ...]] = {}
    for row in answers["graph-sources"]:
        graph = _text(row, "graph")
        sources[graph] = (*sources.get(graph, ()), _text(row, "source"))
    return Knowledge(days, sources, [ox.Triple(row["s"], row["p"], row["o"]) for row in answers["void"]])


def of_store(ask: Ask) -> Knowledge:
    """The knowledge of a store here."""
    answers = {}
    for name in QUERIES:
        found = ask(text(name))
        assert isinstance(found, ox.QuerySolutions)
        answers[name] = list(found)
    return knowledge(answers)


def _text(row: ox.QuerySolution, name: str) -> str:
    return getattr(row[name], "value", "") or ""

"""Opens a store's dataset: the live database as it stands, or brought up to the journal's head after a crash or a build."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from pactgraph.build.history import history
from pactgraph.build.journaled import Journaled, graph_of, retracted
from pactgraph.ids import Ids
from pactgraph.journal.entry import GAPS
from pactgraph.journal.graphs import JOURNAL
from pactgraph.journal.patch import Patch
from pactgraph.store.generations import Generation
from pactgraph.store.live import Live
from pactgraph.writing.dataset import Dataset
from pactgraph.writing.sources import Sources


@dataclass
class Opened:
    """A dataset in memory and its live database, which may be behind it.

    ``gaps_before``: the gaps of an entry whose gaps the journal does not tell yet, as they differ from those of today.
    """

    data: Dataset
    live: Live
    behind: bool
    gaps_before: Patch | None = None

    def sync(self, fingerprint: str, number: int) -> None:
        """Bring the live database to what stands in memory."""
        if self.behind:
            have, want = set(self.live.quads()), set(self.data.inner)
            self.live.apply(want - have, have - want, fingerprint, number)


def open_dataset(store: Path, generation: Generation, state: Journaled, sources: Sources, ids: Ids) -> Opened:
    """The dataset at the head of the journal. The caller holds the store's lock."""
    live = Live.open(store, generation, ids.base)
    inner = ox.Store()
    if live.state() == (generation.fingerprint, state.number):
        if state.number == generation.journal:  # nothing was written since, and the generation's file is at hand
            inner.bulk_load(path=str(generation.nquads), format=ox.RdfFormat.N_QUADS)
            return Opened(Dataset(inner, ids, sources.none), live, behind=False)
        with tempfile.TemporaryDirectory(dir=store, prefix="live-") as folder:
            file = Path(folder) / "live.nq"
            live.dump(file)
            inner.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
        for quad in [quad for quad in inner if live.is_about_itself(quad)]:
            inner.remove(quad)
        return Opened(Dataset(inner, ids, sources.none), live, behind=False)
    inner.bulk_load(path=str(generation.nquads), format=ox.RdfFormat.N_QUADS)
    data = Dataset(inner, ids, sources.none)
    change = _since(generation, data, state, sources, ids)
    if not change and all(entry.kind == GAPS for entry in state.entries[generation.journal:]):
        return _described(Opened(data, live, behind=True), generation, state, ids)
    data.change(change, refuse=False)  # it was checked when it was written; what a new release makes of it, the build tells
    opened = Opened(data, live, behind=True)
    if not data.bare:
        data.new_gaps(Patch())
        opened.gaps_before = _untold(live, data, state, ids)
    return _described(opened, generation, state, ids)


def _since(generation: Generation, data: Dataset, state: Journaled, sources: Sources, ids: Ids) -> Patch:
    """What the journal changed since the generation was built."""
    written = {graph_of(quad) for quad in state.public} | set(generation.summary().get("journal_graphs", ()))
    written |= {graph for graph in data.sizes if graph.startswith(ids.base + JOURNAL) and graph not in data.unchecked}
    there = {quad for graph in written - sources.graphs for quad in data.inner.quads_for_pattern(
        None, None, None, ox.NamedNode(graph) if graph else ox.DefaultGraph())}
    gone = {quad for quad in retracted(state.public, ids.base) if quad in data.inner}
    now = retracted(state.public, ids.base)
    back = {quad for quad in retracted(there, ids.base) if quad not in now and sources.hold(quad)}
    return Patch.of((state.public - there) | back, (there - state.public) | gone)


def _untold(live: Live, data: Dataset, state: Journaled, ids: Ids) -> Patch | None:
    """How the gaps of today differ from those that the live database last held, as far as no entry tells it."""
    graph = ox.NamedNode(ids.graph("derived/gaps"))
    old = set(live.quads(graph))
    for entry in state.entries[live.state()[1]:]:
        if entry.kind == GAPS:
            old = (old - entry.patch.removed) | entry.patch.added
    new = set(data.inner.quads_for_pattern(None, None, None, graph))
    return Patch(frozenset(new - old), frozenset(old - new)) if old != new else None


def _described(opened: Opened, generation: Generation, state: Journaled, ids: Ids) -> Opened:
    if not opened.data.bare:
        opened.data.follow(state.contributors, history(state.entries[generation.journal:], ids))
    return opened

"""The graph as it was at an entry of the journal: today's sources without later entries, and all that follows made again."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from pactgraph.build.journaled import Journaled, graph_of, replayed, without_retracted
from pactgraph.build.pipeline import complete, described
from pactgraph.errors import fail
from pactgraph.ids import Ids
from pactgraph.journal.log import Journal
from pactgraph.settings import Settings
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.store.generations import Generation, current
from pactgraph.writing.sources import Sources


def store_at(settings: Settings, number: int) -> EmbeddedStore:
    """The public graph at entry ``number`` of the journal (0: before the first), in memory."""
    folder = settings.journal_folder()
    generation = None if folder is None else current(Path(settings.store))
    if folder is None or generation is None:
        raise fail("revision-needs-folder", store=settings.store)
    journal = Journal(folder)
    if not 0 <= number <= journal.head:
        raise fail("journal-no-entry", number=number, head=journal.head)
    state = replayed(journal, settings.base, number)
    store = EmbeddedStore.in_memory()
    store.load(_graph(settings, generation, state))
    return store


def _graph(settings: Settings, generation: Generation, state: Journaled) -> list[ox.Quad]:
    sources = Sources(generation, settings.base)
    said = [quad for file in (generation.nquads, generation.retracted)
            for quad in ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS) if graph_of(quad) in sources.graphs]
    kept, _, _ = without_retracted(said, state, settings.base)
    if sources.none:
        return list(state.public)
    quads, _ = complete([*kept, *state.public], settings)
    return quads + described(quads, state, Ids(settings.base))

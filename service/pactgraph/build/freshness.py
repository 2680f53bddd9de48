"""Says whether a store's graph was made of exactly today's inputs, without the weight of what would build it."""

from __future__ import annotations

from pathlib import Path

from pactgraph.build.fingerprint import fingerprint
from pactgraph.build.journaled import journal_of
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation, current


def imported_folder(store: str) -> Path:
    """Where the sources stand that were imported into a store (see :mod:`pactgraph.sources.imported`)."""
    return Path(store) / "sources"


def up_to_date(settings: Settings) -> Generation | None:
    """The current generation, where it was made of exactly today's inputs; entries of the journal may have come since."""
    store = Path(settings.store)
    generation = current(store)
    if generation is None:
        return None
    journal = journal_of(settings)
    if generation.journal > (journal.head if journal else 0):
        return None
    read = journal.entry(generation.journal).id if journal and generation.journal else ""
    return generation if generation.fingerprint == fingerprint(settings, imported_folder(settings.store), read) else None

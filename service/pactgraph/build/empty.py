"""A store without sources: whoever may write fills it."""

from __future__ import annotations

from pathlib import Path

from pactgraph.build.generation import Built, write_generation
from pactgraph.build.summary import COUNTED
from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation, current, writing

EMPTY = "empty"
"""The fingerprint of a generation that holds nothing."""


def ensure_empty(settings: Settings) -> Generation:
    """The empty generation of a store's folder, made where there is none; a built one raises a UserError."""
    store = Path(settings.store)
    with writing(store):
        generation = current(store)
        if generation and generation.fingerprint != EMPTY:
            raise fail("store-not-empty", store=settings.store)
        if generation is None:
            summary = dict.fromkeys(COUNTED, 0) | {"data_errors": 0, "errors": [], "gap_types": {}, "journal": 0,
                                                   "journal_graphs": []}
            generation = write_generation(store, EMPTY, Built([], summary, []))
        return generation

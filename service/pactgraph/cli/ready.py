"""Makes sure that there is a graph to read, building it where an input changed."""

from __future__ import annotations

from pathlib import Path

from pactgraph.cli.screen import build_progress, note
from pactgraph.errors import UserError
from pactgraph.settings import Settings
from pactgraph.store import Store, open_store
from pactgraph.store.choose import is_remote
from pactgraph.store.generations import Generation, current
from pactgraph.texts import say


def ensure_built(settings: Settings, lang: str) -> Generation:
    """The current generation of the store's folder, built first where an input changed."""
    from pactgraph.build.pipeline import build, up_to_date

    generation = up_to_date(settings)
    if generation:
        return generation
    if current(Path(settings.store)):
        note(say("inputs-changed", lang))
    with build_progress(lang) as progress:
        return build(settings, progress)


def ready_store(settings: Settings, lang: str) -> Store:
    """A store to read from: an endpoint or a copy of its graph, a folder built first where needed, or a graph built in memory."""
    if is_remote(settings.store):
        from pactgraph.cli.endpoints import catalogue_store

        return catalogue_store(settings, lang)
    if settings.store == "memory:":
        from pactgraph.build.pipeline import make_graph
        from pactgraph.store.embedded import EmbeddedStore

        store = EmbeddedStore.in_memory()
        with build_progress(lang) as progress:
            store.load(make_graph(settings, progress=progress).quads)
        return store
    try:
        ensure_built(settings, lang)
    except UserError as problem:
        # A service or build owns the store: what it last made can still be read.
        if problem.key != "store-locked" or current(Path(settings.store)) is None:
            raise
        note(say("reading-older", lang, pid=problem.values["pid"]))
    return open_store(settings.store)

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
    from pactgraph.build.freshness import up_to_date

    generation = up_to_date(settings)
    if generation:
        return generation
    from pactgraph.build.pipeline import build

    if current(Path(settings.store)):
        note(say("inputs-changed", lang))
    with build_progress(lang) as progress:
        return build(settings, progress)


def ready_store(settings: Settings, lang: str, revision: int | None = None) -> Store:
    """A store to read from: an endpoint or a copy of its graph, a folder built first where needed, or a graph built in memory.

    ``revision``: as it was at this entry of the journal.
    """
    if revision is not None:
        return _earlier(settings, lang, revision)
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
        _catch_up(settings, ensure_built(settings, lang))
    except UserError as problem:
        # A service or build owns the store: what it last made can still be read.
        if problem.key != "store-locked" or current(Path(settings.store)) is None:
            raise
        note(say("reading-older", lang, pid=problem.values["pid"]))
    return open_store(settings.store)


def _earlier(settings: Settings, lang: str, revision: int) -> Store:
    from pactgraph.writing.at_revision import store_at

    if not is_remote(settings.store) and settings.store != "memory:" and current(Path(settings.store)) is None:
        ensure_built(settings, lang)
    return store_at(settings, revision)


def _catch_up(settings: Settings, generation: Generation) -> None:
    """Bring the store to the journal's last entry, where a writer was broken off or a journal was put in place."""
    from pactgraph.build.journaled import journal_of
    from pactgraph.store.revisions import newest

    journal = journal_of(settings)
    revision = newest(Path(settings.store), generation.fingerprint)
    held = revision.journal if revision else generation.journal
    if journal and journal.head != held and journal.head != generation.journal:
        from pactgraph.writing.writer import Writer

        Writer(settings).close()

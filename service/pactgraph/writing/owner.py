"""The right to build a store anew: its lock, or the writer of the service that holds it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from pactgraph.build.pipeline import Progress, build_owned
from pactgraph.errors import UserError, fail
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation, current, writing
from pactgraph.writing import client

Build = Callable[[Progress], Generation]


@contextmanager
def builder(settings: Settings) -> Iterator[Build]:
    """How to build the store: here, or in the service that serves it. Another owner's lock raises a UserError."""
    store = Path(settings.store)

    def here(progress: Progress) -> Generation:
        return build_owned(settings, progress)

    def there(progress: Progress) -> Generation:
        data = str(Path(settings.data).absolute()) if settings.data else ""
        asyncio.run(client.build(store, data, progress))
        generation = current(store)
        if generation is None:
            raise fail("store-not-built", store=settings.store)
        return generation

    with ExitStack() as held:
        build = here
        try:
            held.enter_context(writing(store))
        except UserError as problem:
            if problem.key != "store-locked" or not client.is_served(store):
                raise
            build = there
        yield build

"""Opens the store that an address names: a folder, ``memory:`` or an http(s) address."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.store.generations import current
from pactgraph.store.protocol import Store
from pactgraph.store.revisions import newest


def is_remote(address: str) -> bool:
    """Whether an address names a SPARQL endpoint."""
    return address.startswith(("http://", "https://"))


def open_store(address: str) -> Store:
    """Open a built store for reading. A folder without a built graph raises a UserError that says how to build one."""
    if is_remote(address):
        from pactgraph.store.endpoint import Endpoint
        from pactgraph.store.remote import RemoteStore

        return RemoteStore(Endpoint.of(replace(Settings.from_environment(), store=address)))
    from pactgraph.store.embedded import EmbeddedStore

    generation = current(Path(address))
    if generation is None:
        raise fail("store-not-built", store=address)
    revision = newest(Path(address), generation.fingerprint)
    return EmbeddedStore.on_disk(revision.folder if revision else generation.database)

"""Reading from an endpoint: who answers, and what the person at the terminal is told of it."""

from __future__ import annotations

import re
from pathlib import Path

from pactgraph.catalogue import load
from pactgraph.cli.screen import note
from pactgraph.errors import UserError, fail
from pactgraph.settings import Settings
from pactgraph.store import Results, Store
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.store.endpoint import Endpoint
from pactgraph.store.generations import Generation
from pactgraph.store.remote import RemoteStore
from pactgraph.store.screen import chooses_dataset
from pactgraph.texts import say

_NAMES_A_GRAPH = re.compile(r"\b(?:GRAPH|FROM)\b", re.IGNORECASE)


class CopyBehind:
    """An endpoint that answers the catalogue, with a copy behind it for what its engine refuses."""

    def __init__(self, remote: RemoteStore, settings: Settings, lang: str) -> None:
        self._remote, self._settings, self._lang = remote, settings, lang
        self._copy: Store | None = None

    def query(self, text: str) -> Results:
        if self._copy is None:
            try:
                return self._remote.query(text)
            except UserError as problem:
                if problem.key not in ("endpoint-refused", "endpoint-cut", "endpoint-timed-out"):
                    raise
                note(problem.message(self._lang))
            self._copy = copied_store(self._remote, self._settings, self._lang, "copy-refused")
        return self._copy.query(text)

    def dump(self) -> bytes:
        """The whole dataset as sorted N-Quads."""
        return self._remote.dump()

    def __getattr__(self, name: str) -> object:
        return getattr(self._remote, name)


def catalogue_store(settings: Settings, lang: str) -> Store:
    """A store that gives the rows of the catalogue: the endpoint, or a copy of its graph."""
    from pactgraph.store.remote_state import check_whole
    from pactgraph.store.trial import passes, sees_union

    remote = RemoteStore(Endpoint.of(settings))
    state = check_whole(remote)
    if not state.fingerprint and not remote.graphs():
        raise fail("endpoint-empty", address=remote.address)
    if settings.endpoint_answers == "copy":
        return copied_store(remote, settings, lang, "copy-asked-for")
    union = sees_union(remote)
    if settings.endpoint_answers == "endpoint":
        if not union:
            raise fail("endpoint-not-union", address=remote.address)
        return remote
    if not union:
        return copied_store(remote, settings, lang, "copy-not-union")
    if not passes(remote):
        return copied_store(remote, settings, lang, "copy-engine")
    if state.graphs and remote.graph_names() - state.graphs:
        return copied_store(remote, settings, lang, "copy-foreign")
    return CopyBehind(remote, settings, lang)  # type: ignore[return-value]


def query_store(settings: Settings, text: str) -> Store:
    """The endpoint itself, for a query of the user's; one that would look into an empty default graph is a UserError."""
    from pactgraph.store.remote_state import check_whole
    from pactgraph.store.trial import sees_union

    remote = RemoteStore(Endpoint.of(settings))
    check_whole(remote)
    if not _NAMES_A_GRAPH.search(text) and not sees_union(remote) and remote.graphs():
        raise fail("endpoint-not-union", address=remote.address)
    if chooses_dataset(text) and remote.query(load("store", "ignores-from").text):
        raise fail("endpoint-ignores-from", address=remote.address)
    return remote


def copied_store(remote: RemoteStore, settings: Settings, lang: str, why: str) -> Store:
    """A copy of the endpoint's graph, taken now where there is none or it has changed; says so and why."""
    return EmbeddedStore.on_disk(copied(remote, settings, lang, why, "read").database)


def copied(remote: RemoteStore, settings: Settings, lang: str, why: str, purpose: str) -> Generation:
    """The generation of a copy of an endpoint's graph."""
    from pactgraph.build.copy import copies_folder, fresh_copy, take_copy
    from pactgraph.store.generations import writing

    folder = copies_folder(settings, purpose)
    copy = fresh_copy(remote, settings, folder)
    if copy is None:
        note(say(why, lang, address=remote.address, folder=str(folder)))
        with writing(folder):
            copy = take_copy(remote, settings, folder)
    return copy


def served_copy(settings: Settings, lang: str) -> tuple[Path, Generation]:
    """What ``serve`` serves of an endpoint: the folder of a copy that is the service's own, and the generation in it."""
    from pactgraph.build.copy import copies_folder

    remote = RemoteStore(Endpoint.of(settings))
    note(say("serving-copy", lang, address=remote.address))
    return copies_folder(settings, "served"), copied(remote, settings, lang, "copy-to-serve", "served")

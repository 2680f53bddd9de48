"""Made-up states in a store, and the shortest way to ask them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pyoxigraph as ox

from pactgraph.questions.run import ask
from pactgraph.questions.table import Table
from pactgraph.store.embedded import EmbeddedStore

TODAY = "2026-11-21"
Ask = Callable[..., Table]
_HEAD = """BASE <https://w3id.org/pactgraph/>
PREFIX pg: <ontology/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


def loaded(trig: Path, update: str = "") -> EmbeddedStore:
    """A fresh store with what a TriG file says, after a SPARQL update."""
    store = EmbeddedStore.in_memory()
    store.load(ox.parse(path=str(trig), format=ox.RdfFormat.TRIG))
    if update:
        store.update(_HEAD + update)
    return store


@cache
def kept(trig: Path) -> EmbeddedStore:
    """The same, loaded once and not to be changed."""
    return loaded(trig)


def answer(store: EmbeddedStore, name: str, *, lang: str = "vi", as_of: str | None = TODAY, ids: bool = False,
           **params: str) -> Table:
    """The table of a question on the day of these tests."""
    return ask(store, name, params, as_of=as_of, lang=lang, ids=ids)


def asking(store: EmbeddedStore) -> Ask:
    """Asks a store: ``ask("trace", start="ICCPR/19", lang="en")``."""
    return partial(answer, store)

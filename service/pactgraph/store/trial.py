"""Whether an endpoint may answer the catalogue: a trial of its engine, and of how its graphs are seen.

Engines differ from the standard where one would not look: Virtuoso 7.2.5 gives other rows, or none, for most questions
of the catalogue, and says nothing. So an engine is tried on what the queries rely on before it is believed.
"""

from __future__ import annotations

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.errors import UserError
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.store.protocol import Results, Store
from pactgraph.store.remote import RemoteStore

_ENGINE_SAYS_NO = ("endpoint-refused", "endpoint-cut", "endpoint-timed-out")


def sees_union(remote: RemoteStore) -> bool:
    """Whether the endpoint's default graph is the union of its named graphs."""
    return bool(remote.query(load("store", "union").text))


def passes(remote: RemoteStore) -> bool:
    """Whether the endpoint's engine gives the answers that the embedded store gives."""
    text = load("store", "trial").text
    try:
        return _rows(remote, text) == _rows(EmbeddedStore.in_memory(), text)
    except UserError as problem:
        if problem.key not in _ENGINE_SAYS_NO:
            raise
        return False


def _rows(store: Store, text: str) -> list[list[str]]:
    found: Results = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [[getattr(row[name], "value", "") for name in names] for row in found]

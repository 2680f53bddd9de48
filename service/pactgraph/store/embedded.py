"""The embedded store: Oxigraph, in memory or in a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from pactgraph.errors import fail
from pactgraph.store.protocol import Results
from pactgraph.store.screen import chooses_dataset


class EmbeddedStore:
    """A :class:`~pactgraph.store.protocol.Store` over pyoxigraph."""

    def __init__(self, inner: ox.Store) -> None:
        self._inner = inner

    @classmethod
    def in_memory(cls) -> EmbeddedStore:
        """An empty store that lives as long as the process."""
        return cls(ox.Store())

    @classmethod
    def on_disk(cls, folder: Path, *, read_only: bool = True) -> EmbeddedStore:
        """The Oxigraph database of a folder. A damaged or foreign folder raises a UserError."""
        try:
            inner = ox.Store.read_only(str(folder)) if read_only else ox.Store(str(folder))
        except (OSError, ValueError) as problem:
            raise fail("store-unreadable", file=str(folder), reason=str(problem)) from None
        return cls(inner)

    def query(self, text: str) -> Results:
        # A dataset that the query chooses itself (FROM) goes before the union.
        return self._inner.query(text, use_default_graph_as_union=not chooses_dataset(text))

    def update(self, text: str) -> None:
        self._inner.update(text)

    def load(self, quads: Iterable[ox.Quad]) -> int:
        batch = list(quads)
        self._inner.bulk_extend(batch)
        return len(batch)

    def load_nquads(self, path: Path) -> None:
        """Load an N-Quads file in bulk."""
        self._inner.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)

    def dump(self) -> bytes:
        return canonical_nquads(self._inner)

    def quads(self) -> Iterator[ox.Quad]:
        """Every statement, one after the other, in no order."""
        return iter(self._inner)

    def close(self) -> None:
        if hasattr(self._inner, "flush"):
            self._inner.flush()

    def __len__(self) -> int:
        return len(self._inner)


def canonical_nquads(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as N-Quads in code-point order: the same statements give the same bytes (our data has no blank nodes)."""
    lines = {ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"" for quad in quads}
    return b"".join(sorted(lines))

"""The live database: the public graph on disk with all that was written since its generation, owned by the one writer.

It knows which generation it began with and the number of the last entry of the journal that it holds, in a graph of its
own; every change and its number go in by one update, so what a crash leaves behind is always the state of some entry.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from pactgraph.errors import fail
from pactgraph.namespaces import DCTERMS
from pactgraph.store.generations import Generation
from pactgraph.store.patching import patch_update

HEAD = "graph/journal/head"
"""The graph, below the base, that says which entry the database holds."""


class Live:
    """The live database of a store's folder; :meth:`open` makes it of the generation where there is none of it."""

    def __init__(self, folder: Path, inner: ox.Store, base: str) -> None:
        self.folder = folder
        self._inner = inner
        self._head = ox.NamedNode(base + HEAD)

    @classmethod
    def open(cls, store: Path, generation: Generation, base: str) -> Live:
        """Open the live database of the generation. The caller holds the store's lock."""
        folder = store / "live"
        if folder.is_dir():
            live = cls(folder, _open(folder), base)
            if live.state()[0] == generation.fingerprint:
                return live
            del live
        making = store / "live.making"
        for left in (making, folder):
            shutil.rmtree(left, ignore_errors=True)
        _open(generation.database, read_only=True).backup(str(making))
        live = cls(making, _open(making), base)
        live.apply((), (), generation.fingerprint, generation.journal)
        live.close()
        del live
        making.rename(folder)
        return cls(folder, _open(folder), base)

    def state(self) -> tuple[str, int]:
        """The fingerprint of the generation and the number of the last entry; empty and 0 where that is not known."""
        values = {quad.predicate.value: quad.object.value for quad in self._inner.quads_for_pattern(None, None, None, self._head)
                  if isinstance(quad.object, ox.Literal)}
        number = values.get(f"{DCTERMS}identifier", "0")
        return values.get(f"{DCTERMS}isVersionOf", ""), int(number) if number.isdigit() else 0

    def apply(self, added: Iterable[ox.Quad], removed: Iterable[ox.Quad], fingerprint: str, number: int) -> None:
        """Bring the database to an entry, by one update."""
        new = {ox.Quad(self._head, ox.NamedNode(f"{DCTERMS}{name}"), ox.Literal(value), self._head)
               for name, value in (("isVersionOf", fingerprint), ("identifier", str(number)))}
        old = set(self._inner.quads_for_pattern(None, None, None, self._head))
        try:
            self._inner.update(patch_update([*added, *(new - old)], [*removed, *(old - new)]))
        except OSError as problem:
            raise fail("store-unwritable", store=str(self.folder), reason=str(problem)) from None

    def quads(self, graph: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """What the database holds, in one graph or in all, without what it says about itself."""
        found = self._inner.quads_for_pattern(None, None, None, graph)
        return (quad for quad in found if quad.graph_name != self._head)

    def dump(self, file: Path) -> None:
        """Write all that the database holds, with what it says about itself, as N-Quads."""
        self._inner.dump(str(file), format=ox.RdfFormat.N_QUADS)

    def is_about_itself(self, quad: ox.Quad) -> bool:
        """Whether a quad says which entry the database holds."""
        return quad.graph_name == self._head

    def backup(self, folder: str) -> None:
        """Copy the database to a new folder, by hard links."""
        self._inner.backup(folder)

    def close(self) -> None:
        """Flush the database to disk and let go of it, whoever else may still know this object."""
        self._inner.flush()
        del self._inner


def _open(folder: Path, read_only: bool = False) -> ox.Store:
    try:
        return ox.Store.read_only(str(folder)) if read_only else ox.Store(str(folder))
    except (OSError, ValueError) as problem:
        raise fail("store-unreadable", file=str(folder), reason=str(problem)) from None

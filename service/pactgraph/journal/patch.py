"""A set of quads added and removed, and its text as RDF Patch (https://afs.github.io/rdf-patch/)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True)
class Patch:
    """What a write changes. No quad stands on both sides; blank nodes were skolemised before."""

    added: frozenset[ox.Quad] = frozenset()
    removed: frozenset[ox.Quad] = frozenset()

    @classmethod
    def of(cls, added: Iterable[ox.Quad] = (), removed: Iterable[ox.Quad] = ()) -> Patch:
        """A patch; a quad that is both added and removed is taken as added."""
        more = frozenset(added)
        return cls(more, frozenset(removed) - more)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def inverse(self) -> Patch:
        """The patch that takes this one back."""
        return Patch(self.removed, self.added)


def joined(*patches: Patch) -> Patch:
    """Changes, one after the other, as one."""
    whole = Patch()
    for then in patches:
        whole = Patch((whole.added - then.removed) | (then.added - whole.removed),
                      (whole.removed - then.added) | (then.removed - whole.added))
    return whole

"""What is asked of the writer, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.access.author import Author
from pactgraph.journal.entry import UPDATE
from pactgraph.journal.patch import Patch


@dataclass(frozen=True)
class Change:
    """Quads to add and to remove, as the try in a disposable copy (or a reader of a file) found them.

    Triples in the default graph go to the author's journal graph. Removing a statement of a source graph becomes a
    retraction. ``expected`` is the journal number that the author saw (``If-Match``); None: any.
    """

    author: Author
    added: frozenset[ox.Quad] = frozenset()
    removed: frozenset[ox.Quad] = frozenset()
    kind: str = UPDATE
    reason: str = ""
    undoes: int | None = None
    expected: int | None = None
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """An acknowledged write: the number of its journal entry (the head where nothing changed) and how much it changed.

    A retraction counts as one statement removed. ``head`` is the journal's number afterwards: gaps that opened or closed
    are an entry of their own. ``public`` is all that changed in the dataset that everybody reads, derived statements and
    descriptions too; ``restricted`` what changed in restricted graphs, for the readers that may see them.
    """

    number: int
    added: int
    removed: int
    gaps_opened: tuple[str, ...] = ()
    gaps_closed: tuple[str, ...] = ()
    head: int = 0
    public: Patch = field(default_factory=Patch, repr=False)
    restricted: Patch = field(default_factory=Patch, repr=False)

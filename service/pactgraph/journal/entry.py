"""One entry of the journal: who changed what, when and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pactgraph.journal.patch import Patch

UPDATE, GRAPH, IMPORT, UNDO, GAPS = "update", "graph", "import", "undo", "gaps"
"""The kinds of entries: a SPARQL update, a Graph Store request, an import, an undo, gaps that opened or closed."""


@dataclass(frozen=True)
class Entry:
    """An entry as it stands on disk. ``number`` runs from 1 without holes; ``at`` is in UTC, to the second."""

    number: int
    id: str
    prev: str
    at: datetime
    by: str
    scope: str
    kind: str
    reason: str
    patch: Patch
    undoes: int | None = None
    extra: dict[str, str] = field(default_factory=dict)

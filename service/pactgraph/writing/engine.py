"""The writer as its process sees it: with an account of how the graph differs from the generation that readers load."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph as ox

from pactgraph.access.author import Author
from pactgraph.journal.patch import Patch, joined
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation
from pactgraph.writing.change import Change, Written
from pactgraph.writing.since import keep, kept
from pactgraph.writing.writer import Writer


class Engine:
    """One writer at a time, opened anew for each generation. The caller holds the store's lock; one thread may use it."""

    def __init__(self, settings: Settings, *, plain: bool) -> None:
        self._settings = settings
        self._plain = plain
        self._store = Path(settings.store)
        self._open()

    def _open(self) -> None:
        self._writer = Writer(self._settings, plain=self._plain, locked=True)
        self.generation: Generation = self._writer.generation
        self._since: Patch | None = None if self._writer.head > self.generation.journal else Patch()
        self._hidden = Patch.of(self._writer.restricted())

    @property
    def number(self) -> int:
        """The number of the journal's last entry."""
        return self._writer.head

    def since_generation(self) -> tuple[Patch, Patch]:
        """How the graph differs from the generation that readers load: what is public, and what is restricted."""
        if self._since is None:
            self._since = kept(self._store, self.generation, self.number) or self._difference()
            keep(self._store, self.generation, self.number, self._since)
        return self._since, self._hidden

    def write(self, change: Change) -> Written:
        """Write a change."""
        return self._noted(self.number, self._writer.write(change))

    def undo(self, number: int, author: Author, reason: str) -> Written:
        """Take an entry of the journal back."""
        return self._noted(self.number, self._writer.undo(number, author, reason))

    def reopen(self) -> None:
        """Go over to the generation that is current now; also the way back after a failure between journal and database."""
        self._writer.close()
        self._open()

    def warm(self) -> None:
        """Make what the first write needs, before it comes."""
        self._writer.warm()

    def close(self) -> None:
        """Release everything."""
        self._writer.close()

    def _noted(self, before: int, written: Written) -> Written:
        if self._since is not None:
            self._since = joined(self._since, written.public)
            if written.head != before:
                keep(self._store, self.generation, written.head, self._since)
        self._hidden = joined(self._hidden, written.restricted)
        return written

    def _difference(self) -> Patch:
        with tempfile.TemporaryDirectory(dir=self._settings.store, prefix="since-") as folder:
            file = Path(folder) / "now.nq"
            self._writer.dump(file)
            now, built = (set(one.read_bytes().splitlines()) for one in (file, self.generation.nquads))
        more, less = (list(ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS)) for lines in (now - built, built - now))
        return Patch.of(more, less)

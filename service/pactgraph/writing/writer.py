"""The one writer of a store: it owns the lock, the journal and the live database, and holds the dataset in memory.

A change is checked first, then written to the journal, then applied, then acknowledged. A crash between journal and
database is mended when the store is next opened: the journal counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyoxigraph as ox

from pactgraph.access.author import ADMINISTRATOR, OPERATOR, Author
from pactgraph.build.gaps import opened_and_closed
from pactgraph.build.history import counted, graphs_of, history
from pactgraph.build.journaled import graph_of, replayed, retracted, split
from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids
from pactgraph.journal.entry import GAPS, UNDO, Entry
from pactgraph.journal.graphs import RETRACTIONS, restricted_to
from pactgraph.journal.log import Journal
from pactgraph.journal.patch import Patch, joined
from pactgraph.settings import Settings
from pactgraph.store.choose import is_remote
from pactgraph.store.generations import current, writing
from pactgraph.store.revisions import newest, publish_revision
from pactgraph.writing.change import Change, Written
from pactgraph.writing.normal import Rules, journal_patch
from pactgraph.writing.opening import Opened, open_dataset
from pactgraph.writing.sources import Sources

SYSTEM = "pactgraph"
"""The name and scope under which gaps that opened or closed are journaled."""


class Writer:
    """Opens a built store's folder for writing; a context manager. Another writer's lock raises a UserError with its process id.

    ``plain``: the default graph itself may be written, where the store has no sources. ``locked``: the caller holds the
    store's lock. One thread at a time may use it.
    """

    def __init__(self, settings: Settings, *, plain: bool = False, locked: bool = False) -> None:
        if settings.store == "memory:" or is_remote(settings.store):
            raise fail("writing-needs-folder", store=settings.store)
        self.settings, self.ids = settings, Ids(settings.base)
        self._folder = Path(settings.store)
        self._held = ExitStack()
        if not locked:
            self._held.enter_context(writing(self._folder))
        try:
            self._open(plain)
        except BaseException:
            self.close()
            raise

    def _open(self, plain: bool) -> None:
        generation = current(self._folder)
        folder = self.settings.journal_folder()
        if generation is None or folder is None:
            raise fail("store-not-built", store=str(self._folder))
        self.generation, self.journal = generation, Journal(folder)
        if self.journal.head < generation.journal:
            raise fail("journal-behind", folder=str(folder), head=self.journal.head, built=generation.journal)
        self._sources = Sources(generation, self.settings.base)
        self._rules = Rules(self.ids, self._sources.graphs, plain and self._sources.none)
        self._state = replayed(self.journal, self.settings.base, self.journal.head)
        self._hidden = ox.Store()
        self._hidden.extend(self._state.restricted)
        opened = open_dataset(self._folder, generation, self._state, self._sources, self.ids)
        self._data, self._live = opened.data, opened.live
        self._broken = False
        self._settle(opened)

    def _settle(self, opened: Opened) -> None:
        """Tell the journal of gaps that a writer before could not tell of, and bring the disk to the journal's head."""
        if opened.gaps_before is not None:
            entry = self._journal_gaps(opened.gaps_before)
            if entry:
                self._data.follow(self._state.contributors, history([entry], self.ids))
        self._state.entries.clear()
        opened.sync(self.generation.fingerprint, self.head)
        revision = newest(self._folder, self.generation.fingerprint)
        if (revision.journal if revision else self.generation.journal) != self.head:
            self._publish()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the database and the lock."""
        live = self.__dict__.pop("_live", None)
        if live is not None:
            live.close()
        self.__dict__.pop("_sources", None)
        self._held.close()

    # What stands ----------------------------------------------------------------------------------------------------

    @property
    def head(self) -> int:
        """The number of the journal's last entry."""
        return self.journal.head

    @property
    def version(self) -> str:
        """What names the state of the dataset: the generation's fingerprint and the journal's number."""
        return f"{self.generation.fingerprint}-{self.head}"

    def effective(self) -> Iterator[ox.Quad]:
        """The public dataset as it stands."""
        return iter(self._data.inner)

    def dump(self, file: Path) -> None:
        """Write the public dataset as N-Quads, for readers that start."""
        self._data.inner.dump(str(file), format=ox.RdfFormat.N_QUADS)

    def restricted(self) -> Iterator[ox.Quad]:
        """The statements of restricted graphs, for readers that may see (some of) them."""
        return iter(self._hidden)

    def warm(self) -> None:
        """Make what the first write needs (some seconds); otherwise the first write makes it."""
        _ = self._data.checked
        if not self._data.bare:
            _ = self._data.closure
            self._data.new_gaps(Patch())

    # Writes ---------------------------------------------------------------------------------------------------------

    def write(self, change: Change) -> Written:
        """Check, journal and apply a change; it stands on disk when this returns. A refused one leaves nothing behind."""
        self._usable()
        self._check_expected(change.expected)
        patch = journal_patch(change.added, change.removed, change.author, self._rules, self.ids,
                              (self._data.inner, self._hidden), self.head + 1)
        if not patch:
            return Written(self.head, 0, 0, head=self.head)
        return self._commit(change, patch)

    def undo(self, number: int, author: Author = OPERATOR, reason: str = "") -> Written:
        """Take an entry of the journal back by an entry of its own; refused where later entries changed the same statements.

        An administrator may take back any entry; others what was written in their name, in graphs that they may write to.
        """
        self._usable()
        entry = self.journal.entry(number)
        if author.scope != ADMINISTRATOR:
            self._check_own(entry, author)
        if entry.kind == GAPS:
            raise fail("undo-gaps", number=number)
        patch = entry.patch.inverse()
        stands = self._state.public | self._state.restricted
        changed = (patch.removed - stands) | (patch.added & stands)
        if changed:
            later = next((item for item in self.journal.entries(number)
                          if item.kind != GAPS and changed & (item.patch.added | item.patch.removed)), None)
            raise fail("undo-undone" if later and later.undoes == number else "undo-later", number=number,
                       later=later.number if later else "?", quad=str(min(map(str, changed))))
        return self._commit(Change(author, kind=UNDO, reason=reason, undoes=number), patch)

    def _check_own(self, entry: Entry, author: Author) -> None:
        if entry.by != author.name or entry.scope != author.scope:
            raise fail("undo-scope", name=author.name, scope=author.scope)
        self._rules.check(author)
        for graph in sorted(graphs_of(entry.patch)):
            self._rules.check_graph(author, graph)

    def _usable(self) -> None:
        if self._broken:
            raise fail("writer-broken", store=str(self._folder))

    def _check_expected(self, expected: int | None) -> None:
        """Refuse where somebody wrote after the state that the author saw; gaps that followed do not count."""
        if expected is None or expected == self.head:
            return
        since = list(self.journal.entries(expected)) if 0 <= expected < self.head else []
        if not since or any(entry.kind != GAPS for entry in since):
            raise fail("write-conflict", expected=expected, head=self.head)

    def _commit(self, change: Change, patch: Patch) -> Written:
        shown, hidden = split(patch, self.settings.base)
        step = self._data.change(self._statements(shown))
        try:
            self._check_restricted(hidden)
            entry = self.journal.append(by=change.author.name, scope=change.author.scope, kind=change.kind,
                                        reason=change.reason, patch=patch, undoes=change.undoes, extra=change.extra)
        except BaseException:
            self._data.take_back(step)
            raise
        try:
            return self._apply(entry, step.patch, hidden)
        except BaseException as problem:
            self._broken = True  # the journal has the entry; opening the store again brings the rest to it
            if isinstance(problem, UserError) or not isinstance(problem, Exception):
                raise
            raise fail("write-behind", number=entry.number, reason=str(problem)) from problem

    def _apply(self, entry: Entry, followed: Patch, hidden: Patch) -> Written:
        """Bring memory and disk to an entry that is in the journal."""
        self._state.apply(entry, self.settings.base)
        for quad in hidden.removed:
            self._hidden.remove(quad)
        self._hidden.extend(hidden.added)
        entries, gaps = [entry], Patch()
        if followed and not self._data.bare:
            gaps = self._data.new_gaps(followed)
            entries += filter(None, [self._journal_gaps(gaps)])
        log = [] if self._data.bare else history(entries, self.ids)
        described = self._data.follow(self._state.contributors, log) if log else Patch()
        self._state.entries.clear()
        public = joined(followed, gaps, described)
        self._live.apply(public.added, public.removed, self.generation.fingerprint, self.head)
        self._publish()
        opened, closed = opened_and_closed(gaps.removed, gaps.added)
        size = counted(entry.patch, self.settings.base)
        return Written(entry.number, len(size.added), len(size.removed), tuple(opened), tuple(closed), self.head, public, hidden)

    def _statements(self, shown: Patch) -> Patch:
        """What a public patch of the journal does to the dataset: retracted statements go, those retracted no more return."""
        graph = ox.NamedNode(self.settings.base + RETRACTIONS)
        touched = {quad.subject for quad in shown.added | shown.removed if quad.graph_name == graph}
        old = {quad for subject in touched for quad in self._data.inner.quads_for_pattern(subject, None, None, graph)}
        was, now = (retracted(quads, self.settings.base) for quads in (old, (old - shown.removed) | shown.added))
        back = {quad for quad in was - now if self._sources.hold(quad)}
        return Patch.of(shown.added | back, shown.removed | (now - was))

    def _check_restricted(self, hidden: Patch) -> None:
        """Check restricted statements, those of each body beside the public ones."""
        base = self.settings.base
        for body in sorted({restricted_to(graph_of(quad), base) or "" for quad in hidden.added | hidden.removed}):
            def mine(quad: ox.Quad, body: str = body) -> bool:
                return restricted_to(graph_of(quad), base) == body

            part = Patch(frozenset(filter(mine, hidden.added)), frozenset(filter(mine, hidden.removed)))
            self._data.check_beside(filter(mine, self._hidden), part)

    def _journal_gaps(self, gaps: Patch) -> Entry | None:
        """Journal the gaps that opened or closed."""
        if not gaps:
            return None
        entry = self.journal.append(by=SYSTEM, scope="system", kind=GAPS, reason="", patch=gaps,
                                    extra={"follows": str(self._state.number)})
        self._state.apply(entry, self.settings.base)
        return entry

    def _publish(self) -> None:
        publish_revision(self._folder, self.generation.fingerprint, self.head, self._live.backup)


"""The entries of the journal as somebody may see them, and what each changed, said in words."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.access.author import ADMINISTRATOR, Author
from pactgraph.access.visibility import may_see
from pactgraph.build.history import counted
from pactgraph.build.journaled import graph_of, journal_of
from pactgraph.errors import fail
from pactgraph.journal.entry import GAPS, Entry
from pactgraph.journal.log import Journal
from pactgraph.journal.patch import Patch
from pactgraph.namespaces import RDFS
from pactgraph.web.site import Site

MOST_THINGS = 200
"""Things of one entry that are told in words."""
Term = ox.NamedNode | ox.Literal
_LABEL = ox.NamedNode(RDFS + "label")


@dataclass
class Seen:
    """An entry as somebody may see it. ``whole``: nothing of it is hidden, so its reason and file may be told."""

    entry: Entry
    patch: Patch
    whole: bool

    @property
    def reason(self) -> str:
        """Why it was made, where it may be told."""
        return self.entry.reason if self.whole else ""

    @property
    def extra(self) -> dict[str, str]:
        """What its importer noted, where it may be told."""
        return self.entry.extra if self.whole else {}

    @property
    def link(self) -> str:
        """The link assertion that it decides on; empty for other entries."""
        return self.extra.get("link", "")

    def graphs(self) -> list[str]:
        """The graphs that it changed."""
        return sorted({graph_of(quad) for quad in self.patch.added | self.patch.removed})


@dataclass
class Line:
    """One value of a thing that came, went, or (both) took the place of another."""

    predicate: str
    before: Term | None
    after: Term | None


@dataclass
class Told:
    """What an entry changed of one thing. ``name`` is what the entry itself calls it, by language."""

    thing: str
    lines: list[Line]
    name: dict[str, str] = field(default_factory=dict)

    def called(self, lang: str) -> str:
        """What the thing is called where the graph knows it no more."""
        return self.name.get(lang) or next(iter(self.name.values()), "") or self.thing.rsplit("/id/", 1)[-1]


async def page_of(site: Site, author: Author, before: int | None, size: int,
                  gaps: bool = True) -> tuple[list[Seen], int | None]:
    """The last entries below ``before`` that somebody may see, the newest first, and where the next page begins.

    ``gaps``: with the entries of gaps that opened or closed, which follow from others.
    """
    def work() -> tuple[list[Seen], int | None]:
        journal = _journal(site)
        found: list[Seen] = []
        number = min(journal.head, before - 1) if before else journal.head
        while number > 0 and len(found) < size:
            seen = _seen(journal.entry(number), author, site.settings.base)
            if seen and (gaps or seen.entry.kind != GAPS):
                found.append(seen)
            number -= 1
        return found, (number + 1 if number > 0 else None)

    return await asyncio.to_thread(work)


async def entry_of(site: Site, author: Author, number: int) -> Seen:
    """One entry; one that somebody may not see is answered like one that is not there."""
    def work() -> Seen:
        journal = _journal(site)
        seen = _seen(journal.entry(number), author, site.settings.base)
        if seen is None:
            raise fail("journal-no-entry", number=number, head=journal.head)
        return seen

    return await asyncio.to_thread(work)


async def undone_by(site: Site, number: int) -> int | None:
    """The entry that took an entry back, if the last undo of it stands."""
    def work() -> int | None:
        journal = _journal(site)
        found = [entry for entry in journal.entries(number) if entry.undoes is not None]
        gone: dict[int, int] = {}
        for entry in reversed(found):
            if entry.number not in gone:
                gone.setdefault(entry.undoes or 0, entry.number)
        return gone.get(number)

    return await asyncio.to_thread(work)


def may_undo(author: Author, entry: Entry) -> bool:
    """Whether the writer may let somebody take an entry back (it looks at the graphs too)."""
    if entry.kind == GAPS:
        return False
    return author.scope == ADMINISTRATOR or (entry.by == author.name and entry.scope == author.scope)


def in_words(patch: Patch) -> list[Told]:
    """What a patch changes, thing by thing: the first :data:`MOST_THINGS` of them."""
    sides: dict[str, dict[str, tuple[list[Term], list[Term]]]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for place, side in enumerate((patch.removed, patch.added)):
        for quad in sorted(side, key=str):
            values = sides[_value(quad.subject)][quad.predicate.value][place]
            if isinstance(quad.object, ox.NamedNode | ox.Literal) and quad.object not in values:
                values.append(quad.object)
            if quad.predicate == _LABEL and isinstance(quad.object, ox.Literal):
                names[_value(quad.subject)][quad.object.language or ""] = quad.object.value
    return [Told(thing, [line for predicate, (old, new) in found.items() for line in _lines(predicate, old, new)], names[thing])
            for thing, found in sorted(sides.items())[:MOST_THINGS]]


def mentioned(told: Iterable[Told]) -> set[str]:
    """The things that words about a patch name."""
    found: set[str] = set()
    for one in told:
        found.add(one.thing)
        for line in one.lines:
            found.add(line.predicate)
            found |= {term.value for term in (line.before, line.after) if isinstance(term, ox.NamedNode)}
    return found


def _lines(predicate: str, old: list[Term], new: list[Term]) -> list[Line]:
    if len(old) == len(new) == 1:
        return [] if old == new else [Line(predicate, old[0], new[0])]  # the same, in another graph
    return [*(Line(predicate, value, None) for value in old), *(Line(predicate, None, value) for value in new)]


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))


def _seen(entry: Entry, author: Author, base: str) -> Seen | None:
    change = counted(entry.patch, base)
    sides = [frozenset(quad for quad in side if may_see(author, graph_of(quad), base)) for side in (change.added, change.removed)]
    patch = Patch(*sides)
    whole = len(patch.added) + len(patch.removed) == len(change.added) + len(change.removed)
    return Seen(entry, patch, whole) if patch or not change else None


def _journal(site: Site) -> Journal:
    journal = journal_of(site.settings)
    if journal is None:
        raise fail("work-closed")
    return journal

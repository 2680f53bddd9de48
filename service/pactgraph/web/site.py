"""What every request shares: settings, the graph that is served, its readers, answers and names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, cast

from starlette.requests import Request

from pactgraph import __version__
from pactgraph.access.author import Author
from pactgraph.access.tokens import Tokens
from pactgraph.errors import fail
from pactgraph.resources import shipped_files
from pactgraph.search import Touched
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation
from pactgraph.store.readers import Delta, Readers, TryUpdate
from pactgraph.web.cache import AnswerCache, Recent
from pactgraph.web.finder import Finder
from pactgraph.web.metrics import of_process
from pactgraph.web.things import Things
from pactgraph.writing.change import Change, Written

if TYPE_CHECKING:
    from pactgraph.web.service import Service

PINNED = "pactgraph.site"
"""Where a request's scope holds its site."""


@dataclass
class Site:
    """One state of the graph as some may see it: after a write there is another, with the same readers and no caches.

    ``union``: queries that choose no dataset see the union of all graphs. ``number`` is that of the journal's last entry,
    ``view`` the right by which restricted graphs are seen (empty: what everybody sees). ``callers``: readers that may call
    the endpoints of ``PACTGRAPH_SERVICE_ALLOW`` and hold what everybody sees; None where it is empty. ``pages`` keeps
    finished pages with their Link headers, by entity tag. ``touched``: in what the graph differs from that of ``before``'s
    index, or of its generation's; ``finder`` has the index of the search. ``licences``: those of graphs, once asked.
    """

    settings: Settings
    generation: Generation
    readers: Readers
    union: bool = True
    tokens: Tokens | None = None
    number: int = 0
    view: str = ""
    service: Service | None = None
    callers: Readers | None = None
    touched: Touched = field(default_factory=Touched)
    before: Finder | None = None
    answers: AnswerCache = field(init=False)
    things: Things = field(init=False)
    pages: Recent[str, tuple[bytes, list[str]]] = field(init=False)
    finder: Finder = field(init=False)
    licences: dict[str, str | None] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        counts = self.readers.tally = of_process()
        if self.callers:
            self.callers.tally = counts
        self.answers = AnswerCache(self.readers, heard=counts.cache("answers"))
        self.things = Things(self.answers)
        self.pages = Recent(32_000_000, counts.cache("pages"))
        self.finder = Finder(self, self.before, self.touched)
        self.before = None

    def at(self, number: int, touched: Touched) -> Site:
        """The same graph after a write that touched some things."""
        return replace(self, number=number, touched=touched, before=self.finder)

    @property
    def revision(self) -> int:
        """The number of the journal's last entry that the readers of this site have."""
        return self.number

    def etag(self, *parts: str) -> str:
        """A weak entity tag: the same for the same state of the graph, right to see, program and ``parts``."""
        text = "\0".join((self.generation.fingerprint, str(self.number), self.view, _program(), *parts))
        return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'

    async def try_update(self, update: TryUpdate) -> Delta:
        """What an update would change in the graph as this site shows it."""
        return await self.readers.try_update(update)

    async def write(self, change: Change) -> Written:
        """Have a change written; the next query of every worker sees it. Without a writer this raises a UserError."""
        if self.service is None:
            raise fail("writer-away")
        return await self.service.write(change)

    async def seen_by(self, author: Author | None) -> Site:
        """The newest state as somebody may see it; readers for a right that was not used lately take a moment to start."""
        return await self.service.site_for(author) if self.service else self

    async def readers_for(self, author: Author | None) -> Readers:
        """The readers that hold what somebody may see."""
        return (await self.seen_by(author)).readers

    async def latest(self) -> Site:
        """The newest state, for the same right."""
        return await self.service.latest(self) if self.service else self


def site_of(request: Request) -> Site:
    """The site that a request belongs to: one state of the graph from the beginning of a request to its end."""
    return cast(Site, request.scope.get(PINNED) or request.app.state.service.site)


def today() -> str:
    """Today as YEAR-MONTH-DAY."""
    return date.today().isoformat()


@cache
def _program() -> str:
    """The version of the program, pages and queries included."""
    found = hashlib.sha256(__version__.encode())
    for file in [*_files(files("pactgraph.web")), *shipped_files("queries", ".rq")]:
        found.update(file.read_bytes())
    return found.hexdigest()


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name != "__pycache__":
            found += _files(item)
        elif item.is_file():
            found.append(item)
    return found

"""What every request shares: settings, the graph that is served, its readers, answers and names."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import cast

from starlette.requests import Request

from pactgraph import __version__
from pactgraph.resources import shipped_files
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation
from pactgraph.store.readers import Readers
from pactgraph.web.cache import AnswerCache, Recent
from pactgraph.web.things import Things


@dataclass
class Site:
    """One served generation. ``union``: queries that choose no dataset see the union of all graphs.

    ``callers``: readers that may call the endpoints of ``PACTGRAPH_SERVICE_ALLOW``; None where it is empty.
    ``pages`` keeps finished pages with their Link headers, by entity tag.
    """

    settings: Settings
    generation: Generation
    readers: Readers
    union: bool = True
    callers: Readers | None = None
    answers: AnswerCache = field(init=False)
    things: Things = field(init=False)
    pages: Recent[str, tuple[bytes, list[str]]] = field(init=False)

    def __post_init__(self) -> None:
        self.answers = AnswerCache(self.readers)
        self.things = Things(self.answers)
        self.pages = Recent(32_000_000)

    def etag(self, *parts: str) -> str:
        """A weak entity tag: the same for the same graph, program and ``parts``."""
        text = "\0".join((self.generation.fingerprint, _program(), *parts))
        return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def site_of(request: Request) -> Site:
    """The site that a request belongs to."""
    return cast(Site, request.app.state.site)


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

"""What somebody may have meant who asked for an address that is not there: rooms, questions and things with near names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import unquote

import pyoxigraph as ox

from pactgraph.catalogue import load, names
from pactgraph.errors import UserError
from pactgraph.namespaces import fold, slug
from pactgraph.store.readers import Request
from pactgraph.texts import LANGUAGES
from pactgraph.web.page import Page
from pactgraph.web.site import Site
from pactgraph.web.wording import word

_ROOMS = {
    "overview": "nav-overview", "trace": "nav-trace", "articles": "nav-articles", "recommendations": "nav-recommendations",
    "tasks": "nav-tasks", "bodies": "nav-bodies", "laws": "nav-laws", "plans": "nav-plans", "cycles": "nav-cycles",
    "gaps": "nav-gaps", "inbox": "desks", "assessments": "compare-title", "questions": "nav-questions", "sparql": "nav-sparql",
    "search": "nav-search", "workspace": "nav-work", "validate": "validate",
}
_MOST = 5
_LONGEST = 200
_NEAR = 0.7


@dataclass(frozen=True)
class Suggestion:
    """A page that may be meant: its name and its address."""

    label: str
    address: str


async def nearby(page: Page) -> list[Suggestion]:
    """The pages with the nearest names, the likeliest first; none for an address that no person would type."""
    asked = unquote(page.path).strip("/")
    if not asked or len(asked) > _LONGEST:
        return []
    head, _, rest = asked.partition("/")
    if head == "questions" and rest:
        return [Suggestion(load("questions", name).title.get(page.lang, name), page.local("/questions/" + name))
                for name in get_close_matches(rest, names("questions"), _MOST, 0.5)]
    if head == "inbox" and rest:
        return await near_things(page, rest, lambda iri: page.local("/inbox/" + iri.rsplit("/", 1)[-1]), "/body/")
    things = await near_things(page, rest if head in ("doc", "id", "trace") else asked)
    rooms = [] if rest else _rooms(head)
    return [*(Suggestion(page.t(_ROOMS[room]), page.local("/" + room)) for room in rooms), *things][:_MOST]


def _rooms(name: str) -> list[str]:
    """The rooms whose address, or whose name in any language, is near."""
    known = {slug(word(key, lang)): room for room, key in _ROOMS.items() for lang in LANGUAGES} | {room: room for room in _ROOMS}
    return list(dict.fromkeys(known[key] for key in get_close_matches(slug(name), known, 2, 0.7)))


async def near_things(page: Page, asked: str, to: Callable[[str], str | None] | None = None, part: str = "") -> list[Suggestion]:
    """The things whose addresses, codes or names are nearest to what was asked for; none for what is longer than any.

    ``to``: the address that a suggestion leads to, of an IRI (its page without it); ``part``: what the IRI of a thing holds
    that may be meant.
    """
    if not 0 < len(asked) <= _LONGEST:
        return []
    try:
        known = {key: iri for key, iri in (await _known(page.site)).items() if part in iri}
        wanted = fold(asked)
        keys = get_close_matches(wanted, _likely(wanted, known), _MOST, _NEAR)
        found = list(dict.fromkeys(known[key] for key in keys))
        await page.site.things.look_up(found)
    except UserError:  # the store does not answer: then there is nothing to suggest
        return []
    return [Suggestion(page.thing(iri).label(page.lang)[0], address) for iri in found
            if (address := (to or page.href)(iri))]


def _likely(wanted: str, known: dict[str, str]) -> list[str]:
    """The keys to compare with: those in the same folder where there are any, else those that begin alike."""
    folder = wanted.rpartition("/")[0]
    within = [key for key in known if folder and key.startswith(folder + "/")]
    return within or [key for key in known if key[:1] == wanted[:1]]


_kept: dict[str, dict[str, str]] = {}
_KEPT = 4


async def _known(site: Site) -> dict[str, str]:
    """All that people may name by address or code, folded → IRI; worked out once for a state of the graph."""
    state = site.etag("nearby")
    if state not in _kept:
        response = await site.answers.run(Request(load("lookup", "resolve").text))
        rows = ox.parse_query_results(response.body, format=ox.QueryResultsFormat.JSON)
        known: dict[str, str] = {}
        for row in rows:  # type: ignore[union-attr]
            iri = row["thing"].value
            known.setdefault(fold(iri.partition("/id/")[2]), iri)
            for name in ("notation", "label"):
                if row[name]:
                    known.setdefault(fold(row[name].value), iri)
        while len(_kept) >= _KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[state] = known
    return _kept[state]

"""Asks an index: what matches, in which order, how much of it where, and how it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pactgraph.errors import fail
from pactgraph.search.entries import COUNTRY
from pactgraph.search.index import SECONDS, Index
from pactgraph.search.near import suggestions
from pactgraph.search.rank import Match, count, ranked
from pactgraph.search.shown import Label, Piece, Shown, labels_of, shown
from pactgraph.search.words import composed, telling, words

FACETS = ("kind", "country", "in", "status")
"""By what results can be narrowed; the values are words for kinds, IRIs otherwise."""
LONGEST = 1000
"""The characters that a search may have."""
PAGE = 20
MOST_SUGGESTED = 8
_SHOWN_VALUES = 12
_MOST_TOLD = 40
MOST = 1000
"""How many results may be listed at once."""


@dataclass(frozen=True)
class Wanted:
    """A search: its words, the reader's language, a value for some facets, the page (from 1) and how long a page is."""

    text: str
    lang: str
    only: tuple[tuple[str, str], ...] = ()
    page: int = 1
    size: int = PAGE


@dataclass(frozen=True)
class Hit:
    """One result: its IRI, its kind, and how it is shown."""

    iri: str
    kind: str
    shown: Shown


@dataclass(frozen=True)
class Value:
    """A value of a facet: how many results have it, and what people call it (None: a kind)."""

    value: str
    count: int
    label: Label | None = None


@dataclass(frozen=True)
class Found:
    """What a search found. ``total`` counts all results, ``without`` those that it would have without facets.

    ``suggestions``: other words, with how many things each finds.
    """

    words: tuple[str, ...]
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    without: int = 0
    facets: dict[str, list[Value]] = field(default_factory=dict)
    suggestions: list[tuple[str, int]] = field(default_factory=list)


def search(index: Index, wanted: Wanted, seconds: float = SECONDS) -> Found:
    """Search. A page that is not there means the last one. Too long a text, or a search that takes too long raises a
    UserError."""
    text = _checked(wanted.text)
    asked = tuple(words(text))
    if not asked:
        return Found(asked)
    with index.asking(seconds):
        matches = ranked(index, text)
        values = index.facet_values
        passing = [match for match in matches if not _missing(values[match.thing], wanted.only)] if wanted.only else matches
        size = min(wanted.size, MOST)
        last = max(1, -(-len(passing) // size))
        start = (min(max(wanted.page, 1), last) - 1) * size
        return Found(
            asked, _hits(index, passing[start : start + size], asked, wanted.lang), len(passing), len(matches),
            _facets(index, matches, wanted), [] if matches else suggestions(
                index, telling(list(asked)), lambda others: count(index, others)))


def narrowed(index: Index, given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Facets as a search takes them; a value may be an IRI, the end of one, or a kind. An unknown one raises a UserError."""
    only = []
    with index.asking():
        for facet in FACETS:
            value = given.get(facet, "").strip()
            if value:
                only.append((facet, _known_value(index, facet, value)))
    return tuple(only)


def _known_value(index: Index, facet: str, value: str) -> str:
    known = index.known_values[facet]
    found = [one for one in known if one == value] or [one for one in known if one.endswith("/" + value.lower())]
    if not found:
        ends = sorted({one.rsplit("/", 1)[-1] for one in known})
        told = ends[:_MOST_TOLD] + ["…"] * (len(ends) > _MOST_TOLD)
        raise fail("search-facet", facet=facet, value=value, known=", ".join(told))
    return found[0]


def suggest(index: Index, text: str, lang: str, seconds: float = SECONDS) -> list[Hit]:
    """What somebody who types may look for: the first results, by the beginning of the last word."""
    text = _checked(text)
    asked = words(text)
    if not asked:
        return []
    with index.asking(seconds):
        return _hits(index, ranked(index, text)[:MOST_SUGGESTED], asked, lang)


def _checked(text: str) -> str:
    if len(text) > LONGEST:
        raise fail("search-too-long", length=len(text), limit=LONGEST)
    return composed(text).strip()


def _hits(index: Index, matches: Sequence[Match], asked: Sequence[str], lang: str) -> list[Hit]:
    made = shown(index, [match.thing for match in matches], asked, lang)
    return [Hit(match.iri, match.kind, made[match.thing]) for match in matches]


def _missing(own: Collection[tuple[str, str]], only: Collection[tuple[str, str]]) -> set[str]:
    """The facets that keep a thing with its own values out. What is of no State, such as an article, is of interest to all."""
    missing = {facet for facet, value in only if (facet, value) not in own}
    if COUNTRY in missing and not any(facet == COUNTRY for facet, _ in own):
        missing.remove(COUNTRY)
    return missing


def _facets(index: Index, matches: Sequence[Match], wanted: Wanted) -> dict[str, list[Value]]:
    """The values of each facet among the results that all other facets let through, the most frequent first."""
    counted: Counter[tuple[str, str]] = Counter()
    of_no_state = 0
    for match in matches:
        own = index.facet_values[match.thing]
        missing = _missing(own, wanted.only) if wanted.only else set()
        counted.update([pair for pair in own if not missing - {pair[0]}] if missing else own)
        of_no_state += not missing and match.thing in index.of_no_state
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for (facet, value), number in counted.items():
        counts[facet][value] = number + of_no_state * (facet == COUNTRY)
    chosen = dict(wanted.only)
    best = {facet: _most(some, chosen.get(facet)) for facet, some in counts.items()}
    named = labels_of(index, [value for facet, some in best.items() if facet != "kind" for value, _ in some], wanted.lang)
    return {facet: [Value(value, number, named.get(value)) for value, number in some] for facet, some in best.items() if some}


def _most(counted: Counter[str], chosen: str | None) -> list[tuple[str, int]]:
    some = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    shortened = some if len(some) <= _SHOWN_VALUES + 2 else some[:_SHOWN_VALUES]
    if chosen and chosen not in dict(shortened):
        shortened = [*shortened, (chosen, counted[chosen])]
    return shortened


__all__ = ["FACETS", "Found", "Hit", "Label", "Piece", "Shown", "Value", "Wanted", "narrowed", "search", "suggest"]

"""Reads what is to be found out of the graph, by the queries of ``queries/search``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.catalogue.bind import iri as iri_term
from pactgraph.errors import UserError
from pactgraph.namespaces import PG
from pactgraph.search.words import composed

CODE, LONGER_CODE = "code", "longer-code"
LABELS = ("name", "label", "other-name")
"""The roles of names in words, the one that is shown first."""
NAMES = (CODE, LONGER_CODE, *LABELS)
"""The roles of texts that are names; all others are what is said of a thing."""
COUNTRY = "country"
_AT_ONCE = 200
_STATE = "/state/"


class Queryable(Protocol):
    """Anything that answers SPARQL: a store, or the readers behind the service."""

    def query(self, text: str) -> object:
        """Run a query."""


@dataclass(frozen=True, order=True)
class Text:
    """A text of a thing: its role (``code``, ``name``, ``note`` …), its language (empty: none), its words (NFC)."""

    role: str
    lang: str
    text: str


@dataclass
class Entry:
    """A thing that can be found: its kind, the place of its kind among others, its texts, its facets (name, value)."""

    iri: str
    kind: str
    order: int
    texts: set[Text] = field(default_factory=set)
    facets: set[tuple[str, str]] = field(default_factory=set)


def entries(store: Queryable, things: Collection[str] | None = None) -> list[Entry]:
    """The entries of all things, or of those among ``things`` that can be found; in the order of their IRIs."""
    if things is not None:
        return [entry for some in _batches(things) for entry in _read(store, " ".join(some))]
    return _read(store, None)


def depending(store: Queryable, parts: Collection[str]) -> set[str]:
    """The things whose entries hold something of ``parts`` (IRIs), and ``parts`` themselves."""
    found = set(parts)
    for some in _batches(parts):
        found |= {row[0] for row in _rows(store, "depending", ("thing",), {"part": " ".join(some)})}
    return found


def _read(store: Queryable, bound: str | None) -> list[Entry]:
    values = {} if bound is None else {"thing": bound}
    found: dict[str, Entry] = {}
    for iri, kind, order in _rows(store, "things", ("thing", "kind", "order"), values):
        entry = found.get(iri)
        if entry is None or int(order) < entry.order:
            found[iri] = Entry(iri, kind, int(order))
    for name in ("names", "texts"):
        for iri, role, text, lang in _texts(store, name, values):
            if iri in found:
                found[iri].texts.add(Text(role, lang, composed(text)))
    for iri, facet, value in _rows(store, "facets", ("thing", "facet", "value"), values):
        if iri in found:
            found[iri].facets.add((facet, value))
    for entry in found.values():
        _finish(entry)
    return sorted(found.values(), key=lambda entry: entry.iri)


def _finish(entry: Entry) -> None:
    """Give an entry what its IRI says: a name where it has none, and its country."""
    if entry.kind == "term" or not any(text.role in NAMES for text in entry.texts):
        short = entry.iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
        entry.texts.add(Text(CODE, "", composed(short)))
        if entry.iri.startswith(PG):
            entry.texts.add(Text(LONGER_CODE, "", f"pg:{short}"))


def with_countries(found: list[Entry], states: Collection[str]) -> None:
    """Add the country to entries whose IRIs stand below that of a State: ``…/id/vnm/law/1`` below ``…/id/state/vnm``."""
    below = {state.replace(_STATE, "/") + "/": state for state in states if _STATE in state}
    heads = {prefix[: prefix.rindex("/", 0, -1) + 1] for prefix in below}
    for entry in found:
        for head in heads:
            if entry.iri.startswith(head):
                state = below.get(head + entry.iri[len(head):].split("/", 1)[0] + "/")
                if state and entry.iri != state:
                    entry.facets.add((COUNTRY, state))


def _texts(store: Queryable, name: str, values: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    solutions = store.query(load("search", name).bind(values))
    assert isinstance(solutions, ox.QuerySolutions)
    for row in solutions:
        text = row["text"]
        if isinstance(text, ox.Literal):
            yield row["thing"].value, row["role"].value, text.value, text.language or ""


def _rows(store: Queryable, name: str, columns: tuple[str, ...], values: dict[str, str]) -> Iterator[tuple[str, ...]]:
    solutions = store.query(load("search", name).bind(values))
    assert isinstance(solutions, ox.QuerySolutions)
    for row in solutions:
        if isinstance(row[columns[0]], ox.NamedNode):
            yield tuple(row[column].value for column in columns)


def _batches(things: Collection[str]) -> Iterator[list[str]]:
    """IRIs as terms of SPARQL, some at a time; what is no IRI there (a blank node) is left out."""
    terms = iter(sorted(_terms(things)))
    while some := list(islice(terms, _AT_ONCE)):
        yield some


def _terms(things: Collection[str]) -> Iterator[str]:
    for thing in things:
        try:
            yield iri_term(thing)
        except UserError:
            continue

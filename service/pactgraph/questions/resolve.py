"""Finds the thing that a user's word means: an IRI, a short code, the end of an IRI, or a name without its diacritics."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Protocol

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.errors import UserError, fail
from pactgraph.namespaces import PREFIXES, fold

_HTTP = ("http://", "https://", "urn:")


class Queryable(Protocol):
    """Anything that answers SPARQL: a store, or the readers behind the service."""

    def query(self, text: str) -> object:
        """Run a query."""


class Candidate:
    """A thing that a word may mean, with what people call it."""

    def __init__(self, iri: str, notation: str) -> None:
        self.iri = iri
        self.notation = notation
        self.labels: set[str] = set()

    def exact(self) -> set[str]:
        """Its exact names: short code, the code's last part, the IRI's last parts."""
        tail = self.iri.rstrip("/").split("/")
        names = {self.notation, tail[-1], "/".join(tail[-2:])} | self.labels
        return {name for name in names if name}

    def loose(self) -> set[str]:
        """Names that fit where no exact one does: folded, and the last part of a short code."""
        last = self.notation.rsplit("/", 1)[-1]
        return {fold(name) for name in self.exact() | {last} if name}


def resolve(store: Queryable, kind: str, word: str) -> str:
    """The IRI of the thing of class ``kind`` (a CURIE such as ``pg:Agent``, "" for any) that ``word`` means.

    Nothing of that name, or several things, raises a UserError with the nearest.
    """
    word = word.strip()
    candidates = _candidates(store, kind)
    if word.startswith(_HTTP):
        if word in candidates:
            return word
        raise _unknown(word, kind, candidates)
    folded = fold(word)
    for matches in (
        [iri for iri, candidate in candidates.items() if word in candidate.exact()],
        [iri for iri, candidate in candidates.items() if folded in candidate.loose()],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise fail("thing-ambiguous", word=word, found=", ".join(sorted(matches)[:5]))
    raise _unknown(word, kind, candidates)


def _unknown(word: str, kind: str, candidates: dict[str, Candidate]) -> UserError:
    names = {fold(name): name for candidate in candidates.values() for name in candidate.exact()}
    near = [names[name] for name in get_close_matches(fold(word), names, n=4, cutoff=0.4)]
    return fail("thing-unknown", word=word, kind=kind.removeprefix("pg:") or "thing", near=", ".join(near) or "–")


def _candidates(store: Queryable, kind: str) -> dict[str, Candidate]:
    prefix, _, name = kind.partition(":")
    values = {"class": f"<{PREFIXES[prefix]}{name}>"} if kind else {}
    solutions = store.query(load("lookup", "resolve").bind(values))
    assert isinstance(solutions, ox.QuerySolutions)
    found: dict[str, Candidate] = {}
    for row in solutions:
        iri = getattr(row["thing"], "value", "")
        candidate = found.setdefault(iri, Candidate(iri, getattr(row["notation"], "value", "") or ""))
        label = getattr(row["label"], "value", "")
        if label:
            candidate.labels.add(label)
    return found

"""Finds the thing that a user's word means: an IRI, a short code or an end of it, a name or its beginning.

The tests go from strict to lenient; the first that anything passes decides, and where two things pass it, the user is
told so instead of one being picked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Protocol

import pyoxigraph as ox

from pactgraph.catalogue import bind as terms
from pactgraph.catalogue import load
from pactgraph.errors import UserError, fail
from pactgraph.namespaces import fold, row_key
from pactgraph.sources.quads import expand
from pactgraph.texts import LANGUAGES, say

_SHOWN = 5
_LONGEST = 500
"""Letters of a word: longer ones are no name, and to compare them with all names costs seconds."""
_HTTP = ("http://", "https://", "urn:")
_FIRST = {"pg:TreatyProvision": "pg:Article"}
"""Classes of which a word means a thing of the narrower class where it can: "14" is article 14, no paragraph 14."""
_KINDS = {"": "kind-thing", "pg:Agent": "kind-agent", "pg:PublicBody": "kind-agent", "pg:Article": "kind-article",
          "pg:ImplementationPlan": "kind-plan"}
_DASHES = re.compile("[\u2010-\u2015\u2212]")


class Queryable(Protocol):
    """Anything that answers SPARQL: a store, or the readers behind the service."""

    def query(self, text: str) -> object:
        """Run a query."""


@dataclass
class Candidate:
    """A thing that a word may mean, with what people call it."""

    iri: str
    notations: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)

    def path(self) -> str:
        """The end of its IRI that tells it from all others, and is understood as a word: ``vnm/body/mps``."""
        return self.iri.partition("/id/")[2] or self.iri

    def names(self) -> list[str]:
        """All that it is called."""
        return sorted({*self.notations, *self.labels, self.iri.rsplit("/", 1)[-1]})


def resolve(store: Queryable, kind: str, word: str) -> str:
    """The IRI of the thing of class ``kind`` (a CURIE such as ``pg:Agent``, "" for any) that ``word`` means.

    Understood, in this order: the IRI, the code, the end of the IRI, the code in other letters (case, diacritics), the
    end of the code, its beginning, a name, the beginning of a name. Nothing of that name, or several things, raises a
    UserError with the nearest.
    """
    word = unicodedata.normalize("NFC", word).strip()
    if not kind and word.startswith(_HTTP) and _stands(store, word):
        return word
    if len(word) > _LONGEST:
        raise _unknown(word, kind, [])
    for narrowed in (_FIRST.get(kind), kind):
        candidates = _candidates(store, narrowed) if narrowed is not None else []
        iri = _found(candidates, word)
        if iri:
            return iri
    raise _unknown(word, kind, candidates)


def _found(candidates: list[Candidate], word: str) -> str | None:
    """The one thing that the strictest passed test lets through, None where none does."""
    for passes in _TESTS:
        found = [candidate for candidate in candidates if word and passes(candidate, word)]
        if len(found) == 1:
            return found[0].iri
        if found:
            near = [item.path() for item in found[:_SHOWN]]
            raise fail("thing-ambiguous", word=word, found=", ".join(near), nearest=near)
    return None


def _stands(store: Queryable, iri: str) -> bool:
    """Whether the graph says anything of an IRI: where any thing will do, one without a code or name does too."""
    try:
        answer = store.query(load("lookup", "stands").bind({"thing": terms.iri(iri)}))
    except UserError:
        return False
    return bool(answer)


def _candidates(store: Queryable, kind: str) -> list[Candidate]:
    values = {"class": f"<{expand(kind).value}>"} if kind else {}
    solutions = store.query(load("lookup", "resolve").bind(values))
    assert isinstance(solutions, ox.QuerySolutions)
    found: dict[str, Candidate] = {}
    for row in solutions:
        iri = getattr(row["thing"], "value", "")
        candidate = found.setdefault(iri, Candidate(iri))
        candidate.notations |= {getattr(row["notation"], "value", "")} - {""}
        candidate.labels |= {getattr(row["label"], "value", "")} - {""}
    return list(found.values())


def _plain(text: str) -> str:
    """A name as far as it matters: no case, no diacritics, one kind of dash, single spaces."""
    return " ".join(fold(_DASHES.sub("-", text)).split())


def _begins(label: str, word: str) -> bool:
    """Whether a name begins with the user's words as a whole ("Điều 1" does not begin "Điều 19")."""
    return len(word) > 2 and label.startswith(word) and not label[len(word):len(word) + 1].isalnum()


_TESTS: tuple[Callable[[Candidate, str], bool], ...] = (
    lambda thing, word: thing.iri == word,
    lambda thing, word: word in thing.notations,
    lambda thing, word: thing.iri.endswith("/" + row_key(word)),
    lambda thing, word: any(code.casefold() == word.casefold() for code in thing.notations),
    lambda thing, word: any(_plain(code) == _plain(word) for code in thing.notations),
    lambda thing, word: thing.iri.casefold().endswith("/" + row_key(word).casefold()),
    lambda thing, word: any(_plain(code).endswith("/" + _plain(word)) for code in thing.notations),
    lambda thing, word: any(_plain(code).startswith(_plain(word) + "/") for code in thing.notations),
    lambda thing, word: any(_plain(label) == _plain(word) for label in thing.labels),
    lambda thing, word: any(_begins(_plain(label), _plain(word)) for label in thing.labels),
)


def _unknown(word: str, kind: str, candidates: list[Candidate]) -> UserError:
    """The error for a word that means nothing here, with the names that are like it or hold it."""
    names = {_plain(name): name for candidate in candidates for name in candidate.names()}
    plain = _plain(word)
    like = [] if word.startswith(_HTTP) else get_close_matches(plain, names, n=_SHOWN, cutoff=0.5)
    holding = [name for name in names if len(plain) > 2 and plain in name]
    near = [names[name] for name in dict.fromkeys([*like, *holding])][:_SHOWN]
    return fail("thing-unknown", word=word, kind=_kind(kind), near=", ".join(near) or "–", nearest=near)


def _kind(kind: str) -> str | dict[str, str]:
    """What people call a class, by language; a class without a word of ours keeps its name."""
    key = _KINDS.get(kind)
    return {lang: say(key, lang) for lang in LANGUAGES} if key else kind.removeprefix("pg:")

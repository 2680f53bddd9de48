"""What pages know of the things that they mention: labels, short codes, classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.catalogue.bind import iri as iri_term
from pactgraph.namespaces import DCTERMS, PREFIXES, RDF, RDFS, SKOS
from pactgraph.store.readers import Request
from pactgraph.texts import LANGUAGES
from pactgraph.web.cache import AnswerCache
from pactgraph.web.wording import has_word, word

_LABELS = (RDFS + "label", SKOS + "prefLabel", DCTERMS + "title")
_AT_ONCE = 500
_KEPT = 50_000


@dataclass
class Thing:
    """A resource by its IRI, with labels by property and language, its short code and its classes (IRIs)."""

    iri: str
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    notation: str | None = None
    classes: set[str] = field(default_factory=set)

    def label(self, lang: str) -> tuple[str, str]:
        """The label and its language (empty: none): the language asked for, else English, else another, else code or
        IRI."""
        for wanted in (lang, None):
            for name in _LABELS:
                texts = self.labels.get(name, {})
                for language in sorted(texts, key=lambda code: (code != "en", code)):
                    if wanted is None or language == wanted:
                        return texts[language], language
        return self.notation or short(self.iri), ""

    def is_a(self, *names: str) -> bool:
        """Whether the thing has one of these classes of the ontology (local names)."""
        return any(PREFIXES["pg"] + name in self.classes for name in names)


def short(iri: str) -> str:
    """An IRI in as few characters as a person can still read."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace):]}"
    return iri


class Things:
    """The things of one generation, looked up when first asked for."""

    def __init__(self, answers: AnswerCache) -> None:
        self._answers = answers
        self._known: dict[str, Thing] = {}

    def get(self, iri: str) -> Thing:
        """A thing that was looked up; without its labels where it was not."""
        return self._known.get(iri) or Thing(iri)

    async def look_up(self, iris: Iterable[str]) -> None:
        """Make sure that the things can be named."""
        wanted = set(iris)
        for iri in wanted & self._known.keys():  # the last ones are those that were asked for last
            self._known[iri] = self._known.pop(iri)
        missing = sorted(wanted - self._known.keys())
        for start in range(0, len(missing), _AT_ONCE):
            # Known only when whole: another request that mentions the same things while these are looked up must
            # not find them without their names, and a look-up that fails leaves nothing behind.
            self._known.update(await self._loaded(missing[start : start + _AT_ONCE]))
        if len(self._known) > _KEPT:
            self._forget(wanted)

    def _forget(self, wanted: set[str]) -> None:
        """Forget those that nobody asked for the longest: what other requests are about to show stays."""
        oldest = [iri for iri in self._known if iri not in wanted][: len(self._known) - _KEPT // 2]
        for iri in oldest:
            del self._known[iri]

    async def _loaded(self, iris: list[str]) -> dict[str, Thing]:
        things = {iri: Thing(iri, _labels_of_others(iri)) for iri in iris}
        query = load("pages", "names").bind({"thing": " ".join(iri_term(iri) for iri in iris)})
        response = await self._answers.run(Request(query))
        solutions = ox.parse_query_results(response.body, format=ox.QueryResultsFormat.JSON)
        for row in solutions:  # type: ignore[union-attr]
            _add(things[row["thing"].value], row["property"].value, row["value"])
        return things


def _labels_of_others(iri: str) -> dict[str, dict[str, str]]:
    """Our words for a term of another vocabulary; what the graph itself says goes before them."""
    key = "term-" + short(iri).replace(":", "-")
    return {DCTERMS + "title": {lang: word(key, lang) for lang in LANGUAGES}} if has_word(key) else {}


def _add(thing: Thing, name: str, value: ox.NamedNode | ox.Literal) -> None:
    if name == RDF + "type":
        thing.classes.add(value.value)
    elif name == SKOS + "notation":
        thing.notation = value.value
    elif isinstance(value, ox.Literal):
        thing.labels.setdefault(name, {})[value.language or ""] = value.value

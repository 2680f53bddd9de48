"""Says the changes between two builds in words: names of things, properties and values in Vietnamese or English."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pyoxigraph as ox

from pactgraph.namespaces import PG, PREFIXES
from pactgraph.publish.changes import Build, Change, Changes
from pactgraph.texts import LANGUAGES, say

_NAMES = ("rdfs:label", "skos:prefLabel", "dcterms:title", "pg:verbatim", "pg:addresseeBody")
_LEAST = 200
"""A list longer than this is cut in words, with how many more there are; as JSON it is whole."""
Term = ox.NamedNode | ox.Literal
_STANDARD = {name: {lang: say(f"property-{name.lower()}", lang) for lang in LANGUAGES} for name in (
    "label", "prefLabel", "altLabel", "comment", "title", "type", "source", "definition", "broader", "subject", "description",
    "isReplacedBy", "identifier", "notation", "rights", "license", "references", "issued", "modified", "language")}
"""Properties of common vocabularies, which the graph uses and does not name itself, by the ends of their addresses."""


class Words:
    """Names what two builds speak of, in one language; the newer build's words come first."""

    def __init__(self, old: Build, new: Build, lang: str) -> None:
        self.builds = (new, old)
        self.lang = lang

    def name(self, iri: str) -> str:
        """The short code of a thing and its label; the end of its address where it has neither."""
        code = self._first(iri, "skos:notation")
        label = self._label(iri)
        words = " ".join(part for part in (code, label if label != code else "") if part)
        return words or iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]

    def kind(self, iri: str) -> str:
        """The class of a thing in words."""
        for build in self.builds:
            classes = sorted(value.value for value in build.values(iri, "rdf:type"))
            for name in sorted(classes, key=lambda value: not value.startswith(PG)):
                return self._label(name) or name.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        return say("diff-thing", self.lang)

    def value(self, term: Term) -> str:
        """A value: the name of a thing, or the words of a literal with its language."""
        if isinstance(term, ox.NamedNode):
            return self.name(term.value)
        return f"“{term.value}”@{term.language}" if term.language else term.value

    def property(self, iri: str) -> str:
        """A property in words."""
        name = iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        return self._label(iri) or _STANDARD.get(name, {}).get(self.lang) or name

    def _first(self, iri: str, curie: str) -> str:
        for build in self.builds:
            for value in build.values(iri, curie):
                return value.value
        return ""

    def _label(self, iri: str) -> str:
        for curie in _NAMES:
            for build in self.builds:
                values = build.values(iri, curie)
                texts = {getattr(value, "language", None): value for value in values}
                for key in (self.lang, None, *sorted(filter(None, texts))):
                    if key in texts:
                        found = texts[key]
                        return self._label(found.value) if isinstance(found, ox.NamedNode) else found.value
        return ""


def as_words(changes: Changes, old: Build, new: Build, lang: str, most: int | None = None) -> str:
    """The changes as text, one thing a paragraph; what is the same in both builds is not told. ``most``: how many things that
    changed are told in words; the others are counted."""
    words = Words(old, new, lang)
    if not changes:
        return say("diff-same", lang) + "\n"
    head = say("diff-head", lang, added=len(changes.added), removed=len(changes.removed), changed=len(changes.changed),
               opened=len(changes.opened), closed=len(changes.closed))
    parts = [head]
    for key, things in (("diff-added", changes.added), ("diff-removed", changes.removed)):
        parts += _listed(key, things, words)
    if changes.changed:
        parts.append(say("diff-changed", lang))
        told = _by_kind(changes.changed, words)[:most]
        parts += ["\n".join(_thing(thing, found, words)) for thing, found in told]
        if len(told) < len(changes.changed):
            parts.append(f"  {say('diff-more', lang, count=len(changes.changed) - len(told))}")
    for key, things in (("diff-opened", changes.opened), ("diff-closed", changes.closed)):
        parts += _listed(key, things, words, kind=False)
    return "\n\n".join(parts) + "\n"


def _listed(key: str, things: list[str], words: Words, kind: bool = True) -> list[str]:
    if not things:
        return []
    lines = sorted(f"  {words.kind(thing)}: {words.name(thing)}" if kind else f"  {words.name(thing)}" for thing in things)
    more = [f"  {say('diff-more', words.lang, count=len(lines) - _LEAST)}"] if len(lines) > _LEAST else []
    return ["\n".join([say(key, words.lang), *lines[:_LEAST], *more])]


def _by_kind(changed: dict[str, list[Change]], words: Words) -> list[tuple[str, list[Change]]]:
    return sorted(changed.items(), key=lambda item: (words.kind(item[0]), words.name(item[0])))


def _thing(thing: str, found: list[Change], words: Words) -> list[str]:
    lines = [f"  {words.kind(thing)}: {words.name(thing)}"]
    for part, changes in groupby(sorted(found, key=lambda change: change.part), key=lambda change: change.part):
        indent = "    "
        if part:
            lines.append(f"    {words.kind(part)}: {words.name(part)}")
            indent += "  "
        lines += [indent + line for change in changes for line in _change(change, words)]
    return lines


def _change(change: Change, words: Words) -> list[str]:
    name = words.property(change.property)
    if len(change.removed) == len(change.added) == 1:
        return [f"{name}: {words.value(change.removed[0])} → {words.value(change.added[0])}"]
    return [*(f"− {name}: {words.value(value)}" for value in change.removed),
            *(f"+ {name}: {words.value(value)}" for value in change.added)]


def as_data(changes: Changes, old: Build, new: Build, lang: str) -> dict[str, Any]:
    """The changes as plain values for JSON, whole."""
    words = Words(old, new, lang)

    def things(iris: list[str]) -> list[dict[str, str]]:
        return [{"iri": iri, "kind": words.kind(iri), "name": words.name(iri)} for iri in iris]

    def change(item: Change) -> dict[str, Any]:
        return {"property": item.property, "name": words.property(item.property), "part": item.part or None,
                "removed": [_plain(term) for term in item.removed], "added": [_plain(term) for term in item.added]}

    return {
        "added": things(changes.added), "removed": things(changes.removed),
        "changed": [{"iri": iri, "kind": words.kind(iri), "name": words.name(iri), "changes": [change(item) for item in found]}
                    for iri, found in changes.changed.items()],
        "gaps_opened": things(changes.opened), "gaps_closed": things(changes.closed),
    }


def _plain(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    extra = {"lang": term.language} if term.language else {}
    datatype = term.datatype.value
    if not extra and datatype != PREFIXES["xsd"] + "string":
        extra = {"datatype": datatype}
    return {"type": "literal", "value": term.value, **extra}

"""The two sides of a crosswalk: recommendations of a document or tasks of a plan, with what their words show they are about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.catalogue import bind as terms
from pactgraph.catalogue import load
from pactgraph.questions.crosswalk.words import words_of
from pactgraph.questions.resolve import Queryable

RECOMMENDATION, TASK = "recommendation", "task"
_PIECES = re.compile(r"[;:&()/,]|\s-\s")
_LEAST_OF_ARTICLE = 3
"""The fewest words of a title of an article that count: "Amendment" stands in many texts that are not about that article."""
_LABELLED = re.compile(r"^[^:]{0,40}\d[^:]{0,20}:\s*")
"""What a label of ours puts before a subject: the name and number of the paragraph."""


@dataclass
class Item:
    """A recommendation or task. ``loaded``: whether its own words are known, not our subject only; ``parts`` its lettered parts;
    ``more`` what is read beside its words (the concern behind it, the heading above it); ``source`` the file of its words, or a
    citation where it has none (``cited``)."""

    iri: str
    kind: str
    code: str
    text: str = ""
    lang: str = ""
    loaded: bool = False
    parts: dict[str, str] = field(default_factory=dict)
    more: str = ""
    source: str = ""
    cited: str = ""
    subjects: set[str] = field(default_factory=set)

    @property
    def words(self) -> str:
        """All words of it."""
        return " ".join(filter(None, [self.text, *self.parts.values()]))

    @property
    def shown(self) -> str:
        """Its words with the letters of the parts, for people."""
        return " ".join(filter(None, [self.text, *(f"({letter}) {said}" for letter, said in self.parts.items())]))


@dataclass(frozen=True)
class Names:
    """The names of subjects as lists of words, by language."""

    known: dict[str, list[tuple[str, tuple[str, ...]]]]
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    """The name of each subject to show, by language."""

    def in_text(self, text: str, lang: str) -> set[str]:
        """The subjects whose name stands in a text."""
        said = f" {' '.join(words_of(text))} "
        return {subject for subject, name in self.known.get(lang, ()) if f" {' '.join(name)} " in said}


def rows(store: Queryable, name: str, **values: str) -> list[dict[str, str]]:
    """The rows of a lookup as texts; the language of ``said`` stands in ``lang``."""
    found = store.query(load("lookup", name).bind({key: terms.iri(value) for key, value in values.items()}))
    assert isinstance(found, ox.QuerySolutions)
    columns = [variable.value for variable in found.variables]
    listed = []
    for row in found:
        values_of = {column: getattr(row[column], "value", "") for column in columns}
        if "said" in values_of:
            values_of["lang"] = getattr(row["said"], "language", "") or ""
        if "source" in columns and isinstance(row["source"], ox.Literal):
            values_of["cited"], values_of["source"] = values_of["source"], ""
        listed.append(values_of)
    return listed


def names(store: Queryable) -> Names:
    """The names of themes, groups and articles. A name of several pieces counts by each piece of two words and more."""
    known: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(store, "crosswalk-names"):
        if row["first"] == "1":
            labels[row["subject"]][row["lang"]] = row["name"]
        whole = tuple(words_of(row["name"]))
        pieces = {piece for text in _PIECES.split(row["name"]) if len(piece := tuple(words_of(text))) > 1} | {whole}
        least = _LEAST_OF_ARTICLE if "/article/" in row["subject"] else 1
        known[row["lang"]] += [(row["subject"], name) for name in pieces if len(name) >= least]
    return Names(dict(known), dict(labels))


def recommendations(store: Queryable, document: str, known: Names, prefer: str = "en") -> list[Item]:
    """The recommendations of a document that can be compared; not those of which only the number is known."""
    return _with_subjects(store, document, known, _items(rows(store, "crosswalk-recommendations", whole=document),
                                                         RECOMMENDATION, prefer))


def tasks(store: Queryable, plan: str, known: Names, prefer: str) -> list[Item]:
    """The tasks of a plan (no headings), in the language ``prefer`` where they have words in it."""
    return _with_subjects(store, plan, known, _items(rows(store, "crosswalk-tasks", whole=plan), TASK, prefer))


def language_of(store: Queryable, plan: str) -> str:
    """The language in which most tasks of a plan have their words; of several the one whose words are no translation: the plan's
    own file has it too."""
    count: dict[str, int] = defaultdict(int)
    for row in rows(store, "crosswalk-tasks", whole=plan):
        if row["kind"] == "words":
            count[row["lang"]] += 1
    return max(sorted(count, reverse=True), key=lambda lang: count[lang], default="")


def _items(found: Iterable[dict[str, str]], kind: str, prefer: str) -> list[Item]:
    grouped: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in found:
        grouped[row["thing"]].append(row)
    return [_item(thing, mine, kind, prefer) for thing, mine in grouped.items()]


def _item(thing: str, mine: list[dict[str, str]], kind: str, prefer: str) -> Item:
    item = Item(thing, kind, mine[0]["code"])
    item.source = next((row["source"] for row in mine if row["source"]), "")
    item.cited = next((row["cited"] for row in mine if row.get("cited")), "")
    said = _chosen(mine, "words", prefer)
    item.loaded = bool(said) or any(row["kind"] == "part" for row in mine)
    item.parts = {row["part"]: row["said"] for row in mine if row["kind"] == "part"}
    label = _chosen(mine, "label", prefer)
    item.text = said["said"] if said else "" if item.parts else _LABELLED.sub("", label["said"]) if label else ""
    item.lang = next((row["lang"] for row in (said, label, *mine) if row and row["lang"]), prefer)
    item.more = " ".join(dict.fromkeys(row["said"] for row in mine if row["kind"] in ("concern", "heading")
                                       and row["lang"] == item.lang))
    return item


def _chosen(mine: list[dict[str, str]], kind: str, prefer: str) -> dict[str, str] | None:
    said = [row for row in mine if row["kind"] == kind]
    return next((row for row in said if row["lang"] == prefer), said[0] if said else None)


def _with_subjects(store: Queryable, whole: str, known: Names, items: list[Item]) -> list[Item]:
    linked: dict[str, set[str]] = defaultdict(set)
    for row in rows(store, "crosswalk-subjects", whole=whole):
        linked[row["thing"]].add(row["subject"])
    for item in items:
        said = f"{item.words} {item.more}" if item.kind == RECOMMENDATION else item.words
        item.subjects = linked[item.iri] | known.in_text(said, item.lang)
    return items

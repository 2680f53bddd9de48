"""What changed between two builds, thing by thing: added, removed, changed, and gaps that opened or closed.

A part of a thing (a responsibility, a deadline, a result, an addressee) is told as a change of the thing it belongs to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.namespaces import PG, PREFIXES
from pactgraph.sources.quads import expand

Statements = dict[str, set[tuple[str, ox.NamedNode | ox.Literal]]]
_UNTOLD = ("derived/inferred", "meta", "shapes", "void")
"""Graphs that follow from the others or describe and count them: their changes are told by what they follow from."""
_HAS = ("hasResponsibility", "hasDeadline", "hasExpectedResult", "hasAddressee")
_OF = ("responsibilityOf", "deadlineOf", "expectedResultOf", "addresseeOf")
_TYPE = PREFIXES["rdf"] + "type"


@dataclass(frozen=True)
class Change:
    """A change of one property of a thing: values in N-Triples terms that went and that came. ``part`` is the IRI of the
    part of the thing that it is about, empty for the thing itself."""

    property: str
    removed: tuple[ox.NamedNode | ox.Literal, ...]
    added: tuple[ox.NamedNode | ox.Literal, ...]
    part: str = ""


@dataclass
class Changes:
    """The differences of two builds; things are IRIs, sorted."""

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: dict[str, list[Change]] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.opened or self.closed)


class Build:
    """The statements of one build that are worth telling, by subject."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.about: Statements = defaultdict(set)
        self.owner: dict[str, str] = {}
        for quad in quads:
            graph = getattr(quad.graph_name, "value", "").partition("/graph/")[2]
            if graph in _UNTOLD or not isinstance(quad.subject, ox.NamedNode):
                continue  # a blank node has no name by which two builds could be compared
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                self.about[quad.subject.value].add((quad.predicate.value, quad.object))
        for subject, statements in self.about.items():
            for predicate, value in statements:
                self._note_part(subject, predicate.removeprefix(PG), value.value)

    def _note_part(self, subject: str, name: str, value: str) -> None:
        if name in _HAS:
            self.owner[value] = subject
        elif name in _OF:
            self.owner[subject] = value

    def whole(self, thing: str) -> str:
        """The thing that a part belongs to; a thing that is no part is its own whole."""
        seen = {thing}
        while thing in self.owner and self.owner[thing] not in seen:
            thing = self.owner[thing]
            seen.add(thing)
        return thing

    def values(self, thing: str, curie: str) -> list[ox.NamedNode | ox.Literal]:
        """The values of a property (a CURIE) of a thing, sorted."""
        wanted = expand(curie).value
        return sorted((value for predicate, value in self.about.get(thing, ()) if predicate == wanted), key=str)

    def is_gap(self, thing: str) -> bool:
        """Whether a thing is a gap."""
        return (_TYPE, ox.NamedNode(PG + "Gap")) in self.about.get(thing, ())


def compare(old: Build, new: Build) -> Changes:
    """The changes from one build to another."""
    changes = Changes()
    for thing in sorted(old.about.keys() | new.about.keys()):
        before, after = old.about.get(thing, set()), new.about.get(thing, set())
        if before == after:
            continue
        if new.is_gap(thing) or old.is_gap(thing):
            _gap(changes, thing, before, after)
        else:
            _thing(changes, thing, old, new)
    return changes


def _gap(changes: Changes, thing: str, before: object, after: object) -> None:
    if not before:
        changes.opened.append(thing)
    elif not after:
        changes.closed.append(thing)


def _thing(changes: Changes, thing: str, old: Build, new: Build) -> None:
    whole = (new if thing in new.about else old).whole(thing)
    stands = whole in old.about and whole in new.about
    if thing == whole and not stands:
        (changes.added if thing in new.about else changes.removed).append(thing)
    elif stands:
        found = _differences(thing, old, new, "" if thing == whole else thing)
        if found:
            changes.changed.setdefault(whole, []).extend(found)


def _differences(thing: str, old: Build, new: Build, part: str) -> list[Change]:
    before, after = old.about.get(thing, set()), new.about.get(thing, set())
    if part and not (before and after):
        return []  # told by the link of the whole to its part
    gone, come = before - after, after - before
    return [
        Change(predicate, _of(predicate, gone), _of(predicate, come), part)
        for predicate in sorted({predicate for predicate, _ in gone | come})
        if predicate.removeprefix(PG) not in _OF
    ]


def _of(predicate: str, statements: Iterable[tuple[str, ox.NamedNode | ox.Literal]]) -> tuple[ox.NamedNode | ox.Literal, ...]:
    return tuple(sorted((value for name, value in statements if name == predicate), key=str))

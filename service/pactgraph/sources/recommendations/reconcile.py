"""Compares the records of an export with those that were imported before: new, same, changed, vanished, or not to be told apart.

A record is found again by the annotation id of the index, then by symbol, paragraph and part, then by its text. What matches
several is told, never guessed. Nothing is deleted: a record that the export of the same document no longer has is marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pactgraph.sources.recommendations.records import Record, text_sha256

NEW, SAME, CHANGED, AMBIGUOUS, VANISHED = "new", "same", "changed", "ambiguous", "vanished"
Held = TypeVar("Held")
"""What a caller keeps with an earlier record: where it came from, what it became."""


@dataclass(frozen=True)
class Outcome(Generic[Held]):
    """What became of a record: ``earlier`` and what was held with it where it was found again, ``differences`` field by field,
    ``candidates`` the earlier records between which an ambiguous one could not choose."""

    record: Record
    status: str
    earlier: Record | None = None
    held: Held | None = None
    differences: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    candidates: tuple[Record, ...] = ()


@dataclass
class Comparison(Generic[Held]):
    """The outcomes in the order of the export, and the earlier records that vanished from it."""

    outcomes: list[Outcome[Held]]
    vanished: list[tuple[Record, Held]]

    def count(self, status: str) -> int:
        """How many records came out so."""
        return len(self.vanished) if status == VANISHED else sum(outcome.status == status for outcome in self.outcomes)

    @property
    def changes_nothing(self) -> bool:
        """Whether every record is as it was, and none vanished."""
        return not self.vanished and all(outcome.status == SAME for outcome in self.outcomes)


Key = Callable[[Record], Hashable | None]


def _by_annotation(record: Record) -> Hashable | None:
    return record.annotation_id


def _by_place(record: Record) -> Hashable | None:
    if not record.symbol or not record.paragraph:
        return None
    return (record.symbol, record.paragraph, record.part, record.type)


def _by_text(record: Record) -> Hashable | None:
    return (record.symbol, record.session, record.countries, tuple(sorted(record.recommending_states)), text_sha256(record.text))


KEYS: tuple[Key, ...] = (_by_annotation, _by_place, _by_text)


def compare(records: Iterable[Record], earlier: Iterable[tuple[Record, Held]]) -> Comparison[Held]:
    """Compare an export with the earlier records that still count."""
    now = list(records)
    before = list(earlier)
    matched: dict[int, int] = {}
    unclear: dict[int, tuple[int, ...]] = {}
    free_now, free_before = set(range(len(now))), set(range(len(before)))
    for key in KEYS:
        groups = _groups(now, free_now, [record for record, _ in before], free_before, key)
        for mine, theirs in groups:
            for place, other in _pairs(mine, theirs, now, before, unclear):
                matched[place] = other
                free_now.discard(place)
                free_before.discard(other)
    outcomes = [_outcome(record, place, matched, unclear, before) for place, record in enumerate(now)]
    doubtful = {other for place, others in unclear.items() if place not in matched for other in others}
    scopes = {_scope(record) for record in now}
    vanished = [before[place] for place in sorted(free_before - doubtful) if _scope(before[place][0]) in scopes]
    return Comparison(outcomes, vanished)


def _groups(now: list[Record], free_now: set[int], before: list[Record], free_before: set[int],
            key: Key) -> list[tuple[list[int], list[int]]]:
    """The free records of both sides that have the same key."""
    mine: dict[Hashable, list[int]] = defaultdict(list)
    theirs: dict[Hashable, list[int]] = defaultdict(list)
    for places, records, found in ((free_now, now, mine), (free_before, before, theirs)):
        for place in sorted(places):
            value = key(records[place])
            if value is not None:
                found[value].append(place)
    return [(places, theirs[value]) for value, places in mine.items() if value in theirs]


def _pairs(mine: list[int], theirs: list[int], now: list[Record], before: list[tuple[Record, Held]],
           unclear: dict[int, tuple[int, ...]]) -> list[tuple[int, int]]:
    """The pairs of a group: one of each, or those that are the same in every field; the rest of a larger group is unclear."""
    if len(mine) == len(theirs) == 1:
        return [(mine[0], theirs[0])]
    found: list[tuple[int, int]] = []
    left = list(theirs)
    for place in mine:
        twin = next((other for other in left if not now[place].differences(before[other][0])), None)
        if twin is not None:
            left.remove(twin)
            found.append((place, twin))
    rest = [place for place in mine if place not in {pair[0] for pair in found}]
    if len(rest) == len(left) == 1:
        found.append((rest[0], left[0]))
    elif left:
        unclear.update({place: tuple(left) for place in rest})
    return found


def _outcome(record: Record, place: int, matched: dict[int, int], unclear: dict[int, tuple[int, ...]],
             before: list[tuple[Record, Held]]) -> Outcome[Held]:
    if place in matched:
        earlier, held = before[matched[place]]
        differences = record.differences(earlier)
        return Outcome(record, CHANGED if differences else SAME, earlier, held, differences)
    if place in unclear:
        return Outcome(record, AMBIGUOUS, candidates=tuple(before[other][0] for other in unclear[place]))
    return Outcome(record, NEW)


def _scope(record: Record) -> Hashable:
    """What an export that has one record of it has whole: a document, or (without symbols) a State's session."""
    return (record.symbol, record.body) if record.symbol else (record.countries, record.body, record.session)

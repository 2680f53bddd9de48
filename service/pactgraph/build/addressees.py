"""Works out who answers for each responsibility, in intervals of time.

A body of the plan's day may have been merged or split since, function by function. Where the function that a
responsibility concerns is known, its successor is the body that took over that function; where it is not known and the
body is gone, every successor is a candidate and the basis is "ambiguous". Intervals are stored, never "today": a
question picks those of the day that it is asked for.

A unit inside a body has transfers of its own; without any it goes where its body goes. A group of bodies names no
single body: whoever followed it, the basis stays "none".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from pactgraph.build.facts import Facts
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter

_RANK = ("verified", "unverified", "ambiguous", "none")
_TRUSTED = frozenset({concept("verification", "verified"), concept("verification", "secondary")})


READS = frozenset({
    "pg:adoptedOn", "pg:concernsFunction", "pg:continuesSource", "pg:effectiveOn", "pg:existsUntil", "pg:inPlan",
    "pg:responsibilityOf", "pg:responsibleAgent", "pg:transferFrom", "pg:transferTo", "pg:transfersFunction", "pg:unitOf",
    "pg:verification",
})
CLASSES = frozenset({"pg:BodyGroup", "pg:FunctionTransfer", "pg:Responsibility"})
"""All that addressees are worked out from: values of these properties, and things stated to be of these classes."""


@dataclass(frozen=True)
class Transfer:
    """One transfer of a function (None: the body as a whole) from one body to another on a day."""

    iri: str
    giver: str
    taker: str
    functions: frozenset[str]
    effective: str
    trusted: bool


@dataclass(frozen=True)
class Interval:
    """A body answers from a day (inclusive) until a day (exclusive; None: still) on some basis."""

    body: str
    start: str
    until: str | None
    basis: str
    transfer: str | None = None


def worst(*bases: str) -> str:
    """The weakest of several bases."""
    return max(bases, key=_RANK.index)


class Succession:
    """The bodies of a graph and how their functions moved."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._groups = frozenset(facts.instances("pg:BodyGroup"))
        self._given: dict[str, list[Transfer]] = {}
        for iri in facts.instances("pg:FunctionTransfer"):
            transfer = self._transfer(iri)
            if transfer:
                self._given.setdefault(transfer.giver, []).append(transfer)

    def _transfer(self, iri: str) -> Transfer | None:
        facts = self.facts
        giver, taker = facts.one(iri, "pg:transferFrom"), facts.one(iri, "pg:transferTo")
        effective = facts.one(iri, "pg:effectiveOn")
        if not (giver and taker and effective):
            return None
        functions = frozenset(facts.all(iri, "pg:transfersFunction"))
        trusted = facts.one(iri, "pg:verification") in _TRUSTED
        return Transfer(iri, giver, taker, functions, effective, trusted)

    def intervals(self, agent: str, functions: list[str], start: str) -> list[Interval]:
        """Who answers from ``start`` on for what ``agent`` was given on the subjects ``functions``."""
        if agent in self._groups:
            return _merged(self._unknown_function(agent, start, "none"))
        if not functions:
            return _merged(self._unknown_function(agent, start, "verified"))
        found: list[Interval] = []
        for function in functions:
            found += self._one_function(agent, function, start, "verified", None)
        return _merged(found)

    def _giver(self, agent: str) -> str:
        """The agent whose transfers move an agent: a unit with none of its own goes with its body."""
        body = self.facts.one(agent, "pg:unitOf")
        own = agent in self._given or self.facts.one(agent, "pg:existsUntil")
        return body if body and not own else agent

    def _one_function(self, body: str, function: str, start: str, basis: str, via: str | None) -> list[Interval]:
        """The chain of bodies that had one function."""
        basis = "none" if body in self._groups else basis
        giver = self._giver(body)
        moves = self._movers(giver, function, start)
        end = moves[0].effective if moves else self.facts.one(giver, "pg:existsUntil")
        if end is None:
            return [Interval(body, start, None, worst(basis, self._standing(body)), via)]
        found = [Interval(body, start, end, basis, via)]
        for move in moves:
            following = "ambiguous" if len(moves) > 1 else "verified" if move.trusted else "unverified"
            found += self._one_function(move.taker, function, end, worst(basis, following), move.iri)
        return found

    def _movers(self, body: str, function: str, start: str) -> list[Transfer]:
        """The transfers that moved a function on one day: those that name it, else mergers of the body as a whole; one
        a receiving body, so that several stand for a split that nothing recorded decides."""
        later = [item for item in self._given.get(body, ()) if item.effective > start]
        named = [item for item in later if function in item.functions]
        whole = [item for item in later if not item.functions]
        candidates = sorted(named or whole, key=lambda item: (item.effective, not item.trusted, item.iri))
        first: dict[str, Transfer] = {}
        for item in candidates:
            if item.effective == candidates[0].effective:
                first.setdefault(item.taker, item)
        return list(first.values())

    def _unknown_function(self, body: str, start: str, basis: str, via: str | None = None) -> list[Interval]:
        """Who answers where the function is not known: the body while it lasts, then all its successors."""
        basis = "none" if body in self._groups else basis
        giver = self._giver(body)
        end = self.facts.one(giver, "pg:existsUntil")
        if end is None or end <= start:
            return [Interval(body, start, None, worst(basis, self._standing(body)), via)]
        found = [Interval(body, start, end, basis, via)]
        transfers = [item for item in self._given.get(giver, ()) if item.effective >= start]
        takers = sorted({item.taker for item in transfers})
        for taker in takers:
            moved = [item for item in transfers if item.taker == taker]
            trusted = any(item.trusted for item in moved)
            following = "ambiguous" if len(takers) > 1 else "verified" if trusted else "unverified"
            found += self._unknown_function(taker, moved[0].effective, worst(basis, following), moved[0].iri)
        return found

    def _standing(self, agent: str) -> str:
        """Whether a source says that an agent still stands."""
        return "verified" if self.facts.one(agent, "pg:continuesSource") else "unverified"


def _merged(intervals: list[Interval]) -> list[Interval]:
    """One interval a body and time, with the weakest basis of those that agree in both."""
    kept: dict[tuple[str, str, str | None], Interval] = {}
    for item in intervals:
        key = (item.body, item.start, item.until)
        other = kept.get(key)
        if other is None or worst(other.basis, item.basis) != other.basis:
            kept[key] = item
    return sorted(kept.values(), key=lambda item: (item.start, item.body))


def derive_addressees(quads: Iterable[ox.Quad], graph: str) -> list[ox.Quad]:
    """The addressees of every responsibility of a plan, as quads of ``graph``."""
    facts = Facts(quads)
    succession = Succession(facts)
    out = GraphWriter(graph)
    for responsibility in facts.instances("pg:Responsibility"):
        agent = facts.one(responsibility, "pg:responsibleAgent")
        start = _plan_day(facts, responsibility)
        if agent and start:
            functions = facts.all(responsibility, "pg:concernsFunction")
            for ordinal, item in enumerate(succession.intervals(agent, functions, start), 1):
                _write(out, responsibility, f"{responsibility}/addressee/{ordinal}", item)
    return out.quads


def _plan_day(facts: Facts, responsibility: str) -> str | None:
    item = facts.one(responsibility, "pg:responsibilityOf")
    plan = facts.one(item, "pg:inPlan") if item else None
    return facts.one(plan, "pg:adoptedOn") if plan else None


def _write(out: GraphWriter, responsibility: str, subject: str, item: Interval) -> None:
    out.link(responsibility, "pg:hasAddressee", subject)
    out.a(subject, "pg:Addressee")
    out.link(subject, "pg:addresseeBody", item.body)
    out.value(subject, "pg:validFrom", date.fromisoformat(item.start))
    out.value(subject, "pg:validUntil", date.fromisoformat(item.until) if item.until else None)
    out.link(subject, "pg:basis", concept("basis", item.basis))
    out.link(subject, "pg:byTransfer", item.transfer)

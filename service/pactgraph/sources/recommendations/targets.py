"""What a record of an export is about: a thing that the graph has, or one to be made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from pactgraph.ids import Ids
from pactgraph.namespaces import PG, RDF
from pactgraph.sources.quads import expand
from pactgraph.sources.recommendations.countries import Countries
from pactgraph.sources.recommendations.records import PLEDGE, RECOMMENDATION, Record, text_sha256

UPR, TREATY_BODIES = "UPR", frozenset({"CCPR", "CESCR", "CERD", "CEDAW", "CAT", "CRC", "CMW", "CRPD", "CED", "SPT"})
_INDEXED = frozenset(expand(name).value for name in (
    "pg:textStatus", "pg:placeholder", "pg:recordedPosition", "pg:publishedOn", "pg:concernsState", "pg:actionLevel",
    "pg:textSha256", "pg:recommendingState", "rdfs:label", "pg:inCycle", "pg:sessionNumber", "pg:reviewTreaty", "pg:pairedWith",
    "pg:followUp", "pg:responseDueOn"))
_TYPE = RDF + "type"


@dataclass(frozen=True)
class Target:
    """``thing``: the paragraph, recommendation or share; ``part`` the lettered part of it that the record is, if any;
    ``reason``: why the record is about nothing that could be named (a key of a message), "" where it is."""

    thing: str = ""
    part: str = ""
    kind: str = ""
    country: str = ""
    reason: str = ""

    @property
    def subject(self) -> str:
        """What the words of the record are said of."""
        return self.part or self.thing


class Known:
    """What the graph says of the things that a record may be about."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.classes: dict[str, set[str]] = defaultdict(set)
        self.values: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.shares: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.add(quads)

    def add(self, quads: Iterable[Quad]) -> None:
        """Take in more statements."""
        shas: dict[str, str] = {}
        for quad in quads:
            if not isinstance(quad.subject, NamedNode):
                continue
            predicate = quad.predicate.value
            if predicate == _TYPE and isinstance(quad.object, NamedNode):
                self.classes[quad.subject.value].add(quad.object.value.removeprefix(PG))
            elif predicate in _INDEXED:
                self.values[quad.subject.value, predicate].add(quad.object.value)  # type: ignore[union-attr]
                if predicate == expand("pg:textSha256").value:
                    shas[quad.subject.value] = quad.object.value  # type: ignore[union-attr]
        for share, sha in shas.items():
            if "StateRecommendation" in self.classes[share]:
                for state in self.values[share, expand("pg:recommendingState").value]:
                    self.shares[sha, state].add(share)

    def has(self, thing: str) -> bool:
        """Whether something is said of a thing."""
        return thing in self.classes

    @property
    def cycles(self) -> list[str]:
        """The review cycles."""
        return [thing for thing, classes in self.classes.items() if "ReviewCycle" in classes]

    def stated(self, thing: str, predicate: str) -> set[str]:
        """The values of an indexed predicate (a CURIE)."""
        return self.values.get((thing, expand(predicate).value), set())


class Targets:
    """Finds, or names, what records are about. ``records`` are those of one export: a paragraph that any of them calls a
    recommendation is one."""

    def __init__(self, known: Known, ids: Ids, countries: Countries, records: Iterable[Record]) -> None:
        self.known, self.ids, self.countries = known, ids, countries
        self.recommended = {(record.symbol, record.paragraph) for record in records if record.type == RECOMMENDATION}

    def of(self, record: Record) -> Target:
        """The target of a record."""
        country = next((code for name in record.countries if (code := self.countries.code(name)) in self.countries.states
                        or (code and self.known.has(self.ids.state(code)))), None)
        if country is None:
            return Target(reason="import-country-unknown")
        if record.type == PLEDGE:
            return Target(reason="import-pledge")
        if record.symbol is None:
            return self._share(record, country)
        if record.paragraph is None:
            return Target(reason="import-no-number")
        return self._review(record, country) if record.body == UPR else self._paragraph(record, country)

    def _share(self, record: Record, country: str) -> Target:
        """A row of the UPR Info database: the share of one State, found by its words."""
        state = self.countries.code(record.recommending_states[0]) if record.recommending_states else None
        if state not in self.countries.states:
            return Target(reason="import-state-unknown")
        sha = text_sha256(record.text)
        found = self.known.shares.get((sha, self.ids.state(state or "")), set())
        if len(found) > 1:
            return Target(reason="import-ambiguous")
        made = self.ids.state_recommendation(f"{country}-session-{record.session}", f"{state}/{sha[:12]}")
        return Target(next(iter(found), made), kind="StateRecommendation", country=country)

    def _review(self, record: Record, country: str) -> Target:
        assert record.symbol and record.paragraph
        thing = self.ids.recommendation(record.symbol, record.paragraph, record.part or "")
        return Target(thing, kind="UprRecommendation", country=country)

    def _paragraph(self, record: Record, country: str) -> Target:
        assert record.symbol and record.paragraph
        recommendation = self.ids.recommendation(record.symbol, record.paragraph)
        paragraph = self.ids.paragraph(record.symbol, record.paragraph)
        recommended = (record.symbol, record.paragraph) in self.recommended
        if self.known.has(recommendation) or (recommended and not self.known.has(paragraph)):
            kind = "TreatyBodyRecommendation" if record.body in TREATY_BODIES else "Recommendation"
            part = self.ids.recommendation(record.symbol, record.paragraph, record.part) if record.part else ""
            return Target(recommendation, part, kind, country)
        lettered = f"{paragraph}/{record.part}"
        return Target(lettered if record.part and self.known.has(lettered) else paragraph, "", "DocumentParagraph", country)

"""What the graph says of a body's reports: the other end of the round trip. Reads and writes the statements of an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter, expand
from pactgraph.sources.workbook.answers import Answer, Evidence
from pactgraph.sources.workbook.clean import clean
from pactgraph.sources.workbook.row import FilledRow

_KINDS = (expand("pg:ProgressStatement").value, expand("pg:StatusObservation").value)
Things = dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]


@dataclass
class Standing:
    """The reports of one body in one graph, by item and day."""

    reports: dict[str, dict[date, Answer]] = field(default_factory=dict)
    quads: dict[tuple[str, date], set[ox.Quad]] = field(default_factory=dict)
    subjects: set[str] = field(default_factory=set)
    beneath: set[tuple[str, date]] = field(default_factory=set)
    """Reports that have come further and stand in another graph; their quads are not held."""

    def latest(self, item: str, until: date | None = None) -> Answer:
        """The last report on an item (by a day); an empty answer where there is none."""
        days = [day for day in self.reports.get(item, {}) if until is None or day <= until]
        return self.reports[item][max(days)] if days else Answer()

    def at(self, item: str, day: date | None) -> Answer | None:
        """The report on an item for a day."""
        return self.reports.get(item, {}).get(day) if day else None

    def is_beneath(self, item: str, day: date | None) -> bool:
        """Whether a report on an item for a day has come further already."""
        return (item, day) in self.beneath

    def over(self, other: Standing) -> Standing:
        """The same with the reports that have come further beneath."""
        self.beneath = {(item, day) for item, days in other.reports.items() for day in days}
        for item, days in other.reports.items():
            self.reports[item] = days | self.reports.get(item, {})
        return self


def standing(quads: Iterable[ox.Quad]) -> Standing:
    """Read the reports of a graph."""
    found: Standing = Standing()
    things: Things = defaultdict(lambda: defaultdict(list))
    of: dict[str, set[ox.Quad]] = defaultdict(set)
    for quad in quads:
        subject = getattr(quad.subject, "value", "")
        things[subject][quad.predicate.value].append(quad.object)  # type: ignore[arg-type]
        of[subject].add(quad)
    found.subjects = set(things)
    for subject in sorted(things):
        thing = things[subject]
        kinds = [kind for kind in _values(thing, "rdf:type") if kind in _KINDS]
        item, day = _one(thing, "pg:aboutItem"), _day(_one(thing, "pg:asOf"))
        if not kinds or not item or day is None:
            continue
        evidence = _values(thing, "pg:hasEvidence")
        for name in (subject, *evidence):
            found.quads.setdefault((item, day), set()).update(of.get(name, ()))
        before = found.reports.setdefault(item, {}).get(day, Answer(day=day))
        found.reports[item][day] = _joined(before, thing, [things[name] for name in evidence if name in things])
    return found


def _joined(before: Answer, thing: dict[str, list[ox.NamedNode | ox.Literal]],
            evidence: list[dict[str, list[ox.NamedNode | ox.Literal]]]) -> Answer:
    files = {Evidence(_one(one, "pg:fileName"), _one(one, "pg:sha256")) for one in evidence}
    addresses = {Evidence(address=address) for address in _values(thing, "rdfs:seeAlso")}
    return Answer(
        status=_one(thing, "pg:taskStatus").rsplit("/", 1)[-1] or before.status,
        done=clean(_one(thing, "pg:statementText")) or before.done,
        day=before.day,
        evidence=tuple(sorted({*before.evidence, *files, *addresses})),
        office=clean(_one(thing, "pg:focalOffice")) or before.office,
        note=clean(_one(thing, "rdfs:comment")) or before.note,
    )


def _values(thing: dict[str, list[ox.NamedNode | ox.Literal]], predicate: str) -> list[str]:
    return sorted(term.value for term in thing.get(expand(predicate).value, []))


def _one(thing: dict[str, list[ox.NamedNode | ox.Literal]], predicate: str) -> str:
    return next(iter(_values(thing, predicate)), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def report_quads(row: FilledRow, source: str, graph: str, ids: Ids, lang: str, embargo: date | None = None) -> list[ox.Quad]:
    """The statements of a filled-in row, each thing with its workbook and cell."""
    answer, kept = row.answer, row.kept
    assert answer.day is not None
    out = GraphWriter(graph)
    report = ids.report(kept.body, kept.item, answer.day)
    status, words = f"{report}/status", f"{report}/words"
    if answer.status:
        out.a(status, "pg:StatusObservation")
        out.link(status, "pg:taskStatus", concept("task-status", answer.status))
        _common(out, status, row, "status", source, embargo)
    if answer.done:
        out.a(words, "pg:ProgressStatement")
        out.text(words, "pg:statementText", answer.done, lang)
        _common(out, words, row, "done", source, embargo)
    carrier = words if answer.done else status
    out.text(carrier, "rdfs:comment", answer.note, lang)
    out.value(carrier, "pg:focalOffice", answer.office)
    for one in answer.evidence:
        if one.address:
            out.link(carrier, "rdfs:seeAlso", one.address)
            continue
        evidence = f"{report}/evidence/{ids.evidence_key(one.name, one.sha256)}"
        out.a(evidence, "pg:Evidence")
        out.value(evidence, "pg:fileName", one.name)
        out.value(evidence, "pg:sha256", one.sha256)
        out.link(evidence, "pg:accessClass", concept("access-class", "internal"))
        out.link(evidence, "pg:evidenceFor", carrier)
        out.link(carrier, "pg:hasEvidence", evidence)
        out.link(evidence, "dcterms:source", source)
        out.value(evidence, "pg:sourceCell", _cell(row, "evidence"))
    return out.quads


def _common(out: GraphWriter, subject: str, row: FilledRow, column: str, source: str, embargo: date | None) -> None:
    out.link(subject, "pg:aboutItem", row.kept.item)
    out.value(subject, "pg:asOf", row.answer.day)
    out.link(subject, "pg:reportedBy", row.kept.body)
    out.link(subject, "dcterms:source", source)
    out.value(subject, "pg:sourceCell", _cell(row, column))
    out.value(subject, "dcterms:available", embargo)


def _cell(row: FilledRow, column: str) -> str:
    """A cell as spreadsheets name it: ``'mps'!M7``."""
    sheet = row.sheet.replace("'", "''")
    return f"'{sheet}'!{row.places[column]}{row.number}"

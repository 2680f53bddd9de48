"""Brings a filled-in workbook into the graph: first what it would do, row by row, then all of it or nothing.

A row that nobody touched since the export says nothing. One that was changed both in the file and in the graph is a
conflict: it is shown, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from pactgraph import __version__
from pactgraph.access.author import CONTRIBUTOR, Author, body_key
from pactgraph.build.journaled import Journaled, graph_of
from pactgraph.errors import UserError, UserErrors, fail
from pactgraph.ids import Ids
from pactgraph.journal.entry import IMPORT
from pactgraph.journal.graphs import graph_of_body, restricted_graph
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.workbook.answers import Answer
from pactgraph.sources.workbook.layout import ANSWERS, IMPORTER
from pactgraph.sources.workbook.read import Filled
from pactgraph.sources.workbook.row import FilledRow
from pactgraph.sources.workbook.standing import Standing, report_quads, standing
from pactgraph.texts import LANGUAGES, say
from pactgraph.writing.change import Change

NEW, CHANGED, SAME, UNTOUCHED, REFUSED, CONFLICT = "new", "changed", "same", "untouched", "refused", "conflict"
Names = dict[str, dict[str, str]]
OUTCOMES = (NEW, CHANGED, SAME, UNTOUCHED, REFUSED, CONFLICT)
PUBLIC = "public"
STAGES = ("draft", "ministry", "coordinator", PUBLIC)
"""How far a statement has come; only what is public stands in a public graph."""


def stage_graph(body: str, base: str, stage: str = PUBLIC) -> str:
    """The graph of a body's reports at a stage of their clearance."""
    key = body_key(body, base)
    return f"{graph_of_body(key, base)}/workbook" if stage == PUBLIC else restricted_graph(key, base, stage)


def reports_of(state: Journaled, body: str, base: str, stage: str = PUBLIC) -> Standing:
    """The reports of a body that the journal holds at a stage; beneath them those that have come further."""
    found = Standing()
    for name in reversed(STAGES[STAGES.index(stage):]):
        graph = stage_graph(body, base, name)
        quads = state.public if name == PUBLIC else state.restricted
        found = standing(quad for quad in quads if graph_of(quad) == graph).over(found)
    return found


@dataclass
class Line:
    """What becomes of a row. ``changes``: column, what stood, what the file says; for a conflict, what stands in the graph."""

    row: FilledRow
    outcome: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Proposal:
    """What a workbook would do to the graph as it stands at ``head``."""

    filled: Filled
    lines: list[Line]
    stage: str
    head: int
    added: set[ox.Quad] = field(default_factory=set)
    removed: set[ox.Quad] = field(default_factory=set)

    def count(self, outcome: str) -> int:
        """How many rows have an outcome; what is wrong with a sheet as a whole counts as refused."""
        sheets = sum(remark.wrong for remark in self.filled.remarks) if outcome == REFUSED else 0
        return sum(line.outcome == outcome for line in self.lines) + sheets

    @property
    def refused(self) -> bool:
        """Whether nothing may be written."""
        return bool(self.count(REFUSED) + self.count(CONFLICT))

    def problems(self) -> list[UserError]:
        """All that keeps it from being written, each at its place."""
        return [remark.error(self.filled.file) for remark in self.filled.all_remarks() if remark.wrong]

    def change(self, author: Author) -> Change:
        """What to ask of the writer. Where anything is wrong, a UserError that says all of it."""
        if self.refused:
            raise UserErrors(self.problems())
        name = " ".join(self.filled.file.split())
        extra = {"file": name, "sha256": self.filled.sha256, "importer": IMPORTER, "program": __version__}
        return Change(author, frozenset(self.added), frozenset(self.removed), kind=IMPORT, reason=f"workbook {name}",
                      expected=self.head, extra=extra)


def propose(filled: Filled, state: Journaled, author: Author, ids: Ids, *, today: date, stands: Callable[[str], bool],
            names: Names | None = None, embargo: date | None = None) -> Proposal:
    """Compare a workbook with the graph. ``state`` is the journal at its head; ``stands``: whether the graph knows a thing.

    ``names``: the name of each status by code and language, for messages.
    """
    if filled.hidden.meta["base"] != ids.base:
        raise fail("workbook-base", file=filled.file, base=filled.hidden.meta["base"], ours=ids.base)
    stage = filled.hidden.stage
    if stage not in STAGES:
        raise fail("workbook-hidden-changed", file=filled.file)
    if embargo and stage == PUBLIC:
        raise fail("workbook-embargo-public")
    proposal = Proposal(filled, [], stage, state.number)
    known: dict[str, Standing] = {}
    for row in filled.rows:
        body = row.kept.body
        if body not in known:
            known[body] = reports_of(state, body, ids.base, stage)
        if author.scope == CONTRIBUTOR and body_key(body, ids.base) != author.body and row.answer.checksum() != row.kept.answer:
            row.remark("workbook-other-body", "id", name=author.name)
        line = _line(row, known[body], names or {})
        if line.outcome in (NEW, CHANGED) and stage != PUBLIC and known[body].is_beneath(row.kept.item, row.answer.day):
            row.remark("workbook-handed-on", "day")
            line.outcome = REFUSED
        if line.outcome in (NEW, CHANGED) and not (stands(row.kept.item) and stands(body)):
            row.remark("workbook-item-gone", "id")
            line.outcome = REFUSED
        proposal.lines.append(line)
        if line.outcome in (NEW, CHANGED):
            _add(proposal, row, known[body], ids, today, embargo)
    return proposal


def shown(column: str, value: str, names: Names, lang: str) -> str:
    """A value as people see it: the name of a status, a day as dd/mm/yyyy."""
    if column == "status":
        return names.get(value, {}).get(lang, value)
    return date.fromisoformat(value).strftime("%d/%m/%Y") if column == "day" and value else value


def _line(row: FilledRow, known: Standing, names: Names) -> Line:
    if row.wrong:
        return Line(row, REFUSED)
    answer, item = row.answer, row.kept.item
    if answer.checksum() == row.kept.answer:
        return Line(row, UNTOUCHED)
    latest, that_day = known.latest(item), known.at(item, answer.day)
    if that_day == answer:
        return Line(row, SAME)
    if latest.checksum() != row.kept.answer or (that_day is not None and that_day != latest):
        stood = that_day if that_day is not None and latest.checksum() == row.kept.answer else latest
        line = Line(row, CONFLICT, _changes(stood, answer))
        for column, there, _ in line.changes:
            row.remark("workbook-conflict", column, there={
                lang: shown(column, there, names, lang) or say("workbook-empty", lang) for lang in LANGUAGES})
        return line
    return Line(row, CHANGED if that_day is not None else NEW, _changes(latest, answer))


def _changes(before: Answer, after: Answer) -> list[tuple[str, str, str]]:
    return [(column, old, new) for column, old, new in zip(ANSWERS, before.values(), after.values(), strict=True) if old != new]


def _add(proposal: Proposal, row: FilledRow, known: Standing, ids: Ids, today: date, embargo: date | None) -> None:
    assert row.answer.day is not None
    graph = stage_graph(row.kept.body, ids.base, proposal.stage)
    source = ids.workbook(row.kept.item, proposal.filled.sha256)
    proposal.removed |= known.quads.get((row.kept.item, row.answer.day), set())
    proposal.added |= set(report_quads(row, source, graph, ids, proposal.filled.lang, embargo))
    if source not in known.subjects:
        proposal.added |= set(_source(source, graph, proposal.filled, today))


def _source(source: str, graph: str, filled: Filled, today: date) -> list[ox.Quad]:
    """The workbook as a source: its name, checksum, day, and what read it."""
    out = GraphWriter(graph)
    out.a(source, "pg:SourceDocument")
    out.value(source, "pg:fileName", filled.file)
    out.value(source, "pg:sha256", filled.sha256)
    out.value(source, "pg:retrievedOn", today)
    for lang in LANGUAGES:
        out.text(source, "rdfs:label", say("workbook-source", lang, file=filled.file), lang)
        out.text(source, "rdfs:comment", say("workbook-source-note", lang, importer=IMPORTER, program=__version__,
                                             generation=filled.hidden.meta["generation"][:20],
                                             journal=filled.hidden.meta["journal"]), lang)
    return out.quads

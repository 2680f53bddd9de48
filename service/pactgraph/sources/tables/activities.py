"""A plan whose text has no annex table: its items, bodies and results, noted by hand from the text.

A folder ``data/{country}/plans/{plan}`` holds ``activities.csv``, ``responsibilities.csv`` and ``results.csv`` beside
the text. Every cell of words must stand on its line of the text, character for character: a person took the words out,
the build checks that they are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.official import language, translation
from pactgraph.sources.tables.plan import PlanNote
from pactgraph.sources.textfile import TextFile, read_text

TABLE = "activities.csv"
_WORDS = (Column("words", required=True), Column("line", "integer", required=True))
ACTIVITIES = (
    Column("item", required=True),
    Column("kind", "code", required=True, choices=("heading", "task", "duty")),
    Column("parent"),
    *_WORDS,
    Column("deadline"),
    Column("deadline_line", "integer"),
    Column("starts", "date"),
    Column("due", "date"),
    Column("precision", "code", choices=("day", "month", "quarter", "year")),
)
RESPONSIBILITIES = (
    Column("item", required=True),
    Column("role", "code", required=True, choices=("lead", "cooperating")),
    Column("agent", "code", required=True),
    Column("requested", "boolean", required=True),
    *_WORDS,
    Column("mandate"),
)
RESULTS = (Column("item", required=True), *_WORDS)
_CLASSES = {"heading": "pg:PlanHeading", "task": "pg:PlanTask", "duty": "pg:PlanDuty"}


def read(folder: Path, note: PlanNote, ids: Ids, known: frozenset[str], limit: int,
         problems: list[UserError]) -> list[Quad]:
    """The graphs ``{country}/source/{plan}`` (verbatim) and ``{country}/translation/{plan}`` (ours).

    ``known`` holds the IRIs of bodies, groups and units; ``limit`` is the most bytes that a text may have.
    """
    text = read_text(folder / note.source_file, limit)
    return _Writer(folder, note, ids, known, text, problems).quads()


@dataclass
class _Writer:
    """Writes one plan; problems are collected."""

    folder: Path
    note: PlanNote
    ids: Ids
    known: frozenset[str]
    text: TextFile
    problems: list[UserError]

    def __post_init__(self) -> None:
        key, country = self.note.key, self.ids.country
        self.lang = language(self.folder.parents[1])
        self.plan = self.ids.plan(key)
        self.source = self.ids.source(f"decision-{key}")
        self.out = GraphWriter(self.ids.graph(f"{country}/source/{key}"))
        self.translation = GraphWriter(self.ids.graph(f"{country}/translation/{key}"))
        self.items: dict[str, str] = {}

    def quads(self) -> list[Quad]:
        """All statements of the plan's text and its translation."""
        self._document()
        rows = read_table(self.folder / TABLE, (*ACTIVITIES, *translation(self.lang)), self.problems, key=("item",))
        for row in rows:
            kind = self.ids.duty if row.text("kind") == "duty" else self.ids.task
            self.items[row.text("item")] = kind(self.note.key, row.text("item"))
        places: Counter[bool] = Counter()
        for row in rows:
            duty = row.text("kind") == "duty"
            places[duty] += 1
            self._item(row, places[duty])
        self._parts("responsibilities.csv", RESPONSIBILITIES, self._responsibility)
        self._parts("results.csv", (*RESULTS, *translation(self.lang)), self._result)
        return self.out.quads + self.translation.quads

    def _document(self) -> None:
        out, note = self.out, self.note
        out.a(self.plan, "pg:ImplementationPlan")
        out.label(self.plan, notation=note.number)
        out.value(self.plan, "pg:documentNumber", note.number)
        out.value(self.plan, "pg:adoptedOn", note.day)
        out.text(self.plan, "dcterms:title", note.title[note.lang], note.lang)
        out.link(self.plan, "pg:concernsState", self.ids.state(self.ids.country))
        out.link(self.plan, "pg:textStatus", concept("text-status", "loaded"))
        out.link(self.plan, "dcterms:source", self.source)
        out.a(self.source, "pg:SourceDocument")
        out.value(self.source, "pg:fileName", self.text.name)
        out.value(self.source, "pg:sha256", self.text.sha256)
        for predicate in ("rdfs:label", "dcterms:title"):
            self._translate(self.plan, predicate, note.title)

    # Items ----------------------------------------------------------------------------------------------------

    def _item(self, row: Row, ordinal: int) -> None:
        out, number = self.out, row.text("item")
        subject = self.items[number]
        out.a(subject, _CLASSES[row.text("kind")])
        out.link(subject, "pg:inPlan", self.plan)
        out.value(subject, "pg:rowNumber", number)
        out.value(subject, "skos:notation", number)
        out.value(subject, "pg:ordinal", ordinal)
        out.text(subject, "rdfs:label", self._said(row, "words", "line"), self.lang)
        out.value(subject, "pg:sourceLine", row.integer("line"))
        out.link(subject, "dcterms:source", self.source)
        self._translate(subject, "rdfs:label", row.by_language("text"))
        parent = row.text("parent")
        if parent and parent not in self.items:
            self.problems.append(row.problem("note-row-unknown", "parent", value=parent))
        elif parent:
            out.link(subject, "pg:parentItem", self.items[parent])
        self._deadline(row, subject)

    def _translate(self, subject: str, predicate: str, words: dict[str, str]) -> None:
        """State words in the languages that the text itself is not in."""
        for lang, text in words.items():
            if lang != self.lang:
                self.translation.text(subject, predicate, text, lang)

    def _said(self, row: Row, column: str, line_column: str) -> str:
        """The words of a cell; a problem where they do not stand on their line of the text."""
        words, line = row.text(column), row.integer(line_column) or 0
        if words and not (1 <= line <= len(self.text.lines) and words in self.text.lines[line - 1]):
            self.problems.append(row.problem("note-quotation", column, value=words, place=line))
        return words

    def _deadline(self, row: Row, item: str) -> None:
        out, words, due = self.out, self._said(row, "deadline", "deadline_line"), row.day("due")
        starts, precision = row.day("starts"), row.text("precision")
        if not words:
            if due or starts or precision:
                self.problems.append(row.problem("activity-deadline-words", "deadline"))
            return
        if due is None or not precision:
            self.problems.append(row.problem("table-cell-empty", "due" if due is None else "precision"))
            return
        if starts and due < starts:
            self.problems.append(row.problem("table-dates-order", "due", until=due, since=starts))
        subject = self.ids.part("deadline", self.note.key, row.text("item"), 1)
        out.link(item, "pg:hasDeadline", subject)
        out.a(subject, "pg:Deadline")
        out.link(subject, "pg:deadlineKind", concept("deadline-kind", "range" if starts else "final"))
        out.text(subject, "pg:verbatim", words, self.lang)
        out.value(subject, "pg:ordinal", 1)
        out.value(subject, "pg:startsOn", starts)
        out.value(subject, "pg:dueOn", due)
        out.value(subject, "pg:dueYear", due.year)
        out.value(subject, "pg:datePrecision", precision)

    # Parts of items -------------------------------------------------------------------------------------------

    def _parts(self, name: str, columns: tuple[Column, ...], write: Callable[[Row, str, int], None]) -> None:
        """The rows of a table of parts; the place of a row among those of its item is the part's ordinal."""
        places: Counter[str] = Counter()
        for row in read_table(self.folder / name, columns, self.problems):
            number = row.text("item")
            places[number] += 1
            if number in self.items:
                write(row, self.items[number], places[number])
            else:
                self.problems.append(row.problem("note-row-unknown", "item", value=number))

    def _responsibility(self, row: Row, item: str, ordinal: int) -> None:
        out, name = self.out, row.text("agent")
        agent = next((iri for iri in (self.ids.body(name), self.ids.unit(name)) if iri in self.known), None)
        words = self._said(row, "words", "line")
        if agent is None:
            self.problems.append(row.problem("table-reference", "agent", value=name,
                                             table="bodies.csv, groups.csv, units.csv"))
            return
        subject = self.ids.part("responsibility", self.note.key, row.text("item"), ordinal)
        out.link(item, "pg:hasResponsibility", subject)
        out.a(subject, "pg:Responsibility")
        out.link(subject, "pg:responsibilityOf", item)
        out.link(subject, "pg:responsibleAgent", agent)
        out.link(subject, "pg:role", concept("role", row.text("role")))
        out.value(subject, "pg:requested", row.flag("requested"))
        out.text(subject, "pg:verbatim", words, self.lang)
        out.text(subject, "pg:mandate", self._said(row, "mandate", "line"), self.lang)
        out.value(subject, "pg:ordinal", ordinal)

    def _result(self, row: Row, item: str, ordinal: int) -> None:
        subject = self.ids.part("result", self.note.key, row.text("item"), ordinal)
        self.out.link(item, "pg:hasExpectedResult", subject)
        self.out.a(subject, "pg:ExpectedResult")
        self.out.text(subject, "rdfs:label", self._said(row, "words", "line"), self.lang)
        self.out.value(subject, "pg:ordinal", ordinal)
        self._translate(subject, "rdfs:label", row.by_language("text"))

"""The plans of a country and how they follow each other: ``plans.csv`` and ``headings.csv`` of its ``plans/``.

A plan whose text is at hand has a folder, which says what it is; the table adds what it implements, follows and
answers. A plan whose text is not at hand stands in the table alone and is marked as "text not loaded": it has no tasks
in this graph, which does not mean that it has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids, plan_key
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter, expand
from pactgraph.sources.tables import cited, reviews
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.documents import split
from pactgraph.sources.tables.official import official
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.texts import LANGUAGES, say

PLANS = (
    Column("id", "code", required=True),
    Column("number", required=True),
    Column("date", "date", required=True),
    Column("issuer", "code", required=True),
    Column("title_vi"),
    Column("title_en"),
    Column("title_kind", "code", choices=("read", "ours")),
    Column("treaty", "code"),
    Column("cycle", "code"),
    Column("answers"),
    Column("implements"),
    Column("follows"),
    Column("note_vi"),
    Column("note_en"),
    *PROVENANCE,
)
HEADINGS = (
    Column("plan", "code", required=True),
    Column("number", required=True),
    Column("title_vi", required=True),
    Column("title_en", required=True),
    *cited.QUOTED,
    *PROVENANCE,
)
_NAMES = frozenset(expand(name) for name in ("rdfs:label", "dcterms:title", "pg:textStatus"))


def read(folder: Path, ids: Ids, quads: Iterable[Quad], problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/plans``; empty where the country has no ``plans/plans.csv``.

    ``quads`` are those of treaties, UN documents, bodies and of the plans whose text is at hand.
    """
    path = folder / "plans" / "plans.csv"
    if not path.is_file():
        return []
    writer = _Writer(folder, ids, _Graph(quads), read_table(path, official(PLANS, folder), problems, key=("id",)), problems)
    return writer.quads()


def displaced(quads: list[Quad], text: list[Quad], ids: Ids) -> list[Quad]:
    """``quads`` without what the table says in place of a plan's text, or says as well, where ``text`` now holds that
    text: its name, its headings, its number and day."""
    graph = NamedNode(ids.graph(f"{ids.country}/plans"))
    held = {quad.subject for quad in text if quad.predicate == expand("pg:documentNumber")}
    items = {quad.subject for quad in quads
             if quad.graph_name == graph and quad.predicate == expand("pg:inPlan") and quad.object in held}

    told = {(quad.subject, quad.predicate, quad.object) for quad in text}

    def stays(quad: Quad) -> bool:
        named = quad.subject in held and quad.predicate in _NAMES
        again = (quad.subject, quad.predicate, quad.object) in told
        return quad.graph_name != graph or not (named or again or quad.subject in items)

    return [quad for quad in quads if stays(quad)]


class _Graph:
    """What other sources state: the things that exist, and the values of each plan whose text is at hand."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.known: set[str] = set()
        self._values: dict[tuple[str, str], set[str]] = {}
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                self.known.add(quad.subject.value)
                self._values.setdefault((quad.subject.value, quad.predicate.value), set()).add(
                    quad.object.value)  # type: ignore[union-attr]

    def stated(self, subject: str, predicate: str) -> set[str]:
        """The values that are stated of a thing."""
        return self._values.get((subject, expand(predicate).value), set())


@dataclass
class _Writer:
    """Writes the plans of a country; problems are collected."""

    folder: Path
    ids: Ids
    graph: _Graph
    rows: list[Row]
    problems: list[UserError]

    def __post_init__(self) -> None:
        self.out = GraphWriter(self.ids.graph(f"{self.ids.country}/plans"))
        self.days = {row.text("id"): row.day("date") or date.min for row in self.rows}
        self.held = {row.text("id") for row in self.rows
                     if self.graph.stated(self.ids.plan(row.text("id")), "pg:documentNumber")}
        cycles = self.folder / "reviews" / "cycles.csv"
        self.cycles = {row.text("id") for row in read_table(cycles, reviews.CYCLES, [])} if cycles.is_file() else set()

    def quads(self) -> list[Quad]:
        """All statements of both tables."""
        for row in self.rows:
            self._plan(row)
        self._headings()
        return self.out.quads

    def _problem(self, row: Row, key: str, column: str, **values: object) -> None:
        self.problems.append(row.problem(key, column, **values))

    # Plans ----------------------------------------------------------------------------------------------------

    def _plan(self, row: Row) -> None:
        out, key, day = self.out, row.text("id"), row.day("date")
        assert day is not None
        plan = self.ids.plan(key)
        if key != plan_key(row.text("number"), day.year):
            self._problem(row, "plan-id", "id", value=key, expected=plan_key(row.text("number"), day.year))
            return
        if key not in self.held:
            out.a(plan, "pg:ImplementationPlan")
            out.link(plan, "pg:concernsState", self.ids.state(self.ids.country))
            self._names(row, plan)
        self._value(row, plan, "number", "pg:documentNumber", row.text("number"))
        self._value(row, plan, "date", "pg:adoptedOn", day)
        self._thing(row, plan, "issuer", "pg:issuedBy", self.ids.body, "bodies.csv")
        self._thing(row, plan, "treaty", "pg:implementsTreaty", self.ids.treaty, "treaty.toml")
        for symbol in split(row, "answers"):
            if self.ids.un_document(symbol) in self.graph.known:
                out.link(plan, "pg:answersDocument", self.ids.un_document(symbol))
            else:
                self._problem(row, "document-unknown", "answers", value=symbol)
        self._cycle(row, plan)
        for column, predicate in (("implements", "pg:implementsPlan"), ("follows", "pg:followsPlan")):
            self._earlier(row, plan, column, predicate)
        for lang in LANGUAGES:
            out.text(plan, "rdfs:comment", row.text(f"note_{lang}"), lang)
        write_provenance(out, plan, row)

    def _names(self, row: Row, plan: str) -> None:
        """What a plan without a text is called; a name of ours is no title, and says so."""
        read = row.text("title_kind") == "read"
        titles = row.by_language("title")
        # A name of ours is in our languages; a title that was read stands in the official one too
        for column in ("title_kind", *(f"title_{lang}" for lang in (titles if read else LANGUAGES))):
            if not row.text(column):
                self._problem(row, "table-cell-empty", column)
        self.out.value(plan, "skos:notation", row.text("number"))
        self.out.link(plan, "pg:textStatus", concept("text-status", "not-loaded"))
        for lang, title in titles.items():
            self.out.text(plan, "rdfs:label", title, lang)
            self.out.text(plan, "dcterms:title", title if read else "", lang)
        for lang in () if read else LANGUAGES:
            self.out.text(plan, "rdfs:comment", say("plan-name-ours", lang), lang)

    def _value(self, row: Row, plan: str, column: str, predicate: str, value: str | date) -> None:
        """State a value once; where the plan's text states another, the two do not agree."""
        text = value.isoformat() if isinstance(value, date) else value
        stated = self.graph.stated(plan, predicate)
        if stated and text not in stated:
            self._problem(row, "plan-differs", column, value=text, stated=", ".join(sorted(stated)))
        elif not stated:
            self.out.value(plan, predicate, value)

    def _thing(self, row: Row, plan: str, column: str, predicate: str, iri: Callable[[str], str], table: str) -> None:
        name = row.text(column)
        stated = self.graph.stated(plan, predicate)
        if not name:
            return
        if iri(name) not in self.graph.known:
            self._problem(row, "table-reference", column, value=name, table=table)
        elif stated and iri(name) not in stated:
            keys = ", ".join(sorted(other.rpartition("/")[2] for other in stated))
            self._problem(row, "plan-differs", column, value=name, stated=keys)
        elif not stated:
            self.out.link(plan, predicate, iri(name))

    def _cycle(self, row: Row, plan: str) -> None:
        cycle = row.text("cycle")
        if cycle and cycle not in self.cycles:
            self._problem(row, "table-reference", "cycle", value=cycle, table="reviews/cycles.csv")
        elif cycle:
            self.out.link(plan, "pg:inCycle", self.ids.cycle(cycle))

    def _earlier(self, row: Row, plan: str, column: str, predicate: str) -> None:
        """State the plans that a plan implements or follows: plans of the table, of an earlier day."""
        for other in split(row, column):
            if other not in self.days:
                self._problem(row, "table-reference", column, value=other, table="plans.csv")
            elif self.days[other] >= self.days[row.text("id")]:
                self._problem(row, "plan-order", column, value=other, day=self.days[other])
            else:
                self.out.link(plan, predicate, self.ids.plan(other))

    # Headings -------------------------------------------------------------------------------------------------

    def _headings(self) -> None:
        """The groups of tasks that a report names of a plan whose text is not at hand."""
        path = self.folder / "plans" / "headings.csv"
        if not path.is_file():
            return
        languages = cited.languages(self.folder)
        ordinals: Counter[str] = Counter()
        for row in read_table(path, HEADINGS, self.problems, key=("plan", "number")):
            plan = row.text("plan")
            ordinals[plan] += 1
            if plan not in self.days:
                self._problem(row, "table-reference", "plan", value=plan, table="plans.csv")
            elif plan in self.held:
                self._problem(row, "heading-of-text", "plan", value=plan)
            else:
                self._heading(row, ordinals[plan], languages)

    def _heading(self, row: Row, ordinal: int, languages: dict[str, str]) -> None:
        out, number = self.out, row.text("number")
        item = self.ids.task(row.text("plan"), number)
        out.a(item, "pg:PlanHeading")
        out.label(item, row.text("title_vi"), row.text("title_en"), number)
        out.link(item, "pg:inPlan", self.ids.plan(row.text("plan")))
        out.value(item, "pg:rowNumber", number)
        out.value(item, "pg:ordinal", ordinal)
        for lang in LANGUAGES:
            out.text(item, "rdfs:comment", say("heading-reported", lang), lang)
        cited.write_quotation(out, item, row, languages, self.ids, self.problems)
        write_provenance(out, item, row)

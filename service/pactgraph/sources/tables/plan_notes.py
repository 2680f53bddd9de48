"""What people noted about a plan: its translation, its links and the functions that its rows name.

A folder ``data/{country}/plans/{plan}`` holds ``plan.toml``, ``translation.csv``, ``links.csv`` and ``functions.csv``
beside the text of the plan, and ``unresolved.csv`` where a row does not say which function of a body it means. Every
note must fit that text: its row exists, its ordinal exists, its quotation stands on its line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept, row_key, slug
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import links
from pactgraph.sources.tables.bodies import ids_by_name
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.official import language, translation
from pactgraph.sources.tables.plan import plan_facts, read_plan
from pactgraph.sources.textfile import decode

__all__ = ["Plan", "read", "read_functions", "read_links", "read_plan", "read_translation", "read_unresolved"]

WHOLE_PLAN = "document"
TRANSLATION = (
    Column("row", required=True),
    Column("field", "code", required=True, choices=("label", "result", "scope", "title")),
    Column("ordinal", "integer"),
)
LINKS = (Column("task", required=True), *links.LINK, Column("line", "integer", required=True), *links.NOTES)
FUNCTIONS = (
    Column("row", required=True),
    Column("agency_id", "code", required=True),
    Column("function", "code", required=True),
    Column("quotation", required=True),
    Column("line", "integer", required=True),
    Column("status", "code", required=True, choices=links.STATUSES),
    Column("note_en"),
)
UNRESOLVED = (
    Column("row", required=True),
    Column("agency_id", "code", required=True),
    Column("why_en", required=True),
    Column("why_vi", required=True),
)
_PARTS = {"result": ("result", "rdfs:label"), "scope": ("responsibility", "pg:functionScope")}


@dataclass(frozen=True)
class Plan:
    """What the notes of a plan point at. ``key`` is the plan's (1252-qd-ttg-2019), ``lang`` the language of its text,
    ``lines`` the lines of that text; ``known`` holds the IRIs that the notes may speak of: the plan's own rows, duties,
    results and responsibilities, and the articles and recommendations that a link may point at."""

    key: str
    lang: str
    lines: Sequence[str]
    known: frozenset[str]
    ids: Ids

    def item(self, row: Row, column: str, problems: list[UserError]) -> str | None:
        """The IRI of the annex row or duty that a cell names; None, and a problem, where the plan has none."""
        number = row.text(column)
        for iri in (self.ids.task(self.key, number), self.ids.duty(self.key, number)):
            if iri in self.known:
                return iri
        problems.append(row.problem("note-row-unknown", column, value=number))
        return None

    def quoted(self, row: Row, problems: list[UserError]) -> bool:
        """Whether the quotation of a row stands on the line that it names."""
        line = row.integer("line") or 0
        if 1 <= line <= len(self.lines) and row.text("quotation") in self.lines[line - 1]:
            return True
        problems.append(row.problem("note-quotation", "quotation", value=row.text("quotation"), place=line))
        return False


def read(folder: Path, key: str, ids: Ids, ordinals: Mapping[tuple[str, str], Sequence[int]] | None,
         known: frozenset[str], problems: list[UserError]) -> list[Quad]:
    """All graphs of the notes on a plan: its part of ``sources``, ``{country}/translation|links|functions/{plan}``.

    ``ordinals`` says where each body stands in each row, (row, body id) → ordinals of its responsibilities; without
    them (a plan noted by hand) there are neither translation nor functions to read. ``known`` is explained at
    :class:`Plan`.
    """
    note = read_plan(folder, [])
    if note is None:
        return []
    text = folder / note.source_file
    country = folder.parents[1]
    plan = Plan(key, language(country), decode(text.read_bytes(), text.name), known, ids)
    own = [*plan_facts(note, ids, ids_by_name(country, []), problems), *read_links(folder, plan, problems)]
    if ordinals is None:
        return own
    return [
        *own,
        *read_translation(folder, plan, problems),
        *read_functions(folder, plan, ordinals, problems),
        *read_unresolved(folder, plan, ordinals, problems),
    ]


# Translation ---------------------------------------------------------------------------------------------------


def read_translation(folder: Path, plan: Plan, problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/translation/{plan}``: translated labels of rows and results, scopes, the title."""
    out = GraphWriter(plan.ids.graph(f"{plan.ids.country}/translation/{plan.key}"))
    columns = (*TRANSLATION, *translation(plan.lang))
    for row in read_table(folder / "translation.csv", columns, problems, key=("row", "field", "ordinal")):
        if row.text("row") == WHOLE_PLAN:
            for predicate in ("rdfs:label", "dcterms:title"):
                _translate(out, plan.ids.plan(plan.key), predicate, row)
            continue
        item = plan.item(row, "row", problems)
        if item is None:
            continue
        if row.text("field") in _PARTS:
            _translate_part(out, plan, row, problems)
        else:
            _translate(out, item, "rdfs:label", row)
    return out.quads


def _translate(out: GraphWriter, subject: str, predicate: str, row: Row) -> None:
    for lang, text in row.by_language("text").items():
        out.text(subject, predicate, text, lang)


def _translate_part(out: GraphWriter, plan: Plan, row: Row, problems: list[UserError]) -> None:
    kind, predicate = _PARTS[row.text("field")]
    number, ordinal = row.text("row"), row.integer("ordinal") or 0
    part = plan.ids.part(kind, plan.key, number, ordinal)
    if part in plan.known:
        _translate(out, part, predicate, row)
    else:
        problems.append(row.problem(f"note-no-{row.text('field')}", "ordinal", row=number, ordinal=ordinal))


# Links ---------------------------------------------------------------------------------------------------------


def read_links(folder: Path, plan: Plan, problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/links/{plan}``: an assertion a row, and plain triples of curated and confirmed links."""
    ids = plan.ids
    out = GraphWriter(ids.graph(f"{ids.country}/links/{plan.key}"))
    for row in read_table(folder / "links.csv", LINKS, problems, key=("task", "predicate", "target")):
        item = plan.item(row, "task", problems)
        target = links.target_iri(row, ids, plan.known, problems)
        sound = links.confidence_sound(row, problems) and plan.quoted(row, problems)
        if item is None or target is None or not sound:
            continue
        task, short = row.text("task"), row.text("target")
        assertion = ids.link(plan.key, f"{row_key(task)}/{slug(short)}")
        links.write_link(out, links.Link(assertion, item, target, f"{task} → {short}", plan.lang), row)
        out.link(assertion, "pg:quotedFrom", ids.source(f"decision-{plan.key}"))
        out.value(assertion, "pg:sourceLine", row.integer("line"))
    return out.quads


# Functions -----------------------------------------------------------------------------------------------------

Ordinals = Mapping[tuple[str, str], Sequence[int]]


def read_functions(folder: Path, plan: Plan, ordinals: Ordinals, problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/functions/{plan}``: which function a row gives to a body, where curated or confirmed."""
    out = GraphWriter(plan.ids.graph(f"{plan.ids.country}/functions/{plan.key}"))
    for row in read_table(folder / "functions.csv", FUNCTIONS, problems, key=("row", "agency_id", "function")):
        quoted = plan.quoted(row, problems)
        if plan.item(row, "row", problems) is None or not quoted:
            continue
        for responsibility in _responsibilities(plan, row, ordinals, problems):
            if row.text("status") in links.STATED:
                out.link(responsibility, "pg:concernsFunction", concept("function", row.text("function")))
    return out.quads


def read_unresolved(folder: Path, plan: Plan, ordinals: Ordinals, problems: list[UserError]) -> list[Quad]:
    """The same graph: why the words of a row do not decide which function of a body they mean (``unresolved.csv``)."""
    out = GraphWriter(plan.ids.graph(f"{plan.ids.country}/functions/{plan.key}"))
    table = folder / "unresolved.csv"
    rows = read_table(table, UNRESOLVED, problems, key=("row", "agency_id")) if table.is_file() else []
    named = read_table(folder / "functions.csv", FUNCTIONS, []) if rows else []
    decided = {(row.text("row"), row.text("agency_id")) for row in named if row.text("status") in links.STATED}
    for row in rows:
        if (row.text("row"), row.text("agency_id")) in decided:
            problems.append(row.problem("note-resolved", "agency_id", value=row.text("agency_id"), row=row.text("row")))
        elif plan.item(row, "row", problems):
            for responsibility in _responsibilities(plan, row, ordinals, problems):
                for lang in ("vi", "en"):
                    out.text(responsibility, "rdfs:comment", row.text(f"why_{lang}"), lang)
    return out.quads


def _responsibilities(plan: Plan, row: Row, ordinals: Ordinals, problems: list[UserError]) -> list[str]:
    """What the plan gives to the body of a note in its row; none, and a problem, where the row does not name it."""
    number, agency = row.text("row"), row.text("agency_id")
    places = ordinals.get((number, agency), ())
    if not places:
        problems.append(row.problem("note-no-agency", "agency_id", value=agency, row=number))
    return [plan.ids.part("responsibility", plan.key, number, ordinal) for ordinal in places]

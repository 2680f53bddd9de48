"""How many recommendations a review cycle has, by which rule and source: ``reviews/counts.csv`` of a country."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.sources.tables.upr_numbers import POSITIONS
from pactgraph.texts import LANGUAGES, say

RULES = ("state-count", "un-numbering", "row-per-state")
COUNTS = (
    Column("id", "code", required=True),
    Column("cycle", "code", required=True),
    Column("rule", "code", required=True, choices=RULES),
    Column("position", "code", choices=POSITIONS),
    Column("count", "integer", required=True),
    Column("plan", "code"),
    Column("body", "code"),
    Column("role", "code", choices=("lead", "cooperating")),
    Column("note_vi"),
    Column("note_en"),
    *PROVENANCE,
)
_OF_BODY = ("plan", "body", "role")


def read(folder: Path, ids: Ids, known: frozenset[str], problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/counts``; a country without the table has none.

    ``known`` holds the IRIs of the cycles, plans and bodies that a count may name.
    """
    path = folder / "reviews" / "counts.csv"
    out = GraphWriter(ids.graph(f"{ids.country}/counts"))
    rows = read_table(path, COUNTS, problems, key=("id",)) if path.is_file() else []
    for row in rows:
        if _sound(row, ids, known, problems):
            _count(out, ids, row)
    return out.quads


def _sound(row: Row, ids: Ids, known: frozenset[str], problems: list[UserError]) -> bool:
    """Whether the number is one and what the row names exists."""
    before = len(problems)
    if (row.integer("count") or 0) < 0:
        problems.append(row.problem("count-negative", "count", value=row.integer("count")))
    named = {"cycle": ids.cycle, "plan": ids.plan, "body": ids.body}
    problems += [row.problem("thing-of-table-unknown", column, value=row.text(column))
                 for column, mint in named.items() if row.text(column) and mint(row.text(column)) not in known]
    given = [column for column in _OF_BODY if row.text(column)]
    if given and len(given) < len(_OF_BODY):
        problems.append(row.problem("count-of-body", next(column for column in _OF_BODY if not row.text(column))))
    return len(problems) == before


def _count(out: GraphWriter, ids: Ids, row: Row) -> None:
    count, position, role = ids.count(row.text("id")), row.text("position"), row.text("role")
    out.a(count, "pg:RecommendationCount")
    for lang in LANGUAGES:
        text = say("label-count", lang, count=row.integer("count"), cycle=row.text("cycle"))
        out.text(count, "rdfs:label", text, lang)
        out.text(count, "rdfs:comment", row.text(f"note_{lang}"), lang)
    out.link(count, "pg:countOf", ids.cycle(row.text("cycle")))
    out.link(count, "pg:countRule", concept("count-rule", row.text("rule")))
    out.link(count, "pg:countedPosition", concept("upr-position", position) if position else None)
    out.value(count, "pg:count", row.integer("count"))
    if role:
        out.link(count, "pg:countInPlan", ids.plan(row.text("plan")))
        out.link(count, "pg:countedBody", ids.body(row.text("body")))
        out.link(count, "pg:countedRole", concept("role", role))
    write_provenance(out, count, row)

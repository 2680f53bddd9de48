"""The plans of a country and how they follow each other: ``plans.csv`` and ``headings.csv`` of its ``plans/``.

A plan whose text is at hand has a folder, which says what it is; the table adds what it implements, follows and
answers. A plan whose text is not at hand stands in the table alone and is marked as "text not loaded": it has no tasks
in this graph, which does not mean that it has none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids, plan_key
from pactgraph.namespaces import RDF, concept
from pactgraph.sources.quads import GraphWriter, expand, literal
from pactgraph.sources.tables import cited
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.texts import LANGUAGES, say

PLANS = (
    Column("id", "code", required=True),
    Column("number", required=True),
    Column("date", "date", required=True),
    Column("issuer", "code", required=True),
    Column("title_vi"),
    Column("title_en"),
    Column("title_is", "code", choices=("read", "ours")),
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
_TYPE = NamedNode(RDF + "type")


def read(folder: Path, ids: Ids, quads: Iterable[Quad], problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/plans``; empty where the country has no ``plans/plans.csv``.

    ``quads`` are those of treaties, UN documents, bodies and of the plans whose text is at hand.
    """
    rows = {row.text("id"): row for row in _rows(folder, problems)}
    return _Writer(folder, ids, _Graph(quads), rows, problems).quads() if rows else []


def displaced(quads: list[Quad], text: list[Quad], ids: Ids) -> list[Quad]:
    """``quads`` without what the table says in place of the text of a plan that ``text`` now holds: name, headings."""
    graph = NamedNode(ids.graph(f"{ids.country}/plans"))
    held = {quad.subject for quad in text if quad.predicate == expand("pg:documentNumber")}
    items = {quad.subject for quad in quads
             if quad.graph_name == graph and quad.predicate == expand("pg:inPlan") and quad.object in held}

    def stays(quad: Quad) -> bool:
        named = quad.subject in held and quad.predicate in _NAMES
        return quad.graph_name != graph or not (named or quad.subject in items)

    return [quad for quad in quads if stays(quad)]


def _rows(folder: Path, problems: list[UserError]) -> list[Row]:
    path = folder / "plans" / "plans.csv"
    return read_table(path, PLANS, problems, key=("id",)) if path.is_file() else []


def _cycles(folder: Path) -> frozenset[str]:
    """The ids of the review cycles of a country."""
    path = folder / "reviews" / "cycles.csv"
    return frozenset(row.text("id") for row in reviews.read_cycles(path)) if path.is_file() else frozenset()


def _several(row: Row, column: str) -> list[str]:
    """The entries of a cell that may hold several, between semicolons."""
    return [piece.strip() for piece in row.text(column).split(";") if piece.strip()]


class _Graph:
    """What other sources state: the things that exist, and the values of each plan whose text is at hand."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.known: set[str] = set()
        self.values: dict[tuple[str, str], set[str]] = {}
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                self.known.add(quad.subject.value)
                self.values.setdefault((quad.subject.value, quad.predicate.value), set()).add(
                    quad.object.value)  # type: ignore[union-attr]

    def stated(self, subject: str, predicate: str) -> set[str]:
        """The values that are stated of a thing."""
        return self.values.get((subject, expand(predicate).value), set())

"""Who coordinates a treaty or a mechanism of review in a country: ``coordination.csv`` in its data folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import cited, reviews
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.links import subjects
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.texts import LANGUAGES

COORDINATION = (
    Column("id", "code", required=True),
    Column("coordinator", "code", required=True),
    Column("coordinates", "code", required=True),
    Column("since", "date"),
    Column("since_text"),
    Column("label_vi", required=True),
    Column("label_en", required=True),
    *cited.QUOTED,
    Column("note_vi"),
    Column("note_en"),
    *PROVENANCE,
)


def read(folder: Path, ids: Ids, quads: Iterable[Quad], problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/coordination``; empty without the table. ``quads`` hold bodies and treaties."""
    path = folder / "coordination.csv"
    if not path.is_file():
        return []
    out = GraphWriter(ids.graph(f"{ids.country}/coordination"))
    known, languages = subjects(quads), cited.languages(folder)
    for row in read_table(path, COORDINATION, problems, key=("id",)):
        coordination = ids.coordination(row.text("id"))
        out.a(coordination, "pg:Coordination")
        out.label(coordination, row.text("label_vi"), row.text("label_en"), row.text("id"))
        out.link(coordination, "pg:coordinator", _coordinator(row, ids, known, problems))
        out.link(coordination, "pg:coordinates", _subject(row, ids, known, problems))
        out.value(coordination, "pg:validFrom", row.day("since"))
        out.value(coordination, "pg:dateText", row.text("since_text"))
        cited.write_quotation(out, coordination, row, languages, ids, problems)
        for lang in LANGUAGES:
            out.text(coordination, "rdfs:comment", row.text(f"note_{lang}"), lang)
        write_provenance(out, coordination, row)
    return out.quads


def _coordinator(row: Row, ids: Ids, known: frozenset[str], problems: list[UserError]) -> str | None:
    name = row.text("coordinator")
    found = next((iri for iri in (ids.body(name), ids.unit(name)) if iri in known), None)
    if found is None:
        problems.append(row.problem("table-reference", "coordinator", value=name,
                                    table="bodies.csv, groups.csv, units.csv"))
    return found


def _subject(row: Row, ids: Ids, known: frozenset[str], problems: list[UserError]) -> str | None:
    """A treaty by its key, or a mechanism of review by its code."""
    name = row.text("coordinates")
    if ids.treaty(name) in known:
        return ids.treaty(name)
    if name in reviews.MECHANISMS:
        return concept("review-mechanism", name)
    problems.append(row.problem("coordination-subject", "coordinates", value=name, mechanisms=", ".join(reviews.MECHANISMS)))
    return None

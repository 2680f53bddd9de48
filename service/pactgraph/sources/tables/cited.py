"""Publications that are only cited, never held: ``sources.csv`` in a country's data folder.

A press article or a draft supports a statement by a few quoted words; its text belongs to its publisher and is not
copied. Other tables name such a publication by its id (``quoted_from``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.texts import LANGUAGES

SOURCES = (
    Column("id", "code", required=True),
    Column("kind", "code", required=True, choices=("press", "draft", "official")),
    Column("language", "code", required=True),
    Column("title_vi", required=True),
    Column("title_en", required=True),
    Column("publisher"),
    Column("published", "date"),
    Column("address"),
    Column("read_on", "date", required=True),
    Column("rights_vi", required=True),
    Column("rights_en", required=True),
    Column("note_vi"),
    Column("note_en"),
    *PROVENANCE,
)
QUOTED = (Column("quotation"), Column("quoted_from", "code"))
"""The columns of a table whose rows may quote a cited publication."""


def read(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The part of the graph ``sources`` about the cited publications of a country; none without the table."""
    out = GraphWriter(ids.graph("sources"))
    for row in _rows(folder, problems):
        source = ids.source(row.text("id"))
        out.a(source, "pg:SourceDocument")
        out.label(source, row.text("title_vi"), row.text("title_en"), row.text("id"))
        out.value(source, "pg:sourceKind", row.text("kind"))
        out.value(source, "dcterms:bibliographicCitation", citation(row))
        out.value(source, "dcterms:language", row.text("language"))
        out.value(source, "dcterms:issued", row.day("published"))
        out.value(source, "pg:retrievedOn", row.day("read_on"))
        for lang in LANGUAGES:
            out.text(source, "dcterms:title", row.text(f"title_{lang}"), lang)
            out.text(source, "dcterms:rights", row.text(f"rights_{lang}"), lang)
            out.text(source, "rdfs:comment", row.text(f"note_{lang}"), lang)
        write_provenance(out, source, row)
    return out.quads


def languages(folder: Path) -> dict[str, str]:
    """The language of every cited publication, by its id."""
    return {row.text("id"): row.text("language") for row in _rows(folder, [])}


def citation(row: Row) -> str:
    """Publisher, day and address, as far as they are known; the title in its language where nothing is."""
    day = row.day("published")
    parts = (row.text("publisher"), day.isoformat() if day else "", row.text("address"))
    return ", ".join(part for part in parts if part) or row.text(f"title_{_shown(row)}")


def _shown(row: Row) -> str:
    """The language of a publication where its title stands in it, else English."""
    return row.text("language") if row.text("language") in LANGUAGES else "en"


def write_quotation(out: GraphWriter, subject: str, row: Row, known: Mapping[str, str], ids: Ids,
                    problems: list[UserError]) -> None:
    """State the quotation of a row (columns :data:`QUOTED`). ``known`` is what :func:`languages` gives."""
    words, name = row.text("quotation"), row.text("quoted_from")
    if bool(words) != bool(name):
        problems.append(row.problem("quotation-half", "quotation" if not words else "quoted_from"))
    elif name and name not in known:
        problems.append(row.problem("table-reference", "quoted_from", value=name, table="sources.csv"))
    elif words:
        out.text(subject, "pg:quotation", words, known[name])
        out.link(subject, "pg:quotedFrom", ids.source(name))


def _rows(folder: Path, problems: list[UserError]) -> list[Row]:
    path = folder / "sources.csv"
    return read_table(path, SOURCES, problems, key=("id",)) if path.is_file() else []

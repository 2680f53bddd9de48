"""Names that were published once and name nothing any more: ``withdrawn.csv`` in the data folder.

Whoever kept such an IRI is told that it was withdrawn, why, and what stands in its place; it never comes to mean
something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.texts import LANGUAGES

WITHDRAWN = (
    Column("iri", required=True),
    Column("replaced_by"),
    Column("withdrawn_on", "date", required=True),
    Column("label_vi"),
    Column("label_en"),
    Column("reason_vi", required=True),
    Column("reason_en", required=True),
)
_PATH = re.compile(r"(?:id|graph)/[A-Za-z0-9._~/-]+")


def read(folder: Path, ids: Ids, quads: Iterable[Quad], problems: list[UserError]) -> list[Quad]:
    """The graph ``withdrawn``; empty without the table. ``quads`` hold everything that still has a name."""
    path = folder / "withdrawn.csv"
    if not path.is_file():
        return []
    out = GraphWriter(ids.graph("withdrawn"))
    rows = read_table(path, WITHDRAWN, problems, key=("iri",))
    standing = _named(quads) if rows else set()
    withdrawn = {ids.base + row.text("iri") for row in rows}
    for row in rows:
        iri = _iri(row, "iri", row.text("iri"), ids, problems)
        if iri in standing:
            problems.append(row.problem("withdrawn-in-use", "iri", value=row.text("iri")))
        if iri is None:
            continue
        out.a(iri, "pg:WithdrawnName")
        out.label(iri, row.text("label_vi"), row.text("label_en"))
        out.value(iri, "pg:withdrawnOn", row.day("withdrawn_on"))
        for lang in LANGUAGES:
            out.text(iri, "rdfs:comment", row.text(f"reason_{lang}"), lang)
        for successor in filter(None, map(str.strip, row.text("replaced_by").split(";"))):
            target = _iri(row, "replaced_by", successor, ids, problems)
            if target is not None and target not in standing | withdrawn - {iri}:
                problems.append(row.problem("withdrawn-successor", "replaced_by", value=successor))
            out.link(iri, "dcterms:isReplacedBy", target)
    return out.quads


def _iri(row: Row, column: str, path: str, ids: Ids, problems: list[UserError]) -> str | None:
    if _PATH.fullmatch(path):
        return ids.base + path
    problems.append(row.problem("withdrawn-path", column, value=path))
    return None


def _named(quads: Iterable[Quad]) -> set[str]:
    """Everything that a statement is about, that one points at, or that holds one."""
    return {term.value for quad in quads for term in (quad.subject, quad.object, quad.graph_name)
            if isinstance(term, NamedNode)}

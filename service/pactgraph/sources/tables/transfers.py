"""Transfers of functions between the bodies, groups and units of a country: ``transfers.csv`` in its data folder.

A row of kind merged, succeeded or renamed names the main successor of a body; the rows of kind function-transferred
name the functions that went elsewhere. An empty function means the whole body, less what other rows name.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.bodies import agents
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance

KINDS = ("merged", "succeeded", "function-transferred", "abolished", "renamed", "split")
TRANSFERS = (
    Column("id", "code", required=True),
    Column("from", "code", required=True),
    Column("to", "code", required=True),
    Column("kind", "code", required=True, choices=KINDS),
    Column("function", "code"),
    Column("effective", "date", required=True),
    Column("basis"),
    *PROVENANCE,
    Column("note_en"),
    Column("note_vi", optional=True),
)
Agents = dict[str, tuple[str, Row]]


def read(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/transfers``. Both ends of a row stand in ``bodies.csv``, ``groups.csv`` or ``units.csv``."""
    known = agents(folder, ids)
    out = GraphWriter(ids.graph(f"{ids.country}/transfers"))
    for row in read_table(folder / "transfers.csv", TRANSFERS, problems, key=("id",)):
        if _sound(row, known, problems):
            _transfer(out, ids, row, known)
    return out.quads


def _sound(row: Row, known: Agents, problems: list[UserError]) -> bool:
    before = len(problems)
    for column in ("from", "to"):
        if row.text(column) not in known:
            problems.append(row.problem("table-reference", column, value=row.text(column),
                                        table="bodies.csv, groups.csv, units.csv"))
    if row.text("from") == row.text("to"):
        problems.append(row.problem("transfer-to-itself", "to", value=row.text("to")))
    if row.text("kind") == "function-transferred" and not row.text("function"):
        problems.append(row.problem("table-cell-empty", "function"))
    return len(problems) == before


def _transfer(out: GraphWriter, ids: Ids, row: Row, known: Agents) -> None:
    transfer = ids.transfer(row.text("id"))
    effective = row.day("effective")
    (giver, before), (taker, after) = known[row.text("from")], known[row.text("to")]
    names = {lang: f"{before.text('name_' + lang)} → {after.text('name_' + lang)} ({effective})" for lang in ("vi", "en")}
    out.a(transfer, "pg:FunctionTransfer")
    out.label(transfer, names["vi"], names["en"], row.text("id"))
    out.link(transfer, "pg:transferFrom", giver)
    out.link(transfer, "pg:transferTo", taker)
    out.link(transfer, "pg:transferKind", concept("transfer-kind", row.text("kind")))
    if row.text("function"):
        out.link(transfer, "pg:transfersFunction", concept("function", row.text("function")))
    out.value(transfer, "pg:effectiveOn", effective)
    out.value(transfer, "pg:legalBasis", row.text("basis"))
    for lang in ("vi", "en"):
        out.text(transfer, "rdfs:comment", row.text(f"note_{lang}"), lang)
    write_provenance(out, transfer, row)

"""The treaties whose articles are not in the graph: ``data/treaties/treaties.csv``, their names and dates."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, state_provenance
from pactgraph.sources.tables.tomlfile import read_toml

TREATIES = (
    Column("id", "code", required=True),
    Column("notation", required=True),
    Column("title_en", required=True),
    Column("title_vi", required=True),
    Column("adopted", "date"),
    Column("title_vi_read_in"),
    *PROVENANCE,
)


def read(room: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``treaties`` of the room ``data/treaties``; empty where it has no ``treaties.csv``."""
    out = GraphWriter(ids.graph("treaties"))
    with_folder = _with_folder(room)
    for row in _rows(room, problems):
        if row.text("id") in with_folder:
            problems.append(row.problem("treaty-twice", "id", value=row.text("id")))
        else:
            _treaty(out, ids, row)
    return out.quads


def notations(room: Path) -> dict[str, str]:
    """The key of every treaty of the room → the short code by which people know it: ``cat`` → ``CAT``."""
    return {row.text("id"): row.text("notation") for row in _rows(room, [])} | _with_folder(room)


def _rows(room: Path, problems: list[UserError]) -> list[Row]:
    path = room / "treaties.csv"
    return read_table(path, TREATIES, problems, key=("id",)) if path.is_file() else []


def _with_folder(room: Path) -> dict[str, str]:
    """The treaties that have a folder of their own, with their articles."""
    notes = [read_toml(path, []) for path in sorted(room.glob("*/treaty.toml"))]
    return {note.text("key"): note.text("notation") for note in notes if note is not None}


def _treaty(out: GraphWriter, ids: Ids, row: Row) -> None:
    treaty = ids.treaty(row.text("id"))
    out.a(treaty, "pg:Treaty")
    out.label(treaty, row.text("title_vi"), row.text("title_en"), row.text("notation"))
    out.value(treaty, "pg:adoptedOn", row.day("adopted"))
    read_in = row.text("title_vi_read_in")
    source = row.text("source") + (f"; Vietnamese name: {read_in}" if read_in else "; Vietnamese name: this project's")
    state_provenance(out, treaty, source, row.text("status"))

"""The States that made recommendations: ``data/un/states.csv``, keyed by their ISO 3166-1 codes of three letters."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance

STATES = (
    Column("code", "code", required=True),
    Column("name_en", required=True),
    Column("other_names"),
    Column("name_vi", required=True),
    *PROVENANCE,
)


def read_states(path: Path, problems: list[UserError]) -> dict[str, Row]:
    """The sound rows of the table by their code; a code of another form is a problem."""
    rows = {}
    for row in read_table(path, STATES, problems, key=("code",)):
        code = row.text("code")
        if len(code) == 3 and code.isalpha():
            rows[code] = row
        else:
            problems.append(row.problem("state-code", "code", value=code))
    return rows


def other_names(row: Row) -> list[str]:
    """The names by which other sources call a State in English."""
    return [name.strip() for name in row.text("other_names").split(";") if name.strip()]


def codes_by_name(path: Path, problems: list[UserError]) -> dict[str, str]:
    """The code of every State by each of its English names."""
    return {name: code for code, row in read_states(path, problems).items()
            for name in (row.text("name_en"), *other_names(row))}


def read(path: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``un/states`` of the table in ``path``."""
    out = GraphWriter(ids.graph("un/states"))
    for code, row in read_states(path, problems).items():
        state = ids.state(code)
        out.a(state, "pg:State")
        out.label(state, row.text("name_vi"), row.text("name_en"), code)
        for name in other_names(row):
            out.text(state, "skos:altLabel", name, "en")
        write_provenance(out, state, row)
    return out.quads

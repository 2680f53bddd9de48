"""What laws do to one another: ``law_relations.csv``. Replacements stand in ``laws.csv``."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.laws import Law
from pactgraph.sources.tables.provenance import PROVENANCE

TABLE = "law_relations.csv"
AMENDS, REPEALS, FOLLOWS = "amends", "repeals", "follows"
RELATIONS = (
    Column("law", "code", required=True),
    Column("relation", "code", required=True, choices=(AMENDS, REPEALS, FOLLOWS)),
    Column("object", "code", required=True),
    Column("provision", "code"),
    *PROVENANCE,
    Column("note_en"),
)
Provisions = frozenset[tuple[str, str]]
"""The known provisions: (law id, number)."""


def read(folder: Path, ids: Ids, laws: dict[str, Law], provisions: Provisions,
         problems: list[UserError]) -> tuple[list[Quad], frozenset[tuple[str, str]]]:
    """Statements of the graph ``{country}/laws``, and who amends whom: (amending law, amended law).

    ``follows`` says only that a law is later and on the same subject: the earlier one points at it (``rdfs:seeAlso``),
    no end is stated.
    """
    out = GraphWriter(ids.graph(f"{ids.country}/laws"))
    amended = set()
    for row in read_table(folder / TABLE, RELATIONS, problems, key=("law", "relation", "object", "provision")):
        if not _sound(row, laws, provisions, problems):
            continue
        _relation(out, ids, row)
        if row.text("relation") == AMENDS:
            amended.add((row.text("law"), row.text("object")))
    return out.quads, frozenset(amended)


def _relation(out: GraphWriter, ids: Ids, row: Row) -> None:
    law, target, number = ids.law(row.text("law")), ids.law(row.text("object")), row.text("provision")
    if row.text("relation") == FOLLOWS:
        out.link(target, "rdfs:seeAlso", law)
        return
    target = ids.law_provision(row.text("object"), number) if number else target
    out.link(law, f"pg:{row.text('relation')}", target)
    out.value(law, "dcterms:source", row.text("source"))


def _sound(row: Row, laws: dict[str, Law], provisions: Provisions, problems: list[UserError]) -> bool:
    before = len(problems)
    for column in ("law", "object"):
        key = row.text(column)
        if key not in laws:
            problems.append(row.problem("table-reference", column, value=key, table="laws.csv"))
        elif laws[key].bill:
            problems.append(row.problem("law-is-a-bill", column, value=key))
    if row.text("law") == row.text("object"):
        problems.append(row.problem("law-to-itself", "object"))
    number = row.text("provision")
    if number and (row.text("object"), number) not in provisions:
        problems.append(row.problem("table-reference", "provision", value=number, table="legal_provisions.csv"))
    return len(problems) == before

"""Indicators of practice and their values: ``indicators.csv`` and ``indicator_observations.csv`` of a country.

The kinds are those of OHCHR (HR/PUB/12/5): structural, process, outcome. A value that a body gives is its claim, told
with its name. A grade of a committee is no indicator.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import links
from pactgraph.sources.tables.assessments import agent
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.documents import split
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.texts import LANGUAGES, say

TABLE, VALUES_TABLE = "indicators.csv", "indicator_observations.csv"
INDICATORS = (
    Column("id", "code", required=True),
    Column("kind", "code", required=True, choices=("structural", "process", "outcome")),
    Column("follows", required=True),
    Column("unit", "code", required=True),
    Column("label_vi", required=True),
    Column("label_en", required=True),
    Column("note_vi"),
    Column("note_en"),
    *PROVENANCE,
)
OBSERVATIONS = (
    Column("indicator", "code", required=True),
    Column("as_of", "date", required=True),
    Column("value", "decimal", required=True),
    Column("reported_by", "code"),
    Column("note_vi"),
    Column("note_en"),
    *PROVENANCE,
)
_ANONYMOUS = "source"
"""In the address of a value that nobody is named for: the source gives it."""


def read(folder: Path, ids: Ids, known: frozenset[str], problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/indicators``; a country without the tables has none.

    ``known`` holds the IRIs that exist: provisions, recommendations, items of plans, review cycles, bodies.
    """
    out = GraphWriter(ids.graph(f"{ids.country}/indicators"))
    if not (folder / TABLE).is_file():
        return []
    rows = {row.text("id"): row for row in read_table(folder / TABLE, INDICATORS, problems, key=("id",))}
    for row in rows.values():
        _indicator(out, ids, row, known, problems)
    path = folder / VALUES_TABLE
    key = ("indicator", "as_of", "reported_by")
    for row in read_table(path, OBSERVATIONS, problems, key=key) if path.is_file() else []:
        if row.text("indicator") not in rows:
            problems.append(row.problem("table-reference", "indicator", value=row.text("indicator"), table=TABLE))
        else:
            _value(out, ids, row, rows[row.text("indicator")], known, problems)
    return out.quads


def _indicator(out: GraphWriter, ids: Ids, row: Row, known: frozenset[str], problems: list[UserError]) -> None:
    indicator = ids.indicator(row.text("id"))
    out.a(indicator, "pg:Indicator")
    out.label(indicator, row.text("label_vi"), row.text("label_en"), row.text("id"))
    out.link(indicator, "pg:concernsState", ids.state(ids.country))
    out.link(indicator, "pg:indicatorKind", concept("indicator-kind", row.text("kind")))
    out.value(indicator, "pg:unitOfMeasure", row.text("unit"))
    for text in split(row, "follows"):
        possible = [*links.provision_iris(text, ids), *links.paragraph_iris(text, ids), ids.cycle(text)]
        out.link(indicator, "pg:indicatorFor", links.known_target(row, "follows", possible, known, problems))
    for lang in LANGUAGES:
        out.text(indicator, "rdfs:comment", row.text(f"note_{lang}"), lang)
    write_provenance(out, indicator, row)


def _value(out: GraphWriter, ids: Ids, row: Row, indicator: Row, known: frozenset[str],
           problems: list[UserError]) -> None:
    reporter = agent(row, "reported_by", ids, known, problems)
    if row.text("reported_by") and reporter is None:
        return
    key, day = row.text("indicator"), row.day("as_of")
    value = ids.indicator_value(key, f"{day}/{row.text('reported_by') or _ANONYMOUS}")
    out.a(value, "pg:IndicatorObservation")
    for lang in LANGUAGES:
        text = say("label-indicator-value", lang, indicator=indicator.text(f"label_{lang}"), value=row.decimal("value"),
                   day=day)
        out.text(value, "rdfs:label", text, lang)
        out.text(value, "rdfs:comment", row.text(f"note_{lang}"), lang)
    out.link(value, "pg:observedIndicator", ids.indicator(key))
    out.value(value, "pg:asOf", day)
    out.value(value, "pg:observedValue", row.decimal("value"))
    out.link(value, "pg:reportedBy", reporter)
    write_provenance(out, value, row)

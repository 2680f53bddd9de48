"""Reports of the universal periodic review: the recommendations by number, who made them, what the State said.

A folder ``data/un/{document}`` whose ``document.toml`` is of the kind ``upr-report`` holds ``recommendations.csv``,
``shares.csv`` (:mod:`~pactgraph.sources.tables.upr_shares`) and, where somebody wrote them, ``summaries.csv`` and
``rec_links.csv``. The texts are the United Nations' and are not loaded: every recommendation says so.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept, slug
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import links
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import VERIFICATION, state_provenance
from pactgraph.sources.tables.states import read_states
from pactgraph.sources.tables.tomlfile import Settings, read_toml
from pactgraph.sources.tables.upr_numbers import OUTCOME, REPORT, Numbered, read_numbered
from pactgraph.sources.tables.upr_shares import write_shares
from pactgraph.texts import LANGUAGES, say

KIND = "upr-report"
SUMMARIES = (Column("number", required=True), Column("summary_en", required=True), Column("summary_vi", required=True))
REC_LINKS = (Column("paragraph", required=True), *links.LINK, Column("source", required=True), *links.NOTES)


def is_report(folder: Path) -> bool:
    """Whether the document in ``folder`` is a report of the universal periodic review."""
    settings = read_toml(folder / "document.toml", [])
    return settings is not None and settings.values.get("kind") == KIND


def read(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graphs ``un/{document}`` (recommendations and positions) and ``un/upr-info/{document}`` (shares of States)."""
    report = read_numbered(folder, ids, problems)
    if report is None:
        return []
    out = GraphWriter(ids.graph(f"un/{slug(report.symbol)}"))
    document, cycle = _document(out, ids, report.settings)
    states = read_states(folder.parent / "states.csv", [])
    summaries = _summaries(folder, report, problems)
    for place, (number, row) in enumerate(report.rows.items(), 1):
        recommendation = report.iri(number)
        _recommendation(out, report, number, place, summaries.get(number))
        out.link(recommendation, "pg:inDocument", document)
        out.link(recommendation, "pg:inCycle", cycle)
        for state in _states(row, states, problems):
            out.link(recommendation, "pg:recommendingState", ids.state(state))
        _positions(out, report, number, document)
    return out.quads + write_shares(folder, report, states, problems)


def read_links(folder: Path, ids: Ids, known: frozenset[str], problems: list[UserError]) -> list[Quad]:
    """The graph ``un/links/{document}`` of the link assertions in ``rec_links.csv``, where there is that table.

    ``known`` holds the IRIs that may be linked to. Problems of the other tables are those of :func:`read`.
    """
    report = read_numbered(folder, ids, [])
    if report is None or not (folder / "rec_links.csv").is_file():
        return []
    document = slug(report.symbol)
    out = GraphWriter(ids.graph(f"un/links/{document}"))
    mint = Ids(ids.base, "un")
    for row in read_table(folder / "rec_links.csv", REC_LINKS, problems, key=("paragraph", "predicate", "target")):
        number = report.named(row, "paragraph", problems)
        target = links.target_iri(row, ids, known, problems)
        if not links.confidence_sound(row, problems) or number is None or target is None:
            continue
        short = row.text("target")
        link = links.Link(mint.link(document, f"{report.key(number)}/{slug(short)}"), report.iri(number), target,
                          f"{report.symbol}/{number} → {short}", "en")
        links.write_link(out, link, row)
        out.value(link.assertion, "dcterms:source", row.text("source"))
    return out.quads


def _document(out: GraphWriter, ids: Ids, settings: Settings) -> tuple[str, str]:
    """State the report; returns its IRI and that of its review cycle."""
    symbol, state = settings.text("symbol"), settings.text("state")
    document, cycle = ids.un_document(symbol), Ids(ids.base, state).cycle(settings.text("cycle"))
    title = settings.bilingual("title")
    out.a(document, "pg:UprReport")
    out.label(document, title["vi"], title["en"], symbol)
    out.value(document, "pg:symbol", symbol)
    out.link(document, "pg:concernsState", ids.state(state))
    out.link(document, "pg:inCycle", cycle)
    out.value(document, "pg:adoptedOn", settings.day("adopted"))
    out.value(document, "pg:publishedOn", settings.day("published"))
    out.value(document, "pg:sessionNumber", settings.number("session"))
    for lang, rights in settings.bilingual("rights").items():
        out.text(document, "dcterms:rights", rights, lang)
    state_provenance(out, document, settings.text("source"), settings.text("status", choices=VERIFICATION))
    return document, cycle


def _summaries(folder: Path, report: Numbered, problems: list[UserError]) -> dict[str, Row]:
    """Our short summaries by number; a report without the table has none."""
    path = folder / "summaries.csv"
    rows = read_table(path, SUMMARIES, problems, key=("number",)) if path.is_file() else []
    return {number: row for row in rows if (number := report.named(row, "number", problems))}


def _recommendation(out: GraphWriter, report: Numbered, number: str, place: int, summary: Row | None) -> None:
    recommendation, row = report.iri(number), report.rows[number]
    out.a(recommendation, "pg:UprRecommendation")
    for lang in LANGUAGES:
        plain = say("label-upr-recommendation", lang, number=number, symbol=report.symbol)
        out.text(recommendation, "rdfs:label", summary.text(f"summary_{lang}") if summary else plain, lang)
    out.value(recommendation, "skos:notation", f"{report.symbol}/{number}")
    out.value(recommendation, "pg:paragraphNumber", number)
    out.value(recommendation, "pg:ordinal", place)
    out.link(recommendation, "pg:paragraphType", concept("paragraph-type", "recommendation"))
    out.link(recommendation, "pg:textStatus", concept("text-status", "not-loaded"))
    state_provenance(out, recommendation, row.text("source"), row.text("status"))


def _states(row: Row, known: dict[str, Row], problems: list[UserError]) -> list[str]:
    """The codes of the States of a recommendation that ``states.csv`` has; every other one is a problem."""
    found = [code.strip() for code in row.text("states").split(";") if code.strip()]
    problems += [row.problem("table-reference", "states", value=code, table="states.csv")
                 for code in found if code not in known]
    return [code for code in found if code in known]


def _positions(out: GraphWriter, report: Numbered, number: str, document: str) -> None:
    """The position of the State; where it answered only with the outcome, the report's "will answer later" before it."""
    row, settings = report.rows[number], report.settings
    day = row.day("position_on")
    if row.text("position_in") == OUTCOME and "pending" in settings.values:
        pending = settings.section("pending")
        first = _position(out, report, number, REPORT, "pending", pending.day("on"))
        out.link(first, "pg:inDocument", document)
        state_provenance(out, first, pending.text("source"), pending.text("status", choices=VERIFICATION))
    position = _position(out, report, number, row.text("position_in"), row.text("position"), day)
    if row.text("position_in") == REPORT:
        out.link(position, "pg:inDocument", document)
    state_provenance(out, position, row.text("position_source"), row.text("position_status"))


def _position(out: GraphWriter, report: Numbered, number: str, stated_in: str, code: str, day: object) -> str:
    position = report.ids.position(report.symbol, f"{report.key(number)}/{stated_in}")
    out.a(position, "pg:StatePosition")
    for lang in LANGUAGES:
        text = say("label-position", lang, number=number, symbol=report.symbol, day=day or "?")
        out.text(position, "rdfs:label", text, lang)
    out.link(position, "pg:positionOn", report.iri(number))
    out.link(position, "pg:positionBy", report.ids.state(str(report.settings.values.get("state", ""))))
    out.link(position, "pg:position", concept("upr-position", code))
    out.value(position, "pg:statedOn", day)  # type: ignore[arg-type]
    return position

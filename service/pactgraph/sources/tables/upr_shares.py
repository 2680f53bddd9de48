"""The shares of single States in UPR recommendations, as the UPR Info database splits and tags them: ``shares.csv``.

The table holds no text: a checksum finds the text in an export of the database. What the shares of a recommendation
agree on is stated of the recommendation too: its issues all together, its level of action where they have the same.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.namespaces import concept, slug
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, state_provenance
from pactgraph.sources.tables.upr_numbers import Numbered
from pactgraph.sources.upr_info.issues import issue_labels
from pactgraph.texts import LANGUAGES, say

RESPONSES = {"accepted": "supported", "noted": "noted"}
MATCHES = ("same-words", "similar-words")
SHARES = (
    Column("row", "integer", required=True),
    Column("session", "integer", required=True),
    Column("number"),
    Column("state", "code", required=True),
    Column("response", "code", required=True, choices=tuple(RESPONSES)),
    Column("action", "code", required=True, choices=("1", "2", "3", "4", "5")),
    Column("issues", required=True),
    Column("text_sha256", required=True),
    Column("match", "code", choices=MATCHES),
    Column("confidence", "decimal"),
    *PROVENANCE,
)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEY = ("state", "text_sha256")


def write_shares(folder: Path, report: Numbered, states: dict[str, Row], problems: list[UserError]) -> list[Quad]:
    """The graph ``un/upr-info/{document}``; ``states`` holds the rows of ``states.csv`` by code."""
    out = GraphWriter(report.ids.graph(f"un/upr-info/{slug(report.symbol)}"))
    levels: dict[str, set[str]] = {}
    issues: dict[str, set[str]] = {}
    sources: dict[str, set[str]] = {}
    for row in read_table(folder / "shares.csv", SHARES, problems, key=_KEY):
        if not _sound(row, report, states, problems):
            continue
        share = _share(out, report, row, states)
        codes = _issues(row)
        for code in codes:
            out.link(share, "pg:theme", concept("upr-info-issue", code))
        if number := row.text("number"):
            levels.setdefault(number, set()).add(row.text("action"))
            issues.setdefault(number, set()).update(codes)
            sources.setdefault(number, set()).add(row.text("source"))
    for number in issues:
        recommendation = report.iri(number)
        for code in sorted(issues[number]):
            out.link(recommendation, "pg:theme", concept("upr-info-issue", code))
        if len(levels[number]) == 1:
            out.link(recommendation, "pg:actionLevel", concept("action-level", next(iter(levels[number]))))
        for source in sorted(sources[number]):
            out.value(recommendation, "dcterms:source", f"{source} (issues, level of action)")
    return out.quads


def _issues(row: Row) -> list[str]:
    return [code.strip() for code in row.text("issues").split(";") if code.strip()]


def _sound(row: Row, report: Numbered, states: dict[str, Row], problems: list[UserError]) -> bool:
    """Whether what a row points at exists; a matched row says how, and how sure it is."""
    before = len(problems)
    state, number, confidence = row.text("state"), row.text("number"), row.decimal("confidence")
    if state not in states:
        problems.append(row.problem("table-reference", "state", value=state, table="states.csv"))
    if not _SHA256.fullmatch(row.text("text_sha256")):
        problems.append(row.problem("upr-sha256", "text_sha256", value=row.text("text_sha256")))
    problems += [row.problem("table-reference", "issues", value=code, table="upr-info-issue.ttl")
                 for code in _issues(row) if code not in issue_labels()]
    if number and report.named(row, "number", problems):
        if state not in (code.strip() for code in report.rows[number].text("states").split(";")):
            problems.append(row.problem("upr-share-state", "state", value=state, number=number))
        if not row.text("match") or confidence is None:
            problems.append(row.problem("table-cell-empty", "match" if not row.text("match") else "confidence"))
    if confidence is not None and not Decimal(0) <= confidence <= Decimal(1):
        problems.append(row.problem("link-confidence", "confidence", value=confidence))
    return len(problems) == before


def _share(out: GraphWriter, report: Numbered, row: Row, states: dict[str, Row]) -> str:
    """State a share; its address is its State and text, so that another match of the row does not change it."""
    checksum, number, code = row.text("text_sha256"), row.text("number"), row.text("state")
    share = report.ids.state_recommendation(report.symbol, f"{code}/{checksum[:12]}")
    out.a(share, "pg:StateRecommendation")
    for lang in LANGUAGES:
        name, place = states[code].text(f"name_{lang}"), row.integer("row")
        out.text(share, "rdfs:label", say("label-share", lang, state=name, symbol=report.symbol, number=number) if number
                 else say("label-share-unmatched", lang, state=name, symbol=report.symbol, row=place), lang)
    if number:
        out.link(share, "pg:shareOf", report.iri(number))
    out.link(share, "pg:recommendingState", report.ids.state(code))
    out.link(share, "pg:recordedPosition", concept("upr-position", RESPONSES[row.text("response")]))
    out.link(share, "pg:actionLevel", concept("action-level", row.text("action")))
    out.value(share, "pg:textSha256", checksum)
    how = f"; matched by State and {row.text('match').replace('-', ' ')} ({row.decimal('confidence')})" if number else ""
    state_provenance(out, share, f"{row.text('source')}, row {row.integer('row')}{how}", row.text("status"))
    return share

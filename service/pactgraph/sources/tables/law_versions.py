"""Versions of laws in time: ``law_versions.csv``. Intervals are half open: ``until`` is the first day of the next one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.laws import Law
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.texts import LANGUAGES, say

TABLE = "law_versions.csv"
VERSIONS = (
    Column("law", "code", required=True),
    Column("from", "date", required=True),
    Column("until", "date"),
    Column("changed_by", "code"),
    *PROVENANCE,
    Column("note_en"),
    Column("note_vi"),
)


def read(folder: Path, ids: Ids, laws: dict[str, Law], amended: frozenset[tuple[str, str]],
         problems: list[UserError]) -> list[Quad]:
    """Statements of the graph ``{country}/laws``. ``amended`` holds (amending law, amended law)."""
    out = GraphWriter(ids.graph(f"{ids.country}/laws"))
    last: dict[str, Row] = {}
    rows = read_table(folder / TABLE, VERSIONS, problems, key=("law", "from"))
    for row in sorted(rows, key=lambda row: (row.text("law"), row.day("from") or date.min)):
        key = row.text("law")
        if _known(row, laws, amended, problems) and _fits(row, laws[key], last.get(key), problems):
            _version(out, ids, laws, row)
        last[key] = row
    return out.quads


def _known(row: Row, laws: dict[str, Law], amended: frozenset[tuple[str, str]], problems: list[UserError]) -> bool:
    """Whether the law is one, and its change is known to amend it."""
    before = len(problems)
    law, change = row.text("law"), row.text("changed_by")
    for column, key in (("law", law), ("changed_by", change)):
        if key and key not in laws:
            problems.append(row.problem("table-reference", column, value=key, table="laws.csv"))
    if len(problems) == before and laws[law].bill:
        problems.append(row.problem("law-is-a-bill", "law", value=law))
    if len(problems) == before and change and (change, law) not in amended:
        problems.append(row.problem("law-version-change", "changed_by", value=change, law=law))
    return len(problems) == before


def _fits(row: Row, law: Law, previous: Row | None, problems: list[UserError]) -> bool:
    """Whether the interval is one, lies within the law's force and begins when the version before it has ended."""
    since, until = row.day("from") or date.min, row.day("until")
    before = len(problems)
    if until and until <= since:
        problems.append(row.problem("table-dates-order", "until", until=until, since=since))
    if previous is not None:
        end = previous.day("until")
        if end is None or since < end:
            problems.append(row.problem("law-version-overlap", "from", since=since, row=previous.number))
    elif law.since and since < law.since:
        problems.append(row.problem("law-version-outside", "from", day=since, law=law.key))
    if law.until and (until is None or until > law.until):
        problems.append(row.problem("law-version-outside", "until", day=until or "–", law=law.key))
    return len(problems) == before


def _version(out: GraphWriter, ids: Ids, laws: dict[str, Law], row: Row) -> None:
    law, change, since = laws[row.text("law")], row.text("changed_by"), row.day("from") or date.min
    version = ids.law_version(law.key, since)
    out.a(version, "pg:LawVersion")
    for lang in LANGUAGES:
        text = "label-law-version-changed" if change else "label-law-version"
        by = laws[change].code if change else ""
        out.text(version, "rdfs:label", say(text, lang, law=law.name[lang], day=since, by=by), lang)
        out.text(version, "rdfs:comment", row.text(f"note_{lang}"), lang)
    out.link(version, "pg:versionOf", ids.law(law.key))
    out.link(version, "pg:changedBy", ids.law(change) if change else None)
    out.value(version, "pg:inForceFrom", since)
    out.value(version, "pg:inForceUntil", row.day("until"))
    write_provenance(out, version, row)

"""The laws, codes, decrees, decisions and bills of a country: ``laws.csv`` in its data folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.official import language, official
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.texts import LANGUAGES

KINDS = ("constitution", "code", "law", "resolution", "decree", "decision", "bill")
LAWS = (
    Column("id", "code", required=True),
    Column("number"),
    Column("title_vi", required=True),
    Column("title_en", required=True),
    Column("kind", "code", required=True, choices=KINDS),
    Column("adopted", "date"),
    Column("in_force_from", "date"),
    Column("in_force_until", "date"),
    Column("replaced_by", "code"),
    *PROVENANCE,
    Column("note_en"),
)


def read(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/laws``. ``in_force_until`` is the first day on which a law is no longer in force."""
    rows = read_laws(folder, problems)
    known = {row.text("id") for row in rows}
    out = GraphWriter(ids.graph(f"{ids.country}/laws"))
    for row in rows:
        if _sound(row, known, problems):
            _law(out, ids, row)
    return out.quads


@dataclass(frozen=True)
class Law:
    """What the other tables of laws need to know of a law: its official ``title``, ``name`` by language, days as in
    the table."""

    key: str
    number: str
    bill: bool
    title: str
    name: dict[str, str]
    since: date | None
    until: date | None

    @property
    def code(self) -> str:
        """The number, or the key where no source gives a number."""
        return self.number or self.key

    @property
    def named(self) -> dict[str, str]:
        """What a link calls it, by language: its number, or its title where no source gives a number."""
        return {lang: self.number or self.name[lang] for lang in LANGUAGES}


def registry(folder: Path) -> dict[str, Law]:
    """The laws of ``laws.csv`` by id. Problems of that table are those of :func:`read` and are not told again."""
    lang = language(folder)
    return {row.text("id"): _entry(row, lang) for row in read_laws(folder, [])}


def _entry(row: Row, lang: str) -> Law:
    return Law(row.text("id"), row.text("number"), row.text("kind") == "bill", row.text(f"title_{lang}"),
               {code: _name(row, code) for code in row.by_language("title")}, row.day("in_force_from"), row.day("in_force_until"))


def _name(row: Row, lang: str) -> str:
    """The title with the number, where the title does not hold it."""
    title, number = row.text(f"title_{lang}"), row.text("number")
    return f"{title} ({number})" if number and number not in title else title


def titles_on(folder: Path, day: date, problems: list[UserError]) -> dict[str, str]:
    """The id of each title as a document of ``day`` means it: of laws with one title, the newest that existed then."""
    found: dict[str, tuple[date, str]] = {}
    column = f"title_{language(folder)}"
    for row in read_laws(folder, problems):
        since = row.day("adopted") or row.day("in_force_from") or date.min
        title = row.text(column)
        if since <= day and (title not in found or found[title][0] <= since):
            found[title] = (since, row.text("id"))
    return {title: key for title, (_, key) in found.items()}


def read_laws(folder: Path, problems: list[UserError]) -> list[Row]:
    """The rows of ``laws.csv``."""
    return read_table(folder / "laws.csv", official(LAWS, folder), problems, key=("id",))


def _sound(row: Row, known: set[str], problems: list[UserError]) -> bool:
    before = len(problems)
    successor = row.text("replaced_by")
    if successor and successor not in known:
        problems.append(row.problem("table-reference", "replaced_by", value=successor, table="laws.csv"))
    since, until = row.day("in_force_from"), row.day("in_force_until")
    if since and until and until <= since:
        problems.append(row.problem("table-dates-order", "in_force_until", until=until, since=since))
    if row.text("kind") == "bill" and (since or until):
        problems.append(row.problem("law-bill-in-force", "kind"))
    return len(problems) == before


def _law(out: GraphWriter, ids: Ids, row: Row) -> None:
    law = ids.law(row.text("id"))
    number = row.text("number")
    bill = row.text("kind") == "bill"
    out.a(law, "pg:LawProposal" if bill else "pg:Law")
    out.link(law, "pg:concernsState", ids.state(ids.country))
    out.value(law, "skos:notation", number)
    out.value(law, "pg:lawNumber", number)
    for lang, title in row.by_language("title").items():
        out.text(law, "rdfs:label", _name(row, lang), lang)
        out.text(law, "dcterms:title", title, lang)
    out.value(law, "pg:adoptedOn", row.day("adopted"))
    out.value(law, "pg:inForceFrom", row.day("in_force_from"))
    out.value(law, "pg:inForceUntil", row.day("in_force_until"))
    out.link(law, "pg:replacedBy", ids.law(row.text("replaced_by")) if row.text("replaced_by") else None)
    out.text(law, "rdfs:comment", row.text("note_en"), "en")
    write_provenance(out, law, row)

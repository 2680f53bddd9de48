"""What a plan's ``plan.toml`` says of the plan and of the document that it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids, plan_key
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.official import language, languages
from pactgraph.sources.tables.tomlfile import read_toml


@dataclass(frozen=True)
class PlanNote:
    """The values of a ``plan.toml``: ``day`` is the plan's, ``retrieved`` the day on which its text was taken in,
    ``source_file`` the name of that text beside it; texts are by language, ``lang`` is the official one."""

    file: str
    number: str
    day: date
    retrieved: date
    treaty: str
    source_file: str
    issuer: dict[str, str]
    title: dict[str, str]
    rights: dict[str, str]
    lang: str

    @property
    def key(self) -> str:
        """The key of the plan in IRIs: ``1252-qd-ttg-2019``."""
        return plan_key(self.number, self.day.year)


def read_plan(folder: Path, problems: list[UserError]) -> PlanNote | None:
    """Read ``plan.toml``; None where a value is missing (the problems say which)."""
    before = len(problems)
    settings = read_toml(folder / "plan.toml", problems)
    if settings is None:
        return None
    day = settings.day("date")
    retrieved = settings.day("retrieved")
    country = folder.parents[1]
    named = languages(country)
    note = PlanNote(settings.file, settings.text("number"), day or date.min, retrieved or date.min,
                    settings.text("treaty"), settings.text("source_file"), settings.by_language("issuer", named),
                    settings.by_language("title", named), settings.bilingual("rights"), language(country))
    return note if len(problems) == before else None


def plan_facts(note: PlanNote, ids: Ids, bodies: Mapping[str, str], problems: list[UserError]) -> list[Quad]:
    """The part of the graph ``sources`` about one plan: issuer, treaty, title, rights. ``bodies`` maps names to ids.

    The English title of the plan itself stands in its translation.
    """
    out = GraphWriter(ids.graph("sources"))
    plan, source = ids.plan(note.key), ids.source(f"decision-{note.key}")
    out.text(plan, "rdfs:label", note.title[note.lang], note.lang)
    out.link(plan, "pg:implementsTreaty", ids.treaty(note.treaty))
    issuer = note.issuer[note.lang]
    if issuer in bodies:
        out.link(plan, "pg:issuedBy", ids.body(bodies[issuer]))
    else:
        problems.append(fail("table-reference", file=note.file, column="issuer", value=issuer, table="bodies.csv"))
    out.value(source, "skos:notation", note.number)
    out.value(source, "pg:sourceKind", "decision")
    out.value(source, "pg:retrievedOn", note.retrieved)
    for lang, title in note.title.items():
        out.text(source, "rdfs:label", title, lang)
        out.text(source, "dcterms:title", title, lang)
    for lang, rights in note.rights.items():
        out.text(source, "dcterms:rights", rights, lang)
    return out.quads

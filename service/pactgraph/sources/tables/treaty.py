"""A treaty and its articles: ``data/treaties/{key}/treaty.toml`` and ``articles.csv``."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, VERIFICATION, state_provenance, write_provenance
from pactgraph.sources.tables.tomlfile import Settings, read_toml
from pactgraph.texts import LANGUAGES, say

DEROGATION = ("listed", "partly-listed", "not-listed", "not-applicable")
ARTICLES = (
    Column("article", "integer", required=True),
    Column("part", required=True),
    Column("title_en", required=True),
    Column("title_vi", required=True),
    Column("derogation", "code", required=True, choices=DEROGATION),
    Column("note_en"),
    *PROVENANCE,
)


def read(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``treaty/{key}`` of the treaty in ``folder``."""
    settings = read_toml(folder / "treaty.toml", problems)
    rows = article_rows(folder, problems)
    if settings is None:
        return []
    key = settings.text("key")
    out = GraphWriter(ids.graph(f"treaty/{key}"))
    notation = settings.text("notation")
    _treaty(out, ids.treaty(key), notation, settings)
    for row in rows:
        _article(out, ids.article(key, row.integer("article") or 0), ids.treaty(key), notation, row)
    return out.quads


def article_rows(folder: Path, problems: list[UserError]) -> list[Row]:
    """The rows of the articles of the treaty in ``folder``."""
    return read_table(folder / "articles.csv", ARTICLES, problems, key=("article",))


def _treaty(out: GraphWriter, treaty: str, notation: str, settings: Settings) -> None:
    out.a(treaty, "pg:Treaty")
    title = settings.bilingual("title")
    out.label(treaty, title["vi"], title["en"], notation)
    out.value(treaty, "pg:adoptedOn", settings.day("adopted"))
    out.value(treaty, "pg:inForceFrom", settings.day("in_force"))
    for lang, rights in settings.bilingual("rights").items():
        out.text(treaty, "dcterms:rights", rights, lang)
    state_provenance(out, treaty, settings.text("source"), settings.text("status", choices=VERIFICATION))


def _article(out: GraphWriter, article: str, treaty: str, notation: str, row: Row) -> None:
    number = row.integer("article")
    out.a(article, "pg:Article")
    out.link(article, "pg:provisionOf", treaty)
    out.value(article, "skos:notation", f"{notation}/{number}")
    out.value(article, "pg:number", str(number))
    out.value(article, "pg:ordinal", number)
    out.value(article, "pg:treatyPart", row.text("part"))
    out.link(article, "pg:derogationStatus", concept("derogation", row.text("derogation")))
    for lang in LANGUAGES:
        title = row.text(f"title_{lang}")
        out.text(article, "rdfs:label", say("label-article", lang, number=number, title=title), lang)
        out.text(article, "dcterms:title", title, lang)
    out.text(article, "rdfs:comment", row.text("note_en"), "en")
    write_provenance(out, article, row)

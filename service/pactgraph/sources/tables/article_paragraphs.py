"""The numbered paragraphs of a treaty's articles: ``paragraphs.csv`` beside ``articles.csv``."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.sources.tables.tomlfile import read_toml
from pactgraph.sources.tables.treaty import article_rows
from pactgraph.texts import LANGUAGES, say

PARAGRAPHS = (
    Column("article", "integer", required=True),
    Column("paragraph", "integer", required=True),
    Column("title_en"),
    Column("title_vi"),
    Column("derogation", "code", required=True, choices=("listed", "not-listed", "not-applicable")),
    *PROVENANCE,
)


def read(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The paragraphs of the treaty in ``folder``, in its graph ``treaty/{key}``; none where the table is absent.

    An article that the treaty does not divide into numbered paragraphs has no row. Problems of ``treaty.toml`` and
    ``articles.csv`` are told by :func:`pactgraph.sources.tables.treaty.read`.
    """
    settings = read_toml(folder / "treaty.toml", [])
    path = folder / "paragraphs.csv"
    if settings is None or not path.is_file():
        return []
    key, notation = settings.text("key"), settings.text("notation")
    articles = {row.integer("article"): row for row in article_rows(folder, [])}
    out = GraphWriter(ids.graph(f"treaty/{key}"))
    rows = read_table(path, PARAGRAPHS, problems, key=("article", "paragraph"))
    for number, group in groupby(rows, lambda row: row.integer("article") or 0):
        paragraphs = list(group)
        if _sound(paragraphs, articles.get(number), problems):
            for row in paragraphs:
                _paragraph(out, ids, key, notation, row)
    return out.quads


def _sound(rows: list[Row], article: Row | None, problems: list[UserError]) -> bool:
    """Whether the rows are the paragraphs 1, 2, 3 … of an article and agree with what is said of the article."""
    before = len(problems)
    for place, row in enumerate(rows, 1):
        if article is None:
            problems.append(row.problem("table-reference", "article", value=row.integer("article"), table="articles.csv"))
        elif row.integer("paragraph") != place:
            problems.append(row.problem("paragraph-sequence", "paragraph", value=row.integer("paragraph"), expected=place))
        if bool(row.text("title_en")) != bool(row.text("title_vi")):
            problems.append(row.problem("title-one-language", "title_vi" if row.text("title_en") else "title_en"))
    if article is not None and not _agree(rows, article.text("derogation")):
        problems.append(rows[0].problem("paragraph-derogation", "derogation", article=rows[0].integer("article"),
                                        value=article.text("derogation")))
    return len(problems) == before


def _agree(rows: Iterable[Row], derogation: str) -> bool:
    """An article is partly listed where some paragraphs are and some are not, else its paragraphs are as it is."""
    found = {row.text("derogation") for row in rows}
    return found == ({"listed", "not-listed"} if derogation == "partly-listed" else {derogation})


def _paragraph(out: GraphWriter, ids: Ids, treaty: str, notation: str, row: Row) -> None:
    article, number = row.integer("article") or 0, row.integer("paragraph") or 0
    paragraph = ids.article_paragraph(treaty, article, number)
    out.a(paragraph, "pg:ArticleParagraph")
    out.link(paragraph, "pg:partOfProvision", ids.article(treaty, article))
    out.value(paragraph, "skos:notation", f"{notation}/{article}/{number}")
    out.value(paragraph, "pg:number", str(number))
    out.value(paragraph, "pg:ordinal", number)
    out.link(paragraph, "pg:derogationStatus", concept("derogation", row.text("derogation")))
    for lang in LANGUAGES:
        title = row.text(f"title_{lang}")
        label = "label-article-paragraph-titled" if title else "label-article-paragraph"
        out.text(paragraph, "rdfs:label", say(label, lang, article=article, number=number, title=title), lang)
        out.text(paragraph, "dcterms:title", title, lang)
    write_provenance(out, paragraph, row)

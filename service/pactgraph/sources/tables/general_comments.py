"""General comments of a treaty body: ``general_comments.csv`` in the folder of its treaty. No text of theirs is loaded."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, state_provenance
from pactgraph.sources.tables.tomlfile import read_toml
from pactgraph.sources.tables.treaty import article_rows
from pactgraph.texts import LANGUAGES, say

COMMENTS = (
    Column("number", "integer", required=True),
    Column("symbol", required=True),
    Column("date_in_source", "date", required=True),
    Column("adopted", "date"),
    Column("published", "date"),
    Column("title_en", required=True),
    Column("title_vi", required=True),
    Column("articles"),
    Column("replaced_by", "integer"),
    Column("replacement_source"),
    Column("note_en"),
    Column("note_vi"),
    *PROVENANCE,
)


def read(folder: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    """The graph ``treaty/{key}/general-comments``; empty where the table is absent.

    Problems of ``treaty.toml`` and ``articles.csv`` are told by :func:`pactgraph.sources.tables.treaty.read`.
    """
    settings = read_toml(folder / "treaty.toml", [])
    path = folder / "general_comments.csv"
    if settings is None or not path.is_file():
        return []
    key, notation = settings.text("key"), settings.text("notation")
    known = {str(row.integer("article")) for row in article_rows(folder, [])}
    rows = read_table(path, COMMENTS, problems, key=("number",))
    symbols = {row.integer("number"): row.text("symbol") for row in rows}
    out = GraphWriter(ids.graph(f"treaty/{key}/general-comments"))
    for row in rows:
        if _sound(row, known, symbols, problems):
            comment = _comment(out, ids, notation, row)
            for article in row.text("articles").split():
                out.link(comment, "pg:commentsOn", ids.article(key, article))
            successor = symbols.get(row.integer("replaced_by"))
            out.link(comment, "pg:replacedBy", ids.un_document(successor) if successor else None)
    return out.quads


def _sound(row: Row, articles: set[str], symbols: dict[int | None, str], problems: list[UserError]) -> bool:
    before = len(problems)
    for article in row.text("articles").split():
        if article not in articles:
            problems.append(row.problem("table-reference", "articles", value=article, table="articles.csv"))
    number, successor = row.integer("number") or 0, row.integer("replaced_by")
    if successor is not None and (successor not in symbols or successor <= number):
        problems.append(row.problem("comment-successor", "replaced_by", value=successor))
    if successor is not None and not row.text("replacement_source"):
        problems.append(row.problem("table-cell-empty", "replacement_source"))
    return len(problems) == before


def _comment(out: GraphWriter, ids: Ids, notation: str, row: Row) -> str:
    number, symbol = row.integer("number"), row.text("symbol")
    comment = ids.un_document(symbol)
    out.a(comment, "pg:GeneralComment")
    out.value(comment, "skos:notation", f"{notation}/GC{number}")
    out.value(comment, "pg:symbol", symbol)
    out.value(comment, "pg:commentNumber", number)
    # What kind of date the catalogue gives differs from comment to comment: only a date whose kind was read says more.
    out.value(comment, "dcterms:date", row.day("date_in_source"))
    out.value(comment, "pg:adoptedOn", row.day("adopted"))
    out.value(comment, "pg:publishedOn", row.day("published"))
    for lang in LANGUAGES:
        title = row.text(f"title_{lang}")
        out.text(comment, "rdfs:label", say("label-general-comment", lang, number=number, title=title), lang)
        out.text(comment, "dcterms:title", title, lang)
        out.text(comment, "rdfs:comment", row.text(f"note_{lang}"), lang)
    replaced = row.text("replacement_source")
    source = row.text("source") + (f"; that it was replaced: {replaced}" if replaced else "")
    state_provenance(out, comment, source, row.text("status"))
    return comment

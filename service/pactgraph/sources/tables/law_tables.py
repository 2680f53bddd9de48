"""The tables beside ``laws.csv``: texts, articles, relations, versions and links. A country may have any of them."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.tables import law_links, law_relations, law_texts, law_versions, laws, legal_provisions
from pactgraph.sources.tables.official import language

__all__ = ["read"]


def read(folder: Path, ids: Ids, known: frozenset[str], problems: list[UserError]) -> list[Quad]:
    """What these tables state. ``known`` holds the IRIs that links may point at; problems of ``laws.csv`` itself are
    those of :func:`pactgraph.sources.tables.laws.read`."""
    book = laws.registry(folder)
    lang = language(folder)
    quads: list[Quad] = []
    texts: dict[str, law_texts.LawText] = {}
    provisions: dict[tuple[str, str], legal_provisions.Provision] = {}
    amended: frozenset[tuple[str, str]] = frozenset()
    if (folder / law_texts.TABLE).is_file():
        quads, texts = law_texts.read(folder, ids, book, problems)
    if (folder / legal_provisions.TABLE).is_file():
        found, provisions = legal_provisions.read(folder, ids, book, texts, lang, problems)
        quads += found
    if (folder / law_relations.TABLE).is_file():
        found, amended = law_relations.read(folder, ids, book, frozenset(provisions), problems)
        quads += found
    if (folder / law_versions.TABLE).is_file():
        quads += law_versions.read(folder, ids, book, amended, problems)
    if (folder / law_links.TABLE).is_file():
        quads += law_links.read(folder, ids, law_links.LawBook(book, texts, provisions, lang), known, problems)
    return quads

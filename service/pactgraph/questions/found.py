"""The results of a search as a table."""

from __future__ import annotations

from pactgraph.questions.table import Table
from pactgraph.search import Found
from pactgraph.texts import say

COLUMNS = ("kind", "code", "label", "language", "passage", "passage_language", "thing")


def found_table(found: Found, lang: str, *, for_people: bool = False) -> Table:
    """One row a result, the best first. ``for_people``: kinds by their names, without languages; else by their codes."""
    rows = [[hit.kind, it.code, it.label.text, it.label.lang, it.text, it.passage_lang, hit.iri]
            for hit in found.hits for it in (hit.shown,)]
    table = Table(list(COLUMNS), rows)
    if for_people:
        for row in rows:
            row[0] = say(f"kind-of-{row[0]}", lang)
        table = table.only([column for column in COLUMNS if "language" not in column])
    if found.total > len(rows):
        table.notes.append(say("search-more", lang, shown=len(rows), total=found.total))
    if found.without > found.total:
        table.notes.append(say("search-narrowed", lang, without=found.without))
    return table

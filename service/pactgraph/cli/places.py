"""Says in words where something stands in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.sources.documents.records import Place


def place_of(place: Place, lang: str) -> str:
    """A place in words."""
    if place.table is not None:
        return say("place-row", lang, table=place.table, row=place.row)
    if place.page is not None:
        return say("place-page", lang, page=place.page, paragraph=place.paragraph)
    return say("place-paragraph", lang, paragraph=place.paragraph)

"""The page of a UN document: its paragraphs."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask
from pactgraph.web.views.common import Facts


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """The paragraphs of a document in their order."""
    return {"paragraphs": await ask.records("document-paragraphs", facts.iri)}

"""The page of a source document: what its reading noticed."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask
from pactgraph.web.views.common import Facts


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """Misprints and cut words of the source with their reading."""
    return {"issues": await ask.records("issues", facts.iri, by=("issue",))}

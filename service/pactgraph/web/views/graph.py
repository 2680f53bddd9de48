"""The page of a named graph: what it speaks of."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask
from pactgraph.web.views.common import Facts


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """The things that a graph describes."""
    return {"members": [record.member for record in await ask.records("graph-members", facts.iri)]}

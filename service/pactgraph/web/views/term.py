"""The page of a class, an ontology or a concept scheme: what belongs to it."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask
from pactgraph.web.views.common import Facts


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """The members of a class or scheme."""
    return {"members": [record.member for record in await ask.records("members", facts.iri)]}

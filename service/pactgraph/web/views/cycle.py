"""The page of a cycle of review: its documents, its plans, what happened in it."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask
from pactgraph.web.views.common import Facts


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """Documents with their recommendations, plans and events of a cycle, by the day."""
    plans = await ask.records("plans", by=("plan",))
    return {
        "documents": await ask.records("cycle-documents", facts.iri, by=("document",)),
        "events": await ask.records("cycle-events", facts.iri, by=("event",)),
        "plans": [record for record in plans if facts.iri in record.values("cycle")],
    }

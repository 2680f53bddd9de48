"""The page of an article: what was recommended on it, which tasks and laws concern it."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask
from pactgraph.web.views.common import Facts, links_of, of_class


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """Recommendations, tasks and laws that are linked to an article or one of its paragraphs."""
    links = await links_of(ask, facts.iri)
    return {
        "recommendations": await of_class(ask, links, "Recommendation", "RecommendedAction"),
        "tasks": await of_class(ask, links, "PlanItem"),
        "laws": await of_class(ask, links, "Law", "LawProposal", "LegalProvision"),
    }

"""The page of an article: what was recommended on it, which tasks and laws concern it."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask
from pactgraph.web.views.common import Facts, links_of, of_class, within


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """Recommendations (of treaty bodies, and of the UPR), tasks and laws that are linked to an article or a paragraph of it.

    Of a State that the reader chose, only what concerns it.
    """
    links = await within(ask, await links_of(ask, facts.iri))
    recommendations = await of_class(ask, links, "Recommendation", "RecommendedAction")
    peers = await of_class(ask, recommendations, "UprRecommendation")
    return {
        "recommendations": [link for link in recommendations if link not in peers],
        "peers": peers,
        "tasks": await of_class(ask, links, "PlanItem"),
        "laws": await of_class(ask, links, "Law", "LawProposal", "LegalProvision"),
    }

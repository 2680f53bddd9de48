"""The page of a recommendation: the tasks that answer it, who handles them, how it was assessed."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask
from pactgraph.web.views.common import Facts, bearers_of, gaps_of, links_of, of_class


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """Articles, tasks with their leads of then and today, and the assessments side by side."""
    links = await links_of(ask, facts.iri, *facts.values("pg:hasRecommendedAction"))
    tasks = await of_class(ask, links, "PlanItem")
    firm = list(dict.fromkeys(link.other for link in tasks if not link.proposed))
    return {
        "articles": await of_class(ask, links, "TreatyProvision"),
        "tasks": tasks,
        "bearers": [bearer for bearer in await bearers_of(ask, *firm) if bearer.lead],
        "positions": await ask.records("positions", facts.iri, by=("said",)),
        "gaps": await gaps_of(ask, facts.iri, *facts.values("pg:hasRecommendedAction")),
        "assessments": await ask.records("assessments", facts.iri, by=("assessment",)),
    }

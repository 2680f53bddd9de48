"""The page of a row of a plan: task, heading or duty."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask
from pactgraph.web.views.common import Facts, bearers_of, gaps_of, links_of, of_class, places_of


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """Who was given the row, in which words, until when, with which result; what it answers; where it stands."""
    iri = facts.iri
    links = await links_of(ask, iri)
    places = await places_of(ask, iri)
    children = await ask.records("children", iri)
    return {
        "ancestors": [record.parent for record in await ask.records("ancestors", iri)],
        "children": [record.item for record in children],
        "bearers": await bearers_of(ask, iri),
        "deadlines": await ask.records("deadlines", iri, by=("deadline",)),
        "results": await ask.records("results", iri, by=("result",)),
        "issues": await ask.records("issues", iri, by=("issue",)),
        "recommendations": await of_class(ask, links, "Recommendation", "RecommendedAction"),
        "items": await of_class(ask, links, "PlanItem"),
        "articles": await of_class(ask, links, "TreatyProvision"),
        "laws": facts.values("pg:namesLaw"),
        "gaps": await gaps_of(ask, iri),
        "place": places.get(iri),
    }

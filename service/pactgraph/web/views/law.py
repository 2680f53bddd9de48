"""The page of a law: when it is in force, what replaced it, which tasks name it, which articles it concerns."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask
from pactgraph.web.views.common import Facts, links_of, of_class, places_of


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """Dates with the state on the day, tasks that name the law, articles that it is linked to."""
    naming = [record.item or "" for record in await ask.records("naming-items", facts.iri)]
    links = await links_of(ask, facts.iri)
    return {
        "state": _state(facts, ask.day),
        "naming": naming,
        "places": await places_of(ask, *naming),
        "articles": await of_class(ask, links, "TreatyProvision"),
    }


def _state(facts: Facts, day: str) -> str:
    """One of the texts ``law-…``: a bill, in force, not yet, no longer, or dates not recorded."""
    start, end = facts.one("pg:inForceFrom"), facts.one("pg:inForceUntil")
    if any(name.endswith("/LawProposal") for name in facts.classes()):
        return "law-proposal"
    if end and day >= end:
        return "law-ended"
    if not start:
        return "law-unknown"
    return "law-in-force" if day >= start else "law-not-yet"

"""The page of a law: when it is in force, what replaced it, which tasks name it, which articles it concerns."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask, Record
from pactgraph.web.states import law_state
from pactgraph.web.views.common import Facts, links_of, of_class, places_of


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """Dates with the state on the day, versions and provisions, tasks that name the law, articles that it is linked to."""
    naming = [record.item or "" for record in await ask.records("naming-items", facts.iri)]
    links = await links_of(ask, facts.iri)
    return {
        "state": law_state(ask.day, facts.one("pg:inForceFrom"), facts.one("pg:inForceUntil"),
                           bill=any(name.endswith("/LawProposal") for name in facts.classes())),
        "versions": _of_day(await ask.records("law-versions", facts.iri, by=("version",)), ask.day),
        "provisions": await ask.records("law-provisions", facts.iri, by=("provision",)),
        "naming": naming,
        "places": await places_of(ask, *naming),
        "articles": await of_class(ask, links, "TreatyProvision"),
    }


def _of_day(versions: list[Record], day: str) -> list[tuple[Record, bool]]:
    """The versions, each with whether it applies on the day."""
    return [(version, (getattr(version, "from") or "") <= day and not (version.until and version.until <= day))
            for version in versions]

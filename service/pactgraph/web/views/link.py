"""The page of a link assertion: its two ends, the words that it rests on, and who decided on it."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask, Record
from pactgraph.web.views.common import PROPOSED, Facts


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """The assertion as a record, and the decision that gave it its status: None while it waits, or where no journal says."""
    subject = facts.one("pg:linkSubject")
    records = await ask.records("link-assertions", subject, by=("link",)) if subject else []
    ask.mention([iri for iri in (facts.one("pg:linkObject"), facts.one("pg:confirmedBy")) if iri])
    return {
        "assertion": next((record for record in records if record.link == facts.iri), Record()),
        "decision": None if facts.one("pg:linkStatus") == PROPOSED else await _decision(ask, facts.iri),
    }


async def _decision(ask: Ask, iri: str) -> Record | None:
    """The last entry of the journal that changed the status. The page tells when and why; of who decided only a body that
    confirmed the link under a mandate is named, never the name of a token: it may be a person's."""
    found = await ask.records("link-decision", iri, by=("entry",))
    return found[-1] if found else None

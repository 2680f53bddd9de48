"""The page of a body: what it was given, what it answers for on the day, where its functions went and came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pactgraph.web.ask import Ask, Record
from pactgraph.web.views.common import Bearer, Facts, bearers


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """Duties of a body of then, with its successors; duties that came to a body of today; transfers both ways."""
    duties = await bearers(ask, await ask.records("duties", facts.iri, by=("responsibility",)))
    transfers = await ask.records("transfers", facts.iri, by=("transfer",))
    given = [duty for duty in duties if duty.said.agent == facts.iri]
    return {
        "given": given,
        "inherited": [duty for duty in duties if duty.said.agent != facts.iri],
        "successors": _successors(given, facts.iri),
        "after": _lineage(transfers, facts.iri, "giver", "taker"),
        "before": _lineage(transfers, facts.iri, "taker", "giver"),
        "transfers": transfers,
        "until": facts.one("pg:existsUntil"),
    }


@dataclass
class Successor:
    """A body that answers on the day for what another was given: which items on which basis, by which transfers."""

    body: str
    items: dict[str, list[str]] = field(default_factory=dict)
    transfers: dict[str, Record] = field(default_factory=dict)


@dataclass
class Kin:
    """A body that gave functions to another or took them over, with the transfers, first by day."""

    body: str
    transfers: list[Record] = field(default_factory=list)


def _lineage(transfers: list[Record], body: str, own: str, other: str) -> list[Kin]:
    """The bodies at the other end of the transfers in which a body has the part ``own``, in the order of the days."""
    found: dict[str, Kin] = {}
    for record in transfers:
        if getattr(record, own) == body:
            kin = getattr(record, other) or ""
            found.setdefault(kin, Kin(kin)).transfers.append(record)
    return list(found.values())


def _successors(given: list[Bearer], body: str) -> list[Successor]:
    """The bodies that answer on the day for what this one was given."""
    found: dict[str, Successor] = {}
    for duty in given:
        for record in duty.today:
            if not record.body or record.body == body:
                continue
            successor = found.setdefault(record.body, Successor(record.body))
            items = successor.items.setdefault(record.basis or "", [])
            if duty.said.item and duty.said.item not in items:
                items.append(duty.said.item)
            if record.transfer:
                successor.transfers.setdefault(record.transfer, record)
    return [found[key] for key in sorted(found)]

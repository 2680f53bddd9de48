"""The page of a plan: its rows in their order."""

from __future__ import annotations

from typing import Any

from pactgraph.web.ask import Ask, Record
from pactgraph.web.views.common import Facts


async def view(ask: Ask, facts: Facts) -> dict[str, Any]:
    """The rows of a plan, each with its depth, and the plans that implement or follow it."""
    return {
        "rows": with_depth(await ask.records("items", facts.iri, by=("item",))),
        "below": await ask.records("plans-below", facts.iri, by=("plan",)),
    }


def with_depth(records: list[Record]) -> list[tuple[Record, int]]:
    """Rows in their order with how many headings stand above each."""
    parents = {record.item: record.parent for record in records}

    def depth(item: str | None) -> int:
        steps = 0
        while item in parents and parents[item] and steps < 20:
            item = parents[item]
            steps += 1
        return steps

    return [(record, depth(record.item)) for record in records]

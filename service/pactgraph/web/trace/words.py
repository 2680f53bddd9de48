"""The words behind the steps of a chain: quotation, file and line, status, method, confidence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pactgraph.namespaces import DCTERMS, PREFIXES, RDFS
from pactgraph.web.ask import Ask, Term
from pactgraph.web.trace.steps import Step

_AT_ONCE = 200
Said = dict[str, list[Term]]
"""The values of a thing by property: the local name of ours (``quotation``), ``source`` and ``comment``."""


@dataclass
class Entry:
    """A step in the list: its number, and what each of its holders says. ``shown``: whether the picture has it."""

    number: int
    step: Step
    shown: bool
    said: list[tuple[str, Said]] = field(default_factory=list)

    def terms(self, name: str) -> list[Term]:
        """The values of a property, of all holders."""
        return [term for _, said in self.said for term in said.get(name, ())]

    def values(self, name: str) -> list[str]:
        """The values of a property as strings."""
        return list(dict.fromkeys(term.value for term in self.terms(name)))


async def entries(ask: Ask, numbered: list[tuple[int, Step]], shown: set[Step]) -> list[Entry]:
    """The steps with the words behind them."""
    said = await _said(ask, list(dict.fromkeys(holder for _, step in numbered for holder in step.holders if holder)))
    return [Entry(number, step, step in shown, [(holder, said[holder]) for holder in step.holders if holder])
            for number, step in numbered]


async def _said(ask: Ask, holders: list[str]) -> dict[str, Said]:
    found: dict[str, Said] = defaultdict(dict)
    for start in range(0, len(holders), _AT_ONCE):
        for record in await ask.records("trace-words", *holders[start:start + _AT_ONCE]):
            name = (record.property or "").removeprefix(PREFIXES["pg"]).removeprefix(DCTERMS).removeprefix(RDFS)
            found[record.thing or ""].setdefault(name, []).extend(record.terms("value"))
    return found

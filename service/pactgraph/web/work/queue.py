"""The links that wait for a review, in their order, narrowed by what the reader chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pactgraph.web.ask import Ask, Record
from pactgraph.web.site import Site, today

FILTERS = ("article", "plan", "document", "method")


@dataclass
class Queue:
    """The proposed links that pass the filters, surest first, and how many of these were decided on already.

    ``choices``: for each filter the values (IRIs) that any link has, with how many proposed links have them.
    """

    waiting: list[Record]
    decided: int
    chosen: dict[str, str]
    choices: dict[str, dict[str, int]]

    @property
    def total(self) -> int:
        """How many links there were to look at."""
        return len(self.waiting) + self.decided

    def place(self, link: str) -> int | None:
        """Where a link stands among those that wait, from 0; None where it does not."""
        return next((at for at, record in enumerate(self.waiting) if record.link == link), None)

    def beside(self, link: str, step: int) -> str | None:
        """The link after (1) or before (-1) another among those that wait; None at an end."""
        at = self.place(link)
        if at is None or not 0 <= at + step < len(self.waiting):
            return None
        return self.waiting[at + step].link


async def queue_of(site: Site, lang: str, wanted: Mapping[str, str]) -> Queue:
    """The queue as a site shows it; a filter without a value lets everything through."""
    records = await Ask(site, lang, today()).records("link-queue", by=("link",))  # nothing is named that is not shown
    chosen = {name: wanted.get(name, "").strip() for name in FILTERS}
    passing = [record for record in records if all(not value or value in record.values(name) for name, value in chosen.items())]
    choices: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
    for record in records:
        for name in FILTERS:
            for value in record.values(name):
                choices[name][value] = choices[name].get(value, 0) + (not _is_decided(record))
    return Queue([record for record in passing if not _is_decided(record)], sum(map(_is_decided, passing)),
                 {name: value for name, value in chosen.items() if value}, choices)


def _is_decided(record: Record) -> bool:
    return record.decided == "true"

"""Filters of a list: each axis offers the values that the list has, with how many things each would leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pactgraph.web.ask import Record
from pactgraph.web.page import Page


@dataclass(frozen=True)
class Axis:
    """A way to narrow a list: the parameter in the address, and the values that a record has on it.

    A value is an IRI (shown by the name of the thing, in the address by its code), or with ``words`` a code (shown by the
    word ``{words}{code}``).
    """

    name: str
    values: Callable[[Record], Iterable[str]]
    words: str = ""


@dataclass(frozen=True)
class Choice:
    """A value that may be chosen: its address chooses it, or where it is chosen gives it up."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """An axis as a page shows it."""

    name: str
    label: str
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        """What was chosen on this axis."""
        return next((choice for choice in self.choices if choice.chosen), None)


async def narrow(page: Page, axes: Sequence[Axis], records: list[Record],
                 meant: Mapping[str, str] | None = None) -> tuple[list[Record], list[Filter]]:
    """The records that pass the filters of the request, and the filters; the counts of an axis heed all the others.

    ``meant``: the codes that are meant by what the request gives, where they are not the same.
    """
    await page.site.things.look_up(
        value for axis in axes for record in records for value in axis.values(record) if not axis.words)
    given = page.request.query_params
    asked = {axis.name: (meant or given).get(axis.name, "") for axis in axes}

    def passes(record: Record, but: str = "") -> bool:
        return all(not asked[axis.name] or axis.name == but
                   or any(_code(page, axis, value) == asked[axis.name] for value in axis.values(record)) for axis in axes)

    filters = []
    for axis in axes:
        counts = Counter(value for record in records if passes(record, axis.name) for value in dict.fromkeys(axis.values(record)))
        filters.append(_shown(page, axis, counts, asked[axis.name]))
    return [record for record in records if passes(record)], [found for found in filters if found.choices]


def _shown(page: Page, axis: Axis, counts: Counter[str], asked: str) -> Filter:
    """An axis with its choices in the order in which the list has them; none where there is nothing to choose."""
    codes = {value: _code(page, axis, value) for value in counts}
    choices = [
        Choice(_label(page, axis, value), counts[value], page.here(**{axis.name: None if code == asked else code}), code == asked)
        for value, code in codes.items()
    ]
    if asked and asked not in codes.values():  # nothing is left: what was chosen can still be given up
        choices.append(Choice(asked, 0, page.here(**{axis.name: None}), True))
    return Filter(axis.name, page.t("filter-" + axis.name), choices if len(choices) > 1 or asked else [])


def _code(page: Page, axis: Axis, value: str) -> str:
    return value if axis.words else page.thing(value).notation or value.rsplit("/", 1)[-1]


def _label(page: Page, axis: Axis, value: str) -> str:
    if axis.words:
        return page.t(axis.words + value)
    found = page.thing(value)
    label = found.label(page.lang)[0]
    return f"{found.notation} · {label}" if found.notation and found.is_a("UnDocument", "ImplementationPlan") else label

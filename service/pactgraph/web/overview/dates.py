"""The line of time: reviews, answers due to the United Nations, deadlines of plans."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pactgraph.questions.table import Table
from pactgraph.web.drawing.timeline import Dot, Line, Sheet, timeline

if TYPE_CHECKING:
    from pactgraph.web.page import Page

LANES = ("treaty", "upr", "answer", "plan", "other")


@dataclass(frozen=True)
class Date:
    """What happened or is due: ``day`` as YEAR-MONTH-DAY, empty where only ``words`` tell it; ``recurrence`` as ISO 8601."""

    lane: str
    thing: str
    day: str
    words: str
    kind: str
    of: str
    recurrence: str


Groups = dict[tuple[str, str], list[Date]]
"""Lane and day (empty: no day) → what stands there."""


async def dates(page: Page) -> list[Date]:
    """All days, in the order of lanes and time; plans and documents that were not there on the day asked about are not."""
    records = await page.ask.records("overview-dates")
    found = [Date(record.lane or "", record.thing or "", record.day or "", record.words or "", record.kind or "",
                  record.of or "", record.recurrence or "") for record in records]
    return sorted(found, key=lambda item: (LANES.index(item.lane), item.day == "", item.day))


def grouped(found: list[Date]) -> Groups:
    """What stands on the same day of the same lane."""
    groups: Groups = defaultdict(list)
    for item in found:
        groups[item.lane, item.day].append(item)
    return dict(groups)


def draw(groups: Groups, day: str) -> Line:
    """The picture, with a mark at the day asked about."""
    dots = [Dot(lane, date.fromisoformat(on), len(items)) for (lane, on), items in groups.items() if on]
    lanes = [lane for lane in LANES if any(dot.lane == lane for dot in dots)]
    return timeline(dots, lanes, date.fromisoformat(day), Sheet())


async def table(page: Page, found: list[Date]) -> Table:
    """Days as a table."""
    await page.site.things.look_up({iri for item in found for iri in (item.thing, item.kind, item.of) if iri})

    def label(iri: str) -> str:
        return page.thing(iri).label(page.lang)[0] if iri else ""

    rows = [[item.day, item.words, page.t("lane-" + item.lane), item.thing, label(item.thing), label(item.kind), label(item.of),
             item.recurrence] for item in found]
    return Table(["day", "words", "lane", "thing", "label", "kind", "of", "recurrence"], rows, page.t("overview-dates"))

"""The flow from articles over recommendations and tasks to the bodies of the day: links, grouped so that one can read them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactgraph.questions.table import Table
from pactgraph.web.drawing.flow import Band, Bar, Canvas, Flow, flow
from pactgraph.web.drawing.lettering import Lettering

if TYPE_CHECKING:
    from pactgraph.web.page import Page

MOST = 9
"""So many articles, documents, chapters or bodies stand by themselves; the rest is one bar."""
STRAIGHT, NO_TASK, NO_LEAD, OTHER = "straight", "no-task", "no-lead", "other"
"""Bars that are no thing: links without a recommendation between, recommendations without a task, the rest of a column."""

_LETTERS, _NAME_ROOM = Lettering(12.5), 180.0


@dataclass(frozen=True)
class Link:
    """A link in a picture: the things at its ends (an empty end: nothing is recorded), and the bars that hold them."""

    start: str
    end: str
    source: str
    target: str


@dataclass
class Flows:
    """All links of the picture; ``held``: how many things of a column stand in its bar ``other``."""

    links: list[Link]
    columns: list[list[str]] = field(default_factory=list)
    held: dict[int, int] = field(default_factory=dict)

    def between(self, source: str = "", target: str = "") -> list[Link]:
        """The links from a bar, to a bar, or from one to the other."""
        return [link for link in self.links if source in ("", link.source) and target in ("", link.target)]

    def of(self, bar: str) -> list[Link]:
        """The links that the number of a bar counts: those into it, those out of it where there are none."""
        return self.between(target=bar) or self.between(source=bar)


def key(page: Page, column: int, group: str) -> str:
    """The name of a bar: its column and what it stands for, as addresses write it."""
    return f"{column}.{page.addresses.path(group)}"


async def flows(page: Page) -> Flows:
    """The links of the day, in the country that was chosen."""
    rows: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for record in await page.ask.records("overview-flows"):
        rows[record.step or ""].append((record.values("from")[0], record.to or "", record.group or ""))
    chapters = {start: end for start, end, _ in rows["under"]}
    chapter = {task: chapters.get(task, task if task in chapters.values() else plan)
               for step in ("serves", "leads") for task, plan in _tasks(rows[step], step)}
    chapter |= {end: chapters.get(end, end) for _, end, _ in rows["addresses"] if end not in chapter}
    document = {end: group for _, end, group in rows["concerns"]} | {start: group for start, _, group in rows["addresses"]}
    raw = [(0, start, start, 1, end, document[end]) for start, end, _ in rows["concerns"]]
    raw += [(0, start, start, 1, end, STRAIGHT) for start, end, _ in rows["serves"]]
    raw += [(1, start, document[start], 2, end, chapter[end]) for start, end, _ in rows["addresses"]]
    answered = {start for start, _, _ in rows["addresses"]}
    raw += [(1, end, document[end], 2, "", NO_TASK) for end in dict.fromkeys(end for _, end, _ in rows["concerns"])
            if end not in answered]
    raw += [(1, start, STRAIGHT, 2, end, chapter[end]) for start, end, _ in rows["serves"]]
    raw += [(2, start, chapter[start], 3, end, end) for start, end, _ in rows["leads"]]
    return _grouped(page, raw)


def _tasks(rows: list[tuple[str, str, str]], step: str) -> list[tuple[str, str]]:
    """The tasks of rows, each with its plan."""
    return [(end if step == "serves" else start, plan) for start, end, plan in rows]


def _grouped(page: Page, raw: list[tuple[int, str, str, int, str, str]]) -> Flows:
    """Links with their bars: what a column has most of stands by itself."""
    weight: dict[int, Counter[str]] = defaultdict(Counter)
    for left, _, source, right, _, target in raw:
        weight[left][source] += left == 0
        weight[right][target] += 1
    kept, held, columns = {}, {}, []
    for column in range(4):
        special = [group for group in (STRAIGHT, NO_TASK) if group in weight[column]]
        ranked = [group for group, _ in weight[column].most_common() if group not in special]
        kept[column] = {*ranked[:MOST], *special}
        order = [*ranked[:MOST], *special]
        if len(ranked) > MOST:
            held[column] = len(ranked) - MOST
            order.insert(MOST, OTHER)
        columns.append([key(page, column, group) for group in order])
    links = [Link(start, end, key(page, left, source if source in kept[left] else OTHER),
                  key(page, right, target if target in kept[right] else OTHER))
             for left, start, source, right, end, target in raw]
    return Flows(links, columns, held)


def draw(found: Flows) -> Flow:
    """The picture of the flow."""
    numbers = Counter((link.source, link.target) for link in found.links)
    bands = [Band(source, target, value) for (source, target), value in numbers.items()]
    bars = [Bar(name, column) for column, names in enumerate(found.columns) for name in names]
    return flow(bars, bands, Canvas())


def name_of(page: Page, found: Flows, bar: str) -> str:
    """What a bar stands for, in words."""
    column, _, group = bar.partition(".")
    if group == OTHER:
        return page.t(f"flow-other-{column}", number=found.held.get(int(column), 0))
    if group in (STRAIGHT, NO_TASK):
        return page.t("flow-" + group)
    thing = page.thing(page.addresses.iri(group))
    label = thing.label(page.lang)[0]
    if thing.notation and thing.is_a("UnDocument", "ImplementationPlan"):
        return thing.notation
    return f"{thing.notation}. {label}" if thing.notation and thing.is_a("PlanItem") else label


def lines_of(page: Page, found: Flows, bar: str) -> list[str]:
    """The name of a bar in two lines beside it."""
    lines = _LETTERS.lines(name_of(page, found, bar), _NAME_ROOM, 2)
    number = str(len(found.of(bar)))
    return _LETTERS.lines(name_of(page, found, bar), _NAME_ROOM - _LETTERS.width(" " + number), 2) if len(lines) > 1 else lines


async def table(page: Page, links: list[Link], found: Flows) -> Table:
    """Links as a table: each end with its name, and the bar that holds it."""
    await page.site.things.look_up({iri for link in links for iri in (link.start, link.end) if iri})
    rows = [[link.start, page.thing(link.start).label(page.lang)[0], link.end,
             page.thing(link.end).label(page.lang)[0] if link.end else page.t("flow-no-task"), name_of(page, found, link.source),
             name_of(page, found, link.target)] for link in links]
    return Table(["from", "from_label", "to", "to_label", "group_from", "group_to"], rows, page.t("overview-flow"))

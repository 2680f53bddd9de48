"""Draws the chain through a thing: article → recommendation → task → body of then → body of today, and the laws.

The drawing is SVG made by a template from places computed here; every box is a link, and the sections of the page
say the same in words.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pactgraph.web.views.common import PROPOSED

if TYPE_CHECKING:
    from pactgraph.web.page import Page
    from pactgraph.web.things import Thing

COLUMNS = ("article", "recommendation", "task", "then", "today", "law")
_MOST = 5
_BOX_WIDTH, _BOX_HEIGHT, _GAP_X, _GAP_Y, _TOP = 168, 72, 36, 14, 44
_FLOOR = 24
_CHARACTERS = 21


@dataclass
class Box:
    """A thing in a column: its place in pixels and the lines of its text; ``firm`` once a firm link reaches it."""

    iri: str
    column: int
    x: int = 0
    y: int = 0
    code: str = ""
    lines: list[str] = field(default_factory=list)
    label: str = ""
    lang: str = ""
    firm: bool = False
    here: bool = False


@dataclass(frozen=True)
class Line:
    """A link between two boxes as an SVG path, with what it means."""

    path: str
    proposed: bool
    title: str


@dataclass
class Picture:
    """A finished drawing, in pixels; ``columns``: names with the middle of each; ``left_out``: tasks not in it."""

    width: int
    height: int
    box_width: int
    box_height: int
    columns: list[tuple[str, int]]
    boxes: list[Box]
    lines: list[Line]
    left_out: int


async def chain_picture(page: Page, iri: str) -> Picture | None:
    """The chain through a thing; None where it reaches no task."""
    tasks = list(dict.fromkeys(record.task or "" for record in await page.ask.records("chain-tasks", iri)))
    if not tasks:
        return None
    drawn = tasks[:_MOST]
    records = await page.ask.records("chain-steps", *dict.fromkeys([*drawn, iri]))
    steps = [
        Step(record.step or "", record.values("from")[0], record.values("to")[0], record.status or "")
        for record in records
    ]
    await page.site.things.look_up({end for step in steps for end in (step.start, step.end)} | {*drawn, iri})
    return _Drawing(page, iri, drawn, _seen_from(page.thing(iri), steps)).picture(len(tasks) - len(drawn))


def _seen_from(here: Thing, steps: list[Step]) -> list[Step]:
    """The steps that matter to a thing: its tasks have other articles, recommendations and leads, beside the point."""
    iri = here.iri
    if here.is_a("TreatyProvision"):
        concerned = {step.end for step in steps if step.kind == "recommendation-article" and step.start == iri}
        kept = [step for step in steps if step.left != 0 or step.start == iri]
        return [step for step in kept if step.kind != "addresses" or step.start in concerned]
    if here.is_a("Recommendation", "RecommendedAction"):
        return [step for step in steps if step.left > 1 or iri in (step.start, step.end) or step.start.startswith(iri)]
    if here.is_a("Agent"):
        givers = {step.start for step in steps if step.kind == "addressee" and step.end == iri} | {iri}
        kept = [step for step in steps if step.kind != "lead" or step.end in givers]
        return [step for step in kept if step.kind != "addressee" or iri in (step.start, step.end)]
    return steps


_ENDS = {
    "recommendation-article": (0, 1),
    "task-article": (0, 2),
    "addresses": (1, 2),
    "lead": (2, 3),
    "addressee": (3, 4),
    "law": (2, 5),
}


@dataclass(frozen=True)
class Step:
    """A link of the chain: its kind, the things at its ends, its status (or the basis of an addressee)."""

    kind: str
    start: str
    end: str
    status: str

    @property
    def left(self) -> int:
        """The column of the start."""
        return _ENDS[self.kind][0]

    @property
    def right(self) -> int:
        """The column of the end."""
        return _ENDS[self.kind][1]

    @property
    def proposed(self) -> bool:
        """Whether nobody has taken the link into the graph yet."""
        return self.status == PROPOSED


class _Drawing:
    def __init__(self, page: Page, here: str, tasks: list[str], steps: list[Step]) -> None:
        self._page = page
        self._here = here
        self._boxes: dict[tuple[int, str], Box] = {}
        self._edges: list[tuple[Box, Box, Step]] = []
        for task in tasks:
            self._box(2, task)
        # Firm links first: where a column is full, it is a proposed one that stays out.
        for step in sorted(steps, key=lambda step: step.proposed):
            if not self._said_already(step, steps):
                first, second = self._box(step.left, step.start), self._box(step.right, step.end)
                if first and second:
                    self._edges.append((first, second, step))

    def _said_already(self, step: Step, steps: list[Step]) -> bool:
        """Whether the way over a recommendation says what this link from a task to an article says."""
        if step.kind != "task-article":
            return False
        over = {other.start for other in steps if other.kind == "addresses" and other.end == step.end}
        return any(other.kind == "recommendation-article" and other.start == step.start and other.end in over
                   and other.proposed <= step.proposed for other in steps)

    def _box(self, column: int, iri: str) -> Box | None:
        key = (column, iri)
        if key not in self._boxes:
            if sum(box.column == column for box in self._boxes.values()) >= _MOST and iri != self._here:
                return None
            self._boxes[key] = self._labelled(Box(iri, column, here=iri == self._here))
        return self._boxes[key]

    def _labelled(self, box: Box) -> Box:
        thing = self._page.thing(box.iri)
        text, box.lang = thing.label(self._page.lang)
        box.label = text
        if thing.is_a("PlanItem") and thing.notation:
            box.code = thing.notation
        elif ": " in text and thing.is_a("TreatyProvision", "DocumentParagraph", "RecommendedAction"):
            box.code, text = text.split(": ", 1)
        room = 2 if box.code else 3
        box.lines = textwrap.wrap(text, _CHARACTERS, max_lines=room, placeholder="…", break_long_words=False)
        return box

    def picture(self, left_out: int) -> Picture:
        """Place the boxes and draw the lines."""
        height = self._place()
        for first, second, step in self._edges:
            if not step.proposed:
                first.firm = second.firm = True
        floor = height - _FLOOR // 2
        lines = [Line(_path(first, second, floor), step.proposed, self._title(step))
                 for first, second, step in self._edges]
        width = len(COLUMNS) * _BOX_WIDTH + (len(COLUMNS) - 1) * _GAP_X
        columns = [(name, 1 + place * (_BOX_WIDTH + _GAP_X) + _BOX_WIDTH // 2) for place, name in enumerate(COLUMNS)]
        return Picture(width + 2, height, _BOX_WIDTH, _BOX_HEIGHT, columns, list(self._boxes.values()), lines, left_out)

    def _place(self) -> int:
        columns = [[box for box in self._boxes.values() if box.column == number] for number in range(len(COLUMNS))]
        most = max(len(column) for column in columns)
        inner = most * _BOX_HEIGHT + (most - 1) * _GAP_Y
        for number, column in enumerate(columns):
            used = len(column) * _BOX_HEIGHT + (len(column) - 1) * _GAP_Y
            for place, box in enumerate(column):
                box.x = 1 + number * (_BOX_WIDTH + _GAP_X)
                box.y = _TOP + (inner - used) // 2 + place * (_BOX_HEIGHT + _GAP_Y)
        return _TOP + inner + _FLOOR

    def _title(self, step: Step) -> str:
        return self._page.t("step-" + step.kind) + (f" ({self._page.t('proposed')})" if step.proposed else "")


def _path(first: Box, second: Box, floor: int) -> str:
    """A line from one box to another. A line that passes a column keeps to the gaps and a lane of its own, never behind
    a box: what looked like a link of that box would be a false one. ``floor`` is the lane below all boxes."""
    start, end = (first.x + _BOX_WIDTH, first.y + _BOX_HEIGHT // 2), (second.x, second.y + _BOX_HEIGHT // 2)
    if second.column - first.column > 1:
        lane = _TOP - 8 if second.column == len(COLUMNS) - 1 else floor
        up = -1 if lane < start[1] else 1
        out, into = start[0] + _GAP_X // 3, end[0] - 2 * _GAP_X // 3
        return (f"M{start[0]},{start[1]} H{out - 6} Q{out},{start[1]} {out},{start[1] + 6 * up} V{lane - 6 * up} "
                f"Q{out},{lane} {out + 6},{lane} H{into - 6} Q{into},{lane} {into},{lane - 6 * up} "
                f"V{end[1] + 6 * up} Q{into},{end[1]} {into + 6},{end[1]} H{end[0]}")
    bend = (end[0] - start[0]) // 2
    return f"M{start[0]},{start[1]} C{start[0] + bend},{start[1]} {end[0] - bend},{end[1]} {end[0]},{end[1]}"

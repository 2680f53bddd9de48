"""Asks the graph for the chain through a thing: a few queries, each for all things of a column at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from pactgraph.namespaces import PREFIXES, VOCAB
from pactgraph.web.ask import Ask, Record
from pactgraph.web.trace.steps import (
    ARTICLE,
    KINDS,
    LAW,
    PROGRESS,
    RECOMMENDATION,
    TASK,
    THEN,
    TODAY,
    Chain,
    Place,
    Step,
)

LEAD = VOCAB + "role/lead"
NOBODY = VOCAB + "basis/none"
_GIVES_EFFECT = PREFIXES["pg"] + "givesEffectTo"
_COLUMN_OF = (
    (ARTICLE, ("TreatyProvision",)),
    (RECOMMENDATION, ("Recommendation",)),
    (TASK, ("PlanTask", "PlanDuty", "PlanHeading")),
    (THEN, ("PublicBody", "BodyGroup", "BodyUnit", "Agent")),
    (LAW, ("Law", "LawProposal")),
    (PROGRESS, ("CommitteeAssessment", "StatusObservation", "ProgressStatement", "Product")),
)
_MOST_THINGS = 400
"""So many things of a column are followed further; a column of a larger graph is told by its list."""


class Gatherer:
    """Gathers the chain through one thing on the day of ``ask``, within one State where one was chosen (its IRI)."""

    def __init__(self, ask: Ask, state: str = "") -> None:
        self._ask = ask
        self._state = state
        self._steps: dict[tuple[object, ...], Step] = {}

    async def chain(self, here: str) -> Chain | None:
        """The chain through a thing; None where the thing is of no kind that stands on one."""
        column = await self.column(here)
        if column is None:
            return None
        follow = {ARTICLE: self._from_article, RECOMMENDATION: self._from_recommendations, TASK: self._from_tasks,
                  THEN: self._from_body, LAW: self._from_law, PROGRESS: self._from_progress}
        await follow[column]([here])
        steps = sorted(self._steps.values(), key=_turn)
        places = [(column, here)] if column != THEN else _places_of_body(here, steps)
        return Chain(here, places, steps)

    async def column(self, iri: str) -> int | None:
        """The column of a thing (of a body: that of the plan); None for a thing of another kind."""
        await self._ask.site.things.look_up([iri])
        thing = self._ask.site.things.get(iri)
        return next((column for column, names in _COLUMN_OF if thing.is_a(*names)), None)

    async def _from_article(self, here: list[str]) -> None:
        await self._articles(here)
        await self._answers(self._ends(RECOMMENDATION))
        await self._rest(self._ends(TASK), self._ends(RECOMMENDATION))

    async def _from_recommendations(self, here: list[str]) -> None:
        await asyncio.gather(self._articles(here), self._answers(here))
        await self._rest(self._ends(TASK), here)

    async def _from_tasks(self, here: list[str]) -> None:
        await asyncio.gather(self._answers(here), self._articles(here))
        recommendations = self._ends(RECOMMENDATION)
        await asyncio.gather(self._articles(recommendations), self._rest(here, recommendations))

    async def _from_body(self, here: list[str]) -> None:
        await self._bodies(here)
        tasks = self._ends(TASK)
        await asyncio.gather(self._answers(tasks), self._articles(tasks), self._laws(tasks))
        recommendations = self._ends(RECOMMENDATION)
        await asyncio.gather(self._articles(recommendations), self._progress([*tasks, *recommendations]))

    async def _from_law(self, here: list[str]) -> None:
        await asyncio.gather(self._articles(here), self._laws(here))
        tasks = self._ends(TASK)
        await self._answers(tasks)
        recommendations = self._ends(RECOMMENDATION)
        await asyncio.gather(self._bodies(tasks), self._progress([*tasks, *recommendations]))

    async def _from_progress(self, here: list[str]) -> None:
        about = [iri for record in await self._ask.records("trace-start", *here) for iri in record.values("about")]
        for iri in about:
            follow = {RECOMMENDATION: self._from_recommendations, TASK: self._from_tasks}.get(await self.column(iri) or 0)
            if follow:
                await follow([iri])

    async def _rest(self, tasks: list[str], recommendations: list[str]) -> None:
        await asyncio.gather(self._bodies(tasks), self._laws(tasks), self._progress([*tasks, *recommendations]))

    def _ends(self, column: int) -> list[str]:
        """The things found so far in a column, the firmest first."""
        found: dict[str, None] = {}
        for step in sorted(self._steps.values(), key=lambda step: step.proposed):
            for place, iri in (step.left, step.right):
                if place == column:
                    found.setdefault(iri)
        return list(found)[:_MOST_THINGS]

    def _add(self, step: Step) -> None:
        known = (step.kind, step.start, step.end, step.part, step.status, step.role, step.holders[:1])
        self._steps.setdefault(known, step)

    async def _records(self, name: str, things: Iterable[str]) -> list[Record]:
        """The rows of a query that hold on the day and in the State that was chosen."""
        found = await self._ask.records(name, *list(things)[:_MOST_THINGS])
        return [record for record in found
                if (not record.since or record.since <= self._ask.day) and record.state in (None, self._state or record.state)]

    async def _articles(self, things: list[str]) -> None:
        records = await self._records("trace-articles", things)
        await self._ask.site.things.look_up(record.whole or "" for record in records)
        for record in records:
            whole, article = record.whole or "", record.article or ""
            part = next((iri for iri, of in ((record.subject, whole), (record.object, article)) if iri and iri != of), "")
            kinds = {LAW: "effect"} if record.predicate == _GIVES_EFFECT else {RECOMMENDATION: "concerns", TASK: "serves"}
            kind = kinds.get(await self.column(whole) or ARTICLE)
            if kind is None:
                continue  # a question of a list of issues, a duty of another kind: no part of a chain
            self._add(Step(kind, article, whole, record.status or "", (record.link or "",), part))

    async def _answers(self, things: list[str]) -> None:
        for record in await self._records("trace-answers", things):
            whole = record.whole or ""
            part = record.object if record.object and record.object != whole else ""
            self._add(Step("addresses", whole, record.subject or "", record.status or "", (record.link or "",), part))

    async def _bodies(self, things: list[str]) -> None:
        """The bodies of tasks, or the tasks of a body: leads; of a body all roles, but only what touches it."""
        given = set(things)
        for record in await self._records("trace-bodies", things):
            task, agent, body, role = record.task or "", record.agent or "", record.body or "", record.role or ""
            if (task in given and role != LEAD) or not given & {task, agent, body}:
                continue
            said = (record.responsibility or "", task)
            self._add(Step("given", task, agent, "", said, "", role, record.requested == "true"))
            if body and record.basis != NOBODY and (task in given or given & {agent, body}):
                held = (record.transfer,) if record.transfer else ()
                self._add(Step("answers", agent, body, record.basis or "", held))

    async def _laws(self, things: list[str]) -> None:
        for record in await self._records("trace-laws", things):
            self._add(Step("names", record.task or "", record.law or "", "", (record.task or "",)))

    async def _progress(self, things: list[str]) -> None:
        for record in await self._records("trace-progress", things):
            kind = "graded" if record.kind == "grade" else "reported"
            self._add(Step(kind, record.about or "", record.progress or "", "", (record.progress or "",), record.part or ""))


def _turn(step: Step) -> tuple[int, bool, bool]:
    """Where a step is listed: by its kind; the firm before the proposed, the leads before those who take part."""
    return list(KINDS).index(step.kind), step.proposed, bool(step.role) and step.role != LEAD


def _places_of_body(here: str, steps: list[Step]) -> list[Place]:
    """The columns in which a body stands: among those of the plan, among those of today, or both."""
    found = [place for place in ((THEN, here), (TODAY, here)) if any(place in (step.left, step.right) for step in steps)]
    return found or [(THEN, here)]

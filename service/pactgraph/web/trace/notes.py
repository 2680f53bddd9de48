"""What stands beside names in the picture, and what the graph does not record on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pactgraph.web.ask import Record
from pactgraph.web.trace.picture import Words
from pactgraph.web.trace.steps import COLUMNS, LAW, RECOMMENDATION, TASK, THEN, TODAY, Chain

if TYPE_CHECKING:
    from pactgraph.web.page import Page


async def words_of(page: Page, chain: Chain, everything: str) -> Words:
    """The notes of a chain; ``everything``: the address of the page that lists all of its links."""
    dated = [iri for column in (TASK, THEN, LAW) for iri in chain.members(column)]
    beside: dict[str, list[str]] = {}
    for record in await page.ask.records("trace-about", *dated, by=("thing",)):
        note = _note(page, record)
        if note:
            beside[record.thing or ""] = [note]
    return Words(beside, _missing(page, chain), everything)


def _note(page: Page, record: Record) -> str:
    """When a task is due last, since when a law is in force, until when a law or a body was there."""
    if record.until:
        law = page.thing(record.thing or "").is_a("Law", "LawProposal")
        return page.t("trace-ended") if law and record.until <= page.day else page.t("trace-until", year=record.until[:4])
    if record.due:
        return page.t("trace-due", year=max(record.values("due"))[:4])
    if record.every:
        return page.t("trace-yearly") if record.every == "P1Y" else ""
    return page.t("trace-from", year=record.values("from")[0][:4]) if record.values("from") else ""


def _missing(page: Page, chain: Chain) -> dict[int, list[str]]:
    """What each column lacks: everything, or what some of the column before would lead to."""
    found = {column: [page.t("trace-none-" + COLUMNS[column])] for column in range(len(COLUMNS)) if not chain.members(column)}
    for kind, before, column, key in (("addresses", RECOMMENDATION, TASK, "trace-no-task"),
                                      ("given", TASK, THEN, "trace-no-lead"), ("answers", THEN, TODAY, "trace-no-today")):
        reached = {step.start for step in chain.steps if step.kind == kind}
        left = [iri for iri in chain.members(before)
                if iri not in reached and not page.thing(iri).is_a("PlanHeading", "PlanDuty")]
        if left and column not in found:
            found[column] = [page.t(key, number=len(left))]
    return found

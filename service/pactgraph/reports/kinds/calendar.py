"""The deadlines as a calendar: what the United Nations set, and what plans set, told apart."""

from __future__ import annotations

from datetime import date

from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.document import Event, Report
from pactgraph.reports.drafting import Draft
from pactgraph.reports.tasks import is_lead, items_of, today

_LONGEST = 90
"""How many characters of a task's name a summary shows."""


def draft(asker: Asker, params: dict[str, str], word_limit: int | None) -> Report:
    """Parameters, each may be left out: ``body`` and ``plan`` (only their deadlines; the United Nations' stay)."""
    body = asker.find("pg:Agent", params["body"]) if params.get("body") else ""
    plan = asker.find("pg:ImplementationPlan", params["plan"]) if params.get("plan") else ""
    pen = Draft(asker, "calendar", "-".join(params[key] for key in ("body", "plan") if params.get(key)))
    mine = {row["task"] for row in asker.rows("questions", "duties-of-body", body=body)} if body else None
    items = items_of(asker)
    pen.events += _united_nations(pen)
    for row in asker.rows("reports", "deadlines"):
        if row["task"] in items and plan in ("", row["plan"]) and (mine is None or row["task"] in mine):
            event = _plan_event(pen, row, items[row["task"]])
            if event:
                pen.events.append(event)
    pen.events.sort(key=lambda event: (event.day, event.kind, event.uid))
    return pen.finish()


def _united_nations(pen: Draft) -> list[Event]:
    known = {row["paragraph"] for row in pen.asker.rows("reports", "un-dates")}
    found: dict[str, Event] = {}
    for row in pen.asker.rows("questions", "two-clocks"):
        if row["paragraph"] not in known:
            continue
        answered = ""
        if pen.asker.answered(row):
            answered = pen.word("calendar-answered", document=row["answerLabel"], day=pen.day(row["answered_on"]))
        text = [row["label"], answered, pen.word("calendar-source", source=row["un_source"]), pen.word("unofficial")]
        found[row["paragraph"]] = Event(
            row["paragraph"], row["un_due"], pen.word("calendar-un", paragraph=row["paragraphLabel"], label=row["label"]),
            "\n".join(line for line in text if line), "un", pen.word("calendar-un-category"))
    return list(found.values())


def _plan_event(pen: Draft, row: Row, duties: list[Row]) -> Event | None:
    """The event of a deadline; None where the plan gives no day that a calendar could hold."""
    yearly = row["recurrence"] == "P1Y"
    day = row["due"] or (_first_yearly(row) if yearly else "")
    if not day:
        return None
    leads = [duty for duty in duties if is_lead(duty)]
    asked = bool(leads) and all(duty["requested"] == "true" for duty in leads)
    label = row["label"] if len(row["label"]) <= _LONGEST else row["label"][: _LONGEST - 1].rstrip() + "…"
    text = [row["label"], pen.word("calendar-words", words=row["words"]),
            pen.word("calendar-lead", body=today(pen, leads) or "–"),
            pen.word("calendar-before") if row["before"] == "true" else "",
            pen.word("calendar-year-only") if row["precision"] == "year" or (yearly and not row["month_day"]) else "",
            pen.word("calendar-source", source=row["source"]), pen.word("unofficial")]
    summary = pen.word("calendar-asked" if asked else "calendar-plan", plan=row["planLabel"], task=row["taskLabel"], label=label)
    return Event(row["deadline"], day, summary, "\n".join(line for line in text if line), "plan",
                 pen.word("calendar-plan-category", plan=row["planLabel"]), yearly)


def _first_yearly(row: Row) -> str:
    """The first yearly day after the plan was adopted."""
    adopted = date.fromisoformat(row["adopted"])
    month, number = (int(part) for part in (row["month_day"].strip("-") or "12-31").split("-"))
    first = date(adopted.year, month, number)
    return (first if first >= adopted else date(adopted.year + 1, month, number)).isoformat()

"""The coordinator's synthesis: where each plan stands, by task, by body and by deadline, the lists behind every number."""

from __future__ import annotations

from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.document import Report, Said
from pactgraph.reports.drafting import Draft, by, joined, plain
from pactgraph.reports.tasks import is_lead, items_of, named, today


def draft(asker: Asker, params: dict[str, str], word_limit: int | None) -> Report:
    """Parameter: ``plan`` (every plan that was adopted by the day)."""
    only = asker.find("pg:ImplementationPlan", params["plan"]) if params.get("plan") else ""
    plans = [row for row in asker.rows("questions", "plan-chain")
             if row["date"] and row["date"] <= asker.as_of and only in ("", row["plan"])]
    pen = Draft(asker, "synthesis", plans[0]["planLabel"] if only and plans else "")
    pen.remark("synthesis-remark", pen.computed("plan-chain", "duties-of-body"), day=pen.day(asker.as_of))
    no_reports = pen.no_reports()
    _plans(pen, plans)
    items = items_of(asker)
    deadlines = by(asker.rows("reports", "deadlines"), "task")
    for plan in plans:
        tasks = {task: rows for task, rows in items.items() if rows[0]["plan"] == plan["plan"]}
        if tasks:
            pen.heading("synthesis-plan", plan=plan["planLabel"])
            _tasks(pen, plan, tasks, deadlines, no_reports)
            _bodies(pen, plan, tasks)
            _deadlines(pen, plan, tasks, deadlines)
    return pen.finish()


def _plans(pen: Draft, plans: list[Row]) -> None:
    rows = [(plain(row["planLabel"], pen.cite(*row["source"].split("; "))), plain(row["title"]),
             plain(pen.day(row["date"])), plain(row["issuerLabel"]), plain(row["answersLabel"] or "–"),
             plain(row["tasks"] or "–"), plain(row["text"])) for row in plans]
    pen.heading("synthesis-plans")
    pen.table("synthesis-plans", "plan title adopted issuer answers tasks-number text", rows, (12, 34, 10, 14, 18, 8, 14),
              wide=True)


def _tasks(pen: Draft, plan: Row, tasks: dict[str, list[Row]], deadlines: dict[str, list[Row]], no_reports: bool) -> None:
    rows = []
    for task, duties in tasks.items():
        leads = [row for row in duties if is_lead(row)]
        rows.append((
            plain(duties[0]["taskLabel"], pen.cite(*(row["source"] for row in duties))), plain(duties[0]["label"]),
            plain(named(pen, leads) or "–"), plain(today(pen, leads) or "–"), plain(duties[0]["deadline"] or "–"),
            plain(_state(pen, task, leads, deadlines.get(task, []), no_reports)),
        ))
    pen.table("synthesis-tasks", "task label lead-then lead-today deadline state", rows, (9, 38, 18, 20, 14, 18), wide=True,
              sheet=pen.word("synthesis-tasks-sheet", plan=plan["planLabel"]), plan=plan["planLabel"],
              day=pen.day(pen.asker.as_of))
    if any(row["requested"] == "true" for duties in tasks.values() for row in duties):
        pen.remark("asked-remark")


def _state(pen: Draft, task: str, leads: list[Row], deadlines: list[Row], no_reports: bool) -> str:
    """What is known of a task on the day: what was reported, else where its last deadline lies. No body is called late."""
    reported = joined([f"{row['statusLabel']} ({row['reporterLabel']}, {pen.day(row['seen'])})"
                       for row in pen.asker.progress if row["task"] == task])
    if reported:
        return reported
    if any(row["recurrence"] for row in deadlines):
        return pen.word("state-yearly")
    last = max((row["due"] for row in deadlines if row["due"]), default="")
    if not last:
        return pen.word("state-undated" if deadlines else "state-none")
    if last >= pen.asker.as_of:
        return pen.word("state-due", day=pen.day(last))
    if leads and all(row["requested"] == "true" for row in leads):
        return pen.word("state-asked")
    key = "state-passed-short" if no_reports else "state-passed"
    return pen.word(key, day=pen.day(pen.asker.as_of))


def _bodies(pen: Draft, plan: Row, tasks: dict[str, list[Row]]) -> None:
    """By the body that answers on the day: what it leads, cooperates in, was asked for; a star marks what it inherited."""
    groups: dict[str, dict[str, dict[str, bool]]] = {}
    for duties in tasks.values():
        for row in duties:
            column = "asked" if row["requested"] == "true" else "lead" if is_lead(row) else "cooperating"
            for body in (row["body_todayLabel"] or row["bodyLabel"]).split("; "):
                found = groups.setdefault(body, {"lead": {}, "cooperating": {}, "asked": {}})[column]
                found[row["taskLabel"]] = found.get(row["taskLabel"], False) or row["inherited"] == "true"
    note = pen.computed("duties-of-body")
    rows = [(plain(body, note), *map(_counted, groups[body].values())) for body in sorted(groups)]
    pen.table("synthesis-bodies", "body-today leads cooperates asked-for", rows, (24, 30, 30, 30), wide=True,
              sheet=pen.word("synthesis-bodies-sheet", plan=plan["planLabel"]), plan=plan["planLabel"])
    if any(inherited for columns in groups.values() for found in columns.values() for inherited in found.values()):
        pen.text(Said(pen.word("synthesis-star")), style="remark")


def _counted(found: dict[str, bool]) -> Said:
    """A number with the list behind it; what was inherited has a star."""
    marks = [task + ("*" if inherited else "") for task, inherited in found.items()]
    return plain(f"{len(marks)}: {', '.join(marks)}" if marks else "0")


def _deadlines(pen: Draft, plan: Row, tasks: dict[str, list[Row]], deadlines: dict[str, list[Row]]) -> None:
    groups: dict[str, list[str]] = {}
    for task in tasks:
        for row in deadlines.get(task, []):
            when = pen.day(row["due"]) if row["due"] else row["kindLabel"]
            groups.setdefault(f"{row['due'] or '9999'}|{when}", []).append(f"{row['taskLabel']} ({row['kindLabel']})")
    rows = [(plain(key.split("|", 1)[1], pen.computed("deadlines")), plain(str(len(found))), plain("; ".join(found)))
            for key, found in sorted(groups.items())]
    pen.table("synthesis-deadlines", "due number tasks", rows, (16, 10, 74), wide=True,
              sheet=pen.word("synthesis-deadlines-sheet", plan=plan["planLabel"]), plan=plan["planLabel"])

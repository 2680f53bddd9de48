"""A body's yearly report form, filled in with its tasks, behind a letter in the layout of official documents."""

from __future__ import annotations

from datetime import date

from pactgraph.errors import fail
from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.document import Report, Said
from pactgraph.reports.drafting import Draft, by, joined, plain
from pactgraph.reports.letters import letter_for, request_of
from pactgraph.reports.notes import together
from pactgraph.reports.tasks import today


def draft(asker: Asker, params: dict[str, str], word_limit: int | None) -> Report:
    """Parameters: ``body``; ``plan`` (all plans); ``year`` (that of the next yearly date on or after the day)."""
    body = asker.find("pg:Agent", params["body"])
    plan = asker.find("pg:ImplementationPlan", params["plan"]) if params.get("plan") else ""
    about = {row["body"]: row for row in asker.rows("reports", "bodies")}[body]
    adopted = {row["plan"]: row for row in asker.rows("questions", "plan-chain") if row["date"] and row["date"] <= asker.as_of}
    duties = [row for row in asker.rows("questions", "duties-of-body", body=body)
              if row["plan"] in adopted and (not plan or row["plan"] == plan)]
    request = request_of(asker, body, plan)
    year = _year(params.get("year", ""), asker.as_of, request.month_day if request else "12-31")
    asked = about["asked_only"] == "true"
    pen = Draft(asker, "yearly", f"{body.rsplit('/', 1)[-1]}-{year}", body=about["bodyLabel"], year=year)
    mine = [row for row in duties if request and row["plan"] == request.plan]
    asked = asked or (bool(mine) and all(row["requested"] == "true" for row in mine))
    sources = together(row["source"] for row in mine) if asked else [request.source] if request else []
    if request and mine and request.sender != body:
        pen.blocks.append(letter_for(pen, request, adopted[request.plan], about, year, asked, sources))
    if not duties:
        pen.remark("yearly-none", pen.computed("duties-of-body"), day=pen.day(asker.as_of))
        return pen.finish()
    pen.remark("yearly-asked" if asked else "yearly-how", pen.cite(*sources))
    no_reports = pen.no_reports()
    for number, rows in by(duties, "plan").items():
        _form(pen, adopted[number], rows, no_reports, year)
    pen.heading("yearly-general")
    for key in ("yearly-difficulties", "yearly-proposals"):
        pen.text(Said(pen.word(key)), style="fill")
    return pen.finish()


def _year(value: str, as_of: str, month_day: str) -> str:
    if value:
        if not (value.isascii() and value.isdigit() and len(value) == 4 and value >= "1900"):
            raise fail("report-value", name="year", value=value, known="2026")
        return value
    day = date.fromisoformat(as_of)
    return str(day.year if as_of[5:] <= month_day else day.year + 1)


def _form(pen: Draft, plan: Row, rows: list[Row], no_reports: bool, year: str) -> None:
    """The table of a plan: what the body answers for, and room for its results."""
    pen.heading("yearly-plan", plan=plan["planLabel"], title=plan["title"])
    cells = []
    for number, row in enumerate(_once(rows), 1):
        cells.append((
            plain(str(number), pen.cite(row["source"])), plain(_task(row)), plain(_role(pen, row)), plain(row["deadline"] or "–"),
            plain("" if no_reports else _reported(pen, row)), plain(""), plain(""),
        ))
    pen.table("yearly", "row task-and-scope role deadline results difficulties documents", cells,
              (6, 35, 19, 14, 20, 18, 12), wide=True, sheet=plan["planLabel"], plan=plan["planLabel"], year=year)


def _once(rows: list[Row]) -> list[Row]:
    return list({(row["task"], row["role"], row["scope"], row["body"]): row for row in rows}.values())


def _task(row: Row) -> str:
    scope = f" [{row['scope']}]" if row["scope"] else ""
    return f"{row['taskLabel']}. {row['label']}{scope}"


def _role(pen: Draft, row: Row) -> str:
    """The role; whether it was asked for; and from whom it was inherited, by transferred function."""
    said = [row["roleLabel"]]
    if row["requested"] == "true":
        said.append(pen.word("asked"))
    if row["inherited"] == "true":
        said.append(pen.word("inherited", body=row["bodyLabel"]))
        others = today(pen, [row | {"requested": "false"}])
        said.append(pen.word("inherited-today", bodies=others))
    return joined(said)


def _reported(pen: Draft, row: Row) -> str:
    return joined([f"{seen['statusLabel']} ({seen['reporterLabel']}, {pen.day(seen['seen'])})"
                   for seen in pen.asker.progress if seen["task"] == row["task"]])

"""The matrix of a mid-term report to the universal periodic review: recommendation, States, position, task, body, progress."""

from __future__ import annotations

from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.cycles import rows_of_cycle
from pactgraph.reports.document import Report, Said
from pactgraph.reports.drafting import Draft, by, joined, plain
from pactgraph.reports.recommendations import Recommendations
from pactgraph.reports.tasks import is_lead, items_of, today


def draft(asker: Asker, params: dict[str, str], word_limit: int | None) -> Report:
    """Parameter: ``cycle`` (the latest whose recommendations are recorded)."""
    found = rows_of_cycle(asker, params.get("cycle"))
    first = found[0]
    pen = Draft(asker, "upr-midterm", first["cycle"].rsplit("/", 1)[-1], cycle=first["cycleLabel"],
                document=first["documentLabel"])
    known = Recommendations(asker, document=first["document"])
    recommendations = [row for row in known.rows.values() if not row["part_of"] or known.positions(row["recommendation"])]
    _plans(pen, [row for row in found if row["plan"]])
    pen.remark("summaries-remark")
    no_reports = pen.no_reports()
    if not any(known.answers(row["recommendation"], curated_only=True) for row in recommendations):
        pen.remark("upr-no-tasks", pen.computed("answers"), day=pen.day(asker.as_of))
    _positions(pen, recommendations, known)
    _matrix(pen, recommendations, known, no_reports)
    return pen.finish()


def _plans(pen: Draft, plans: list[Row]) -> None:
    pen.heading("upr-plans")
    if not plans:
        pen.remark("upr-no-plan", pen.computed("plan-chain"))
    pen.bullets(*(Said(pen.word("upr-plan" if rows[0]["text"] == "loaded" else "upr-plan-not-loaded", plan=rows[0]["planLabel"]),
                       pen.cite(*(row["source"] for row in rows))) for rows in by(plans, "plan").values()))


def _positions(pen: Draft, recommendations: list[Row], known: Recommendations) -> None:
    """How many recommendations have each position; the lists stand behind the numbers."""
    groups: dict[str, list[str]] = {}
    for row in recommendations:
        position = joined([held["positionLabel"] for held in known.positions(row["recommendation"])]) or pen.word("not-recorded")
        groups.setdefault(position, []).append(row["paragraph"])
    rows = [(plain(position, pen.computed("positions")), plain(str(len(numbers))), plain(", ".join(numbers)))
            for position, numbers in groups.items()]
    pen.heading("upr-positions")
    pen.table("upr-positions", "position number paragraphs", rows, (22, 10, 68), wide=True)


def _matrix(pen: Draft, recommendations: list[Row], known: Recommendations, no_reports: bool) -> None:
    items = items_of(pen.asker)
    reported: dict[str, list[str]] = {}
    for row in pen.asker.progress:
        reported.setdefault(row["task"], []).append(f"{row['statusLabel']} ({row['reporterLabel']}, {pen.day(row['seen'])})")
    rows = []
    for row in recommendations:
        said, notes = known.said(pen, row["recommendation"])
        tasks = [link["task"] for link in known.answers(row["recommendation"], curated_only=True) if link["task"] in items]
        duties = [duty for task in tasks for duty in items[task]]
        progress = joined([text for task in tasks for text in reported.get(task, [])])
        rows.append((
            plain(row["paragraph"], pen.cite(row["source"])), plain(row["label"]), plain(row["states"] or "–"),
            plain(said or "–", notes),
            plain(joined([f"{duty['taskLabel']} ({duty['planLabel']})" for duty in duties]) or "–",
                  pen.cite(*(duty["source"] for duty in duties))),
            plain(today(pen, [duty for duty in duties if is_lead(duty)]) or "–"),
            plain(progress or ("–" if no_reports or not tasks else pen.word("not-recorded"))),
        ))
    pen.heading("upr-matrix")
    pen.table("upr-matrix", "recommendation summary made-by position tasks lead-today progress", rows,
              (9, 34, 18, 16, 12, 14, 14), wide=True)

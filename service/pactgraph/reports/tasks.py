"""How reports show a task: who was named for it then, who answers on the day, by when, and what was reported."""

from __future__ import annotations

from collections.abc import Iterable

from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.document import Said
from pactgraph.reports.drafting import Draft, by, joined, plain

LEAD = "/lead"


def items_of(asker: Asker) -> dict[str, list[Row]]:
    """The responsibilities of each item of the plans that were adopted by the day."""
    adopted = {row["plan"]: row["date"] for row in asker.rows("questions", "plan-chain")}
    duties = [row for row in asker.duties if adopted.get(row["plan"], "") <= asker.as_of]
    return by(duties, "task")


def is_lead(row: Row) -> bool:
    """Whether a responsibility is to lead."""
    return row["role"].endswith(LEAD)


def named(draft: Draft, rows: Iterable[Row]) -> str:
    """The bodies that a plan names, as it names them; those that were asked say so."""
    return joined([_asked(draft, row, row["bodyLabel"]) for row in rows])


def today(draft: Draft, rows: Iterable[Row]) -> str:
    """The bodies that answer on the day, with how well that is known where it is not verified."""
    found = []
    for row in rows:
        names = row["body_todayLabel"] or row["bodyLabel"]
        basis = "" if row["basis"] == "verified" else f" ({draft.word('basis-' + row['basis'])})"
        found.append(_asked(draft, row, names) + basis)
    return joined(found)


def _asked(draft: Draft, row: Row, name: str) -> str:
    return f"{name} ({draft.word('asked-short')})" if row["requested"] == "true" else name


def task_table(draft: Draft, tasks: list[str], relation: dict[str, str], name: str, sheet: str = "",
               query: str = "article-dossier", **values: object) -> None:
    """A table of tasks with their bodies then and on the day; ``relation`` says by task why it stands here."""
    items = items_of(draft.asker)
    rows = []
    asked = False
    for task in tasks:
        duties = items.get(task, [])
        if not duties:
            continue
        leads = [row for row in duties if is_lead(row)]
        others = [row for row in duties if not is_lead(row)]
        first = duties[0]
        asked = asked or any(row["requested"] == "true" for row in duties)
        rows.append((
            plain(f"{first['taskLabel']} ({first['planLabel']})", draft.cite(*(row["source"] for row in duties))),
            plain(first["label"]), plain(relation.get(task, "")), plain(named(draft, leads) or "–"),
            plain(today(draft, leads) or "–"), plain(named(draft, others) or "–"), plain(first["deadline"] or "–"),
        ))
    draft.table(name, "task label relation lead-then lead-today cooperating deadline", rows, (11, 30, 14, 16, 18, 16, 12),
                wide=True, sheet=sheet, empty=f"{name}-none", query=query, day=draft.day(draft.asker.as_of), **values)
    if asked:
        draft.remark("asked-remark")


def progress_table(draft: Draft, tasks: list[str], name: str, sheet: str = "") -> None:
    """What was reported on tasks; where no report was ever loaded, that is said instead."""
    if draft.no_reports():
        return
    labels = {task: rows[0]["taskLabel"] for task, rows in items_of(draft.asker).items()}
    rows: list[tuple[Said, ...]] = []
    for row in draft.asker.progress:
        if row["task"] in tasks:
            rows.append((plain(labels.get(row["task"], row["task"]), draft.cite(row["source"])), plain(row["statusLabel"] or "–"),
                         plain(draft.day(row["seen"])), plain(row["reporterLabel"] or "–")))
    draft.table(name, "task status seen reporter", rows, (15, 30, 15, 40), sheet=sheet, empty="no-progress", query="progress")

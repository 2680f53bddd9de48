"""The follow-up report on the paragraphs that a committee selected, ready for the State's replies to be written in."""

from __future__ import annotations

from pactgraph.errors import fail
from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.document import Heading, Report, Said
from pactgraph.reports.drafting import Draft, plain
from pactgraph.reports.recommendations import Recommendations
from pactgraph.reports.tasks import progress_table, task_table


def draft(asker: Asker, params: dict[str, str], word_limit: int | None) -> Report:
    """Parameters: ``document`` (the latest with paragraphs marked for follow-up), ``paragraphs`` (those that are marked)."""
    only = {"document": asker.find("pg:UnDocument", params["document"])} if params.get("document") else {}
    known = Recommendations(asker, **only)
    chosen = _chosen(known, params.get("paragraphs", ""), params.get("document", ""))
    document = chosen[0]["documentLabel"]
    numbers = ", ".join(row["paragraph"] for row in chosen)
    pen = Draft(asker, "follow-up", f"{document}-{numbers}", document=document, paragraphs=numbers)
    clocks = {row["paragraph"]: row for row in asker.rows("questions", "two-clocks")}
    tasks: list[str] = []
    for row in chosen:
        tasks += _paragraph(pen, row, known, clocks.get(row["recommendation"]))
    pen.heading("progress-heading")
    progress_table(pen, tasks, "progress")
    pen.words_against(word_limit or 0, pen.word("follow-up-limit"), "")
    return pen.finish()


def _chosen(known: Recommendations, paragraphs: str, document: str) -> list[Row]:
    """The paragraphs that were asked for, else those that the committee marked, all of one document: the latest."""
    whole = [row for row in known.rows.values() if not row["part_of"]]
    asked = [part.strip() for part in paragraphs.replace(";", ",").split(",") if part.strip()]
    marked = [row for row in whole if row["follow_up"] == "true"]
    if not document and marked:
        latest = marked[-1]["document"]
        whole, marked = ([row for row in rows if row["document"] == latest] for rows in (whole, marked))
    chosen = [row for row in whole if row["paragraph"] in asked] if asked else marked
    absent = [part for part in asked if part not in {row["paragraph"] for row in whole}]
    if absent or not chosen:
        known_ones = ", ".join(row["paragraph"] for row in whole[:60])
        raise fail("report-paragraphs", value=", ".join(absent) or "–", known=known_ones or "–")
    return chosen


def _paragraph(pen: Draft, row: Row, known: Recommendations, clock: Row | None) -> list[str]:
    iri = row["recommendation"]
    pen.blocks.append(Heading(row["label"], 1))
    notes = pen.cite(row["source"])
    said = [Said(pen.word("follow-up-summary", paragraph=row["paragraph"], document=row["documentLabel"]), notes)]
    if clock:
        said.append(Said(pen.word("follow-up-due", day=pen.day(clock["un_due"])), pen.cite(clock["un_source"])))
        if pen.asker.answered(clock):
            sent = pen.word("follow-up-answered", document=clock["answerLabel"], day=pen.day(clock["answered_on"]) or "–")
            said.append(Said(sent, pen.cite(clock["un_source"])))
    pen.bullets(*said)
    grades = [(plain(grade["paragraph"], pen.cite(grade["source"])), plain(_part_label(known, grade)),
               plain(grade["meaning"] or grade["grade"]), plain(grade["assessorLabel"]), plain(pen.day(grade["assessed_on"])))
              for grade in known.grades(iri)]
    pen.table("grades", "paragraph summary grade assessor assessed-on", grades, (10, 34, 22, 20, 14),
              sheet=pen.word("grades-sheet-of", paragraph=row["paragraph"]), paragraph=row["paragraph"], empty="grades-none",
              query="grades")
    relation: dict[str, str] = {}
    for link in known.answers(iri):
        relation[link["task"]] = pen.word("answers-paragraph", paragraph=link["paragraph"], status=link["statusLabel"])
    task_table(pen, list(relation), relation, "follow-up-tasks", sheet=pen.word("tasks-sheet-of", paragraph=row["paragraph"]),
               query="answers", paragraph=row["paragraph"])
    pen.text(Said(pen.word("follow-up-reply", paragraph=row["paragraph"])), style="fill")
    return list(relation)


def _part_label(known: Recommendations, grade: Row) -> str:
    return known.rows.get(grade["recommendation"], {}).get("label", "") or "–"

"""The dossier of an article, for a State's report under article 40 of the Covenant."""

from __future__ import annotations

from pactgraph.questions.gaps import Filter
from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.axes import law_axis, practice_axis
from pactgraph.reports.document import Report, Said
from pactgraph.reports.drafting import Draft, plain
from pactgraph.reports.gap_lists import gap_section
from pactgraph.reports.limits import limit_of
from pactgraph.reports.recommendations import Recommendations
from pactgraph.reports.tasks import items_of, progress_table, task_table


def draft(asker: Asker, params: dict[str, str], word_limit: int | None) -> Report:
    """Parameters: ``article``; ``report``, the kind of report whose word limit is shown (periodic without it)."""
    iri = asker.find("pg:Article", params["article"])
    (article, *_) = asker.rows("reports", "article", article=iri)
    pen = Draft(asker, "article", article["articleLabel"], article=article["label"], treaty=article["treatyLabel"])
    limit = limit_of(asker.data, params.get("report") or "periodic", asker.lang)
    dossier = asker.rows("questions", "article-dossier", article=iri)
    known = Recommendations(asker)
    items = items_of(asker)
    _article(pen, article, asker.rows("reports", "general-comments", article=iri))
    _laws(pen, asker.rows("questions", "laws-for-article", article=iri))
    law_axis(pen, iri)
    _recommendations(pen, [row for row in dossier if row["thing"] in known.rows], known)
    _questions(pen, [row for row in dossier if "/id/un/" in row["thing"] and row["thing"] not in known.rows
                     and row["kind"] == pen.word("kind-question")])
    relation: dict[str, str] = {}
    for row in dossier:
        if row["thing"] in items:
            text = f"{row['relation']} ({row['status']})"
            relation[row["thing"]] = f"{relation[row['thing']]}; {text}" if row["thing"] in relation else text
    pen.heading("article-tasks")
    task_table(pen, list(relation), relation, "article-tasks")
    pen.heading("progress-heading")
    progress_table(pen, list(relation), "progress")
    practice_axis(pen, iri)
    gap_section(pen, Filter(article=iri))
    pen.words_against(word_limit or limit.words, limit.name, "" if word_limit else limit.source)
    return pen.finish()


def _article(pen: Draft, article: Row, comments: list[Row]) -> None:
    pen.heading("article-article")
    notes = pen.cite(article["source"])
    place = pen.word("article-place", label=article["label"], treaty=article["treatyLabel"], part=article["part"] or "–")
    said = [Said(place, notes)]
    if article["derogation"]:
        said.append(Said(pen.word("article-derogation", status=article["derogation"]), notes))
    if article["note"]:
        said.append(Said(article["note"], notes))
    for row in comments:
        said.append(Said(pen.word("article-comment", label=row["label"], symbol=row["symbol"], day=pen.day(row["date"]) or "–"),
                         pen.cite(row["source"])))
    pen.bullets(*said)


def _laws(pen: Draft, laws: list[Row]) -> None:
    pen.heading("article-laws")
    pen.remark("article-laws-remark")
    rows = [(
        plain(_named(row), pen.cite(row["source"])),
        plain(row["provisionLabel"] or "–"), plain(pen.day(row["in_force_from"]) or "–"), plain(row["status"]),
        plain(row["attributed_to"]), plain(f"“{row['quotation']}”" if row["quotation"] else "–"),
    ) for row in laws]
    pen.table("article-laws", "law provision in-force-from status according-to words", rows, (22, 24, 11, 13, 14, 26), wide=True,
              empty="article-laws-none", query="laws-for-article")


def _named(law: Row) -> str:
    """A law with its number, which many titles hold already."""
    return law["lawLabel"] if law["number"] in law["lawLabel"] else f"{law['lawLabel']} ({law['number']})"


def _recommendations(pen: Draft, found: list[Row], known: Recommendations) -> None:
    pen.heading("article-recommendations")
    pen.remark("summaries-remark")
    rows = []
    for row in found:
        about = known.rows[row["thing"]]
        said, notes = known.said(pen, row["thing"])
        rows.append((
            plain(about["recommendationLabel"], pen.cite(row["source"] or about["source"])), plain(about["label"]),
            plain(about["states"] or about["documentLabel"]), plain(said or "–", notes), plain(row["status"]),
        ))
    pen.table("article-recommendations", "recommendation summary made-by position-or-grade link-status", rows,
              (16, 34, 16, 24, 10), wide=True, empty="article-recommendations-none", query="article-dossier")


def _questions(pen: Draft, found: list[Row]) -> None:
    if found:
        rows = [(plain(row["thingLabel"], pen.cite(row["source"])), plain(row["label"]), plain(row["status"])) for row in found]
        pen.heading("article-questions")
        pen.table("article-questions", "question summary link-status", rows, (20, 60, 20))

"""The two axes of the analysis in reports, never added up: what assessors consider of laws, and indicators of practice."""

from __future__ import annotations

import re

from pactgraph.reports.asking import Row
from pactgraph.reports.drafting import Draft, plain

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def law_axis(pen: Draft, article: str) -> None:
    """A section with every view of an assessor on a law beside an article (its IRI), in the assessor's name."""
    followed = {row["indicator"] for row in _indicators(pen, article)}
    views = [row for row in pen.asker.rows("questions", "assessors-compared", article=article)
             if row["about"] == article and row["subject"] not in followed]
    pen.heading("law-axis")
    pen.remark("law-axis-remark")
    rows = [(plain(row["subjectLabel"], pen.cite(row["source"])), plain(row["law_status"] or "–"), plain(pen.dated(row["says"])),
             plain(row["reasoning"] or "–")) for row in views]
    pen.table("law-axis", "law status view reasoning", rows, (16, 11, 43, 30), wide=True, empty="law-axis-none",
              query="assessors-compared")


def practice_axis(pen: Draft, article: str) -> None:
    """A section with the values of the indicators that follow an article (its IRI), or a recommendation on it."""
    pen.heading("practice-axis")
    pen.remark("practice-axis-remark")
    rows = [(plain(row["label"], pen.cite(row["source"])), plain(row["kindLabel"] or "–"), plain(pen.day(row["as_of"])),
             plain(f"{row['value']} {row['unit']}".strip()), plain(row["reporterLabel"] or "–"), plain(row["note"] or "–"))
            for row in _indicators(pen, article)]
    pen.table("practice-axis", "indicator kind seen value given-by note", rows, (30, 12, 11, 15, 14, 18), wide=True,
              empty="practice-axis-none", query="indicators")


def axes_by_article(pen: Draft, article: str) -> None:
    """A section with both axes, an article a row: of all, or of the one whose IRI is given. Those without both come after."""
    found = pen.asker.rows("questions", "article-matrix", article=article)
    several = len({row["state"] for row in found}) > 1
    note = pen.computed("article-matrix")
    rows, silent = [], []
    for row in found:
        name = f"{row['stateLabel']}: {row['articleLabel']}" if several else row["articleLabel"]
        if _views(row) or _values(row) or row["lowest_grade"]:
            rows.append((plain(name, note), plain(pen.dated(row["conformity"])), plain(_practice(pen, row)),
                         plain(row["lowest_grade"] or "–"), plain(row["gaps"])))
        elif int(row["laws"]) or int(row["gaps"]):
            silent.append(name)
    pen.heading("axes")
    pen.remark("axes-remark")
    pen.table("axes", "article law-views practice lowest-grade gaps", rows, (12, 50, 18, 10, 10), wide=True, empty="axes-none",
              query="article-matrix")
    if rows and silent:
        pen.remark("axes-silent", note, articles=", ".join(silent))


def _indicators(pen: Draft, article: str) -> list[Row]:
    return pen.asker.rows("questions", "indicators", article=article)


def _views(row: Row) -> bool:
    """Whether an assessor was recorded: every view names its day, the words for none do not."""
    return bool(_DAY.search(row["conformity"]))


def _values(row: Row) -> bool:
    return any(int(row[kind]) for kind in ("structural", "process", "outcome"))


def _practice(pen: Draft, row: Row) -> str:
    if not _values(row):
        return pen.word("axes-no-indicator")
    return pen.word("axes-practice", structural=row["structural"], process=row["process"], outcome=row["outcome"])

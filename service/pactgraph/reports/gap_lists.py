"""How reports list gaps: what this graph does not record, by type, each with its subject."""

from __future__ import annotations

from pactgraph.questions.gaps import Filter, gap_table
from pactgraph.reports.asking import Row
from pactgraph.reports.drafting import Draft, by, plain


def gaps_of(pen: Draft, only: Filter) -> list[Row]:
    """The gaps that pass a filter, as of the day."""
    return gap_table(pen.asker.store, pen.lang, pen.asker.as_of, only).records()


def type_names(pen: Draft) -> dict[str, Row]:
    """Name and meaning of each type of gap."""
    return {row["type"]: row for row in pen.asker.rows("reports", "gap-types")}


def gap_section(pen: Draft, only: Filter) -> None:
    """A section with the gaps of a filter, a table for each type."""
    pen.heading("gaps-heading")
    pen.remark("gaps-remark", pen.computed("gaps"), day=pen.day(pen.asker.as_of))
    found = gaps_of(pen, only)
    if not found:
        pen.remark("gaps-none")
    names = type_names(pen)
    for kind, rows in by(found, "type").items():
        gap_list(pen, kind, rows, names)


def gap_list(pen: Draft, kind: str, rows: list[Row], names: dict[str, Row]) -> None:
    """The table of one type of gaps."""
    about = names.get(kind, {"label": kind, "definition": ""})
    note = pen.cite(pen.word("note-gap", type=kind, definition=about["definition"], day=pen.day(pen.asker.as_of)))
    cells = [(plain(row["notation"] or "–", note), plain(_name(pen, row)), plain(row["body_today"] or "–"),
              plain(pen.day(row["since"]) or "–"), plain(pen.dated(row["message"]))) for row in rows]
    pen.table("gaps", "subject label body-today since message", cells, (16, 30, 16, 10, 28), wide=True,
              sheet=about["label"], type=about["label"], number=len(rows))


def _name(pen: Draft, row: Row) -> str:
    """What a thing is called; of a link, which has no name but its two codes, what it begins at."""
    if row["label"].casefold() != row["notation"].casefold():
        return row["label"] or "–"
    return pen.asker.names.get(row["notation"].split(" → ")[0], "–")

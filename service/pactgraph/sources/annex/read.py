"""Reads a whole decision with its annex, row by row, with every problem at its line."""

from __future__ import annotations

import re
from pathlib import Path

from pactgraph.sources.annex.agencies import read_agencies
from pactgraph.sources.annex.bullets import split_bullets
from pactgraph.sources.annex.deadlines import read_deadlines
from pactgraph.sources.annex.duties import read_duties
from pactgraph.sources.annex.head import read_head
from pactgraph.sources.annex.laws import read_laws
from pactgraph.sources.annex.numbering import Numbering
from pactgraph.sources.annex.reading import COLUMNS, Reading
from pactgraph.sources.annex.records import Annex, Issue, Row
from pactgraph.sources.annex.source import read_source
from pactgraph.sources.annex.table import RawRow, find_header, read_rows


def read_annex(path: Path, reading: Reading, limit: int = 20_000_000) -> Annex:
    """Read a decision from text, DOCX or HTML.

    A file that is none of these (see :func:`~pactgraph.sources.documents.open_document`), or has no annex, raises a
    UserError; what is wrong in single rows is in ``issues`` and the rest is read all the same.
    """
    text = read_source(path, limit)
    header = find_header(text.lines, reading, text.name)
    head = read_head(text.lines, reading, text.name)
    rows = _rows(read_rows(text.lines, header, reading, text.rows), reading)
    issues = [*head.issues, *_misprints(text.lines[:header.line], reading)]
    return Annex(
        file=text.name,
        number_verbatim=head.number_verbatim,
        number_reading=head.number_reading,
        date=head.date,
        title=head.title,
        sha256=text.sha256,
        duties=read_duties(text.lines, reading),
        rows=rows,
        issues=sorted(issues, key=lambda issue: issue.lines),
        places=text.places,
        headings=header.headings,
        issuer=head.issuer,
    )


def _rows(raw_rows: list[RawRow], reading: Reading) -> list[Row]:
    numbering = Numbering(reading.document.letters)
    rows: dict[str, Row] = {}
    for raw in raw_rows:
        row = _row(raw, numbering, reading, set(rows))
        rows[row.id] = row
        if row.parent in rows:
            rows[row.parent].is_leaf = False
    return list(rows.values())


def _row(raw: RawRow, numbering: Numbering, reading: Reading, taken: set[str]) -> Row:
    key, parent, number_issues = _key(raw, numbering, taken)
    cells, lines = raw.cells, raw.lines
    lead, lead_issues = read_agencies(cells["lead"], "lead", lines, reading)
    cooperating, cooperating_issues = read_agencies(cells["cooperating"], "cooperating", lines, reading)
    deadlines, deadline_issues = read_deadlines(cells["deadline"], lines, reading)
    laws, law_issues = read_laws([cells[column] for column in COLUMNS[1:]], lines, reading)
    found = [*number_issues, *raw.issues, *lead_issues, *cooperating_issues, *deadline_issues, *law_issues]
    found += _misprints_of_row(raw, reading)
    results = split_bullets(cells["results"])
    return Row(key, parent, cells["task"], lines, lead, cooperating, results, deadlines, laws, found, columns=raw.columns)


def _key(raw: RawRow, numbering: Numbering, taken: set[str]) -> tuple[str, str | None, list[Issue]]:
    cell, lines = raw.cells["number"], tuple(raw.lines)
    placed = numbering.next(cell)
    if placed is None:
        return f"?{raw.lines[0]}", None, [] if raw.issues else [Issue("unreadable-number", "id", lines, cell)]
    key, parent = placed
    if key in taken:
        return f"{key}?{raw.lines[0]}", parent, [Issue("duplicate-number", "id", lines, cell, key)]
    return key, parent, [Issue("number-gap", "id", lines, cell, key)] if numbering.gap else []


def _misprints(lines: list[str], reading: Reading) -> list[Issue]:
    """The known misprints that stand in the lines before the table."""
    return [
        Issue("misprint", "text", (number,), found, meant)
        for number, line in enumerate(lines, 1)
        for found, meant in reading.misprints
        if re.search(rf"\b{re.escape(found)}\b", line)
    ]


def _misprints_of_row(raw: RawRow, reading: Reading) -> list[Issue]:
    text = " ".join(raw.cells.values())
    return [
        Issue("misprint", "row", tuple(raw.lines), found, meant)
        for found, meant in reading.misprints
        if re.search(rf"\b{re.escape(found)}\b", text)
    ]

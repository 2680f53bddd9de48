"""UN documents that have no folder of their own: ``documents.csv`` and ``subjects.csv`` of ``data/un``.

A document with paragraphs has a folder (:mod:`~pactgraph.sources.tables.concluding_observations`). Subjects are what
somebody says a document is about where its paragraphs could not be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import links
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.sources.tables.tomlfile import read_toml
from pactgraph.texts import LANGUAGES

DOCUMENT_CLASSES = {
    "concluding-observations": "pg:ConcludingObservations",
    "state-report": "pg:StateReport",
    "list-of-issues": "pg:ListOfIssues",
    "follow-up-report": "pg:FollowUpReport",
    # No class of their own: the title says what they are
    "replies": "pg:UnDocument",
    "summary-record": "pg:UnDocument",
}
DOCUMENTS = (
    Column("symbol", required=True),
    Column("kind", "code", required=True, choices=tuple(DOCUMENT_CLASSES)),
    Column("title_vi", required=True),
    Column("title_en", required=True),
    Column("body", "code"),
    Column("state", "code", required=True),
    Column("cycle", "code"),
    Column("report"),
    Column("answers"),
    Column("adopted", "date"),
    Column("published", "date"),
    Column("date_text"),
    Column("session", "integer"),
    Column("note_vi"),
    Column("note_en"),
    *PROVENANCE,
)
SUBJECTS = (
    Column("document", required=True),
    Column("id", "code", required=True),
    Column("subject_vi", required=True),
    Column("subject_en", required=True),
    Column("theme", "code"),
    *PROVENANCE,
)


def read(un: Path, ids: Ids, known: frozenset[str], problems: list[UserError]) -> list[Quad]:
    """The graphs ``un/documents`` and ``un/subjects``; none where the folder ``un`` has no such tables.

    ``known`` holds the IRIs that exist (:func:`~pactgraph.sources.tables.links.subjects`): bodies, and the paragraphs
    that a document may answer.
    """
    quads: list[Quad] = []
    if (un / "documents.csv").is_file():
        out = GraphWriter(ids.graph("un/documents"))
        named = symbols(un)
        for row in _documents(un, problems):
            _document(out, ids, row, named, known, problems)
        quads += out.quads
    if (un / "subjects.csv").is_file():
        quads += _subjects(un, ids, problems)
    return quads


def symbols(un: Path) -> frozenset[str]:
    """The symbols of all documents of ``data/un``, of the table and of the folders."""
    table = {row.text("symbol") for row in _documents(un, [])} if (un / "documents.csv").is_file() else set()
    notes = (read_toml(note, []) for note in un.glob("*/document.toml"))
    folders = {str(note.values.get("symbol", "")) for note in notes if note is not None}
    return frozenset(table | folders)


def split(row: Row, column: str) -> Iterator[str]:
    """The entries of a cell that may hold several, between semicolons."""
    return (piece.strip() for piece in row.text(column).split(";") if piece.strip())


def _documents(un: Path, problems: list[UserError]) -> list[Row]:
    return read_table(un / "documents.csv", DOCUMENTS, problems, key=("symbol",))


def _document(out: GraphWriter, ids: Ids, row: Row, named: frozenset[str], known: frozenset[str],
              problems: list[UserError]) -> None:
    symbol, state = row.text("symbol"), row.text("state")
    document = ids.un_document(symbol)
    out.a(document, DOCUMENT_CLASSES[row.text("kind")])
    out.label(document, row.text("title_vi"), row.text("title_en"), symbol)
    out.value(document, "pg:symbol", symbol)
    out.link(document, "pg:concernsState", ids.state(state))
    if row.text("cycle"):
        out.link(document, "pg:inCycle", Ids(ids.base, state).cycle(row.text("cycle")))
    body = row.text("body")
    if body and ids.un_body(body) not in known:
        problems.append(row.problem("table-reference", "body", value=body, table="bodies.csv"))
    elif body:
        out.link(document, "dcterms:creator", ids.un_body(body))
    report = row.text("report")
    if report and report not in named:
        problems.append(row.problem("document-unknown", "report", value=report))
    elif report:
        out.link(document, "pg:concernsReport", ids.un_document(report))
    for text in split(row, "answers"):
        possible = links.paragraph_iris(text, ids)
        out.link(document, "pg:answersParagraph", links.known_target(row, "answers", possible, known, problems))
    out.value(document, "pg:adoptedOn", row.day("adopted"))
    out.value(document, "pg:publishedOn", row.day("published"))
    out.value(document, "pg:dateText", row.text("date_text"))
    out.value(document, "pg:sessionNumber", row.integer("session"))
    for lang in LANGUAGES:
        out.text(document, "rdfs:comment", row.text(f"note_{lang}"), lang)
    write_provenance(out, document, row)


def _subjects(un: Path, ids: Ids, problems: list[UserError]) -> list[Quad]:
    out = GraphWriter(ids.graph("un/subjects"))
    named = symbols(un)
    for row in read_table(un / "subjects.csv", SUBJECTS, problems, key=("document", "id")):
        symbol, key = row.text("document"), row.text("id")
        if symbol not in named:
            problems.append(row.problem("document-unknown", "document", value=symbol))
            continue
        subject = ids.document_subject(symbol, key)
        out.a(subject, "pg:DocumentSubject")
        out.label(subject, row.text("subject_vi"), row.text("subject_en"))
        out.link(subject, "pg:inDocument", ids.un_document(symbol))
        out.link(subject, "pg:theme", concept("theme", row.text("theme")) if row.text("theme") else None)
        write_provenance(out, subject, row)
    return out.quads

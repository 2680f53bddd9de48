"""The grades that a committee gave to recommendations or their lettered parts: ``grades.csv`` of a UN document."""

from __future__ import annotations

from pathlib import Path

from pactgraph.errors import UserError
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.paragraphs import Paragraphs
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.texts import LANGUAGES, say

GRADES = (
    Column("paragraph", required=True),
    Column("part", "code", choices=tuple("abcdefghijklmnopqrstuvwxyz")),
    Column("grade", "code", required=True, choices=("A", "B", "C", "D", "E")),
    Column("gist_en", required=True),
    Column("gist_vi", required=True),
    Column("document", required=True),
    Column("session", "integer", required=True),
    Column("assessed_on", "date", required=True),
    *PROVENANCE,
)
_KEY = ("paragraph", "part", "document")


def write_grades(out: GraphWriter, folder: Path, paragraphs: Paragraphs, assessor: str,
                 problems: list[UserError]) -> None:
    """State an assessment a row; ``assessor`` is the IRI of the body that graded."""
    parts: set[str] = set()
    for row in read_table(folder / "grades.csv", GRADES, problems, key=_KEY):
        recommendation = paragraphs.recommendation(row, problems)
        if recommendation is None:
            continue
        assessed = recommendation
        if row.text("part"):
            assessed = f"{recommendation}/{row.text('part')}"
            if assessed not in parts:
                parts.add(assessed)
                _part(out, assessed, recommendation, paragraphs, row)
        _grade(out, paragraphs, row, assessed, assessor)


def _part(out: GraphWriter, part: str, recommendation: str, paragraphs: Paragraphs, row: Row) -> None:
    """State the lettered part that a grade is given to."""
    number, letter = row.text("paragraph"), row.text("part")
    out.a(part, "pg:RecommendedAction")
    for lang in LANGUAGES:
        subject = paragraphs.rows[number].text(f"subject_{lang}")
        text = say("label-paragraph", lang, number=f"{number}({letter})", subject=subject)
        out.text(part, "rdfs:label", text, lang)
    out.value(part, "skos:notation", f"{paragraphs.symbol}/{number}({letter})")
    out.link(part, "pg:partOfRecommendation", recommendation)
    out.value(part, "pg:partLetter", letter)
    write_provenance(out, part, row)


def _grade(out: GraphWriter, paragraphs: Paragraphs, row: Row, assessed: str, assessor: str) -> None:
    number, letter, session = row.text("paragraph"), row.text("part"), row.integer("session")
    key = "/".join(piece for piece in (number, letter, str(session)) if piece)
    assessment = paragraphs.ids.assessment(paragraphs.symbol, key)
    place = f"{number}({letter})" if letter else number
    out.a(assessment, "pg:CommitteeAssessment")
    for lang in LANGUAGES:
        text = say("label-grade", lang, grade=row.text("grade"), place=place, session=session)
        out.text(assessment, "rdfs:label", text, lang)
        out.text(assessment, "rdfs:comment", row.text(f"gist_{lang}"), lang)
    out.link(assessment, "pg:assesses", assessed)
    out.link(assessment, "pg:grade", concept("committee-grade", row.text("grade")))
    out.link(assessment, "pg:assessor", assessor)
    out.value(assessment, "pg:assessedOn", row.day("assessed_on"))
    out.value(assessment, "pg:sessionNumber", session)
    out.link(assessment, "pg:inDocument", paragraphs.ids.un_document(row.text("document")))
    write_provenance(out, assessment, row)

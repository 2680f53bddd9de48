"""Subjects of treaties and their articles in the UNBIS Thesaurus: ``data/un/unbis_subjects.csv``."""

from __future__ import annotations

import re
from pathlib import Path

from pyoxigraph import Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import DCTERMS, concept, slug
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import links
from pactgraph.sources.tables.csvfile import Column, Row, read_table

THESAURUS = "http://metadata.un.org/thesaurus/"
TABLE = "unbis_subjects.csv"
SUBJECTS = (
    Column("subject", required=True),
    Column("concept", required=True),
    Column("quotation", required=True),
    Column("gloss_en", required=True),
    Column("gloss_vi", required=True),
    Column("status", "code", required=True, choices=links.STATUSES),
    Column("method", "code", required=True, choices=links.METHODS),
    Column("confidence", "decimal", required=True),
    Column("source", required=True),
    *links.NOTES,
)
_CONCEPT = re.compile(r"\d{6,7}")
_LABELS = "zh"
"""The language in which the labels of the thesaurus were read; they are quoted, the glosses are ours."""


def read(room: Path, ids: Ids, known: frozenset[str], problems: list[UserError]) -> list[Quad]:
    """The graph ``un/links/unbis``: what a treaty or an article is about, as an assertion, and plainly where it is curated.

    Empty where the table is absent. ``known`` holds the IRIs that may be described
    (:func:`~pactgraph.sources.tables.links.subjects`).
    """
    path = room / TABLE
    if not path.is_file():
        return []
    out = GraphWriter(ids.graph("un/links/unbis"))
    for row in read_table(path, SUBJECTS, problems, key=("subject", "concept")):
        subject = _subject(row, ids, known, problems)
        if not _CONCEPT.fullmatch(row.text("concept")):
            problems.append(row.problem("unbis-concept", "concept", value=row.text("concept")))
        elif links.confidence_sound(row, problems) and subject is not None:
            _write(out, Ids(ids.base, "un"), subject, row)
    return out.quads


def _subject(row: Row, ids: Ids, known: frozenset[str], problems: list[UserError]) -> str | None:
    """What a row is about: the treaty ``iccpr``, or an article or paragraph of one."""
    text = row.text("subject")
    possible = links.provision_iris(text, ids) if "/" in text else [ids.treaty(text)]
    return links.known_target(row, "subject", possible, known, problems)


def _write(out: GraphWriter, mint: Ids, subject: str, row: Row) -> None:
    number, status = row.text("concept"), row.text("status")
    target = THESAURUS + number
    assertion = mint.link("unbis", f"{slug(row.text('subject'))}/{number}")
    names = {lang: f"{row.text('subject')} → UNBIS {number}: {row.text(f'gloss_{lang}')}" for lang in ("vi", "en")}
    out.a(assertion, "pg:LinkAssertion")
    out.label(assertion, names["vi"], names["en"])
    out.link(assertion, "pg:linkSubject", subject)
    out.link(assertion, "pg:linkPredicate", DCTERMS + "subject")
    out.link(assertion, "pg:linkObject", target)
    out.link(assertion, "pg:linkStatus", concept("link-status", status))
    out.link(assertion, "pg:method", concept("link-method", row.text("method")))
    out.value(assertion, "pg:confidence", row.decimal("confidence"))
    out.text(assertion, "pg:quotation", row.text("quotation"), _LABELS)
    out.value(assertion, "dcterms:source", row.text("source"))
    for lang in ("vi", "en"):
        out.text(assertion, "rdfs:comment", row.text(f"note_{lang}"), lang)
    if status in links.STATED:
        out.link(subject, "dcterms:subject", target)

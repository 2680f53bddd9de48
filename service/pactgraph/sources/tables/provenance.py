"""Where a row comes from and how far it was verified: the two columns that every registry table has."""

from __future__ import annotations

from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables.csvfile import Column, Row

VERIFICATION = ("verified", "secondary", "derived", "unverified")
PROVENANCE = (Column("source", required=True), Column("status", "code", required=True, choices=VERIFICATION))


def write_provenance(out: GraphWriter, subject: str, row: Row) -> None:
    """State the source (a string) and the verification of a row's subject."""
    state_provenance(out, subject, row.text("source"), row.text("status"))


def state_provenance(out: GraphWriter, subject: str, source: str, status: str) -> None:
    """State a source and a verification code."""
    out.value(subject, "dcterms:source", source)
    out.link(subject, "pg:verification", concept("verification", status) if status else None)

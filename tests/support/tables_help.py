"""What the tests of the tables share: a graph to look into, files to write, problems as plain values."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

from pyoxigraph import Literal, Quad

from pactgraph.errors import UserError
from pactgraph.namespaces import VOCAB
from pactgraph.sources.quads import expand

ROOT = Path(__file__).resolve().parents[2]


class Graph:
    """Quads with look-ups by CURIE."""

    def __init__(self, quads: list[Quad]) -> None:
        self.quads = quads

    def all(self, subject: str, predicate: str, lang: str | None = None) -> list[str]:
        found = [q.object for q in self.quads if q.subject.value == subject and q.predicate == expand(predicate)]
        return [term.value for term in found if lang is None or (isinstance(term, Literal) and term.language == lang)]

    def one(self, subject: str, predicate: str, lang: str | None = None) -> str | None:
        values = self.all(subject, predicate, lang)
        assert len(values) <= 1, values
        return values[0] if values else None

    def instances(self, name: str) -> set[str]:
        kind = expand("rdf:type")
        return {q.subject.value for q in self.quads if q.predicate == kind and q.object == expand(name)}

    def pairs(self, predicate: str) -> set[tuple[str, str]]:
        return {(q.subject.value, q.object.value) for q in self.quads if q.predicate == expand(predicate)}


def rows_without_source(table: Path) -> list[str]:
    """The rows of a table of data/ that name no source or no status that may stand there, and a text that is not NFC with LF."""
    text = table.read_bytes().decode("utf-8")
    odd = [f"{table}: not NFC with LF"] if not unicodedata.is_normalized("NFC", text) or "\r" in text else []
    return odd + [f"{table}: {row}" for row in csv.DictReader(text.splitlines())
                  if not row["source"] or row["status"] not in ("verified", "secondary", "derived")]


def unknown_concepts(graph: Graph) -> set[str]:
    """The codes that a graph uses and no vocabulary declares."""
    declared = "".join(path.read_text("utf-8") for path in (ROOT / "ontology" / "vocabularies").glob("*.ttl"))
    used = {quad.object.value for quad in graph.quads if quad.object.value.startswith(VOCAB)}
    return {iri for iri in used if f"<{iri}> a skos:Concept" not in declared}


def put(path: Path, text: str) -> Path:
    """Write a file of a made-up data folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def told(problems: list[UserError]) -> list[tuple[str, int | None, int | str | None]]:
    """What was found and where: (message key, row, column)."""
    return [(problem.key, problem.line, problem.column) for problem in problems]

"""What the tests of the tables share: a graph to look into, files to write, problems as plain values."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, Quad

from pactgraph.errors import UserError
from pactgraph.sources.quads import expand


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


def put(path: Path, text: str) -> Path:
    """Write a file of a made-up data folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def told(problems: list[UserError]) -> list[tuple[str, int | None, int | str | None]]:
    """What was found and where: (message key, row, column)."""
    return [(problem.key, problem.line, problem.column) for problem in problems]

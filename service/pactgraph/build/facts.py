"""Looks things up in assembled quads: a small index for the steps of the build that work on plain Python values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from pactgraph.sources.quads import expand


class Facts:
    """Statements by predicate and subject. Answers are sorted, so that what is derived from them is reproducible."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._by_predicate: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for quad in quads:
            value = quad.object
            if isinstance(quad.subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                self._by_predicate[quad.predicate.value][quad.subject.value].add(value.value)

    def all(self, subject: str, predicate: str) -> list[str]:
        """The values of a property (a CURIE), sorted."""
        return sorted(self._by_predicate[expand(predicate).value].get(subject, ()))

    def one(self, subject: str, predicate: str) -> str | None:
        """The first value of a property, None without one."""
        return next(iter(self.all(subject, predicate)), None)

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The things that have a value for a property, sorted."""
        table = self._by_predicate[expand(predicate).value]
        return sorted(subject for subject, values in table.items() if value in values)

    def instances(self, name: str) -> list[str]:
        """The things stated to be of a class (a CURIE), sorted."""
        return self.subjects("rdf:type", expand(name).value)

"""What a store can do. Results are pyoxigraph's whichever store answers, so that callers read them in one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples

Results = QuerySolutions | QueryBoolean | QueryTriples


class Store(Protocol):
    """A dataset of named graphs; the default graph of a query is the union of all graphs."""

    def query(self, text: str) -> Results:
        """Run a SPARQL query. A syntax error raises SyntaxError; an endpoint that does not answer, a UserError."""

    def update(self, text: str) -> None:
        """Run a SPARQL update."""

    def load(self, quads: Iterable[Quad]) -> int:
        """Add quads, in batches; returns how many were handed in."""

    def dump(self) -> bytes:
        """The whole dataset as sorted N-Quads."""

    def quads(self) -> Iterator[Quad]:
        """Every statement, one after the other, in no order."""

    def close(self) -> None:
        """Release the store; using it afterwards is an error."""

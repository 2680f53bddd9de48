"""Hears what the readers do, for whoever counts it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from pactgraph.errors import UserError


class Tally:
    """Takes no note; the service's metrics do (:mod:`pactgraph.web.metrics`)."""

    def began(self) -> None:
        """A query came."""

    def ended(self, seconds: float, refusal: str) -> None:
        """A query ended; ``refusal`` is the key of what it was told, ``gone`` for a client that went, else empty."""

    def slow_began(self) -> None:
        """A query left the ordinary ones."""

    def slow_ended(self) -> None:
        """A query that had left the ordinary ones ended."""

    def replaced(self) -> None:
        """A reader process was ended or set apart, and another one takes its place."""

    def restarted(self) -> None:
        """The readers were lost and are started again."""

    @contextmanager
    def query(self) -> Iterator[None]:
        """Hear of one query from its beginning to its end."""
        begun = time.perf_counter()
        self.began()
        refusal = "gone"
        try:
            yield
            refusal = ""
        except UserError as problem:
            refusal = problem.key
            raise
        finally:
            self.ended(time.perf_counter() - begun, refusal)

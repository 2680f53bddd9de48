"""Counts what queries cost, for whoever sends them: the readers tell, somebody else decides what is too much."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from pactgraph.errors import UserError

# A call of SERVICE may be asked again of a pool that can do it.
_NOT_THEIR_FAULT = ("query-busy", "query-engine", "query-service")


class Meter(Protocol):
    """What is counted for one client."""

    def begin(self, at: float) -> None:
        """A query of the client begins at a time of the monotonic clock. Raises a UserError where it may not."""

    def end(self, at: float, seconds: float) -> None:
        """The query that began ``at`` ended after ``seconds``."""

    def fault(self) -> None:
        """A query of the client was refused: it is wrong, or it passed a limit."""


METER: ContextVar[Meter | None] = ContextVar("METER", default=None)
"""The meter of the client for whom this task works; None: nobody counts."""


@contextmanager
def metered(otherwise: Callable[[], None]) -> Iterator[None]:
    """Count the block as one query of the client; where the client may ask none, ``otherwise`` is called instead."""
    meter = METER.get()
    if meter is None:
        yield
        return
    begun = time.monotonic()
    try:
        meter.begin(begun)
    except UserError:
        otherwise()
        raise
    try:
        yield
    except UserError as refusal:
        if refusal.key not in _NOT_THEIR_FAULT:
            meter.fault()
        raise
    finally:
        meter.end(begun, time.monotonic() - begun)

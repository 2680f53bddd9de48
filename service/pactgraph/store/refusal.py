"""Why a worker gives no answer."""

from __future__ import annotations


class Refused(Exception):
    """A query or update that gets no answer: ``code`` says why, in one of the words of :mod:`pactgraph.store.readers`."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

"""What a page knows of it when it is made as a file."""

from __future__ import annotations

from dataclasses import dataclass

KEY = "pactgraph.fixed"
"""Where a request's scope holds its :class:`Fixed`; a request to a running service has none."""

UNFIXED = frozenset({"application/rdf+xml", "application/n-triples",
                     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"})
"""Formats of data that do not become files: they say what the others say (and a workbook says when it was made)."""


@dataclass(frozen=True)
class Fixed:
    """A page that becomes a file. ``service``: the address of a running service (no slash at the end), or empty."""

    service: str = ""

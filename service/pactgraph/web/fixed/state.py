"""What a page knows of it when it is made as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

KEY = "pactgraph.fixed"
"""Where a request's scope holds its :class:`Fixed`; a request to a running service has none."""

UNFIXED = frozenset({"application/rdf+xml", "application/n-triples"})
"""Formats of data that do not become files: they say what the others say."""


@dataclass(frozen=True)
class Fixed:
    """A page that becomes a file.

    ``service``: the address of a running service (no slash at the end), or empty; ``address``: where the site will stand, with
    a slash at the end; ``holds``: whether what stands at an address of the service is a file of the site, for a language.
    """

    service: str = ""
    address: str = "http://localhost/"
    holds: Callable[[str, str], bool] = lambda address, lang: True

    def offers(self, media_type: str, address: str, lang: str) -> bool:
        """Whether data in a format can be had: as a file, or from a running service."""
        return media_type not in UNFIXED and (bool(self.service) or self.holds(address, lang))

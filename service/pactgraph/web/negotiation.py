"""Content negotiation (RFC 9110, section 12): which of the offered media types a client likes best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Offer:
    """A format by its name here, the media type sent for it, and other types by which clients ask for it."""

    name: str
    media_type: str
    also: tuple[str, ...] = ()


_MOST = 100
"""Entries of a header that are read; nobody who means it sends more."""

_REMEMBERED = 500
"""The longest header whose meaning is remembered; clients send the same few again and again."""

HTML = Offer("html", "text/html", ("application/xhtml+xml",))

SOLUTIONS = (
    Offer("json", "application/sparql-results+json", ("application/json",)),
    Offer("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Offer("csv", "text/csv"),
    Offer("tsv", "text/tab-separated-values"),
)
GRAPHS = (
    Offer("turtle", "text/turtle", ("application/x-turtle",)),
    Offer("jsonld", "application/ld+json", ("application/json",)),
    Offer("ntriples", "application/n-triples", ("text/plain",)),
    Offer("rdfxml", "application/rdf+xml", ("application/xml", "text/xml")),
    Offer("trig", "application/trig"),
    Offer("nquads", "application/n-quads"),
)


def remembered(work: Callable[..., T], *headers: str | None) -> T:
    """What ``work`` (made by ``lru_cache``) makes of headers; only short ones are remembered."""
    long = any(header and len(header) > _REMEMBERED for header in headers)
    return (getattr(work, "__wrapped__", work) if long else work)(*headers)


def preferences(header: str) -> list[tuple[str, float]]:
    """The entries of an ``Accept``-like header with their q values, best first; q=0 entries are kept, last."""
    entries = []
    for part in header.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            entries.append((name.lower(), _quality(parameters)))
        if len(entries) == _MOST:
            break
    return sorted(entries, key=lambda entry: -entry[1])


def best(header: str | None, offers: Sequence[Offer]) -> tuple[Offer, str] | None:
    """The offer that an ``Accept`` header likes best, with the media type to send; None where it likes none.

    Among equals an exact type goes before a wildcard, then the order of ``offers`` decides.
    """
    ranges = preferences(header or "*/*") or [("*/*", 1.0)]
    candidates = []
    for place, offer in enumerate(offers):
        for media_type in (offer.media_type, *offer.also):
            specificity, quality = _match(media_type, ranges)
            if quality > 0:
                # A wildcard means the type of the offer itself, not one of its other names.
                named = media_type == offer.media_type or specificity == 3
                candidates.append(((quality, specificity, named, -place), offer, media_type))
    if not candidates:
        return None
    _, offer, media_type = max(candidates, key=lambda candidate: candidate[0])
    return offer, media_type


def _match(media_type: str, ranges: Sequence[tuple[str, float]]) -> tuple[int, float]:
    """How closely and how much the most specific fitting range wants a type."""
    fitting = [(3, q) for name, q in ranges if name == media_type]
    fitting += [(2, q) for name, q in ranges if name == media_type.split("/")[0] + "/*"]
    fitting += [(1, q) for name, q in ranges if name == "*/*"]
    return max(fitting, key=lambda found: found[0]) if fitting else (0, 0.0)


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0

"""Looks at a SPARQL text before it runs: does it call SERVICE, does it choose its own dataset?

This is a scanner, not a parser. ``<`` may open an IRI or mean "less than", and only a grammar can tell; where both
are possible both readings are followed, so that no word can hide behind the reading a scanner would not choose. It
errs on the safe side: ``GRAPH service:x { }`` is taken for a call. The workers could not open a connection anyway
(:mod:`pactgraph.store.confine`); the scanner is what lets the service say why.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from pactgraph.errors import UserError, fail
from pactgraph.settings import Settings

_BLANK = r"(?>(?:[ \t\r\n\f\v]|\#[^\r\n]*+)*+)"
_IRI_TEXT = r"<(?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"
_LOCAL = r"[\w:%\\][\w:%.\\-]*+"
_IRI = re.compile(_IRI_TEXT)
# "<scheme://" cannot go on as an expression: "scheme:" would be divided by nothing.
_SURELY_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_SKIP = re.compile(
    r"[ \t\r\n\f\v]++|\#[^\r\n]*+"
    r"|'''(?:(?:''?)?(?:[^'\\]|\\.))*+'''"
    r'|"""(?:(?:""?)?(?:[^"\\]|\\.))*+"""'
    r"|'(?:[^'\\\r\n]|\\.)*+'"
    r'|"(?:[^"\\\r\n]|\\.)*+"'
    rf"|[?$]\w++|@[A-Za-z0-9-]++|:{_LOCAL}",
    re.DOTALL,
)
_PREFIXED = rf"[\w.-]*+:(?:{_LOCAL})?"
_SERVICE = re.compile(
    rf"service{_BLANK}(?:silent{_BLANK})?({_IRI_TEXT}|[?$]\w++|{_PREFIXED}){_BLANK}\{{", re.IGNORECASE
)
_FROM = re.compile(rf"from{_BLANK}(?:named{_BLANK})?(?:{_IRI_TEXT}|{_PREFIXED})", re.IGNORECASE)
# Looked for in the process that serves: whatever the text, each character is read a bounded number of times.
_MOMENT = ("now", "rand", "uuid", "bnode")
_VOLATILE = re.compile(r"(?:now|rand|uuid|bnode)[ \t\r\n\f\v]*+[(#]", re.IGNORECASE)


def calls_service(text: str, but: Collection[str] = ()) -> bool:
    """Whether a query or an update may call SERVICE under any reading of its ``<`` signs.

    ``but``: endpoints that may be called. Each must be written out as ``<address>``, letter for letter as it stands
    here: neither a variable nor a prefixed name, nor a relative address, nor one with escapes counts as one of them.
    """
    return "service" in text.lower() and _stands_in(_SERVICE, text, {f"<{address}>" for address in but})


def refuse_service(text: str, settings: Settings) -> None:
    """Raise a UserError where a query may call SERVICE, but for the endpoints that the settings list."""
    listed = settings.service_endpoints()
    if calls_service(text, listed):
        raise not_listed(listed)


def not_listed(endpoints: Collection[str]) -> UserError:
    """The answer to a call of an endpoint that is none of ``endpoints``."""
    if not endpoints:
        return fail("query-service")
    return fail("service-not-listed", endpoints=", ".join(f"<{item}>" for item in endpoints))


def chooses_dataset(text: str) -> bool:
    """Whether a query has a FROM or FROM NAMED clause."""
    return "from" in text.lower() and _stands_in(_FROM, text)


def is_volatile(text: str) -> bool:
    """Whether a query may answer differently on the same data: it asks for the time, chance or new names.

    A cheap look that also takes ``"now()"`` in a string or ``now #`` for the function: such an answer is only not
    cached.
    """
    small = text.lower()  # most texts have none of the words, and finding that out this way costs next to nothing
    return any(word in small for word in _MOMENT) and _VOLATILE.search(text) is not None


def _stands_in(pattern: re.Pattern[str], text: str, but: Collection[str] = ()) -> bool:
    """Whether ``pattern`` matches outside strings, comments, variables and IRIs, its group being none of ``but``.

    Every place is looked at once.
    """
    if not pattern.search(text):
        return False
    seen = bytearray(len(text) + 1)
    places = [0]
    while places:
        place = places.pop()
        while place < len(text) and not seen[place]:
            seen[place] = 1
            found = pattern.match(text, place)
            if found and not (but and found[1] in but):
                return True
            iri = _IRI.match(text, place)
            if iri and not _SURELY_IRI.match(text, place):
                places.append(place + 1)
            skipped = iri or _SKIP.match(text, place)
            place = skipped.end() if skipped else place + 1
    return False

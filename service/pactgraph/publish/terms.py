"""Reads the terms of an N-Triples line, in the one form in which the store writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pactgraph.namespaces import XSD

STRING = XSD + "string"
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True)
class Literal:
    """A literal; ``language`` is empty where it has none, ``datatype`` is then an IRI."""

    value: str
    language: str = ""
    datatype: str = STRING


def iri_of(term: str) -> str | None:
    """The IRI of ``<…>``; None for anything else."""
    return unescaped(term[1:-1]) if term.startswith("<") else None


def literal_of(term: str) -> Literal:
    """The literal of ``"…"``, ``"…"@tag`` or ``"…"^^<…>``."""
    end = term.rindex('"')
    value, rest = unescaped(term[1:end]), term[end + 1:]
    if rest.startswith("@"):
        return Literal(value, rest[1:])
    return Literal(value, "", unescaped(rest[3:-1]) if rest else STRING)


def unescaped(text: str) -> str:
    """A text without the escapes of N-Triples."""
    return _ESCAPE.sub(_letter, text) if "\\" in text else text


def _letter(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _LETTERS.get(found[3], found[3])


@lru_cache(maxsize=256)
def split_iri(iri: str) -> tuple[str, str]:
    """An IRI as its namespace (to the last ``#`` or ``/``) and the name in it."""
    at = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:at], iri[at:]

"""Binds parameters to a query without ever pasting raw text into it.

A parameter stands in the query as ``VALUES ?name { UNDEF }`` (a query runs unchanged as plain SPARQL); binding
replaces what is between the braces by one serialised term. Terms are serialised here, from typed values.
"""

from __future__ import annotations

import re
from datetime import date

from pactgraph.errors import fail
from pactgraph.namespaces import XSD

_IRI = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]+$")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[./-]?(\d{1,2})[./-]?(\d{1,2})")
_EXAMPLE = "2026-11-21"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def iri(value: str) -> str:
    """Serialise an IRI; anything that is not an absolute IRI raises a UserError."""
    if not _IRI.fullmatch(value):
        raise fail("not-an-iri", value=value)
    return f"<{value}>"


def string(value: str) -> str:
    """Serialise a string literal."""
    return '"' + "".join(_ESCAPES.get(c, c) for c in value) + '"'


def day(value: str | date) -> str:
    """Serialise a date written YEAR-MONTH-DAY; another form raises a UserError."""
    text = str(value).strip()
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        date.fromisoformat(text)
    except ValueError:
        raise fail("bad-as-of", value=text, example=day_meant(text)) from None
    return f'"{text}"^^<{XSD}date>'


def day_meant(text: str) -> str:
    """How a date in another form (21/11/2026, 2026/11/21) is written here; an example where that cannot be told."""
    first, last = _DAY_FIRST.fullmatch(text.strip()), _YEAR_FIRST.fullmatch(text.strip())
    parts = (first[3], first[2], first[1]) if first else last.groups() if last else ()
    try:
        return date(*map(int, parts)).isoformat() if parts else _EXAMPLE
    except ValueError:
        return _EXAMPLE


def choice(value: str, allowed: str) -> str:
    """Serialise one of the words of ``allowed`` (between commas); another word raises a UserError."""
    words = [word.strip() for word in allowed.split(",")]
    if value.strip() not in words:
        raise fail("not-a-choice", value=value, allowed=", ".join(words))
    return string(value.strip())


def integer(value: str) -> str:
    """Serialise a whole number; another form raises a UserError."""
    if not re.fullmatch(r"[+-]?\d{1,18}", value.strip()):
        raise fail("not-an-integer", value=value)
    return str(int(value))


def boolean(value: str) -> str:
    """Serialise true or false; another form raises a UserError."""
    if value.strip().lower() not in ("true", "false"):
        raise fail("not-a-boolean", value=value)
    return value.strip().lower()


_CLAUSE = re.compile(r"VALUES\s+\?(\w+)\s*\{[^{}\n]*\}")


def bind_values(text: str, values: dict[str, str]) -> str:
    """Put serialised terms into the ``VALUES ?name { … }`` clauses of a query; a name without one is a KeyError.

    All names are bound in one pass, so that a bound value is never read as a clause itself.
    """
    missing = values.keys() - {match[1] for match in _CLAUSE.finditer(text)}
    if missing:
        raise KeyError(f"the query has no VALUES clause for {', '.join(sorted(missing))}")

    def bound(match: re.Match[str]) -> str:
        name = match[1]
        return f"VALUES ?{name} {{ {values[name]} }}" if name in values else match[0]

    return _CLAUSE.sub(bound, text)

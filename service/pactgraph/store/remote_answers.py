"""Reads what an endpoint answers, and takes no answer that may be cut.

Virtuoso answers 200 for the first rows of a longer table (``X-SPARQL-MaxRows``) and for what it found before its time
was up (``X-SQL-State: S1TAT``); newer ones answer 206. It writes booleans as ``"1"``, and answers ASK with a table.
"""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from typing import Any

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.errors import UserError, fail
from pactgraph.namespaces import XSD

_BOOLEAN = f"{XSD}boolean"
_WORDS = {"1": "true", "0": "false"}
_LIMIT = re.compile(r"\bLIMIT\s+(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """The body of an answer with its status and headers."""

    data: bytes
    status: int
    headers: Message

    def header(self, name: str) -> str:
        """A header of the answer, empty where it has none."""
        return str(self.headers.get(name, "") or "")


def whole(address: str, answer: Answer) -> Answer:
    """The answer, where nothing says that it is a part; otherwise a UserError."""
    if answer.header("X-SQL-State").startswith("S1T"):
        raise fail("endpoint-timed-out", address=address)
    if answer.status == 206:
        raise fail("endpoint-cut", address=address, rows="?")
    return answer


def solutions(address: str, text: str, answer: Answer) -> ox.QuerySolutions:
    """The rows of a SELECT."""
    table = _table(address, answer)
    rows = table.get("results", {}).get("bindings", [])
    limit = answer.header("X-SPARQL-MaxRows")
    if limit.isdigit() and len(rows) >= int(limit) and not asks_for_at_most(text, int(limit)):
        raise fail("endpoint-cut", address=address, rows=limit)
    for row in rows:
        for term in row.values():
            if term.get("datatype") == _BOOLEAN:
                term["value"] = _WORDS.get(term["value"], term["value"])
    read = ox.parse_query_results(json.dumps(table).encode("utf-8"), format=ox.QueryResultsFormat.JSON)
    assert isinstance(read, ox.QuerySolutions)
    return read


def yes_or_no(address: str, answer: Answer) -> ox.QueryBoolean:
    """The answer to an ASK; Virtuoso 7.2.5 sends a table that has a row for yes and none for no."""
    table = _table(address, answer)
    said = table["boolean"] if "boolean" in table else bool(table.get("results", {}).get("bindings"))
    data = json.dumps({"head": {}, "boolean": bool(said)}).encode("utf-8")
    read = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
    assert isinstance(read, ox.QueryBoolean)
    return read


def triples(address: str, answer: Answer) -> Iterator[ox.Triple]:
    """The triples of an answer in N-Triples or Turtle, with booleans as the standard writes them."""
    try:
        for quad in ox.parse(io.BytesIO(answer.data), format=ox.RdfFormat.TURTLE):
            yield _tidy(quad.triple)
    except SyntaxError as problem:
        raise _garbled(address, problem) from None


def as_result(found: Iterator[ox.Triple]) -> ox.QueryTriples:
    """Triples as a query result like the embedded store's."""
    store = ox.Store()
    store.extend(ox.Quad(triple.subject, triple.predicate, triple.object, ox.DefaultGraph()) for triple in found)
    everything = store.query(load("store", "triples").text)
    assert isinstance(everything, ox.QueryTriples)
    return everything


def asks_for_at_most(text: str, rows: int) -> bool:
    """Whether the last LIMIT of a query is not above ``rows``: then a full table is what was asked for."""
    limits = _LIMIT.findall(text)
    return bool(limits) and int(limits[-1]) <= rows


def reason(problem: Exception) -> str:
    """What the endpoint said, in one line: the first of its answer, else the error's own words."""
    _, _, answer = str(problem).partition("Response:\n")
    with suppress(ValueError, SyntaxError):  # SPARQLWrapper shows the bytes as Python writes them
        answer = ast.literal_eval(answer).decode("utf-8", "replace")
    said = answer.strip() or str(problem)
    return (said.splitlines() or [type(problem).__name__])[0][:200]


def _tidy(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if isinstance(value, ox.Literal) and value.datatype.value == _BOOLEAN and value.value in _WORDS:
        return ox.Triple(triple.subject, triple.predicate, ox.Literal(_WORDS[value.value], datatype=value.datatype))
    return triple


def _table(address: str, answer: Answer) -> dict[str, Any]:
    try:
        table: dict[str, Any] = json.loads(answer.data)
    except ValueError as problem:
        raise _garbled(address, problem) from None
    return table


def _garbled(address: str, problem: Exception) -> UserError:
    """An answer that cannot be read to its end: broken off, or a page for people."""
    return fail("endpoint-failed", address=address, reason=str(problem)[:200])

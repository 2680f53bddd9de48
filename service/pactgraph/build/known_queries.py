"""What changes do to each of our queries, without parsing them: it stands in ``queries/known.json``, by a digest of the text.

Parsing all of them takes some four seconds, which the first write of every process would wait for. A query whose text
stands there no more, or differs by one character, is parsed. ``tools/know_queries.py`` writes the file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from typing import Any

from pactgraph.build.gap_reads import Read, read_reads
from pactgraph.build.reach import Reach
from pactgraph.build.reach_json import from_json, term, to_json
from pactgraph.build.reach_read import read_reach
from pactgraph.build.shacl.query import Plain
from pactgraph.build.shacl.query_read import read_plain
from pactgraph.catalogue import Query, load, names
from pactgraph.resources import shipped

FILE = "known.json"


@cache
def reach_of(text: str) -> Reach:
    """The reach into a check query, worked out once."""
    known = _known().get(digest(text), {})
    return from_json(known["reach"]) if "reach" in known else read_reach(text)


@cache
def reads_of(text: str) -> frozenset[Read] | None:
    """What a gap query reads; None for anything."""
    known = _known().get(digest(text), {})
    if "reads" not in known:
        return read_reads(text)
    return None if known["reads"] is None else frozenset((term(read[0]), term(read[1]) if read[1:] else None)
                                                         for read in known["reads"])


@cache
def plain_query(text: str) -> Plain:
    """A query of a shape, judged once; ``Unknown`` for one that is not plain."""
    known = _known().get(digest(text), {})
    return _plain(known["plain"]) if "plain" in known else read_plain(text)


def _plain(known: dict[str, Any]) -> Plain:
    def operand(told: str | list[str]) -> str | set[str]:
        return told if isinstance(told, str) else set(told)

    return Plain(set(known["predicates"]), set(known["direct"]),
                 {variable: set(predicates) for variable, predicates in known["asked"].items()}, set(known["things"]),
                 [(operator, operand(one), operand(other)) for operator, one, other in known["compared"]], known["years"])


def digest(text: str) -> str:
    """What a query's text is known by."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@cache
def _known() -> dict[str, dict[str, Any]]:
    try:
        entries = json.loads((shipped("queries") / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {entry["text"]: entry for entry in entries}


def known_text() -> str:
    """The file as it should be, worked out anew (some seconds): one line a query, in the order of their names."""
    entries = [_noted(load("checks", name), reach=to_json(read_reach(load("checks", name).text))) for name in names("checks")]
    gaps = [load("lookup", "gap-closings"), *(load("gaps", name) for name in names("gaps"))]
    entries += [_noted(query, reads=_told(read_reads(query.text))) for query in gaps]
    entries += [{"query": f"shapes/{shape}", "text": digest(text), "plain": asdict(read_plain(text))}
                for shape, text in _of_shapes()]
    entries.sort(key=lambda entry: (entry["query"], entry["text"]))
    lines = [json.dumps(entry, ensure_ascii=False, default=sorted) for entry in entries]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _of_shapes() -> Iterator[tuple[str, str]]:
    """The SPARQL constraints of the shapes that we ship: the name of the shape, and the whole text."""
    from pactgraph.build.check import shapes_graph
    from pactgraph.build.shacl.engine import Engine
    from pactgraph.build.shacl.sparql import Sparql

    for shape in Engine([], shapes_graph()).shapes_made():
        yield from ((str(shape.node).rsplit("/", 1)[-1], rule.text) for rule in shape.constraints if isinstance(rule, Sparql))


def _noted(query: Query, **known: Any) -> dict[str, Any]:
    return {"query": f"{query.room}/{query.name}", "text": digest(query.text), **known}


def _told(reads: frozenset[Read] | None) -> list[list[str]] | None:
    return None if reads is None else sorted([str(part) for part in read if part is not None] for read in reads)

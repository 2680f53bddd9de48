"""What changes do to each of our queries, without parsing them: it stands in ``queries/known.json``, by a digest of the text.

Parsing all of them takes some four seconds, which the first write of every process would wait for. A query whose text
stands there no more, or differs by one character, is parsed. ``tools/know_queries.py`` writes the file.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from pactgraph.build.gap_reads import Read, read_reads
from pactgraph.build.reach import Reach
from pactgraph.build.reach_json import from_json, term, to_json
from pactgraph.build.reach_read import read_reach
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
    lines = [json.dumps(entry, ensure_ascii=False) for entry in sorted(entries, key=lambda entry: entry["query"])]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _noted(query: Query, **known: Any) -> dict[str, Any]:
    return {"query": f"{query.room}/{query.name}", "text": digest(query.text), **known}


def _told(reads: frozenset[Read] | None) -> list[list[str]] | None:
    return None if reads is None else sorted([str(part) for part in read if part is not None] for read in reads)

"""A :class:`Reach` as JSON and back. Terms are N-Triples text, variables begin with ``?``, those without a name with ``_:``."""

from __future__ import annotations

from functools import cache
from typing import Any

import pyoxigraph as ox

from pactgraph.build.reach import All, Either, Limit, Pattern, Reach


@cache
def term(text: str) -> Any:
    """A term of its N-Triples text."""
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    return next(iter(ox.parse(f"<urn:s> <urn:p> {text} .", format=ox.RdfFormat.N_TRIPLES))).object


def to_json(reach: Reach) -> dict[str, Any] | None:
    """All that :func:`from_json` needs; None where the query is not plain."""
    if not reach.plain:
        return None
    table = _Table()
    patterns = [[table.place(pattern), table.places(beside)] for pattern, beside in reach.patterns]
    return {"parts": table.parts, "patterns": patterns}


def from_json(known: dict[str, Any] | None) -> Reach:
    """The reach that :func:`to_json` was given."""
    if known is None:
        return Reach(None)
    parts: list[Any] = []
    for part in known["parts"]:  # what a part is made of stands before it
        parts.append(_part(part, parts))
    return Reach([(parts[pattern], All([parts[place] for place in beside])) for pattern, beside in known["patterns"]])


class _Table:
    """The parts of a query, each written once. Variables without a name are numbered as they come."""

    def __init__(self) -> None:
        self.parts: list[dict[str, Any]] = []
        self._nameless: dict[str, str] = {}

    def places(self, whole: All) -> list[int]:
        return list(dict.fromkeys(self.place(part) for part in whole.flat()))

    def place(self, part: Any) -> int:
        written = self._written(part)
        if written not in self.parts:
            self.parts.append(written)
        return self.parts.index(written)

    def _written(self, part: Any) -> dict[str, Any]:
        if isinstance(part, Either):
            return {"either": [self.places(choice) for choice in part.parts]}
        if isinstance(part, Limit):
            of = {"start": part.start} if part.terms is None else {"terms": sorted(map(str, part.terms))}
            return {"limit": self._end(part.variable), **of}
        steps: Any = [f"^{step}" if turned else str(step) for step, turned in part.steps]
        between = steps if part.predicate is None else self._end(part.predicate)
        return {"pattern" if part.single else "path": [self._end(part.subject), between, self._end(part.value)]}

    def _end(self, end: Any) -> str:
        if not isinstance(end, str):
            return str(end)
        return self._nameless.setdefault(end, f"_:{len(self._nameless)}") if end.startswith("_:") else f"?{end}"


def _part(written: dict[str, Any], parts: list[Any]) -> Any:
    if "either" in written:
        return Either([All([parts[place] for place in choice]) for choice in written["either"]])
    if "limit" in written:
        terms = frozenset(map(term, written["terms"])) if "terms" in written else None
        return Limit(_end(written["limit"]), terms, written.get("start", ""))
    subject, between, value = written.get("pattern") or written["path"]
    if isinstance(between, str):
        return Pattern(_end(subject), _end(value), predicate=_end(between))
    steps = tuple((term(step.removeprefix("^")), step.startswith("^")) for step in between)
    return Pattern(_end(subject), _end(value), steps=steps, single="pattern" in written)


def _end(text: str) -> Any:
    return text[1:] if text.startswith("?") else text if text.startswith("_:") else term(text)

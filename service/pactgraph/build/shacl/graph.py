"""The union of graphs, indexed for checking: terms are numbers, statements stand by predicate and subject."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pyoxigraph as ox

IRI, BLANK, LITERAL = 0, 1, 2
_KINDS: dict[type, int] = {ox.NamedNode: IRI, ox.BlankNode: BLANK, ox.Literal: LITERAL}
_NONE: dict[int, list[int]] = {}


class Unknown(Exception):
    """Something that this engine does not know, or may see otherwise than pySHACL; the message says what."""


class TermGraph:
    """Statements as numbers. A term has one number for ever; ``terms[number]`` is the term, ``kinds[number]`` its kind."""

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self.ids: dict[Any, int] = {}
        self.terms: list[Any] = []
        self.kinds = bytearray()
        self.out: dict[int, dict[int, list[int]]] = {}
        self.strange = ""
        """What stands in the graph that only pySHACL should see; empty for nothing."""
        self._into: dict[int, dict[int, list[int]]] = {}
        self._load(quads)

    def _load(self, quads: Iterable[ox.Quad]) -> None:
        ids, out = self.ids, self.out
        new = ids.setdefault
        with _no_collector():
            for subject, predicate, value, _ in quads:
                s, p, o = new(subject, len(ids)), new(predicate, len(ids)), new(value, len(ids))
                by_subject = out.get(p)
                if by_subject is None:
                    by_subject = out[p] = {}
                values = by_subject.get(s)
                if values is None:
                    by_subject[s] = [o]
                else:
                    values.append(o)
            self._describe()
            for by_subject in out.values():  # a statement can stand in several graphs
                for values in by_subject.values():
                    if len(values) > 1:
                        values[:] = dict.fromkeys(values)

    def _describe(self) -> None:
        """Bring ``terms`` and ``kinds`` up to the numbers that were given out."""
        fresh = list(self.ids)[len(self.terms):] if self.terms else list(self.ids)
        self.kinds += bytes(map(self._kind, fresh))
        self.terms += fresh

    def _kind(self, term: Any) -> int:
        kind = _KINDS.get(type(term))
        if kind is None:
            raise ValueError("a triple term cannot be checked")
        if kind == LITERAL and term.language is not None and getattr(term, "direction", None) is not None:
            self.strange = "a text with a direction"
        return kind

    def number(self, term: Any) -> int:
        """The number of a term, given out where it has none yet."""
        found = self.ids.get(term)
        if found is None:
            self.kinds.append(self._kind(term))
            found = self.ids[term] = len(self.ids)
            self.terms.append(term)
        return found

    def by_subject(self, predicate: int) -> dict[int, list[int]]:
        """The values of a predicate by subject; not to be changed."""
        return self.out.get(predicate, _NONE)

    def by_object(self, predicate: int) -> dict[int, list[int]]:
        """The subjects of a predicate by value; worked out when it is first asked for."""
        found = self._into.get(predicate)
        if found is None:
            found = self._into[predicate] = {}
            for s, values in self.by_subject(predicate).items():
                for o in values:
                    subjects = found.get(o)
                    if subjects is None:
                        found[o] = [s]
                    else:
                        subjects.append(s)
        return found

    def add(self, s: int, p: int, o: int) -> bool:
        """State something; False where it was stated already."""
        values = self.out.setdefault(p, {}).setdefault(s, [])
        if o in values:
            return False
        values.append(o)
        if p in self._into:
            self._into[p].setdefault(o, []).append(s)
        return True

    def remove(self, s: int, p: int, o: int) -> bool:
        """Take a statement back; False where it was not stated."""
        values = self.out.get(p, _NONE).get(s, [])
        if o not in values:
            return False
        _take(self.out[p], s, o)
        if p in self._into:
            _take(self._into[p], o, s)
        return True

    def states(self, s: int, p: int, o: int) -> bool:
        """Whether a statement stands in the graph."""
        return o in self.by_subject(p).get(s, ())

    def statements(self, predicates: Iterable[int] | None = None) -> Iterator[ox.Quad]:
        """The statements (of some predicates) as quads of the default graph."""
        terms = self.terms
        for p in self.out if predicates is None else predicates:
            for s, values in self.by_subject(p).items():
                for o in values:
                    yield ox.Quad(terms[s], terms[p], terms[o])


def _take(index: dict[int, list[int]], key: int, value: int) -> None:
    index[key].remove(value)
    if not index[key]:
        del index[key]


@contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of small lists without a cycle among them: the collector of cycles would only look at them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()

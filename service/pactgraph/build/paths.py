"""SHACL property paths as text (SPARQL's syntax) and back to statements.

A path that is one property is its IRI, without brackets; any other path is written like ``^<IRI>/(<IRI>|<IRI>)*``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from pactgraph.namespaces import PREFIXES, RDF

_SH = PREFIXES["sh"]
_SUFFIXES = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_NAMES = {sign: name for name, sign in _SUFFIXES.items()}
_TOKEN = re.compile(r"<[^<>]*>|[()/|^*+?]")
_DEEPEST = 50


def path_text(graph: Any, node: Any) -> str:
    """The text of the path that stands at ``node`` of an rdflib graph; empty for None."""
    from rdflib import URIRef

    if node is None:
        return ""
    return str(node) if isinstance(node, URIRef) else _text(graph, node, 0)[0]


def _text(graph: Any, node: Any, depth: int) -> tuple[str, int]:
    """A path's text, and how loosely it binds: 0 one property, 1 with a sign, 2 a sequence or alternatives."""
    from rdflib import RDF as R
    from rdflib import SH, URIRef

    if isinstance(node, URIRef):
        return f"<{node}>", 0
    if depth > _DEEPEST:
        return "…", 0
    if graph.value(node, R.first) is not None:
        return "/".join(_inner(graph, item, depth, 1) for item in graph.items(node)), 2
    inverse = graph.value(node, SH.inversePath)
    if inverse is not None:
        return "^" + _inner(graph, inverse, depth, 0), 1
    alternatives = graph.value(node, SH.alternativePath)
    if alternatives is not None:
        return "|".join(_inner(graph, item, depth, 1) for item in graph.items(alternatives)), 2
    for name, sign in _SUFFIXES.items():
        repeated = graph.value(node, SH[name])
        if repeated is not None:
            return _inner(graph, repeated, depth, 0) + sign, 1
    return "…", 0


def _inner(graph: Any, node: Any, depth: int, loosest: int) -> str:
    text, binding = _text(graph, node, depth + 1)
    return f"({text})" if binding > loosest else text


def path_statements(text: str, labels: Iterator[int] | None = None) -> tuple[str, list[str]]:
    """A path's node and the N-Triples lines that describe it; ``labels`` number its blank nodes.

    Raises ValueError for a text that :func:`path_text` would not write.
    """
    if not text.startswith(("<", "^", "(", "…")):
        return f"<{text}>", []
    reader = _Reader(text, count() if labels is None else labels)
    node = reader.alternatives()
    if reader.tokens:
        raise ValueError(f"not a path: {text}")
    return node, reader.lines


class _Reader:
    """Reads a path's text; each method reads one level of the grammar and returns the node that it described."""

    def __init__(self, text: str, labels: Iterator[int]) -> None:
        self.tokens = _TOKEN.findall(text)[::-1]
        if "".join(reversed(self.tokens)) != text:
            raise ValueError(f"not a path: {text}")
        self.labels = labels
        self.lines: list[str] = []

    def alternatives(self) -> str:
        members = self._members("|", self._sequence)
        return members[0] if len(members) == 1 else self._node("alternativePath", self._list(members))

    def _sequence(self) -> str:
        members = self._members("/", self._step)
        return members[0] if len(members) == 1 else self._list(members)

    def _members(self, sign: str, read: Any) -> list[str]:
        members = [read()]
        while self._next() == sign:
            self.tokens.pop()
            members.append(read())
        return members

    def _step(self) -> str:
        if self._next() == "^":
            self.tokens.pop()
            return self._node("inversePath", self._element())
        return self._element()

    def _element(self) -> str:
        token = self.tokens.pop() if self.tokens else ""
        if token == "(":
            node = self.alternatives()
            if not self.tokens or self.tokens.pop() != ")":
                raise ValueError("a bracket of a path is not closed")
        elif token.startswith("<"):
            node = token
        else:
            raise ValueError(f"'{token}' is out of place in a path")
        while self._next() in _NAMES:
            node = self._node(_NAMES[self.tokens.pop()], node)
        return node

    def _next(self) -> str:
        return self.tokens[-1] if self.tokens else ""

    def _node(self, name: str, value: str) -> str:
        node = f"_:check-path-{next(self.labels)}"
        self.lines.append(f"{node} <{_SH}{name}> {value} .")
        return node

    def _list(self, members: list[str]) -> str:
        rest = f"<{RDF}nil>"
        for member in reversed(members):
            node = f"_:check-path-{next(self.labels)}"
            self.lines += [f"{node} <{RDF}first> {member} .", f"{node} <{RDF}rest> {rest} ."]
            rest = node
        return rest

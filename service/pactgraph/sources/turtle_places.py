"""The lines on which things stand as subjects in Turtle and TriG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

_TOKEN = re.compile(
    r"""(?P<skip>\s+|\#[^\n\r]*)
    |(?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    |(?P<iri><[^<>"{}|^`\s]*>)
    |(?P<at>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<number>[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+))
    |(?P<word>(?:[^\s<>"'{}|^`\\()\[\];,.\#~]|\\\S)
      (?:[^\s<>"'{}|^`\\()\[\];,.\#~]|\\\S|~|\.+(?=[^\s<>"'{}|^`()\[\];,.\#]))*)
    |(?P<mark>\{\||\|\}|\^\^|.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_DEEPER = {"[": 1, "(": 1, "{|": 1, "]": -1, ")": -1, "|}": -1}
_DIRECTIVES = {"@prefix": 2, "@base": 1, "@version": 1, "prefix": 2, "base": 1, "version": 1}
Token = tuple[str, str, int]


def turtle_subjects(text: str, base: str) -> dict[str, int]:
    """The line of each subject as it stands first: its N-Triples form → line. The text must be correct."""
    return _Reader(text, base).read()


def unescape(iri: str) -> str:
    """An IRI of Turtle with its \\u escapes resolved."""
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), iri)


def resolve(base: str, iri: str) -> str:
    """An IRI as it reads from ``base``; urljoin alone would lose an empty fragment and not know every scheme."""
    if _SCHEME.match(iri):
        return iri
    end = "#" if iri.endswith("#") else ""
    return urljoin(base, iri.removesuffix("#")) + end


def _tokens(text: str) -> Iterator[Token]:
    line, at = 1, 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            line += text.count("\n", at, match.start())
            at = match.start()
            yield match.lastgroup or "", match[0], line


class _Reader:
    """Walks through the statements and keeps what stands first in each."""

    def __init__(self, text: str, base: str) -> None:
        self.tokens = _tokens(text)
        self.base = base
        self.prefixes: dict[str, str] = {}
        self.places: dict[str, int] = {}

    def read(self) -> dict[str, int]:
        first = True
        depth = 0
        waiting: tuple[str, int] | None = None
        for kind, token, line in self.tokens:
            if first and kind in ("at", "word") and token.lower() in _DIRECTIVES:
                self._directive(token.lower())
                continue
            if token == "{":  # What stood before it was the name of a graph.
                waiting, first = None, True
                continue
            if waiting:
                self.places.setdefault(*waiting)
                waiting = None
            depth += _DEEPER.get(token, 0) if kind == "mark" else 0
            if kind == "mark" and token in ".}" and depth == 0:
                first = True
            elif first and token.lower() != "graph":
                subject = self._term(kind, token)
                waiting = (subject, line) if subject else None
                first = False
        return self.places

    def _directive(self, name: str) -> None:
        words = [next(self.tokens, ("", "", 0)) for _ in range(_DIRECTIVES[name])]
        if name.endswith("prefix"):
            self.prefixes[words[0][1].rstrip(":")] = self._resolved(words[1][1])
        elif name.endswith("base"):
            self.base = self._resolved(words[0][1])

    def _term(self, kind: str, token: str) -> str:
        if kind == "iri":
            return f"<{self._resolved(token)}>"
        if kind != "word":
            return ""
        prefix, colon, local = token.partition(":")
        if prefix == "_":
            return token
        if not colon or prefix not in self.prefixes:
            return ""
        return f"<{self.prefixes[prefix]}{_LOCAL_ESCAPE.sub(lambda found: found[1], local)}>"

    def _resolved(self, token: str) -> str:
        return resolve(self.base, unescape(token[1:-1]))

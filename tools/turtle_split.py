"""Splits a Turtle document into its prefixes, its sections and the statements of each, with the comments above them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r'''(?P<comment>\#[^\n]*)
      | (?P<iri><[^<>"{}|^`\\\s]*(?:\\u[0-9A-Fa-f]{4}[^<>"{}|^`\\\s]*)*>)
      | (?P<text>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!\'\'))*\'\'\'
                |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<mark>[\[\](),;])
      | (?P<word>(?:\\.|[^\s<>"'\[\](),;\#\\])+)
      | (?P<space>\s+)''',
    re.VERBOSE | re.DOTALL,
)


class TurtleProblem(Exception):
    """A document cannot be read; ``line`` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass
class Statement:
    """One statement of a document: its own text and the comment lines above it."""

    text: str
    comments: list[str]
    line: int


@dataclass
class Section:
    """Statements that are sorted together, below the comment that opens the section (none for the first)."""

    heading: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)


@dataclass
class Document:
    """A Turtle document in its parts; ``labels`` are the blank nodes that it names itself."""

    head: list[str]
    prefixes: dict[str, str]
    labels: set[str]
    sections: list[Section]


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and line of each token; the dot that ends a statement is a token of its own."""
    place, line = 0, 1
    while place < len(text):
        found = _TOKEN.match(text, place)
        if not found:
            raise TurtleProblem(f"cannot read {text[place : place + 20]!r}", line)
        kind, token = str(found.lastgroup), found[0]
        if kind == "word" and token.endswith(".") and token != ".":
            bare = token.rstrip(".")
            yield kind, bare, line
            for _ in range(len(token) - len(bare)):
                yield "word", ".", line
        else:
            yield kind, token, line
        line += token.count("\n")
        place = found.end()


class _Splitter:
    """Collects tokens into statements and comment lines into what they belong to."""

    def __init__(self) -> None:
        self.document = Document([], {}, set(), [Section()])
        self.comments: list[str] = []
        self.gap = False
        self.parts: list[str] = []
        self.line = 0

    def comment(self, text: str, line: int) -> None:
        if self.parts:
            raise TurtleProblem("a comment inside a statement; put it above the statement", line)
        if self.comments and self.gap:
            self.loose()
        self.comments.append(text.rstrip())
        self.gap = False

    def space(self, text: str) -> None:
        if self.parts:
            self.parts.append(text)
        elif text.count("\n") > 1:
            self.gap = True
            if self.comments and self.comments[0].startswith("###"):
                self.loose()

    def loose(self) -> None:
        """Comment lines with a blank line below them: the head, the heading of a section, or a note."""
        document, lines = self.document, self.comments
        started = bool(document.prefixes or document.sections[0].statements)
        self.comments = []
        if not started:
            document.head += ["", *lines] if document.head else lines
        else:
            document.sections.append(Section(heading=lines))

    def word(self, kind: str, token: str, line: int) -> None:
        if not self.parts:
            self.line = line
            if self.comments and self.gap:
                self.loose()
            self.gap = False
        if kind == "word" and token == ".":
            self.end(line)
            return
        if kind == "word" and token.startswith("_:"):
            self.document.labels.add(token[2:])
        self.parts.append(token)

    def end(self, line: int) -> None:
        text, document = "".join(self.parts), self.document
        words = text.split()
        self.parts = []
        if not words:
            raise TurtleProblem("a full stop without a statement", line)
        if words[0] in ("@prefix", "@base") or words[0].upper() in ("PREFIX", "BASE"):
            self.prefix(words, line)
            if self.comments:
                document.head += ["", *self.comments] if document.head else self.comments
        else:
            document.sections[-1].statements.append(Statement(text, self.comments, self.line))
        self.comments, self.gap = [], False

    def prefix(self, words: list[str], line: int) -> None:
        if words[0] != "@prefix" or len(words) != 3:
            raise TurtleProblem("only @prefix lines are understood, no base and no SPARQL form", line)
        name, iri = words[1].removesuffix(":"), words[2][1:-1]
        if self.document.prefixes.get(name, iri) != iri:
            raise TurtleProblem(f"the prefix {name}: has two meanings", line)
        self.document.prefixes[name] = iri


def split(text: str) -> Document:
    """The parts of a Turtle document; raises TurtleProblem."""
    splitter = _Splitter()
    for kind, token, line in _tokens(text):
        if kind == "comment":
            splitter.comment(token, line)
        elif kind == "space":
            splitter.space(token)
        else:
            splitter.word(kind, token, line)
    if splitter.parts:
        raise TurtleProblem("the last statement does not end", splitter.line)
    if splitter.comments:
        splitter.document.sections[-1].tail = splitter.comments
    return splitter.document

"""Takes the text of a SPARQL update apart into its operations, and each operation into its clauses.

Only the engine's own parser judges what is correct (the text goes through it first); what stands here finds where the
clauses of a correct text begin and end, so that each can be given to the engine where its effect can be seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_SPACE = r"(?:[ \t\r\n\f\v]|\#[^\r\n]*+)++"
_STRING = (r"'''(?:(?:''?)?(?:[^'\\]|\\.))*+'''"
           r'|"""(?:(?:""?)?(?:[^"\\]|\\.))*+"""'
           r"|'(?:[^'\\\r\n]|\\.)*+'"
           r'|"(?:[^"\\\r\n]|\\.)*+"')
_IRI = r"<(?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>"
_TOKEN = re.compile(
    rf"(?P<space>{_SPACE})|(?P<string>{_STRING})|(?P<iri>{_IRI})|(?P<variable>[?$]\w++)|(?P<lang>@[A-Za-z0-9-]++)"
    r"|(?P<name>[\w.-]*+:(?:[\w:%.-]|\\.)*+)|(?P<word>\w++)|(?P<sign>.)",
    re.DOTALL,
)
_SURELY_IRI = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
MODIFY, INSERT_DATA, DELETE_DATA, MANAGE, LOAD = "modify", "insert data", "delete data", "manage", "load"
_MANAGING = ("CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")


class Unclear(Exception):
    """A text that cannot be taken apart."""


@dataclass
class Operation:
    """One operation. Blocks keep their braces; ``within`` (WITH), ``using`` and ``targets`` hold names as written.

    ``using`` has pairs (whether NAMED, name); ``targets`` has names of graphs or DEFAULT, NAMED, ALL.
    """

    kind: str
    prologue: str
    text: str = ""
    within: str = ""
    delete: str = ""
    insert: str = ""
    using: list[tuple[bool, str]] = field(default_factory=list)
    where: str = ""
    command: str = ""
    silent: bool = False
    targets: list[str] = field(default_factory=list)


def operations(text: str) -> list[Operation]:
    """The operations of an update in their order. Raises :class:`Unclear` for what is no update."""
    return _Cutter(text).all()


class _Cutter:
    """Walks over a text, token by token."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._prologue = ""

    def all(self) -> list[Operation]:
        found = []
        while self._peek():
            if self._peek_word() in ("BASE", "PREFIX", "VERSION"):
                self._declaration()
            else:
                begin = self._at
                found.append(self._operation())
                found[-1].text = self._text[begin : self._at]
                if self._peek():
                    self._expect(";")
        return found

    def _declaration(self) -> None:
        begin = self._at
        tokens = 3 if self._peek_word() == "PREFIX" else 2
        for _ in range(tokens):
            self._take()
        self._prologue += self._text[begin : self._at] + "\n"

    def _operation(self) -> Operation:
        first = self._take().upper()
        made = Operation(MODIFY, self._prologue)
        if first == "LOAD":
            return self._load(made)
        if first in _MANAGING:
            return self._manage(made, first)
        if first == "WITH":
            made.within = self._take()
            first = self._take().upper()
        if first not in ("INSERT", "DELETE"):
            raise Unclear(first)
        if self._peek_word() == "DATA":
            self._take()
            made.kind = INSERT_DATA if first == "INSERT" else DELETE_DATA
            made.insert = self._block()
        elif first == "DELETE" and self._peek_word() == "WHERE":
            self._take()
            made.delete = made.where = self._block()
        else:
            self._modify(made, first)
        return made

    def _modify(self, made: Operation, first: str) -> None:
        if first == "DELETE":
            made.delete = self._block()
            if self._peek_word() == "INSERT":
                self._take()
                made.insert = self._block()
        else:
            made.insert = self._block()
        while self._peek_word() == "USING":
            self._take()
            named = self._peek_word() == "NAMED"
            if named:
                self._take()
            made.using.append((named, self._take()))
        self._expect("WHERE")
        made.where = self._block()

    def _load(self, made: Operation) -> Operation:
        made.kind = LOAD
        while self._peek() not in ("", ";"):
            self._take()
        return made

    def _manage(self, made: Operation, command: str) -> Operation:
        made.kind, made.command = MANAGE, command
        if self._peek_word() == "SILENT":
            made.silent = bool(self._take())
        while self._peek() not in ("", ";"):
            token = self._take()
            if token.upper() not in ("GRAPH", "TO"):
                made.targets.append(token.upper() if token.upper() in ("DEFAULT", "NAMED", "ALL") else token)
        return made

    def _block(self) -> str:
        """A block in braces with all that is in it."""
        self._peek()
        begin = self._at
        depth = parentheses = 0
        before = ""
        while True:
            kind, token = self._next(parentheses > 0 and before in ("variable", ")", "string", "lang", "word"))
            depth += (token == "{") - (token == "}")
            parentheses += (token == "(") - (token == ")")
            before = token if kind == "sign" else kind
            if depth == 0:
                break
        block = self._text[begin : self._at]
        if not block.startswith("{"):
            raise Unclear(block)
        return block

    def _next(self, operand_before: bool = False) -> tuple[str, str]:
        """The next token that is no space. After an operand of an expression ``<`` means "less than"."""
        while match := _TOKEN.match(self._text, self._at):
            kind, token = str(match.lastgroup), match[0]
            if kind == "iri" and operand_before and not _SURELY_IRI.match(token):
                kind, token = "sign", "<"
            self._at += len(token)
            if kind != "space":
                return kind, token
        raise Unclear("the end")

    def _take(self) -> str:
        return self._next()[1]

    def _peek(self) -> str:
        """The next token without taking it; empty at the end. Spaces before it are passed."""
        while (match := _TOKEN.match(self._text, self._at)) and match.lastgroup == "space":
            self._at = match.end()
        return match[0] if match else ""

    def _peek_word(self) -> str:
        return self._peek().upper()

    def _expect(self, token: str) -> None:
        found = self._take()
        if found.upper() != token:
            raise Unclear(found)

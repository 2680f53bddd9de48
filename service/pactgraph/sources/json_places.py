"""The lines on which things stand as subjects in JSON-LD: objects that have an @id and say something more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pactgraph.sources.turtle_places import resolve

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]')


@dataclass
class _Object:
    """An object of the text while it is read: its @id with its line, and how many other keys it has."""

    id: str = ""
    line: int = 0
    others: int = 0
    key: str = ""
    awaits_key: bool = True
    is_list: bool = False


def json_subjects(text: str, base: str) -> dict[str, int]:
    """The line of each subject as it stands first: its N-Triples form → line. The text must be correct JSON."""
    names = _Names(json.loads(text, strict=False, parse_int=str, parse_float=str), base)
    places: dict[str, int] = {}
    for value, line in _ids(text, names.ids):
        subject = names.term(value)
        if subject:
            places[subject] = min(line, places.get(subject, line))
    return places


class _Names:
    """What the contexts of a document say of names: those for @id, and prefixes. Where they disagree, nothing."""

    def __init__(self, document: Any, base: str) -> None:
        self.base = base
        self.ids = {"@id"}
        self.prefixes: dict[str, str | None] = {}
        self._walk(document)

    def _walk(self, value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "@context":
                    self._contexts(inner)
                self._walk(inner)
        elif isinstance(value, list):
            for inner in value:
                self._walk(inner)

    def _contexts(self, value: Any) -> None:
        for context in value if isinstance(value, list) else [value]:
            for name, meaning in context.items() if isinstance(context, dict) else ():
                self._name(name, meaning.get("@id") if isinstance(meaning, dict) else meaning)

    def _name(self, name: str, meaning: Any) -> None:
        if name == "@base" and isinstance(meaning, str):
            self.base = resolve(self.base, meaning)
        elif meaning == "@id":
            self.ids.add(name)
        elif isinstance(meaning, str):
            self.prefixes[name] = meaning if self.prefixes.get(name, meaning) == meaning else None

    def term(self, value: str) -> str:
        prefix, colon, local = value.partition(":")
        if prefix == "_" and colon:
            return value
        meaning = self.prefixes.get(prefix) if colon and not local.startswith("//") else None
        if meaning:
            inner = self.term(meaning) if meaning.partition(":")[0] in self.prefixes else ""
            return f"<{(inner[1:-1] or meaning)}{local}>"
        return f"<{resolve(self.base, value)}>"


def _ids(text: str, names: set[str]) -> Iterator[tuple[str, int]]:
    """The @id of each object that says something more, with the line of the @id."""
    open_: list[_Object] = []
    line, at = 1, 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        line += text.count("\n", at, match.start())
        at = match.start()
        if token in "{[":
            open_.append(_Object(is_list=token == "[", awaits_key=token == "{"))
        elif token in "}]":
            done = open_.pop()
            if done.id and done.others:
                yield done.id, done.line
        elif token == ",":
            open_[-1].awaits_key = not open_[-1].is_list
        elif token == ":":
            open_[-1].awaits_key = False
        elif open_:
            _string(open_[-1], json.loads(token, strict=False), line, names)


def _string(here: _Object, value: str, line: int, names: set[str]) -> None:
    if here.awaits_key:
        here.key = value
        here.others += value not in names and value != "@context"
    elif not here.is_list and here.key in names:
        here.id, here.line = value, line

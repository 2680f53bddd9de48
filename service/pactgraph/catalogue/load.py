"""Reads a query file with its header of ``#!`` lines (titles, what it answers, parameters)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pactgraph.catalogue.bind import bind_values
from pactgraph.errors import fail
from pactgraph.resources import shipped

_HEADER = re.compile(r"^#!\s*([a-z]+)(?:\.(vi|en))?\s*:\s*(.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query. ``kind``: iri, date, string, integer, boolean, code, choice; ``range``: class, scheme or words."""

    name: str
    kind: str
    range: str
    required: bool
    label: dict[str, str]


@dataclass(frozen=True)
class Query:
    """A query of the catalogue with its bilingual header; ``headers`` holds its other lines (columns, gap …)."""

    name: str
    room: str
    text: str
    title: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)

    def bind(self, values: dict[str, str]) -> str:
        """The query with parameters bound; ``values`` maps a name to a serialised SPARQL term."""
        return bind_values(self.text, values)


def _parameter(line: str) -> Parameter:
    name, kind, *rest = (part.strip() for part in line.split("|"))
    labels = {part[:2]: part[3:].strip() for part in rest if part[:3] in ("vi:", "en:")}
    kind, _, range_ = kind.partition(" ")
    return Parameter(name, kind, range_.strip(), "required" in rest, labels)


def parse(name: str, room: str, text: str) -> Query:
    """Make a :class:`Query` of the text of a ``.rq`` file."""
    title: dict[str, str] = {}
    answers: dict[str, str] = {}
    headers: dict[str, str] = {}
    parameters = []
    for key, lang, value in _HEADER.findall(text):
        if key == "title":
            title[lang] = value
        elif key == "answers":
            answers[lang] = value
        elif key == "param":
            parameters.append(_parameter(value))
        else:
            headers[key] = value
    return Query(name, room, text, title, answers, tuple(parameters), headers)


def _folder(room: str) -> Path:
    return shipped("queries") / room


@cache
def names(room: str) -> tuple[str, ...]:
    """The names of the queries of a room (``questions``, ``gaps``, ``checks``, ``rules`` …), sorted."""
    return tuple(sorted(path.stem for path in _folder(room).glob("*.rq")))


@cache
def load(room: str, name: str) -> Query:
    """Load one query; an unknown name is an error of the user, who is told the nearest ones."""
    if name not in names(room):
        from difflib import get_close_matches

        begun = [known for known in names(room) if name and known.startswith(name)]
        near = begun or get_close_matches(name, names(room), n=3, cutoff=0.4) or list(names(room))
        raise fail("unknown-query", name=name, near=", ".join(near))
    return parse(name, room, (_folder(room) / f"{name}.rq").read_text("utf-8"))

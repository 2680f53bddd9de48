"""The words of a country (``data/<country>/reading``): its names of bodies and laws, and how its decisions speak."""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pactgraph.errors import fail
from pactgraph.sources.annex.names import Name, NameIndex, phrase_keys

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class AgencyWords:
    """The words around bodies in a cell, as token keys."""

    requests: list[Phrase]
    joiners: list[Phrase]
    distributes: list[tuple[Phrase, str]]
    verbs: list[tuple[Phrase, str]]
    mandate_starts: list[Phrase]


@dataclass(frozen=True)
class Reading:
    """Everything that reading a decision of one country needs."""

    country: str
    bodies: NameIndex
    laws: NameIndex
    body_names: tuple[str, ...]
    agencies: AgencyWords
    columns: dict[str, list[str]]
    document: dict[str, Any]
    deadline_patterns: list[tuple[str, re.Pattern[str]]]
    deadline_joiners: list[str]
    misprints: list[tuple[str, str]]


def load_reading(folder: Path) -> Reading:
    """Load the reading of a country from its data folder (``data/vnm``)."""
    words = folder / "reading"
    if not words.is_dir():
        raise fail("no-reading", file=str(folder))
    bodies, laws, body_names = _names(folder)
    deadlines = _toml(words / "deadlines.toml")
    return Reading(
        country=folder.name,
        bodies=bodies,
        laws=laws,
        body_names=tuple(body_names),
        agencies=_agency_words(_toml(words / "agencies.toml")),
        columns=_toml(words / "columns.toml"),
        document=_toml(words / "document.toml"),
        deadline_patterns=[(item["kind"], re.compile(item["match"], re.IGNORECASE)) for item in deadlines["pattern"]],
        deadline_joiners=deadlines["joiners"],
        misprints=[(row["found"], row["reading"]) for row in _csv(words / "misprints.csv")],
    )


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _names(folder: Path) -> tuple[NameIndex, NameIndex, list[str]]:
    """The indexes of bodies and laws: the registries' names, then the variants of ``names.csv``."""
    kinds = {"bodies.csv": ("body", "name_vi"), "groups.csv": ("group", "name_vi"), "units.csv": ("unit", "name_vi"),
             "laws.csv": ("law", "title_vi")}
    bodies, laws, body_names = NameIndex([]), NameIndex([]), []
    groups = set()
    for file, (kind, column) in kinds.items():
        for row in _csv(folder / file):
            name = row[column]
            (laws if kind == "law" else bodies).add(name, Name(kind, name))
            if kind == "group":
                groups.add(name)
            if kind in ("body", "group"):
                body_names.append(name)
    for row in _csv(folder / "reading" / "names.csv"):
        kind = "law" if row["kind"] == "law" else "group" if row["canonical"] in groups else row["kind"]
        (laws if kind == "law" else bodies).add(row["name"], Name(kind, row["canonical"]))
    return bodies, laws, body_names


def _agency_words(words: dict[str, Any]) -> AgencyWords:
    verbs = [(phrase_keys(verb), role) for role, items in words["verbs"].items() for verb in items]
    return AgencyWords(
        requests=[phrase_keys(word) for word in words["request"]],
        joiners=[phrase_keys(word) for word in words["joiners"]],
        distributes=[(phrase_keys(item["words"]), item["prefix"]) for item in words["distribute"]],
        verbs=sorted(verbs, key=lambda verb: -len(verb[0])),
        mandate_starts=sorted((phrase_keys(word) for word in words["mandate"]["starts"]), key=lambda p: -len(p)),
    )

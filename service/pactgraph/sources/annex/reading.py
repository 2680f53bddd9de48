"""The words of a country (``data/<country>/reading``): its names of bodies and laws, and how its decisions speak."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pactgraph.errors import UserError, fail
from pactgraph.sources.annex.document_words import DocumentWords, document_words
from pactgraph.sources.annex.names import Name, NameIndex, phrase_keys
from pactgraph.sources.annex.words import Words, read_words
from pactgraph.sources.tables.bodies import read_bodies, read_groups, read_units
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.laws import read_laws
from pactgraph.sources.tables.official import language

Phrase = tuple[str, ...]

COLUMNS = ("number", "task", "lead", "cooperating", "results", "deadline")
"""The columns of an annex's table, as ``reading/columns.toml`` names them."""
DEADLINE_KINDS = ("preliminary", "final", "annual", "range", "periodic", "adhoc", "other")
ROLES = ("lead", "cooperating", "either")
NAMES = (
    Column("name", required=True),
    Column("kind", "code", required=True, choices=("body", "group", "unit", "office", "law")),
    Column("canonical", required=True),
)
MISPRINTS = (Column("found", required=True), Column("reading", required=True), Column("note_en"))


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
    document: DocumentWords
    deadline_patterns: list[tuple[str, re.Pattern[str]]]
    deadline_joiners: list[str]
    misprints: list[tuple[str, str]]


def load_reading(folder: Path) -> Reading:
    """Load the reading of a country from its data folder (``data/vnm``); what is wrong in it raises a UserError."""
    words = folder / "reading"
    if not words.is_dir():
        raise fail("no-reading", file=str(folder))
    problems: list[UserError] = []
    bodies, laws, body_names = _names(folder, problems)
    deadlines = read_words(words / "deadlines.toml", problems)
    columns = read_words(words / "columns.toml", problems)
    misprints = read_table(words / "misprints.csv", MISPRINTS, problems)
    reading = Reading(
        country=folder.name,
        bodies=bodies,
        laws=laws,
        body_names=tuple(body_names),
        agencies=_agency_words(read_words(words / "agencies.toml", problems)),
        columns={column: columns.texts(column) for column in COLUMNS},
        document=document_words(read_words(words / "document.toml", problems)),
        deadline_patterns=_deadline_patterns(deadlines),
        deadline_joiners=deadlines.texts("joiners"),
        misprints=[(row.text("found"), row.text("reading")) for row in misprints],
    )
    if problems:
        raise problems[0]
    return reading


def _names(folder: Path, problems: list[UserError]) -> tuple[NameIndex, NameIndex, list[str]]:
    """The indexes of bodies and laws: the registries' official names, then the variants of ``names.csv``."""
    lang = language(folder)
    bodies, laws, body_names = NameIndex([]), NameIndex([]), []
    groups, known = set(), set()
    registries: dict[str, tuple[Sequence[Row], str]] = {
        "body": (read_bodies(folder, problems), f"name_{lang}"),
        "group": (read_groups(folder, problems), f"name_{lang}"),
        "unit": (read_units(folder, problems), f"name_{lang}"),
        "law": (read_laws(folder, problems), f"title_{lang}"),
    }
    for kind, (rows, column) in registries.items():
        for name in (row.text(column) for row in rows):
            (laws if kind == "law" else bodies).add(name, Name(kind, name))
            known.add(name)
            if kind == "group":
                groups.add(name)
            if kind in ("body", "group"):
                body_names.append(name)
    for row in read_table(folder / "reading" / "names.csv", NAMES, problems, key=("name",)):
        canonical = row.text("canonical")
        if canonical not in known:
            problems.append(row.problem("table-reference", "canonical", value=canonical,
                                        table="bodies.csv, groups.csv, units.csv, laws.csv"))
        kind = "group" if row.text("kind") != "law" and canonical in groups else row.text("kind")
        (laws if kind == "law" else bodies).add(row.text("name"), Name(kind, canonical))
    return bodies, laws, body_names


def _agency_words(words: Words) -> AgencyWords:
    verbs = words.table("verbs")
    spoken = [(phrase_keys(verb), role) for role in ROLES for verb in verbs.texts(role)]
    starts = [phrase_keys(word) for word in words.table("mandate").texts("starts")]
    return AgencyWords(
        requests=_longest_first(words.texts("request")),
        joiners=_longest_first(words.texts("joiners")),
        distributes=[(phrase_keys(item.text("words")), item.text("prefix")) for item in words.tables("distribute")],
        verbs=sorted(spoken, key=lambda verb: -len(verb[0])),
        mandate_starts=sorted(starts, key=lambda phrase: -len(phrase)),
    )


def _longest_first(phrases: list[str]) -> list[Phrase]:
    """Phrases as token keys, a longer one before one that it begins with."""
    return sorted((phrase_keys(phrase) for phrase in phrases), key=lambda phrase: -len(phrase))


def _deadline_patterns(words: Words) -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for item in words.tables("pattern"):
        pattern = item.pattern("match", flags=re.IGNORECASE)
        if pattern is not None:
            found.append((item.text("kind", choices=DEADLINE_KINDS), pattern))
    return found

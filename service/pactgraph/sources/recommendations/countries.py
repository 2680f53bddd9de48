"""Names and ISO codes of countries as exports write them (``data/un/countries.csv`` and ``states.csv``)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pactgraph.errors import UserError, UserErrors, fail
from pactgraph.sources.recommendations.labels import fold
from pactgraph.sources.tables.csvfile import Column, read_table
from pactgraph.sources.tables.provenance import PROVENANCE
from pactgraph.sources.tables.states import other_names, read_states

COUNTRIES = (
    Column("code", "code", required=True),
    Column("code2", "code", required=True),
    Column("name_en", required=True),
    Column("other_names"),
    *PROVENANCE,
)
_JOINED = re.compile(r"\s+-\s+")


@dataclass(frozen=True)
class Countries:
    """``codes``: folded name → code of three letters; ``names``: code → the name that is shown; ``iso``: code of two or three
    letters → code of three; ``states``: the codes that the graph's registry of States holds."""

    codes: dict[str, str]
    names: dict[str, str]
    iso: dict[str, str]
    states: frozenset[str]

    def code(self, name: str) -> str | None:
        """The code of a country by one of its English names, or by an ISO code that stands in a name's place."""
        text = name.strip()
        return self.codes.get(fold(text)) or (self.iso.get(text.lower()) if text.isupper() else None)

    def listed(self, cell: str) -> list[str]:
        """The names of a cell: one a line, each after "- "; two countries on one line are told apart by their names."""
        found: list[str] = []
        for line in cell.splitlines():
            name = re.sub(r"^\s*-\s+", "", line).strip()
            parts = [part.strip() for part in _JOINED.split(name) if part.strip()]
            together = len(parts) > 1 and self.code(name) is None and all(self.code(part) for part in parts)
            found += parts if together else [name] if name else []
        return list(dict.fromkeys(found))

    def nearest(self, name: str) -> tuple[str, ...]:
        """Up to three names that are written most like ``name``."""
        near = difflib.get_close_matches(fold(name), list(self.codes), n=3, cutoff=0.6)
        return tuple(dict.fromkeys(self.names[self.codes[one]] for one in near))

    def wanted(self, word: str) -> str:
        """The code of the country that a user names; raises a UserError with the nearest names."""
        code = self.iso.get(word.strip().lower()) or self.codes.get(fold(word))
        if code is None:
            raise fail("uhri-country", value=word, nearest=", ".join(self.nearest(word)) or "–")
        return code


def read_countries(un: Path) -> Countries:
    """The countries of the folder ``data/un``; problems of its tables are told at once."""
    problems: list[UserError] = []
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    iso: dict[str, str] = {}
    rows = read_table(un / "countries.csv", COUNTRIES, problems, key=("code",)) if (un / "countries.csv").is_file() else []
    for row in rows:
        code = row.text("code")
        names[code] = row.text("name_en")
        iso |= {code: code, row.text("code2"): code}
        _add(codes, code, [row.text("name_en"), *other_names(row)])
    states = read_states(un / "states.csv", problems) if (un / "states.csv").is_file() else {}
    for code, row in states.items():
        iso[code] = code
        names[code] = row.text("name_en")
        _add(codes, code, [row.text("name_en"), row.text("name_vi"), *other_names(row)])
    if problems:
        raise UserErrors(problems)
    return Countries(codes, names, iso, frozenset(states))


def _add(codes: dict[str, str], code: str, names: Iterable[str]) -> None:
    for name in names:
        before, comma, after = name.partition(", ")
        for form in (name, f"{after} {before}") if comma else (name,):
            codes.setdefault(fold(form), code)

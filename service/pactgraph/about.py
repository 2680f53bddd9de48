"""What the project says of its graph to portals, archives and search engines: ``about.toml``, the one source of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pactgraph.errors import fail
from pactgraph.settings import Settings

Words = dict[str, str]
"""A text in each language, by its code."""


@dataclass(frozen=True)
class Target:
    """The data of others that links lead to: a key, where their addresses begin, a name, and the identifier of the LOD Cloud."""

    key: str
    space: str
    title: str
    lod: str = ""


@dataclass(frozen=True)
class About:
    """The words and codes of ``about.toml``."""

    values: dict[str, Any]

    def words(self, name: str) -> Words:
        """A text in both languages."""
        return {lang: self.values[name][lang] for lang in self.languages}

    def text(self, name: str) -> str:
        """A value that has no language."""
        return str(self.values[name])

    @property
    def languages(self) -> list[str]:
        """The codes of the languages in which all is described."""
        return list(self.values["languages"])

    @property
    def issued(self) -> date:
        """The day on which the graph was first given out."""
        day: date = self.values["issued"]
        return day

    @property
    def released(self) -> date:
        """The day of the version that stands here."""
        day: date = self.values["released"]
        return day

    def listed(self, name: str) -> list[str]:
        """A list of codes."""
        return list(self.values[name])

    def keywords(self) -> dict[str, list[str]]:
        """The keywords of each language."""
        return {lang: list(self.values["keywords"][lang]) for lang in self.languages}

    def terms(self) -> list[str]:
        """The ends of the names of the graphs that describe terms."""
        return [name for group in self.values["group"] for name in group["graphs"]]

    def targets(self) -> list[Target]:
        """The data of others that linksets lead to."""
        return [Target(item["key"], item["space"], item["title"], item.get("lod", "")) for item in self.values["linkset"]]

    def vocabularies(self) -> list[str]:
        """The vocabularies that the graph uses, by where their terms begin."""
        return [item["space"] for item in self.values["vocabulary"]]


@cache
def about() -> About:
    """The description of the project, with what the file of the setting ``about`` says in its place.

    A file that cannot be read, or says something that cannot be said there, raises a UserError.
    """
    shipped = tomllib.loads(files("pactgraph").joinpath("about.toml").read_text("utf-8"))
    place = Settings.from_environment().about
    return About(_with(shipped, Path(place)) if place else shipped)


def _with(shipped: dict[str, Any], place: Path) -> dict[str, Any]:
    try:
        own = tomllib.loads(place.read_text("utf-8"))
    except (OSError, ValueError) as problem:  # a wrong file of TOML is a ValueError too
        raise fail("about-unreadable", file=str(place), reason=str(problem)) from None
    # What a build counts (linksets, groups) is the same for all: a file beside it would not make it build again
    open_ = {name: value for name, value in shipped.items() if not (isinstance(value, list) and isinstance(value[0], dict))}
    for name, value in own.items():
        if name not in open_ or type(value) is not type(open_[name]):
            raise fail("about-value", file=str(place), name=name, known=", ".join(sorted(open_)))
    return {name: {**value, **own.get(name, {})} if isinstance(value, dict) else own.get(name, value)
            for name, value in shipped.items()}

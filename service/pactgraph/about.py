"""What the project says of its graph to portals, archives and search engines: ``about.toml``, the one source of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

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
    """The description of the project."""
    return About(tomllib.loads(files("pactgraph").joinpath("about.toml").read_text("utf-8")))

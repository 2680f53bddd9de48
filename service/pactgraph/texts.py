"""Every sentence that the program says to people, in Vietnamese and English (``words/*.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("vi", "en")


def read_words(package: str) -> dict[str, dict[str, str]]:
    """The texts of a package by key: all files of its folder ``words``. A key that stands twice is a programming error."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(files(package).joinpath("words").iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        texts = tomllib.loads(file.read_text("utf-8"))
        if twice := found.keys() & texts:
            raise ValueError(f"{package}/words/{file.name} repeats {', '.join(sorted(twice))}")
        found |= texts
    return found


@cache
def _texts() -> dict[str, dict[str, str]]:
    return read_words("pactgraph")


def say(key: str, lang: str, **values: Any) -> str:
    """The text ``key`` in ``lang`` (``vi`` or ``en``) with its holes filled. An unknown key is a programming error."""
    return _texts()[key]["vi" if lang == "vi" else "en"].format(**values)

"""Every sentence that the program says to people, in Vietnamese and English (``texts.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("vi", "en")


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("pactgraph").joinpath("texts.toml").read_text("utf-8"))


def say(key: str, lang: str, **values: Any) -> str:
    """The text ``key`` in ``lang`` (``vi`` or ``en``) with its holes filled. An unknown key is a programming error."""
    return _texts()[key]["vi" if lang == "vi" else "en"].format(**values)

"""The words of the pages, in Vietnamese and English (``web/words/*.toml``)."""

from __future__ import annotations

from functools import cache
from typing import Any

from pactgraph.texts import read_words


@cache
def _texts() -> dict[str, dict[str, str]]:
    return read_words("pactgraph.web")


def word(key: str, lang: str, **values: Any) -> str:
    """The text ``key`` in ``lang`` (``vi`` or ``en``) with its holes filled. An unknown key is a programming error."""
    text = _texts()[key]["vi" if lang == "vi" else "en"]
    return text.format(**values) if values else text


def has_word(key: str) -> bool:
    """Whether there is a text ``key``."""
    return key in _texts()

"""What counts as the same word: no case, no diacritics (đ is d), no punctuation, one way to write an abbreviation.

"Điều 19", "dieu 19" and "ĐIỀU 19" are one; so are "Toà" and "Tòa", "–" and "-", "art. 19" and "article 19".
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from pactgraph.namespaces import fold
from pactgraph.sources.annex.names import word_key

_WORD = re.compile(r"[^\W_]+")
_LIKE_D = str.maketrans({"\u00d0": "D", "\u00f0": "d"})
"""Old fonts write the letter eth, which looks the same, for the d with a stroke."""


class Place(NamedTuple):
    """A word of a text: as it is compared, and where it stands in the text (in characters; NFC)."""

    word: str
    start: int
    end: int


def composed(text: str) -> str:
    """A text in the form in which it is stored and cut into words: NFC, in which a letter and its marks are one."""
    return unicodedata.normalize("NFC", text)


def places(text: str) -> list[Place]:
    """The words of a composed text with their places. A word in another script may be several here."""
    return [Place(part, found.start(), found.end()) for found in _WORD.finditer(text) for part in plain(found[0])]


def cut(text: str) -> list[str]:
    """The words of a composed text as they are written."""
    return _WORD.findall(text)


def words(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return plainly(cut(composed(text)))


def plainly(written: list[str]) -> list[str]:
    """Words as they are compared."""
    return [part for word in written for part in plain(word)]


def key(text: str) -> str:
    """A text as far as it matters to whether two names are one: its words without those that say nothing."""
    return " ".join(telling(words(text)))


def telling(found: list[str]) -> list[str]:
    """Words without those that say nothing; all of them where nothing else is there."""
    return [word for word in found if word not in _left_out()] or found


def marked(written: list[str]) -> list[str]:
    """Words with their diacritics, where the place of the tone mark does not matter."""
    return [_marked(word) for word in written]


def is_marked(written: list[str]) -> bool:
    """Whether whoever wrote some words wrote diacritics."""
    return not all(word.isascii() for word in written)


def code_keys(text: str) -> set[str]:
    """The codes that a text may mean, as :func:`key` gives them: without the words that people write beside a code, and with
    what stands at one end moved to the other ("art. 19 ICCPR" is ICCPR/19). None where no digit is left."""
    left = [word for word in telling(words(text)) if word not in _beside_codes()]
    if not any(letter.isdigit() for word in left for letter in word):
        return set()
    return {" ".join(some) for some in (left, [*left[1:], left[0]], [left[-1], *left[:-1]])}


@lru_cache(maxsize=50_000)
def plain(word: str) -> tuple[str, ...]:
    """One word as it is compared; the signs in it that are no letters cut it."""
    bare = fold(unicodedata.normalize("NFKC", word).translate(_LIKE_D))
    return tuple(_same().get(part, part) for part in _WORD.findall(bare))


@lru_cache(maxsize=50_000)
def _marked(word: str) -> str:
    """A word with its marks in one order and in letters that the index does not cut or change."""
    return "".join(letter if letter.isalnum() else f"{ord(letter):x}" for letter in word_key(word.translate(_LIKE_D)))


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("pactgraph.search").joinpath("same_words.toml").read_text("utf-8"))


@cache
def _same() -> dict[str, str]:
    return {other: word for word, others in _lists()["same"].items() for other in others}


@cache
def _left_out() -> frozenset[str]:
    return frozenset(word for some in _lists()["left_out"].values() for word in some)


@cache
def _beside_codes() -> frozenset[str]:
    return frozenset(word for some in _lists()["before_codes"].values() for word in some)

"""Finds names of bodies and laws in running text, whatever their spelling variant.

Commas, semicolons and dashes stand inside names as well as between them, so text is never split first: it is cut
into tokens, and the longest known name wins at each place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:[/.][^\W_]+|-(?=[^\W\d_])[^\W_]+)*|[^\w\s]|_", re.UNICODE)
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True)
class Token:
    """A word or a punctuation mark with its place in the text; ``key`` is what is compared."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def word_key(word: str) -> str:
    """A word in a form in which spelling variants agree: case, dashes, apostrophes, and the place of the tone mark
    (Toà, Tòa)."""
    if word in "-–—−":
        return "-"
    if word in "'’ʼ":
        return "'"
    decomposed = unicodedata.normalize("NFD", word.casefold())
    letters = "".join(c for c in decomposed if c not in _TONES)
    return letters + "".join(c for c in decomposed if c in _TONES)


def tokens(text: str) -> list[Token]:
    """The tokens of a text."""
    return [Token(m[0], word_key(m[0]), m.start(), m.end()) for m in _TOKEN.finditer(text)]


@dataclass(frozen=True)
class Name:
    """A known name: what kind of thing it names, and the registry's canonical name."""

    kind: str
    canonical: str


class NameIndex:
    """Known names, found by their first word; made once a reading."""

    def __init__(self, names: Iterable[tuple[str, Name]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Name]]] = {}
        for text, name in names:
            self.add(text, name)

    def add(self, text: str, name: Name) -> None:
        """Add one spelling of a name."""
        keys = tuple(token.key for token in tokens(text))
        entries = self._by_first.setdefault(keys[0], [])
        entries.append((keys, name))
        entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[Token], at: int) -> tuple[Name, int] | None:
        """The longest name that begins at token ``at``, with the index of the token after it."""
        if at >= len(words):
            return None
        for keys, name in self._by_first.get(words[at].key, ()):
            end = at + len(keys)
            if tuple(token.key for token in words[at:end]) == keys:
                return name, end
        return None

    def find_all(self, text: str) -> list[tuple[Name, int, int]]:
        """Every name in a text, left to right, with its character offsets."""
        words = tokens(text)
        found = []
        at = 0
        while at < len(words):
            hit = self.match(words, at)
            if hit:
                name, end = hit
                found.append((name, words[at].start, words[end - 1].end))
                at = end
            else:
                at += 1
        return found


def starts_with(words: Sequence[Token], at: int, phrase: Sequence[str]) -> bool:
    """Whether the tokens from ``at`` begin with a phrase (given as token keys)."""
    return [token.key for token in words[at:at + len(phrase)]] == list(phrase)


def phrase_keys(phrase: str) -> tuple[str, ...]:
    """A phrase as the token keys that :func:`starts_with` compares."""
    return tuple(token.key for token in tokens(phrase))

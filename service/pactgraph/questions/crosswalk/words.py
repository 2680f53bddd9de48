"""Compares texts by their words: how much of one stands in the other, rare words counting more than those that all texts have.

Words that differ in their endings only count as nearly the same (Jaro-Winkler, by rapidfuzz). Pairs of neighbours count besides
single words, so that languages whose words are several syllables apart are compared as well.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import JaroWinkler

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ENDS = re.compile(r"(?<=[.;:!?…])\s+|\n+")
_LONG = 5
"""Words of fewer letters are compared exactly."""
_NEAR = 0.9
_PAIR = 0.3
"""What a pair of neighbours weighs beside a word that is as rare."""
_FEW = 5
"""Among fewer texts no word is called frequent."""
MOST_QUOTED = 300
"""The longest quotation, in characters."""


def words_of(text: str) -> list[str]:
    """The words of a text in their order, in small letters."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


@lru_cache(maxsize=8192)
def features(text: str) -> frozenset[str]:
    """The words of a text, and its pairs of neighbours (with a space between)."""
    found = words_of(text)
    return frozenset([*found, *(f"{one} {other}" for one, other in pairwise(found))])


class Weights:
    """How much each word counts among ``texts``: little where most texts have it."""

    def __init__(self, texts: Iterable[str]) -> None:
        every = [features(text) for text in texts]
        self._count = Counter(feature for one in every for feature in one)
        self._texts = max(len(every), 1)

    def of(self, feature: str) -> float:
        """The weight of a word or of a pair; never 0."""
        rare = math.log(1 + self._texts / max(self._count[feature], 1)) - math.log(2) + 0.05
        return rare * _PAIR if " " in feature else rare

    def cover(self, text: str, other: str) -> float:
        """The share of ``text`` that stands in ``other``: 0 to 1; 0 for a text without words."""
        whole = features(text)
        total = sum(map(self.of, whole))
        return sum(self.of(feature) * near for feature, near in self._found(whole, features(other))) / total if total else 0.0

    def common(self, text: str, other: str, most: int = 3) -> list[str]:
        """The runs of words that stand in both texts, those that count most first; no run of words that nearly all texts have."""
        mine, theirs = words_of(text), words_of(other)
        blocks = SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
        runs = {" ".join(run): sum(map(self.of, run)) for block in blocks if (run := mine[block.a:block.a + block.size])
                and any(self._count[word] <= self._texts / 2 or self._texts < _FEW for word in run)}
        return sorted(runs, key=lambda run: (-runs[run], run))[:most]

    def quotation(self, text: str, other: str) -> str:
        """The sentence of ``text`` that has most in common with ``other``, verbatim; a long one is cut between words."""
        def shared(sentence: str) -> float:
            return sum(self.of(feature) * near for feature, near in self._found(features(sentence), features(other)))

        best = max(_sentences(text), key=shared, default="")
        if len(best) <= MOST_QUOTED:
            return best
        return best[:MOST_QUOTED].rsplit(None, 1)[0]

    def _found(self, mine: frozenset[str], theirs: frozenset[str]) -> Iterator[tuple[str, float]]:
        for feature in mine:
            if feature in theirs:
                yield feature, 1.0
            elif " " not in feature and len(feature) >= _LONG:
                near = _nearest(feature, theirs)
                if near >= _NEAR:
                    yield feature, near


@lru_cache(maxsize=65536)
def _nearest(word: str, words: frozenset[str]) -> float:
    return max((JaroWinkler.similarity(word, other) for other in words
                if len(other) >= _LONG and " " not in other and other[0] == word[0]), default=0.0)


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _ENDS.split(text) if part.strip()]

"""Words that are written almost like one that was not found, and what somebody may have meant by a search without results."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pactgraph.search.index import Index

_CANDIDATES = 40
_SUGGESTED = 3
_MOST_WORDS = 8
"""A search of more words gets no suggestions: a text that was pasted is not misspelt."""


def grams(word: str) -> set[str]:
    """The runs of three letters of a word with its ends marked: ``^qu``, ``quy``, … ``en$``."""
    whole = f"^{word}$"
    return {whole[at : at + 3] for at in range(len(whole) - 2)} or {whole}


def near_words(index: Index, word: str) -> list[str]:
    """The words of the index written most like one, the nearest and then the most frequent first."""
    asked = sorted(grams(word))
    rows = index.rows(
        f"SELECT word, shown, times, count(*) AS shared FROM gram JOIN spelling USING (word) "
        f"WHERE gram IN ({','.join('?' * len(asked))}) GROUP BY word ORDER BY shared DESC, times DESC LIMIT {_CANDIDATES}",
        asked)
    allowed = 1 if len(word) < 5 else 2
    measured = [(distance(word, row[0]), -row[2], row[1]) for row in rows]
    return [shown for far, _, shown in sorted(measured) if far <= allowed]


def suggestions(index: Index, words: Sequence[str], finds: Callable[[Sequence[str]], int]) -> list[tuple[str, int]]:
    """Other words to search for, with how many things each would find (``finds``): mended ones, then fewer ones."""
    if not 0 < len(words) <= _MOST_WORDS:
        return []
    mended = [_known(index, word) or (near_words(index, word) or [word])[0] for word in words]
    tried: list[Sequence[str]] = [mended]
    if len(words) > 1:
        tried += [[*mended[:at], *mended[at + 1 :]] for at in range(len(words))]
    found = {" ".join(some): finds(some) for some in tried}
    given = [(text, count) for text, count in found.items() if count]
    if given and given[0][0] == " ".join(mended):
        return given[:1]
    return sorted(given, key=lambda item: (item[1], item[0]))[:_SUGGESTED]


def _known(index: Index, word: str) -> str | None:
    """How the index writes a word that it has, or that begins one of its words."""
    rows = index.rows("SELECT shown, word = ? AS same FROM spelling WHERE word >= ? AND word < ? "
                      "ORDER BY same DESC, times DESC LIMIT 1", (word, word, word + "\U0010ffff"))
    if not rows:
        return None
    return str(rows[0][0]) if rows[0][1] else word


def distance(one: str, other: str) -> int:
    """How many letters must be added, dropped, replaced or exchanged with their neighbour to make one word of the other."""
    before, last = list(range(len(other) + 1)), list[int]()
    for at, letter in enumerate(one, 1):
        row = [at]
        for to, wanted in enumerate(other, 1):
            cost = min(row[-1] + 1, before[to] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                cost = min(cost, last[to - 2] + 1)
            row.append(cost)
        before, last = row, before
    return before[-1]

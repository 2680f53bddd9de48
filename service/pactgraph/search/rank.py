"""What matches a search, the best first: whole codes and names, names that begin so, words of names, words of texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from pactgraph.search.index import Index
from pactgraph.search.words import code_keys, composed, cut, is_marked, key, marked, telling, words

_LAST = "\U0010ffff"
_HTTP = ("http://", "https://")
_AFTER_ALL = 60
"""From this place on, kinds (transfers, sources, vocabularies, gaps …) come after others that match as well."""
_FEW = 200
"""More things than that are looked up among all of them."""


class Tier(IntEnum):
    """How well a thing matches, the best first."""

    CODE, NAME, BEGINS, BEGINS_WORD, PHRASE, WORDS, PHRASE_IN_TEXT, WORDS_IN_TEXT = range(8)


class Match(NamedTuple):
    """A thing that matches: its number in the index, IRI, kind, and how well."""

    thing: int
    iri: str
    kind: str
    tier: Tier


def ranked(index: Index, text: str) -> list[Match]:
    """Everything that matches a text, the best first. The last word may be the beginning of one."""
    every, asked = words(text), telling(words(text))
    whole = _whole_names(index, text, key(text))
    scores: dict[int, float] = dict(index.rows(
        "SELECT rowid, bm25(word, 8.0, 1.0, 0.0) FROM word WHERE word MATCH ?", (_all("names texts", asked),)))
    in_names = _ids(index, _all("names", asked))
    phrases = (in_names, set(scores)) if len(every) == 1 else (
        _ids(index, _phrase("names", every)), _ids(index, _phrase("names texts", every)))
    exact = _ids(index, _all("names texts", every, begin=False))
    written = cut(composed(text))
    as_written = _ids(index, _all("marked", marked(written))) if is_marked(written) else scores
    found = []
    for thing, iri, kind, place in _things(index, scores.keys() | whole.keys()):
        tier = whole[thing] if thing in whole else _tier(thing, in_names, *phrases)
        rough = place if tier <= Tier.BEGINS else place >= _AFTER_ALL
        found.append((tier, thing not in as_written, thing not in exact, rough, scores.get(thing, 0.0), place, iri, kind, thing))
    return [Match(thing, iri, kind, tier) for tier, *_, iri, kind, thing in sorted(found)]


def count(index: Index, asked: Sequence[str]) -> int:
    """How many things match some words."""
    cut = [part for word in asked for part in words(word)]
    return len(_things(index, _ids(index, _all("names texts", cut))))


def _tier(thing: int, in_names: set[int], phrase_in_names: set[int], phrase: set[int]) -> Tier:
    if thing in in_names:
        return Tier.PHRASE if thing in phrase_in_names else Tier.WORDS
    return Tier.PHRASE_IN_TEXT if thing in phrase else Tier.WORDS_IN_TEXT


def _whole_names(index: Index, text: str, asked: str) -> dict[int, Tier]:
    """The things of which a code or name is the text or begins with it."""
    found: dict[int, Tier] = {}
    if text.startswith(_HTTP):
        found |= {row[0]: Tier.CODE for row in index.rows("SELECT id FROM thing WHERE iri = ?", (text,))}
    for code in code_keys(text):
        found |= {row[0]: Tier.CODE for row in index.rows("SELECT thing FROM name WHERE key = ? AND code", (code,))}
    rows = index.rows("SELECT key, thing, code FROM name WHERE key >= ? AND key < ?", (asked, asked + _LAST))
    for name, thing, code in rows:
        if name == asked:
            tier = Tier.CODE if code else Tier.NAME
        else:
            tier = Tier.BEGINS if name[len(asked)] == " " else Tier.BEGINS_WORD
        found[thing] = min(tier, found.get(thing, tier))
    return found


def _things(index: Index, ids: Iterable[int]) -> list[tuple[int, str, str, int]]:
    wanted = set(ids)
    if len(wanted) > _FEW:
        return [row for row in index.things if row[0] in wanted]
    return list(index.rows_of("SELECT id, iri, kind, place FROM thing WHERE id IN", sorted(wanted)))


def _ids(index: Index, expression: str) -> set[int]:
    return {row[0] for row in index.rows("SELECT rowid FROM word WHERE word MATCH ?", (expression,))}


def _all(columns: str, asked: Sequence[str], begin: bool = True) -> str:
    """FTS5's way to ask for all of some words, in any order. Words hold letters and digits alone, so nothing needs escaping."""
    quoted = [f'"{word}"' for word in asked]
    return f"{{{columns}}} : ({' AND '.join(quoted)}{' *' if begin else ''})"


def _phrase(columns: str, asked: Sequence[str]) -> str:
    return f'{{{columns}}} : ("{" ".join(asked)}" *)'

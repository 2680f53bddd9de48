"""How results are shown: a name in the reader's language, the words that match in it, and the passage where the rest stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pactgraph.search.entries import CODE, LABELS, LONGER_CODE, Text
from pactgraph.search.index import Index
from pactgraph.search.words import cut, key, places, plainly, telling

_LONGEST = 220
_BEFORE = 60
"""How many characters of a passage stand before the first word that matches."""
_QUOTED = frozenset({"article", "treaty", "law", "plan", "document", "general-comment", "recommendation", "paragraph", "task",
                     "duty"})
"""The kinds whose codes people quote; the code of another thing is shown where it is what was searched for."""


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and whether it matches."""

    text: str
    hit: bool = False


@dataclass(frozen=True)
class Label:
    """A name and its language (empty: none), with the code that people quote (empty: none)."""

    text: str
    lang: str
    code: str = ""


@dataclass(frozen=True)
class Shown:
    """A result: code (may be empty), name, and a passage (may be empty) with its role; each text with its language."""

    code: str
    label: Label
    name: tuple[Piece, ...]
    role: str = ""
    passage: tuple[Piece, ...] = ()
    passage_lang: str = ""

    @property
    def text(self) -> str:
        """The passage as plain text."""
        return "".join(piece.text for piece in self.passage)


def shown(index: Index, things: Sequence[int], asked: Sequence[str], lang: str) -> dict[int, Shown]:
    """How some things are shown to somebody who searched for ``asked`` and reads ``lang``."""
    return {thing: _one(kind, texts, asked, lang) for thing, (kind, texts) in _texts(index, things).items()}


def labels_of(index: Index, iris: Sequence[str], lang: str) -> dict[str, Label]:
    """What things are called, for those that the index holds."""
    found: dict[int, str] = {}
    for iri in iris:
        found |= {row[0]: iri for row in index.rows("SELECT id FROM thing WHERE iri = ?", (iri,))}
    return {found[thing]: replace(label(texts, lang), code=_code(kind, texts, ()))
            for thing, (kind, texts) in _texts(index, list(found)).items()}


def label(texts: Iterable[Text], lang: str) -> Label:
    """The name for a reader of a language: in it, else in English, else in another one, else the code."""
    def order(text: Text) -> tuple[object, ...]:
        return (text.lang != lang, text.lang != "en", text.lang, LABELS.index(text.role), text.text)

    names = sorted((text for text in texts if text.role in LABELS), key=order)
    if names:
        return Label(names[0].text, names[0].lang)
    return Label(min((text.text for text in texts), key=len, default=""), "")


def _texts(index: Index, things: Sequence[int]) -> dict[int, tuple[str, list[Text]]]:
    found: dict[int, tuple[str, list[Text]]] = {
        thing: (kind, []) for thing, kind in index.rows_of("SELECT id, kind FROM thing WHERE id IN", things)}
    for thing, role, lang, text in index.rows_of("SELECT thing, role, lang, text FROM text WHERE thing IN", things):
        found[thing][1].append(Text(role, lang, text))
    return found


def _one(kind: str, texts: list[Text], asked: Sequence[str], lang: str) -> Shown:
    wanted = telling(list(asked))
    named = label(texts, lang)
    code = _code(kind, texts, wanted)
    name, seen = pieces(named.text, wanted)
    seen |= pieces(code, wanted)[1]
    missing = set(range(len(wanted))) - seen
    if not missing:
        return Shown(code, named, name)
    best = _passage(texts, wanted, missing, lang)
    if best is None:
        return Shown(code, named, name)
    return Shown(code, named, name, best.role, pieces(best.text, wanted)[0], best.lang)


def _code(kind: str, texts: list[Text], wanted: Sequence[str]) -> str:
    codes = sorted({text.text for text in texts if text.role == CODE}, key=lambda code: (len(code), code))
    text = " ".join(wanted)
    meant = [code for code in codes if key(code) == text]
    begun = [code for code in codes if key(code).startswith(text)]
    return (meant or ((begun or codes) if kind in _QUOTED else []) or [""])[0]


def _passage(texts: list[Text], wanted: Sequence[str], missing: set[int], lang: str) -> Text | None:
    """The text in which most of the words stand, some of which the name does not show; in the reader's language before others."""
    best: tuple[tuple[int, int, bool, bool, int], Text] | None = None
    for text in texts:
        held = held_words(text.text, wanted)
        if text.role in (CODE, LONGER_CODE) or not held & missing:
            continue
        order = (-len(held), -len(held & missing), text.lang != lang, text.role in LABELS, len(text.text))
        if best is None or order < best[0]:
            best = order, text
    return best[1] if best else None


def held_words(text: str, wanted: Sequence[str]) -> set[int]:
    """Which of the words (by their place) stand in a text; the last one may be the beginning of a word."""
    there = set(plainly(cut(text)))
    held = {at for at, word in enumerate(wanted) if word in there}
    if len(wanted) - 1 not in held and any(word.startswith(wanted[-1]) for word in there):
        held.add(len(wanted) - 1)
    return held


def pieces(text: str, wanted: Sequence[str]) -> tuple[tuple[Piece, ...], set[int]]:
    """A text cut at the words that match, shortened around the first of them; and which of the words stand in it."""
    spans: list[tuple[int, int]] = []
    last, held = wanted[-1], held_words(text, wanted)
    for word, start, end in places(text) if held else ():
        if word in wanted or word.startswith(last):
            if spans and not text[spans[-1][1] : start].strip():
                spans[-1] = spans[-1][0], end
            else:
                spans.append((start, end))
    start, end = _window(text, spans[0][0] if spans else 0)
    return tuple(_cut(text, [span for span in spans if start <= span[0] and span[1] <= end], start, end)), held


def _window(text: str, first: int) -> tuple[int, int]:
    """Which part of a text is shown: whole words around the first that matches."""
    if len(text) <= _LONGEST:
        return 0, len(text)
    start = 0
    if first > _LONGEST - _BEFORE:
        start = text.find(" ", first - _BEFORE) + 1 or first
        start = min(start, first)
    end = min(len(text), start + _LONGEST)
    if end < len(text):
        end = max(text.rfind(" ", start, end), first) if text.rfind(" ", start, end) > first else end
    return start, end


def _cut(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterable[Piece]:
    if start:
        yield Piece("… ")
    at = start
    for begin, stop in spans:
        if at < begin:
            yield Piece(text[at:begin])
        yield Piece(text[begin:stop], True)
        at = stop
    if at < end:
        yield Piece(text[at:end])
    if end < len(text):
        yield Piece(" …")

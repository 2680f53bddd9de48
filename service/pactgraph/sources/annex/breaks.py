"""Rejoins the cells of a row that a page break cut, words cut in the middle included."""

from __future__ import annotations

import unicodedata


def join_cells(before: str, after: str, vowels: str) -> tuple[str, tuple[str, str] | None]:
    """Join two halves of a cell; returns the text and, where a word was cut, (as printed, as mended).

    A half word shows by having none of ``vowels``: "hội" + "ng nghị" is "hội nghị" (the first letters printed twice),
    "khuôn kh" + "ổ" is "khuôn khổ". Halves that are whole words are joined by a space, as are all where ``vowels`` is
    "": a language whose words may lack a vowel.
    """
    before, after = before.strip(), after.strip()
    if not before or not after:
        return before or after, None
    head, tail = after.split(" ", 1)[0], before.rsplit(" ", 1)[-1]
    if is_fragment(head, vowels):
        return _mend_head(before, after, head, tail)
    if is_fragment(tail, vowels):
        return before + after, (f"{tail} {head}", tail + head)
    return f"{before} {after}", None


def _mend_head(before: str, after: str, head: str, tail: str) -> tuple[str, tuple[str, str]]:
    rest = after[len(head):].lstrip()
    following = rest.split(" ", 1)[0]
    if following.startswith(head):
        word = following.rstrip(".,;:)")
        return f"{before} {rest}", (f"{tail} {head} {word}", f"{tail} {word}")
    return before + after, (f"{tail} {head}", tail + head)


def is_fragment(word: str, vowels: str) -> bool:
    """Whether a word of lower-case letters has none of ``vowels``, with or without diacritics."""
    word = word.rstrip(".,;:)")
    if not vowels or not word.isalpha() or not word.islower():
        return False
    return not any(letter in vowels for letter in unicodedata.normalize("NFD", word))

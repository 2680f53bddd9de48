"""How the documents of a country give their number, date, title and duties (``reading/document.toml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pactgraph.sources.annex.words import Words

_DAY = ("day", "month", "year")
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class DocumentWords:
    """Patterns and words; a pattern that a country does not need is None.

    ``letters`` is the alphabet of row numbers; ``vowels`` are the letters one of which every word has, so that half a
    word can be told from a whole one ("" where words of the language may lack them); ``months`` are names of months.
    ``paragraph_reference`` finds where a task names paragraphs of the document that its plan answers.
    """

    number: re.Pattern[str] | None
    annex_reference: re.Pattern[str] | None
    number_form: re.Pattern[str] | None
    date: re.Pattern[str] | None
    title_after: re.Pattern[str] | None
    duties_heading: re.Pattern[str] | None
    duties_end: re.Pattern[str] | None
    duty: re.Pattern[str] | None
    law_number: re.Pattern[str] | None
    duty_verbs: list[str]
    duty_mandates: list[str]
    letters: str
    vowels: str
    months: list[str]
    paragraph_reference: re.Pattern[str] | None = None


def document_words(words: Words) -> DocumentWords:
    """The words of a ``document.toml``. Patterns of the head ignore case, those of the duties do not."""
    return DocumentWords(
        number=words.pattern("number", ["number"], flags=re.IGNORECASE),
        annex_reference=words.pattern("annex_reference", ["number", *_DAY], flags=re.IGNORECASE),
        number_form=words.pattern("number_form"),
        date=words.pattern("date", _DAY, flags=re.IGNORECASE),
        title_after=words.pattern("title_after", flags=re.IGNORECASE),
        duties_heading=words.pattern("duties_heading", ["section"]),
        duties_end=words.pattern("duties_end"),
        duty=words.pattern("duty", ["number", "text"]),
        law_number=words.pattern("law_number"),
        duty_verbs=words.texts("duty_verbs"),
        duty_mandates=words.texts("duty_mandates"),
        letters=(words.text("letters") or _LATIN).upper(),
        vowels=words.text("vowels").casefold(),
        months=[name.casefold() for name in words.texts("months")],
        paragraph_reference=words.pattern("paragraph_reference", ["numbers"], flags=re.IGNORECASE),
    )


def month_number(text: str, months: list[str]) -> int:
    """The month that a document writes as a number or by its name; 0 where it is neither."""
    return int(text) if text.isdecimal() else months.index(text.casefold()) + 1 if text.casefold() in months else 0

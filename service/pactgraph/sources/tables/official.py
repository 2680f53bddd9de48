"""The language of a country's official texts, and the column of its tables that holds a name in it.

Every table has its names in the languages of the program (``name_vi``, ``name_en``). Where the official language is
another one, the table has one more column, ``name_fr``: the official name, by which documents are read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pactgraph.errors import UserError, fail
from pactgraph.sources.tables.csvfile import Column
from pactgraph.sources.tables.tomlfile import read_toml
from pactgraph.texts import LANGUAGES

STEMS = ("name", "title")
"""What names a thing in a table: ``name_vi``, ``title_vi``."""
_CODE = re.compile(r"[a-z]{2,3}")


def language(folder: Path, problems: list[UserError] | None = None) -> str:
    """The language of a country's official texts (``country.toml``); "" where the file does not say."""
    found: list[UserError] = []
    settings = read_toml(folder / "country.toml", found)
    lang = settings.text("language") if settings else ""
    if settings and lang and not _CODE.fullmatch(lang):
        found.append(fail("country-language", file=settings.file, value=lang))
        lang = ""
    if problems is not None:
        problems += found
    return lang


def languages(folder: Path) -> tuple[str, ...]:
    """The languages in which a country's things are named: those of the program, and the official one."""
    lang = language(folder)
    return LANGUAGES if lang in ("", *LANGUAGES) else (*LANGUAGES, lang)


def official(columns: Sequence[Column], folder: Path) -> tuple[Column, ...]:
    """The columns of a table of the country in ``folder``: after each English name, the official one where it is in
    another language than those of the program. It is required where the English name is."""
    more = languages(folder)[len(LANGUAGES):]
    found: list[Column] = []
    for column in columns:
        found.append(column)
        stem, _, lang = column.name.rpartition("_")
        if stem in STEMS and lang == LANGUAGES[-1]:
            found += [replace(column, name=f"{stem}_{code}") for code in more]
    return tuple(found)


def translation(lang: str) -> tuple[Column, ...]:
    """The columns in which a table translates words of a text in ``lang``: ``text_en``, ``text_vi``. English is
    required (for an English text: Vietnamese), the other language of the program may be left out."""
    first, *others = [code for code in reversed(LANGUAGES) if code != lang]
    return (Column(f"text_{first}", required=True), *(Column(f"text_{code}", optional=True) for code in others))

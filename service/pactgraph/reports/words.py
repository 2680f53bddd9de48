"""The words of reports (``texts.toml`` of this room), how dates are written, and how many words a report has."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pactgraph.reports.document import Block, Bullets, Grid, Heading, Letter, Paragraph, Picture

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("pactgraph.reports").joinpath("texts.toml").read_text("utf-8"))


def word(key: str, lang: str, **values: Any) -> str:
    """The text ``key`` in ``lang`` with its holes filled. An unknown key is a programming error."""
    return _texts()[key][lang].format(**values)


def day(value: str, lang: str) -> str:
    """A date as people write it: 1 March 2025, 01/03/2025; less precise or other texts stay as they are."""
    parts = value.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return value
    year, month, number = parts
    return f"{number}/{month}/{year}" if lang == "vi" else f"{int(number)} {_MONTHS[int(month) - 1]} {year}"


def official_day(value: str, lang: str) -> str:
    """A date as official letters write it: with a zero before days below 10 and months below 3, and words between."""
    parts = value.split("-")
    if lang != "vi" or len(parts) != 3 or not all(part.isdigit() for part in parts):
        return day(value, lang)
    year, month, number = parts
    return word("official-day", lang, day=number, month=month if int(month) < 3 else int(month), year=year)


def number(value: int, lang: str) -> str:
    """A number with its thousands set apart: 21,200 in English, 21.200 in Vietnamese."""
    text = f"{value:,}"
    return text.replace(",", ".") if lang == "vi" else text


def count_words(blocks: list[Block]) -> int:
    """How many words stand in the blocks, parted by spaces; notes are not counted."""
    return sum(len(text.split()) for block in blocks for text in _texts_of(block))


def _texts_of(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [block.text]
    if isinstance(block, Paragraph):
        return [part.text for part in block.parts]
    if isinstance(block, Bullets):
        return [item.text for item in block.items]
    if isinstance(block, Grid):
        return [block.caption, *block.columns, *(cell.text for row in block.rows for cell in row)]
    if isinstance(block, Picture):
        return [block.caption.text]
    assert isinstance(block, Letter)
    return [*block.left, *block.right, block.subject, *(part.text for item in block.text for part in item.parts)]

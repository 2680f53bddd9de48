"""Reads the cells of a thematic list: number, States and source in the first, themes, goals and groups in the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

POSITIONS = {"supported": "supported", "accepted": "supported", "noted": "noted", "supported/noted": "partial",
             "partially supported": "partial", "supported in part": "partial"}
"""What stands in the column of positions, in small letters, and the position of the contract."""
_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){1,2})\.?\s+(?=\S)")
_SOURCE = re.compile(r"\n?\s*Source\s+of\s+position\s*:?\s*(?P<source>.*)$", re.IGNORECASE | re.DOTALL)
_PLACE = re.compile(r"(?P<symbol>[A-Z]+(?:/[\w.]+)+)(?P<rest>.*)$", re.DOTALL)
_PARAGRAPH = re.compile(r"para(?:graph)?s?\.?\s*(?P<paragraph>\d+)", re.IGNORECASE)
_SECTIONS = {"sdgs": "sdgs", "sdg": "sdgs", "relevant sdgs": "sdgs", "affected persons": "persons",
             "groups of persons": "persons", "themes": "themes", "human rights themes": "themes"}
_CODED = re.compile(r"(?P<code>[A-Z]\d{1,3})\s+(?P<label>\S.*)")
_CODED_GOAL = re.compile(r"S\d{1,2}\s+SDG\s*(?P<goal>.*)", re.IGNORECASE)


@dataclass(frozen=True)
class Recommendation:
    """The first cell: number, text, and where the position was stated."""

    number: str
    text: str
    states: tuple[str, ...]
    symbol: str | None
    position_symbol: str | None
    position_paragraph: str | None


@dataclass
class Labels:
    """The labels of a row; ``codes`` are those of the old themes ("A12")."""

    themes: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    persons: list[str] = field(default_factory=list)
    sdgs: list[str] = field(default_factory=list)


def read_recommendation(cell: str, states: frozenset[str]) -> Recommendation | None:
    """The first cell of a row; None where it does not begin with a number such as "121.1"."""
    source = _SOURCE.search(cell)
    words = cell[:source.start()] if source else cell
    number = _NUMBER.match(words.strip())
    if number is None:
        return None
    text = " ".join(words.strip()[number.end():].split())
    place = _PLACE.search(source["source"]) if source else None
    paragraph = _PARAGRAPH.search(place["rest"]) if place else None
    symbol = place["symbol"].rstrip(".") if place else None
    report = re.sub(r"/Add\.\d+.*$", "", symbol) if symbol else None
    return Recommendation(number["number"], text, recommending(text, states), report, symbol,
                          paragraph["paragraph"] if paragraph else None)


def recommending(text: str, states: frozenset[str]) -> tuple[str, ...]:
    """The States in the brackets that close the text or a part of it that ends with ";".

    Brackets before a ";" count where ``states`` (folded names) knows one of them; the last ones count unless they
    hold an abbreviation.
    """
    found: list[str] = []
    for inside, end in _brackets(text):
        names = [name for name in _at_commas(inside) if name]
        known = any(name.casefold() in states for name in names)
        last = not re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", text[end:]).strip(" ;.,")
        closes = last or re.match(r"\s*(?:\([^;]*\)\s*)*;", text[end:]) is not None
        if closes and (known or (last and not any(_abbreviation(name) for name in names))):
            found += names
    return tuple(dict.fromkeys(found))


def _brackets(text: str) -> Iterator[tuple[str, int]]:
    """The outermost brackets of a text: what is in them, and where they end."""
    depth = start = 0
    for at, letter in enumerate(text):
        if letter == "(":
            if depth == 0:
                start = at
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
            if depth == 0:
                yield text[start + 1:at], at + 1


def _at_commas(text: str) -> list[str]:
    """The parts of a text at commas that stand in no bracket."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _abbreviation(name: str) -> bool:
    """Whether a word is none of a name: an abbreviation, a number, or a whole phrase."""
    short = " " not in name and sum(letter.isupper() for letter in name) >= 2
    return short or bool(re.search(r"\d", name)) or not name[:1].isupper()


def read_labels(cell: str, first: str) -> Labels:
    """The labels of a cell; ``first`` is what stands before any heading such as "SDGs:" (themes or sdgs)."""
    labels = Labels()
    section = first
    for line in cell.split("\n"):
        line = line.strip()
        heading = _SECTIONS.get(line.rstrip(": ").casefold())
        if heading and line.endswith(":"):
            section = heading
            continue
        text = re.sub(r"^[-–•]\s*", "", line).strip()
        if text:
            _label(labels, section, text)
    return labels


def _label(labels: Labels, section: str, text: str) -> None:
    goal, coded = _CODED_GOAL.fullmatch(text), _CODED.fullmatch(text)
    if section == "sdgs":
        labels.sdgs.append(text)
    elif section == "persons":
        labels.persons.append(text)
    elif goal:
        labels.sdgs.append(goal["goal"].strip())
    elif coded:
        labels.codes.append(coded["code"])
        labels.themes.append(coded["label"])
    else:
        labels.themes.append(text)


def position_of(cell: str) -> str | None:
    """The position of the contract, None where the cell holds no known one."""
    return POSITIONS.get(re.sub(r"\s*/\s*", "/", " ".join(cell.lstrip("-– ").casefold().split())))

"""Follows the automatic numbering of a DOCX: which number or bullet stands before each paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from pactgraph.sources.documents.numbers import BULLET, written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = ElementTree.Element


@dataclass(frozen=True)
class Level:
    """A level of a list: its first number, the form of its numbers, and the text around them ("%1.%2.")."""

    start: int
    form: str
    text: str


class Lists:
    """The lists of a document; numbers are given in the order of the text."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._styles: dict[str, tuple[str | None, Element | None]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._read(numbering)
        for style in styles.iter(W + "style") if styles is not None else ():
            based = value(style.find(W + "basedOn"))
            self._styles[style.get(W + "styleId") or ""] = (based, style.find(f"{W}pPr/{W}numPr"))

    def label(self, properties: Element | None) -> str:
        """The number or bullet of a paragraph with these properties, "" where it has none."""
        place = self._place(properties)
        if place is None:
            return ""
        key, depth = place
        abstract, starts = self._lists.get(key, ("", {}))
        levels = self._abstract.get(abstract, {})
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        if level.form == "bullet":
            return BULLET
        counts = self._counts.setdefault(abstract if not starts else key, {})
        counts[depth] = counts.get(depth, starts.get(depth, level.start) - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]

        def number(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            of = levels.get(other, level)
            return written(counts.get(other, of.start), of.form)

        return re.sub(r"%([1-9])", number, level.text)

    def _place(self, properties: Element | None) -> tuple[str, int] | None:
        if properties is None:
            return None
        found = properties.find(W + "numPr")
        depth = value(found.find(W + "ilvl")) if found is not None else None
        key = value(found.find(W + "numId")) if found is not None else None
        style: str | None = value(properties.find(W + "pStyle"))
        for _ in range(20):
            if key is not None or style not in self._styles:
                break
            style, of_style = self._styles[style]
            if of_style is not None:
                key, depth = value(of_style.find(W + "numId")), depth or value(of_style.find(W + "ilvl"))
        return (key, _whole(depth, 0)) if key and key != "0" else None

    def _read(self, numbering: Element) -> None:
        for item in numbering.findall(W + "abstractNum"):
            levels = {_whole(level.get(W + "ilvl"), 0): Level(
                _whole(value(level.find(W + "start")), 1), value(level.find(W + "numFmt")) or "decimal",
                value(level.find(W + "lvlText")) or "") for level in item.findall(W + "lvl")}
            self._abstract[item.get(W + "abstractNumId") or ""] = levels
        for item in numbering.findall(W + "num"):
            starts = {_whole(one.get(W + "ilvl"), 0): _whole(value(one.find(W + "startOverride")), 1)
                      for one in item.findall(W + "lvlOverride") if one.find(W + "startOverride") is not None}
            self._lists[item.get(W + "numId") or ""] = (value(item.find(W + "abstractNumId")) or "", starts)


def value(element: Element | None) -> str | None:
    """The ``w:val`` of an element."""
    return None if element is None else element.get(W + "val")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 7 else otherwise

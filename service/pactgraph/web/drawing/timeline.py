"""Dots on lanes along a line of time; dots of a lane that would touch stand one above the other."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date

_SPACE = 24.0
"""The least distance between the middles of two dots: what a finger needs (WCAG 2.2, target size)."""


@dataclass
class Dot:
    """``number`` things on a day of a lane; ``x``, ``y`` and ``radius`` are set by the layout."""

    lane: str
    day: date
    number: int
    x: float = 0
    y: float = 0
    radius: float = 0


@dataclass(frozen=True)
class Sheet:
    """The measures in pixels; ``names``: room for the names of lanes at the left."""

    width: float = 1170
    names: float = 190
    top: float = 44
    right: float = 24
    most: float = 16
    """The radius of the largest dots."""


@dataclass
class Line:
    """A finished layout: ``lanes`` with upper edge and height, ``years`` with their place, ``now``: the marked day."""

    width: float
    height: float
    dots: list[Dot] = field(default_factory=list)
    lanes: list[tuple[str, float, float]] = field(default_factory=list)
    years: list[tuple[int, float]] = field(default_factory=list)
    now: float = 0


def timeline(dots: list[Dot], lanes: list[str], today: date, sheet: Sheet) -> Line:
    """Place the dots of each lane; the line runs from the first year to the end of the last, the marked day included."""
    days = [dot.day for dot in dots] + [today]
    first, last = date(min(days).year, 1, 1), date(max(days).year + 1, 12, 31)
    long = (last - first).days
    room = sheet.width - sheet.names - sheet.right

    def place(day: date) -> float:
        return sheet.names + room * (day - first).days / long

    y = sheet.top
    bands = []
    for lane in lanes:
        own = sorted((dot for dot in dots if dot.lane == lane), key=lambda dot: (dot.day, dot.number))
        for dot in own:
            dot.x, dot.radius = place(dot.day), min(sheet.most, 6 + 2 * math.sqrt(dot.number - 1))
        height = _stack(own, y)
        bands.append((lane, y, height))
        y += height
    step = max(1, round((last.year - first.year + 1) / 14))
    years = [(year, place(date(year, 1, 1))) for year in range(first.year, last.year + 1) if (year - first.year) % step == 0]
    return Line(sheet.width, y + 8, dots, bands, years, place(today))


def _stack(dots: list[Dot], top: float) -> float:
    """Put dots into rows in which none touches another; the height of the lane."""
    rows: list[list[Dot]] = []
    for dot in dots:
        for row in rows:
            if dot.x - row[-1].x >= max(_SPACE, dot.radius + row[-1].radius + 2):
                row.append(dot)
                break
        else:
            rows.append([dot])
    y = top + 4
    for row in rows:
        high = max(_SPACE, 2 * max(dot.radius for dot in row) + 4)
        for dot in row:
            dot.y = y + high / 2
        y += high
    return max(y + 4 - top, 34)

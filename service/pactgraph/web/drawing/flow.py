"""Columns of bars joined by bands as wide as what they stand for: how much goes from where to where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pactgraph.web.drawing.shapes import number


@dataclass
class Bar:
    """A bar of a column; ``value`` is set by the layout: what comes in or goes out, whichever is more."""

    key: str
    column: int
    value: int = 0
    x: float = 0
    y: float = 0
    height: float = 0


@dataclass(frozen=True)
class Band:
    """So many links from a bar to one in a later column."""

    source: str
    target: str
    value: int


@dataclass(frozen=True)
class Ribbon:
    """A drawn band: the path around it."""

    band: Band
    path: str


@dataclass(frozen=True)
class Canvas:
    """The measures in pixels: ``pitch`` is the least room between the upper ends of two bars (for their names)."""

    width: float = 1170
    height: float = 560
    top: float = 34
    bar: float = 10
    names: float = 205
    """Room for names at the right of the last column."""
    pitch: float = 38
    gap: float = 8
    thinnest: float = 1.5


@dataclass
class Flow:
    """A finished layout."""

    width: float
    height: float
    bars: list[Bar] = field(default_factory=list)
    ribbons: list[Ribbon] = field(default_factory=list)
    heads: list[float] = field(default_factory=list)


def flow(bars: list[Bar], bands: list[Band], canvas: Canvas) -> Flow:
    """Place the bars of each column in the order given, one scale for all, and draw the bands between them."""
    by_key = {bar.key: bar for bar in bars}
    for bar in bars:
        out = sum(band.value for band in bands if band.source == bar.key)
        into = sum(band.value for band in bands if band.target == bar.key)
        bar.value = max(out, into)
    columns: dict[int, list[Bar]] = defaultdict(list)
    for bar in bars:
        columns[bar.column].append(bar)
    number_of = max(columns, default=0) + 1
    scale = min(((canvas.height - len(column) * canvas.gap) / max(1, sum(bar.value for bar in column))
                 for column in columns.values()), default=1.0)
    step = (canvas.width - canvas.names - canvas.bar) / max(1, number_of - 1)
    bottom = canvas.top
    for place, column in columns.items():
        y = canvas.top
        for bar in column:
            bar.x, bar.y, bar.height = place * step, y, max(canvas.thinnest, bar.value * scale)
            y += max(bar.height + canvas.gap, canvas.pitch)
        bottom = max(bottom, y)
    ribbons = _ribbons(bands, by_key, scale, canvas)
    return Flow(canvas.width, bottom, bars, ribbons, [place * step for place in range(number_of)])


def _ribbons(bands: list[Band], bars: dict[str, Bar], scale: float, canvas: Canvas) -> list[Ribbon]:
    out: dict[str, float] = defaultdict(float)
    into: dict[str, float] = defaultdict(float)
    starts, ends = {}, {}
    for band in sorted(bands, key=lambda band: (bars[band.target].column, bars[band.target].y, band.target)):
        starts[band] = bars[band.source].y + out[band.source]
        out[band.source] += band.value * scale
    for band in sorted(bands, key=lambda band: (bars[band.source].column, bars[band.source].y, band.source)):
        ends[band] = bars[band.target].y + into[band.target]
        into[band.target] += band.value * scale
    return [Ribbon(band, _path(bars[band.source].x + canvas.bar, bars[band.target].x, starts[band], ends[band],
                               max(canvas.thinnest, band.value * scale))) for band in bands]


def _path(left: float, right: float, start: float, end: float, thick: float) -> str:
    """The outline of a band: along its upper edge to the right, along its lower edge back."""
    middle = number((left + right) / 2)
    upper, lower = (number(start), number(end)), (number(start + thick), number(end + thick))
    return (f"M{number(left)},{upper[0]} C{middle},{upper[0]} {middle},{upper[1]} {number(right)},{upper[1]} "
            f"V{lower[1]} C{middle},{lower[1]} {middle},{lower[0]} {number(left)},{lower[0]} Z")

"""What layouts of chains take and give: boxes in columns, links between them."""

from __future__ import annotations

from dataclasses import dataclass, field

PORT = 24.0
"""The room between the ends of two lines at one box: what a finger needs (WCAG 2.2, target size)."""


@dataclass
class Box:
    """A box: ``column`` counts from 0; ``height`` is what its text needs and grows where many lines end at it.

    ``x``, ``y`` (upper left corner) and ``width`` are set by a layout. A ``note`` stands at the end of its column, without links.
    """

    key: str
    column: int
    height: float
    note: bool = False
    x: float = 0
    y: float = 0
    width: float = 0

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Edge:
    """A link from a box to one in a later column. Links of a ``kind`` from one box share their way as far as they can."""

    source: str
    target: str
    kind: str = ""
    number: int = 0


@dataclass(frozen=True)
class Curve:
    """A drawn link: its SVG path and the middle of its number."""

    edge: Edge
    path: str
    at: tuple[float, float]


@dataclass
class Drawing:
    """A finished layout; ``heads``: the middle (wide) or the upper left corner (tall) of the name of each column."""

    width: float
    height: float
    boxes: list[Box] = field(default_factory=list)
    curves: list[Curve] = field(default_factory=list)
    heads: list[tuple[int, float, float]] = field(default_factory=list)


def stretch(boxes: list[Box], edges: list[Edge], spare: float = 0) -> None:
    """Make boxes high enough for the ends of their lines; ``spare`` pixels more where lines begin at the same side."""
    for box in boxes:
        ends = sum(edge.target == box.key for edge in edges)
        begins = len({edge.kind for edge in edges if edge.source == box.key})
        box.height = max(box.height, PORT * ends + spare * begins)


def number(value: float) -> str:
    """A coordinate in as few characters as a picture needs."""
    text = f"{value:.1f}"
    return text.removesuffix(".0")

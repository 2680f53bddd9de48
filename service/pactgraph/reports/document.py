"""What a report is before it has a format: headings, sentences, tables and pictures, each with the notes that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """A text with the numbers of the notes that say where it comes from."""

    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is a section, 2 a part of one."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Sentences in a row. ``style``: "" for plain text, "remark" for what explains the report, "fill" for room to write in."""

    parts: tuple[Said, ...]
    style: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Said, ...]


@dataclass(frozen=True)
class Grid:
    """A table with a heading row. ``widths`` are shares of the width; the notes of a row stand in a column of their own.
    A row of one cell spans the table (DOCX).

    ``name`` is the short name of its sheet in a workbook; ``wide`` asks for a page in landscape.
    """

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Said, ...], ...]
    widths: tuple[float, ...]
    wide: bool = False

    def notes_of(self, row: Sequence[Said]) -> tuple[int, ...]:
        """The notes of a row, each once, in their order."""
        return tuple(dict.fromkeys(number for cell in row for number in cell.notes))


@dataclass(frozen=True)
class Picture:
    """A chart: a specification of Vega-Lite without data from elsewhere, and the text for those who do not see it."""

    name: str
    caption: Said
    alt: str
    spec: dict[str, object]


@dataclass(frozen=True)
class Letter:
    """The first page of an official letter: two columns of heads, addressee, text, recipients and the place to sign."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    number: str
    subject: str
    place_and_day: str
    to: str
    text: tuple[Paragraph, ...]
    copies_label: str
    copies: tuple[str, ...]
    signing: tuple[str, ...]


Block = Heading | Paragraph | Bullets | Grid | Picture | Letter


@dataclass(frozen=True)
class Event:
    """A day of a calendar. ``kind``: ``un`` or ``plan``; ``yearly`` repeats it (until ``until``, where that is known)."""

    uid: str
    day: str
    summary: str
    description: str
    kind: str
    category: str
    yearly: bool = False
    until: str = ""


@dataclass
class Note:
    """A source, with the address that it names."""

    text: str
    address: str = ""


@dataclass
class Report:
    """A drafted report. ``as_of`` is the day that it speaks of (YYYY-MM-DD)."""

    kind: str
    lang: str
    as_of: str
    title: str
    subtitle: str
    file_name: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def grids(self) -> Iterator[Grid]:
        """The tables of the report."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def pictures(self) -> Iterator[Picture]:
        """The pictures of the report."""
        return (block for block in self.blocks if isinstance(block, Picture))

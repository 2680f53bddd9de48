"""An answer as a table of strings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Table:
    """Columns and rows of an answer. ``title`` heads it where it is shown to people; cells are never None."""

    columns: list[str]
    rows: list[list[str]]
    title: str = ""
    notes: list[str] = field(default_factory=list)

    def only(self, columns: Sequence[str]) -> Table:
        """The same rows with some of the columns, in the order asked for."""
        places = [self.columns.index(column) for column in columns]
        return Table(list(columns), [[row[place] for place in places] for row in self.rows], self.title)

    def records(self) -> list[dict[str, str]]:
        """The rows as objects, column by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

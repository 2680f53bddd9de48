"""The columns of an export, however the heading names them; the real export has the headings Rgrp and Org twice."""

from __future__ import annotations

from dataclasses import dataclass

from pactgraph.errors import fail
from pactgraph.sources.office_parts import column_letters
from pactgraph.sources.recommendations.records import Column

REQUIRED = {
    "under_review": ("SuR", "To", "State under review"),
    "text": ("Recommendation", "Text"),
    "recommending": ("RS", "From", "Recommending State"),
    "response": ("Response",),
    "action": ("Action",),
    "issue": ("Issue", "Issues"),
    "session": ("Session",),
}
"""The names of every column that must be there; the first is the export's own."""

PAIRS = {
    "region": ("Rgrp", "To-Rgrp", "From-Rgrp"),
    "organisations": ("Org", "To-Org", "From-Org"),
}
"""What the export says of each State: twice under one name, or under a name for the State under review and one for the other."""


STATES = {"text": "pg:verbatim", "recommending": "pg:recommendingState", "response": "pg:recordedPosition",
          "action": "pg:actionLevel", "issue": "pg:theme"}
"""The property that each column states."""


@dataclass(frozen=True)
class Heading:
    """Where each column stands. ``names`` are the headings as written."""

    names: list[str]
    places: dict[str, int]

    def cell(self, cells: list[str], column: str) -> str:
        """A cell by the column's name; "" where the row is shorter or the column, one that may be missing, is."""
        place = self.places.get(column, len(cells))
        return cells[place] if place < len(cells) else ""

    def columns(self) -> tuple[Column, ...]:
        """The columns that state something, with the property that they state."""
        return tuple(Column(self.name(column), column_letters(self.places[column] + 1), STATES[column])
                     for column in STATES if column in self.places)

    def name(self, column: str) -> str:
        """A column as the heading of this file writes it."""
        return self.names[self.places[column]]


def read_heading(cells: list[str], file: str, row: int) -> Heading:
    """Find the columns by name, in any case and order; raises a UserError for a column that is missing or stands twice."""
    folded = [_folded(cell) for cell in cells]
    places: dict[str, int] = {}
    for column, names in REQUIRED.items():
        found = [place for place, cell in enumerate(folded) if cell in {_folded(name) for name in names}]
        if len(found) > 1:
            raise fail("table-column-twice", file=file, line=row, column=cells[found[1]])
        if found:
            places[column] = found[0]
    missing = [names[0] for column, names in REQUIRED.items() if column not in places]
    if missing:
        columns = ", ".join(" / ".join(names) for names in REQUIRED.values())
        raise fail("upr-info-columns", file=file, line=row, missing=", ".join(missing), columns=columns)
    for column, (twice, first, second) in PAIRS.items():
        both = [place for place, cell in enumerate(folded) if cell == _folded(twice)]
        for party, name, turn in (("under_review", first, 0), ("recommending", second, 1)):
            if _folded(name) in folded:
                places[f"{party}_{column}"] = folded.index(_folded(name))
            elif turn < len(both):
                places[f"{party}_{column}"] = both[turn]
    return Heading(cells, places)


def _folded(name: str) -> str:
    return " ".join(name.replace("_", "-").casefold().split())

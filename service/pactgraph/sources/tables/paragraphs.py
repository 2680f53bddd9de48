"""The paragraphs of a UN document by their number: what the other tables of its folder point at."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.sources.tables.csvfile import Row

NUMBER = re.compile(r"\d+(\([a-z]\))?")
"""The form of a paragraph number: 24, 3(a)."""


@dataclass(frozen=True)
class Paragraphs:
    """The sound rows of ``paragraphs.csv`` of one document."""

    symbol: str
    rows: dict[str, Row]
    ids: Ids

    def iri(self, number: str) -> str:
        """The IRI of a paragraph; 3(a) is keyed 3/a."""
        if self.rows[number].text("type") == "recommendation":
            return self.ids.recommendation(self.symbol, number)
        return self.ids.paragraph(self.symbol, number.replace("(", "/").rstrip(")"))

    def recommendation(self, row: Row, problems: list[UserError]) -> str | None:
        """The IRI of the recommendation that a row of another table names; None, and a problem, if it is none."""
        number = row.text("paragraph")
        if number in self.rows and self.rows[number].text("type") == "recommendation":
            return self.iri(number)
        problems.append(row.problem("paragraph-no-recommendation", "paragraph", value=number))
        return None

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
        return self._named(row, ("recommendation",), problems)

    def linked(self, row: Row, problems: list[UserError]) -> str | None:
        """The IRI of the recommendation, or question of a list of issues, from which a link starts; None as above."""
        return self._named(row, ("recommendation", "question"), problems)

    def _named(self, row: Row, kinds: tuple[str, ...], problems: list[UserError]) -> str | None:
        number = row.text("paragraph")
        paragraph = self.rows.get(number)
        if paragraph is None or paragraph.text("type") not in kinds:
            problems.append(row.problem("paragraph-no-recommendation", "paragraph", value=number))
            return None
        if paragraph.flag("placeholder"):
            problems.append(row.problem("paragraph-placeholder", "paragraph", value=number))
            return None
        return self.iri(number)

"""How reports show recommendations: who made them, what the State said, which grades were given, which tasks answer."""

from __future__ import annotations

from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.drafting import Draft, by, joined


class Recommendations:
    """All recommendations of documents of the day or before, with positions, grades and tasks."""

    def __init__(self, asker: Asker, **only: str) -> None:
        """``only``: the IRI of a ``document`` or a ``cycle``."""
        self.rows = {row["recommendation"]: row for row in reversed(asker.rows("reports", "recommendations", **only))}
        self.rows = dict(reversed(self.rows.items()))
        self._positions = by(asker.rows("reports", "positions"), "recommendation")
        self._grades = by(asker.rows("reports", "grades"), "recommendation")
        self._answers = by(asker.rows("reports", "answers"), "recommendation")
        self._parts: dict[str, list[str]] = {}
        for row in self.rows.values():
            if row["part_of"]:
                self._parts.setdefault(row["part_of"], []).append(row["recommendation"])

    def with_parts(self, iri: str) -> list[str]:
        """A recommendation and its lettered parts."""
        return [iri, *self._parts.get(iri, [])]

    def grades(self, iri: str) -> list[Row]:
        """The grades of a recommendation and of its parts."""
        return [grade for one in self.with_parts(iri) for grade in self._grades.get(one, [])]

    def positions(self, iri: str) -> list[Row]:
        """The latest positions by the day; several where sources differ."""
        found = self._positions.get(iri, [])
        latest = max((row["stated_on"] for row in found), default="")
        return [row for row in found if row["stated_on"] == latest]

    def answers(self, iri: str, curated_only: bool = False) -> list[Row]:
        """The links from tasks to a recommendation or its parts; proposed ones too, unless told otherwise."""
        found = [row for one in self.with_parts(iri) for row in self._answers.get(one, [])]
        return [row for row in found if not curated_only or not row["status"].endswith("/proposed")]

    def said(self, draft: Draft, iri: str) -> tuple[str, tuple[int, ...]]:
        """Position and grades in words, with their notes."""
        texts, sources = [], []
        for row in self.positions(iri):
            texts.append(f"{row['positionLabel']} ({draft.day(row['stated_on'])})")
            sources.append(row["source"])
        for row in self.grades(iri):
            texts.append(draft.word("grade", paragraph=row["paragraph"], meaning=row["meaning"] or row["grade"],
                                    assessor=row["assessorLabel"], day=draft.day(row["assessed_on"])))
            sources.append(row["source"])
        return joined(texts), draft.cite(*sources)

"""The columns of the workbook and the keys of the bulk file, with the misspellings that the index has."""

from __future__ import annotations

from dataclasses import dataclass

from pactgraph.errors import fail
from pactgraph.sources.office_parts import column_letters
from pactgraph.sources.recommendations.labels import fold
from pactgraph.sources.recommendations.records import Column

COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("Text", "Recommendation text"),
    "countries": ("Countries Concerned", "Country Concerned", "Countries", "State under review"),
    "body": ("Reccomending Body", "Recommending Body", "Recommending Bodies", "Body", "Mechanism"),
    "symbol": ("Document Symbol", "Symbol"),
    "themes": ("Themes", "Theme"),
    "affected_persons": ("Affected Persons", "Affected Person", "Groups of Persons"),
    "sdgs": ("Sdgs", "SDG", "Sustainable Development Goals"),
    "published": ("Document Publication Date", "Publication Date"),
    "recommending_states": ("UPR Reccomending States", "UPR Recommending States", "UPR Recommending State",
                            "UPR Recommending Country"),
    "positions": ("UPR Position", "UPR Positions"),
    "type": ("Type", "Annotation Type"),
    "annotation_id": ("OHCHR Annotation Id", "Annotation Id"),
    "session": ("UPR Session", "UPR Sessions"),
    "regions": ("Regions Concerned", "Region Concerned", "Regions"),
    "recommending_regions": ("Recommending Regions", "Reccomending Regions"),
    "published_uhri": ("Date of publication on UHRI", "Publication Date On UHRI"),
}
"""The names of each column of the workbook; the first is the index's own."""

REQUIRED = ("text", "countries", "body", "symbol", "type", "annotation_id")
KEYS = {
    "text": "Text", "countries": "Countries", "body": "Body", "symbol": "Symbol", "themes": "Themes",
    "affected_persons": "AffectedPersons", "sdgs": "Sdgs", "published": "PublicationDate",
    "recommending_states": "UprRecommendingCountry", "positions": "UprPositions", "type": "AnnotationType",
    "annotation_id": "AnnotationId", "session": "UprSession",
}
"""The keys of a record of the bulk file."""

STATES = {"text": "pg:verbatim", "countries": "pg:concernsState", "symbol": "pg:inDocument", "themes": "pg:theme",
          "affected_persons": "pg:affectedGroup", "sdgs": "dcterms:subject", "published": "pg:publishedOn",
          "recommending_states": "pg:recommendingState", "positions": "pg:recordedPosition", "type": "pg:paragraphType",
          "annotation_id": "pg:annotationId"}
"""The property that each column states."""


@dataclass(frozen=True)
class Heading:
    """Where each column stands (from 0), and how it is written."""

    names: list[str]
    places: dict[str, int]

    def name(self, column: str) -> str:
        """A column as the heading writes it; by its own name where the file leaves it out."""
        return self.names[self.places[column]] if column in self.places else COLUMNS[column][0]

    def columns(self) -> tuple[Column, ...]:
        """The columns that state something."""
        return tuple(Column(self.name(column), column_letters(self.places[column] + 1), STATES[column])
                     for column in STATES if column in self.places)


def read_heading(cells: list[str], file: str, row: int) -> Heading:
    """Find the columns in any order, case and spacing; raises a UserError for one that is missing or stands twice."""
    folded = ["".join(fold(cell).split()) for cell in cells]
    places: dict[str, int] = {}
    for column, names in COLUMNS.items():
        known = {"".join(fold(name).split()) for name in names}
        found = [place for place, cell in enumerate(folded) if cell in known]
        if len(found) > 1:
            raise fail("table-column-twice", file=file, line=row, column=cells[found[1]])
        if found:
            places[column] = found[0]
    missing = [COLUMNS[column][0] for column in REQUIRED if column not in places]
    if missing:
        known_names = ", ".join(names[0] for names in COLUMNS.values())
        raise fail("uhri-columns", file=file, line=row, missing=", ".join(missing), columns=known_names)
    return Heading(cells, places)

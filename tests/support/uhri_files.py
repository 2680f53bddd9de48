"""Made-up exports of the Universal Human Rights Index, in the layouts of its workbook and its bulk file."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADINGS = ["Text", "Countries Concerned", "Reccomending Body", "Document Symbol", "Themes", "Affected Persons", "Sdgs",
            "Document Publication Date", "UPR Reccomending States", "UPR Position", "Type", "OHCHR Annotation Id", "UPR Session",
            "Regions Concerned", "Recommending Regions", "Date of publication on UHRI"]


def guid(number: int) -> str:
    """An annotation id."""
    return str(uuid.UUID(int=number))


def paragraph(text: str, number: int = 1, **cells: Any) -> dict[str, Any]:
    """A row on a paragraph of concluding observations; ``cells`` replace cells by their headings."""
    row: dict[str, Any] = {
        "Text": text, "Countries Concerned": "- Viet Nam", "Reccomending Body": "- CCPR", "Document Symbol": "CCPR/C/VNM/CO/3",
        "Themes": "- Death penalty", "Affected Persons": "- Children", "Sdgs": "- 16.3 - Promote the rule of law",
        "Document Publication Date": 43706, "Type": "- Recommendations", "OHCHR Annotation Id": guid(number),
        "Regions Concerned": "- Asia-Pacific", "Date of publication on UHRI": 46125.4996282407,
    }
    return row | cells


def review(text: str, number: int = 1, **cells: Any) -> dict[str, Any]:
    """A row on a recommendation of the universal periodic review."""
    review_cells = {"Reccomending Body": "- UPR", "Document Symbol": "A/HRC/26/6", "UPR Reccomending States": "- Norway",
                    "UPR Position": "- Supported", "UPR Session": "- 18th Session", "Recommending Regions": "- Europe"}
    return paragraph(text, number, **(review_cells | cells))


def write_workbook(path: Path, rows: Iterable[dict[str, Any]], headings: list[str] | None = None) -> Path:
    """Write rows as the index's workbook. ``headings`` are those of the file; a row's cells stand under the index's own."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Export")
    sheet.append(headings or HEADINGS)
    for row in rows:
        sheet.append([row.get(name) for name in HEADINGS])
    book.save(path)
    return path


def bulk_record(row: dict[str, Any]) -> dict[str, Any]:
    """A row as a record of the bulk file."""
    def listed(name: str) -> list[str]:
        return [line.removeprefix("- ") for line in str(row.get(name) or "").split("\n") if line]

    published = date(1899, 12, 30) + timedelta(days=int(row["Document Publication Date"]))
    return {
        "AffectedPersons": listed("Affected Persons"), "AnnotationId": row["OHCHR Annotation Id"], "AnnotationType": row["Type"],
        "Body": row["Reccomending Body"], "Countries": listed("Countries Concerned"), "DocumentId": guid(7),
        "PublicationDate": f"{published.isoformat()}T00:00:00", "PublicationDateOnUhri": "2025-03-03T10:53:45.827",
        "Regions": listed("Regions Concerned"), "Sdgs": listed("Sdgs"), "Symbol": row["Document Symbol"], "Text": row["Text"],
        "Themes": listed("Themes"), "UprCycle": None, "UprPositions": listed("UPR Position"),
        "UprRecommendingCountry": listed("UPR Reccomending States"), "UprRecommendingRegions": listed("Recommending Regions"),
        "UprSession": listed("UPR Session"),
    }


def write_bulk(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    """Write rows as the bulk file: one list, record by record."""
    with path.open("w", encoding="utf-8") as out:
        out.write("[")
        for place, row in enumerate(rows):
            out.write(("," if place else "") + json.dumps(bulk_record(row), ensure_ascii=False))
        out.write("]")
    return path


def many(count: int, *, country: str = "Viet Nam", letters: int = 400) -> Iterator[dict[str, Any]]:
    """Rows of many documents: half on paragraphs, half on reviews."""
    words = "The State party should keep the made-up promise that it gave. " * (letters // 60)
    code = country[:3].upper()
    for number in range(count):
        themes = "- Death penalty\n- Administration of justice & fair trial\n- Right to health"
        cells = {"Countries Concerned": f"- {country}", "Themes": themes}
        if number % 2:
            yield review(f"{number // 400 + 100}.{number % 400} {words}(Norway);", number, **cells,
                         **{"Document Symbol": f"A/HRC/{number // 400 + 30}/7"})
        else:
            yield paragraph(f"A heading {number % 300 + 1}.{words}", number, **cells,
                            **{"Document Symbol": f"CRC/C/{code}/CO/{number // 300 + 1}"})

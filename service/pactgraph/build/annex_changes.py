"""What an annex would change: its rows and duties compared with what the data folder and earlier imports hold of its plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pactgraph.build.annexes import imported_annexes
from pactgraph.settings import Settings
from pactgraph.sources.annex.read import read_annex
from pactgraph.sources.annex.reading import Reading, load_reading
from pactgraph.sources.annex.records import Agency, Annex, Duty, Row
from pactgraph.sources.countries import country_folders
from pactgraph.sources.imported import Imported
from pactgraph.sources.tables import activities, plan
from pactgraph.sources.textfile import read_text


@dataclass(frozen=True)
class Held:
    """What is known of a plan: its rows and duties as they count by number (with what an earlier text had), the file from which
    the last came, its checksum, and whether it was imported."""

    parts: dict[str, Row | Duty]
    document: dict[str, str]
    file: str
    sha256: str
    imported: bool


def held_plan(key: str, items: Iterable[Imported], settings: Settings) -> Held | None:
    """What a build of the data folder and the imports would hold of a plan; None where it has no text of it."""
    found: Held | None = None
    for folder in country_folders(settings.data_folder()).values():
        reading = load_reading(folder)
        for place, note in _noted(folder):
            if note.key == key:
                found = _of_data(place, note, reading, settings)
    for one in imported_annexes(items, settings):
        if one.key == key:
            parts = (found.parts if found else {}) | _parts(one.annex)
            found = Held(parts, _document(one.annex), one.annex.file, one.annex.sha256, imported=True)
    return found


def _noted(folder: Path) -> Iterator[tuple[Path, plan.PlanNote]]:
    for file in sorted(folder.glob("plans/*/plan.toml")):
        note = None if file.parent.name.startswith("_") else plan.read_plan(file.parent, [])
        if note is not None:
            yield file.parent, note


def _of_data(place: Path, note: plan.PlanNote, reading: Reading, settings: Settings) -> Held:
    file = place / note.source_file
    if (place / activities.TABLE).is_file():
        return Held({}, {}, file.name, read_text(file, settings.import_bytes).sha256, imported=False)
    annex = read_annex(file, reading, settings.import_bytes)
    return Held(_parts(annex), _document(annex), annex.file, annex.sha256, imported=False)


def _parts(annex: Annex) -> dict[str, Row | Duty]:
    rows: dict[str, Row | Duty] = {row.id: row for row in annex.rows}
    return rows | {duty.id: duty for duty in annex.duties}


def _document(annex: Annex) -> dict[str, str]:
    return {"title": annex.title, "date": annex.date, "number": annex.number_verbatim}


# Comparison -------------------------------------------------------------------------------------------------------

NEW, SAME, CHANGED = "new", "same", "changed"
Differences = dict[str, tuple[str, str]]


@dataclass
class AnnexComparison:
    """What becomes of each row and duty by its number, what changed field by field (before, now), what vanished; ``document``
    what changed in the head."""

    results: dict[str, str] = field(default_factory=dict)
    differences: dict[str, Differences] = field(default_factory=dict)
    vanished: list[str] = field(default_factory=list)
    document: Differences = field(default_factory=dict)

    def count(self, result: str) -> int:
        """How many rows and duties came out so."""
        return sum(found == result for found in self.results.values())

    @property
    def changes_nothing(self) -> bool:
        """Whether the text says what is held already."""
        return not self.vanished and not self.document and self.count(SAME) == len(self.results)


def compare(annex: Annex, held: Held | None) -> AnnexComparison:
    """Compare a text with what is held of its plan."""
    found = AnnexComparison()
    before = held.parts if held else {}
    for number, part in _parts(annex).items():
        differences = _differences(before[number], part) if number in before else {}
        found.results[number] = NEW if number not in before else CHANGED if differences else SAME
        if differences:
            found.differences[number] = differences
    if held:
        found.vanished = [number for number in before if number not in found.results]
        found.document = _changed(held.document, _document(annex)) if held.document else {}
    return found


def _differences(before: Row | Duty, now: Row | Duty) -> Differences:
    return _changed(_fields(before), _fields(now))


def _changed(before: dict[str, str], now: dict[str, str]) -> Differences:
    return {name: (before.get(name, ""), now.get(name, "")) for name in {**before, **now} if before.get(name) != now.get(name)}


def _fields(part: Row | Duty) -> dict[str, str]:
    """The fields of a row or duty as a person reads them."""
    deadlines = "; ".join(deadline.raw for deadline in part.deadlines)
    if isinstance(part, Duty):
        return {"text": part.text, "agencies": _named(part.agencies), "deadlines": deadlines}
    return {"label": part.label, "parent": part.parent or "", "lead": _named(part.lead), "cooperating": _named(part.cooperating),
            "expected_results": "; ".join(part.expected_results), "deadlines": deadlines, "laws": "; ".join(part.laws)}


def _named(agencies: list[Agency]) -> str:
    return "; ".join(agency.verbatim + (" (?)" if agency.requested else "") for agency in agencies)

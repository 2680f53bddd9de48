"""Reads documents of the United Nations as the records of an import: thematic lists and concluding observations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.sources.concluding import read_concluding_observations
from pactgraph.sources.documents.records import DocumentExport
from pactgraph.sources.recommendations.countries import Countries
from pactgraph.sources.recommendations.records import RECOMMENDATION, Column, Record
from pactgraph.sources.recommendations.targets import UPR
from pactgraph.sources.thematic_list import read_thematic_list
from pactgraph.sources.thematic_list.read import COLUMNS

THEMATIC, CONCLUDING = "thematic-list", "concluding-observations"
FORMATS = (THEMATIC, CONCLUDING)
_STATES = {"recommendation": "pg:verbatim", "position": "pg:recordedPosition", "themes": "pg:theme"}


def read_document(form: str, path: Path, settings: Settings, countries: Countries) -> DocumentExport:
    """Read a document of one of :data:`FORMATS`."""
    if form == THEMATIC:
        states = frozenset(countries.names[code].casefold() for code in countries.states)
        return read_thematic_list(path, settings.import_bytes, states)
    if form == CONCLUDING:
        return read_concluding_observations(path, settings.import_bytes)
    raise fail("import-format", file=str(path), format=form)


def columns_of(form: str) -> tuple[Column, ...]:
    """The columns of a list by their first headings, lettered from the left; observations have none."""
    if form != THEMATIC:
        return ()
    return tuple(Column(COLUMNS[name][0], letter, states) for letter, (name, states) in zip("ABC", _STATES.items(), strict=True))


def common_records(export: DocumentExport) -> list[Record]:
    """The records in the form that is compared and written: one a recommendation, part or paragraph.

    The parts of a paragraph that is no recommendation belong to its words.
    """
    found: list[Record] = []
    wholes: dict[str | None, list[Record]] = {}
    for record in export.records:
        if record.type == RECOMMENDATION:
            found.append(_of_state(record))
        else:
            wholes.setdefault(record.paragraph, []).append(record)
    found += [replace(_of_state(records[0]), text=_whole(records)) for records in wholes.values()]
    return sorted(found, key=lambda record: record.row)


def _whole(records: Iterable[Record]) -> str:
    return " ".join(f"({record.part}) {record.text}" if record.part else record.text for record in records)


def _of_state(record: Record) -> Record:
    """A record with its State; the symbol of concluding observations names it too (CCPR/C/VNM/CO/4)."""
    if record.countries or record.body == UPR:
        return record
    return replace(record, countries=tuple((record.symbol or "").split("/")[2:3]))

"""Reads documents of the United Nations as the records of an import: thematic lists and concluding observations."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.sources.concluding import read_concluding_observations
from pactgraph.sources.documents.records import DocumentExport, DocumentRecord
from pactgraph.sources.recommendations.countries import Countries
from pactgraph.sources.recommendations.records import RECOMMENDATION, Column, Record
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
    wholes: dict[str, list[DocumentRecord]] = {}
    for record in export.records:
        if record.type == RECOMMENDATION:
            found.append(_common(record, record.text))
        else:
            wholes.setdefault(record.paragraph, []).append(record)
    found += [_common(records[0], _whole(records)) for records in wholes.values()]
    return sorted(found, key=lambda record: record.row)


def _whole(records: Iterable[DocumentRecord]) -> str:
    return " ".join(f"({record.part}) {record.text}" if record.part else record.text for record in records)


def _common(record: DocumentRecord, text: str) -> Record:
    place = record.place
    # The symbol of concluding observations names the State too: CCPR/C/VNM/CO/4
    country = record.countries or ((record.symbol or "").split("/")[2:3] if record.body != "UPR" else ())
    return Record(
        row=place.row or place.paragraph or 0, sheet=f"table {place.table}" if place.table else "", type=record.type,
        body=record.body, text=text, symbol=record.symbol, paragraph=record.paragraph, part=record.part, countries=tuple(country),
        positions=record.positions, recommending_states=record.recommending_states, themes=record.themes,
        affected_persons=record.affected_persons, sdgs=record.sdgs, session=record.session,
        heading=record.more.get("subject") or "", more=record.more,
    )

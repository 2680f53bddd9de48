"""Reads an export of the index record by record, with every problem at its row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pactgraph.sources.recommendations.countries import Countries
from pactgraph.sources.recommendations.labels import sdg_code, vocabulary
from pactgraph.sources.recommendations.numbers import numbered
from pactgraph.sources.recommendations.records import Issue, Issues, Record
from pactgraph.sources.uhri import cells
from pactgraph.sources.uhri.rows import Progress, Rows, Values, open_rows

ERRORS = frozenset({"empty-cell", "bad-date", "bad-symbol", "unknown-type", "bad-annotation", "annotation-twice",
                    "row-too-long", "unknown-session"})
"""What must be put right before an import; every other issue is told, and what it is about left out."""

UPR = "UPR"
_SYMBOL = re.compile(r"[A-Z]+(/[A-Za-z0-9]+([.-][A-Za-z0-9]+)*)+( \((Vol\.|Part) ?[IVX]+\))?")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Reading:
    """An export that is being read. ``records`` can be gone through once; ``issues`` and ``sha256`` are whole afterwards."""

    def __init__(self, rows: Rows, countries: Countries, country: str) -> None:
        self.rows, self.countries, self.country = rows, countries, country
        self.issues = Issues()
        self.seen: dict[str, int] = {}
        self.passed = 0

    @property
    def file(self) -> str:
        return self.rows.file

    @property
    def sha256(self) -> str:
        return self.rows.sha256

    def records(self) -> Iterator[Record]:
        """The sound records, of the wanted country where one is; a row with an error is told instead."""
        for number, values in self.rows.values:
            if self.country and self.country not in self._codes(values):
                self.passed += 1
                continue
            record = _Row(self, number, values).record()
            if record is not None:
                yield record

    def errors(self) -> list[Issue]:
        """The issues that keep their rows out."""
        return [issue for issue in self.issues if issue.code in ERRORS]

    def _codes(self, values: Values) -> set[str | None]:
        return {self.countries.code(name) for name in self.countries.listed(cells.plain(_text(values.get("countries"))))}


def open_uhri(path: Path, countries: Countries, limit: int = 20_000_000, country: str = "",
              progress: Progress | None = None) -> Reading:
    """Open an export. ``country`` (a code of three letters) leaves every other country out; ``limit`` is that of a workbook,
    the bulk file is a stream and may be as long as it is."""
    return Reading(open_rows(path, limit, progress), countries, country)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


class _Row:
    """One row on its way to a record; what is wrong with it goes to the issues of the reading."""

    def __init__(self, reading: Reading, number: int, values: Values) -> None:
        self.reading, self.number, self.values = reading, number, values
        self.sound = True

    def record(self) -> Record | None:
        if self.values.get("beyond"):
            self._wrong("row-too-long", "text", self.values["beyond"])
        symbol, body, kind = self._symbol(), self._needed("body"), self._kind()
        text = cells.plain(_text(self.values.get("text")))
        if not text:
            self._wrong("empty-cell", "text", "")
        found = numbered(text, upr=body == UPR)
        annotation = self._annotation()
        record = Record(
            row=self.number, type=kind, body=body, text=found.text, symbol=symbol, paragraph=found.paragraph, part=found.part,
            countries=self._countries(), positions=self._positions(), recommending_states=self._states(),
            themes=self._labels("themes", "theme", "unknown-theme"),
            affected_persons=self._labels("affected_persons", "affected-group", "unknown-group"), sdgs=self._goals(),
            session=self._session(body), published=self._published(), annotation_id=annotation, heading=found.heading,
            sheet=self.reading.rows.sheet)
        if text and found.paragraph is None:
            self._told("no-paragraph", "text", record.text[:60])
        return record if self.sound else None

    # Cells ------------------------------------------------------------------------------------------------------

    def _wrong(self, code: str, column: str, found: str, nearest: tuple[str, ...] = ()) -> None:
        self.sound = False
        self.reading.issues.add(Issue(code, self.number, self.reading.rows.heading.name(column), found, nearest))

    def _told(self, code: str, column: str, found: str, nearest: tuple[str, ...] = ()) -> None:
        name = self.reading.rows.heading.name(column)
        self.reading.issues.add(Issue(code, self.number, name, found, nearest), each_row=False, any_words=code == "no-paragraph")

    def _one(self, column: str) -> str:
        return cells.one(_text(self.values.get(column)))

    def _needed(self, column: str) -> str:
        found = self._one(column)
        if not found:
            self._wrong("empty-cell", column, "")
        return found

    def _symbol(self) -> str:
        found = self._one("symbol").replace("–", "-").replace("\u2010", "-").replace("\u2011", "-")
        if found and not _SYMBOL.fullmatch(found):
            self._wrong("bad-symbol", "symbol", found)
        elif not found:
            self._wrong("empty-cell", "symbol", "")
        return found

    def _kind(self) -> str:
        found = self._needed("type")
        kind = cells.kind(found)
        if found and kind is None:
            self._wrong("unknown-type", "type", found, cells.TYPE_LABELS)
        return kind or ""

    def _annotation(self) -> str:
        found = self._one("annotation_id").strip("{}").lower()
        if not _GUID.fullmatch(found):
            self._wrong("bad-annotation" if found else "empty-cell", "annotation_id", found)
            return found
        if self.reading.rows.form == "json" and not self.reading.country:
            return found  # of all records in the world none is remembered: the memory stays the same
        first = self.reading.seen.setdefault(found, self.number)
        if first != self.number:
            self._wrong("annotation-twice", "annotation_id", f"{found} ({first})")
        return found

    def _countries(self) -> tuple[str, ...]:
        countries = self.reading.countries
        found = countries.listed(cells.plain(_text(self.values.get("countries"))))
        if not found:
            self._wrong("empty-cell", "countries", "")
        return tuple(dict.fromkeys(self._name(name, "countries", "unknown-country") for name in found))

    def _states(self) -> tuple[str, ...]:
        found = self.reading.countries.listed(cells.plain(_text(self.values.get("recommending_states"))))
        return tuple(dict.fromkeys(self._name(name, "recommending_states", "unknown-state") for name in found))

    def _name(self, name: str, column: str, code: str) -> str:
        """A country as the file names it; an ISO code in its place becomes the name."""
        countries = self.reading.countries
        known = countries.code(name)
        if known is None:
            self._told(code, column, name, countries.nearest(name))
        return countries.names[known] if known and name.lower() in countries.iso else name

    def _positions(self) -> tuple[str, ...]:
        positions = []
        for label in cells.several(_text(self.values.get("positions"))):
            known = cells.position(label)
            if known:
                positions.append(known)
            else:
                self._told("unknown-position", "positions", label, cells.POSITION_LABELS)
        unique = tuple(dict.fromkeys(positions))
        return ("partial",) if set(unique) == {"supported", "noted"} else unique

    def _labels(self, column: str, scheme: str, code: str) -> tuple[str, ...]:
        known = vocabulary(scheme)
        found = cells.several(_text(self.values.get(column)), known.code)
        for label in found:
            if known.code(label) is None:
                self._told(code, column, label, known.nearest(label))
        return tuple(found)

    def _goals(self) -> tuple[str, ...]:
        found = cells.goals(_text(self.values.get("sdgs")))
        for label in found:
            if sdg_code(label) is None:
                self._told("unknown-sdg", "sdgs", label)
        return tuple(found)

    def _session(self, body: str) -> int | None:
        found = _text(self.values.get("session"))
        number = cells.session(found)
        if number is None and cells.plain(found) and body == UPR:
            self._wrong("unknown-session", "session", cells.plain(found))
        return number

    def _published(self) -> str | None:
        value = self.values.get("published")
        found = cells.day(value)
        if found is None and _text(value).strip():
            self._wrong("bad-date", "published", _text(value))
        return found.isoformat() if found else None

"""Turns an annex that was read into the quads of its source graph: the official record, verbatim.

Of an annex that a user imported every row leads to its place in the file, and every body, deadline and result to its cell.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from pyoxigraph import Quad

from pactgraph.ids import Ids, plan_key
from pactgraph.namespaces import concept
from pactgraph.sources.annex.records import Agency, Annex, Deadline, Duty, Issue, Row
from pactgraph.sources.imported import Imported, describe_import
from pactgraph.sources.quads import GraphWriter, expand

_PROPERTIES = {"task": "pg:verbatim", "lead": "pg:hasResponsibility", "cooperating": "pg:hasResponsibility",
               "results": "pg:hasExpectedResult", "deadline": "pg:hasDeadline"}
"""What the columns of the table state of a task."""


class AnnexWriter:
    """Writes one annex. ``bodies`` and ``units`` map a canonical name to its registry id, ``laws`` a title to a law's.

    ``item`` says how it was imported, if it was; ``again`` that an earlier import holds the same plan.
    """

    def __init__(self, annex: Annex, ids: Ids, bodies: dict[str, str], units: dict[str, str], laws: dict[str, str],
                 lang: str, item: Imported | None = None, again: bool = False) -> None:
        self.annex = annex
        self.ids = ids
        self.bodies = bodies
        self.units = units
        self.laws = laws
        self.lang = lang
        self.key = plan_key(annex.number_reading, annex.date[:4])
        self.plan = ids.plan(self.key)
        self.item = item
        self.source = ids.source(f"decision-{self.key}" + (f"-{annex.sha256[:12]}" if again else ""))
        self.out = GraphWriter(ids.graph(f"{ids.country}/source/{self.key}"))

    def quads(self) -> list[Quad]:
        """All statements of the source graph."""
        self._document()
        for ordinal, row in enumerate(self.annex.rows, 1):
            self._row(row, ordinal)
        for ordinal, duty in enumerate(self.annex.duties, 1):
            self._duty(duty, ordinal)
        return self.out.quads

    def kept(self, numbers: Collection[str], later: str, first: int) -> list[Quad]:
        """Of an import that gave way to a ``later`` source: the source, and the rows and duties that the later one no longer
        has, marked. ``first`` is the place of the first of them after those of the later one."""
        self._source(issues=False)
        rows = [row for row in self.annex.rows if row.id in numbers]
        duties = [duty for duty in self.annex.duties if duty.id in numbers]
        for ordinal, row in enumerate(rows, first):
            self._row(row, ordinal)
        for ordinal, duty in enumerate(duties, first + len(rows)):
            self._duty(duty, ordinal)
        for lines in [row.lines for row in rows] + [duty.lines for duty in duties]:
            self.out.link(self._record_iri(lines), "pg:missingFrom", later)
        return self.out.quads

    def ordinals(self) -> dict[tuple[str, str], list[int]]:
        """Where each body stands in each row: (row, body id) → the ordinals of its responsibilities."""
        places: dict[tuple[str, str], list[int]] = {}
        for row in self.annex.rows:
            for ordinal, agency in enumerate([*row.lead, *row.cooperating], 1):
                places.setdefault((row.id, self.bodies.get(agency.agency or "", "")), []).append(ordinal)
        return places

    # The document ---------------------------------------------------------------------------------------------

    def _document(self) -> None:
        out, annex = self.out, self.annex
        out.a(self.plan, "pg:ImplementationPlan")
        out.label(self.plan, notation=annex.number_reading)
        out.value(self.plan, "pg:documentNumber", annex.number_reading)
        if annex.number_verbatim != annex.number_reading:
            out.value(self.plan, "pg:numberVerbatim", annex.number_verbatim)
        out.value(self.plan, "pg:adoptedOn", date.fromisoformat(annex.date))
        out.text(self.plan, "dcterms:title", annex.title, self.lang)
        out.link(self.plan, "pg:concernsState", self.ids.state(self.ids.country))
        out.link(self.plan, "pg:textStatus", concept("text-status", "loaded"))
        out.link(self.plan, "dcterms:source", self.source)
        if self.item:
            out.text(self.plan, "rdfs:label", annex.title, self.lang)
            issuer = self.bodies.get(annex.issuer or "")
            out.link(self.plan, "pg:issuedBy", self.ids.body(issuer) if issuer else None)
        self._source()

    def _source(self, issues: bool = True) -> None:
        """State the file and, of an import, who imported it with what and when, and its columns."""
        out, annex = self.out, self.annex
        out.a(self.source, "pg:SourceDocument")
        out.value(self.source, "pg:fileName", annex.file)
        out.value(self.source, "pg:sha256", annex.sha256)
        if self.item:
            describe_import(out, self.source, self.item)
            columns = annex.rows[0].columns if annex.rows else {}
            for place, (column, heading) in enumerate(annex.headings.items(), 1):
                if column in _PROPERTIES and column in columns:
                    subject = f"{self.source}/column/{place}"
                    out.a(subject, "pg:SourceColumn")
                    out.link(subject, "pg:inSource", self.source)
                    out.value(subject, "pg:columnHeading", heading)
                    out.value(subject, "skos:notation", _letter(columns[column]))
                    out.link(subject, "pg:statesProperty", expand(_PROPERTIES[column]).value)
        if not issues:
            return
        for ordinal, (row, issue) in enumerate(annex.all_issues(), 1):
            self._issue(ordinal, row, issue)

    def _issue(self, ordinal: int, row: str | None, issue: Issue) -> None:
        subject = f"{self.source}/issue/{ordinal}"
        out = self.out
        out.a(subject, "pg:SourceIssue")
        out.link(subject, "pg:inSource", self.source)
        out.link(subject, "pg:issueCode", concept("issue-code", issue.code))
        out.value(subject, "pg:found", issue.found)
        out.value(subject, "pg:reading", issue.reading)
        out.link(subject, "pg:concernsItem", self.ids.task(self.key, row) if row else None)
        self._lines(subject, issue.lines)

    def _lines(self, subject: str, lines: list[int] | tuple[int, ...]) -> None:
        for line in lines:
            self.out.value(subject, "pg:sourceLine", line)

    # Rows and duties ------------------------------------------------------------------------------------------

    def _row(self, row: Row, ordinal: int) -> None:
        subject = self.ids.task(self.key, row.id)
        out = self.out
        out.a(subject, "pg:PlanTask" if row.is_leaf else "pg:PlanHeading")
        self._item(subject, row.id, row.label, ordinal, row.lines)
        if row.parent:
            out.link(subject, "pg:parentItem", self.ids.task(self.key, row.parent))
        if self.item:
            self._record(subject, row.lines, row.label)
        agencies = [(agency, "lead") for agency in row.lead] + [(agency, "cooperating") for agency in row.cooperating]
        self._responsibilities(subject, row.id, agencies, row)
        self._deadlines(subject, row.id, row.deadlines, row)
        for place, result in enumerate(row.expected_results, 1):
            part = self.ids.part("result", self.key, row.id, place)
            out.link(subject, "pg:hasExpectedResult", part)
            out.a(part, "pg:ExpectedResult")
            out.text(part, "rdfs:label", result, self.lang)
            out.value(part, "pg:ordinal", place)
            self._cell(part, row, "results")
        for law in row.laws:
            if law in self.laws:
                out.link(subject, "pg:namesLaw", self.ids.law(self.laws[law]))

    def _duty(self, duty: Duty, ordinal: int) -> None:
        subject = self.ids.duty(self.key, duty.id)
        self.out.a(subject, "pg:PlanDuty")
        self._item(subject, duty.id, duty.text, ordinal, duty.lines)
        if self.item:
            self._record(subject, duty.lines)
        self._responsibilities(subject, duty.id, [(agency, "lead") for agency in duty.agencies])
        self._deadlines(subject, duty.id, duty.deadlines)

    # The place in an imported file -----------------------------------------------------------------------------

    def _record_iri(self, lines: list[int]) -> str:
        return f"{self.source}/row/{lines[0]}"

    def _record(self, item: str, lines: list[int], words: str = "") -> None:
        """State the row of the file in which an item begins: of a table its row, else the line or paragraph."""
        out, subject = self.out, self._record_iri(lines)
        sheet, row = self._place(lines)
        out.a(subject, "pg:SourceRecord")
        out.link(subject, "pg:inSource", self.source)
        out.link(subject, "pg:recordOf", item)
        out.value(subject, "pg:sheetName", sheet)
        out.value(subject, "pg:sourceLine", row)
        out.text(subject, "pg:verbatim", words, self.lang)

    def _place(self, lines: list[int]) -> tuple[str, int]:
        place = self.annex.places.get(lines[0])
        if place is None:
            return "", lines[0]
        return (f"table {place.table}", place.row or 0) if place.table else ("", place.paragraph or 0)

    def _cell(self, part: str, row: Row | None, column: str) -> None:
        """State the cell of a part of a row; a duty stands in no table."""
        if self.item is None or row is None or column not in row.columns:
            return
        sheet, number = self._place(row.lines)
        self.out.value(part, "pg:sourceCell", (f"{sheet}!" if sheet else "") + f"{_letter(row.columns[column])}{number}")
        self.out.link(self._record_iri(row.lines), "pg:statedValue", part)

    # What rows and duties share ----------------------------------------------------------------------------------

    def _item(self, subject: str, number: str, text: str, ordinal: int, lines: list[int]) -> None:
        out = self.out
        out.link(subject, "pg:inPlan", self.plan)
        out.value(subject, "pg:rowNumber", number)
        out.value(subject, "skos:notation", number)
        out.value(subject, "pg:ordinal", ordinal)
        out.text(subject, "rdfs:label", text, self.lang)
        out.link(subject, "dcterms:source", self.source)
        self._lines(subject, lines)

    def _responsibilities(self, item: str, row: str, agencies: list[tuple[Agency, str]], of: Row | None = None) -> None:
        out = self.out
        for ordinal, (agency, role) in enumerate(agencies, 1):
            if agency.agency is None or agency.agency not in self.bodies:
                continue
            subject = self.ids.part("responsibility", self.key, row, ordinal)
            out.link(item, "pg:hasResponsibility", subject)
            out.a(subject, "pg:Responsibility")
            out.link(subject, "pg:responsibilityOf", item)
            out.link(subject, "pg:responsibleAgent", self.ids.body(self.bodies[agency.agency]))
            out.link(subject, "pg:role", concept("role", role))
            out.value(subject, "pg:requested", agency.requested)
            out.text(subject, "pg:verbatim", agency.verbatim, self.lang)
            out.text(subject, "pg:functionScope", agency.scope, self.lang)
            out.text(subject, "pg:mandate", agency.mandate, self.lang)
            if agency.subunit in self.units:
                out.link(subject, "pg:subunit", self.ids.unit(self.units[agency.subunit]))
            else:
                # A bracket that names another body: no unit, but not to be lost either.
                out.text(subject, "pg:functionScope", agency.subunit, self.lang)
            out.value(subject, "pg:ordinal", ordinal)
            self._cell(subject, of, role)

    def _deadlines(self, item: str, row: str, deadlines: list[Deadline], of: Row | None = None) -> None:
        for ordinal, deadline in enumerate(deadlines, 1):
            subject = self.ids.part("deadline", self.key, row, ordinal)
            self.out.link(item, "pg:hasDeadline", subject)
            self.out.a(subject, "pg:Deadline")
            self.out.link(subject, "pg:deadlineKind", concept("deadline-kind", deadline.kind))
            self.out.text(subject, "pg:verbatim", deadline.raw, self.lang)
            self.out.value(subject, "pg:recurrence", deadline.recurrence)
            self.out.value(subject, "pg:ordinal", ordinal)
            self._cell(subject, of, "deadline")
            self._dates(subject, deadline)

    def _dates(self, subject: str, deadline: Deadline) -> None:
        """Dates with their precision; a deadline that gives only a year ends on 31 December of it."""
        out = self.out
        year = deadline.end or deadline.year
        out.value(subject, "pg:dueYear", year)
        if deadline.start:
            out.value(subject, "pg:startsOn", date(deadline.start, 1, 1))
        if deadline.date and deadline.date.startswith("--"):
            out.value(subject, "pg:dueMonthDay", deadline.date)
        elif deadline.date:
            out.value(subject, "pg:dueOn", date.fromisoformat(deadline.date))
        elif year:
            out.value(subject, "pg:dueOn", date(year, 12, 31))
        if year or deadline.date:
            out.value(subject, "pg:datePrecision", "day" if deadline.date else "year")
        if deadline.before:
            out.value(subject, "pg:strictlyBefore", True)
        out.value(subject, "pg:durationAfterAdoption", deadline.duration)


def _letter(column: int) -> str:
    """The letter of a column, from 0, as spreadsheets write it."""
    return chr(ord("A") + column)

"""Writes the deadlines of a report as iCalendar (RFC 5545): all-day events that block no time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from pactgraph.reports.document import Event, Report
from pactgraph.reports.libraries import library


def as_ics(report: Report) -> bytes:
    """The events of the report; the same report gives the same bytes."""
    icalendar = library("icalendar")
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//pactgraph//{report.kind}//{report.lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", report.title)
    calendar.add("x-wr-caldesc", report.subtitle)
    stamp = datetime.fromisoformat(report.as_of).replace(tzinfo=UTC)
    for event in report.events:
        calendar.add_component(_event(icalendar, event, report.lang, stamp))
    data: bytes = calendar.to_ical(sorted=False)
    return data


def _event(icalendar: object, event: Event, lang: str, stamp: datetime) -> object:
    made = icalendar.Event()  # type: ignore[attr-defined]
    first = date.fromisoformat(event.day)
    made.add("uid", event.uid)
    made.add("dtstamp", stamp)
    made.add("dtstart", first)
    made.add("dtend", first + timedelta(days=1))
    made.add("summary", event.summary, parameters={"LANGUAGE": lang})
    made.add("description", event.description, parameters={"LANGUAGE": lang})
    made.add("categories", [event.category])
    made.add("transp", "TRANSPARENT")
    made.add("class", "PUBLIC")
    if event.yearly:
        rule: dict[str, object] = {"freq": "yearly"}
        if event.until:
            rule["until"] = date.fromisoformat(event.until)
        made.add("rrule", rule)
    return made

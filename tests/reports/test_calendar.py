"""The calendar of deadlines, read back with the icalendar library."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pytest


def events(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


@pytest.mark.parametrize(("lang", "mark", "category"), [("en", "[UN]", "United Nations"), ("vi", "[LHQ]", "Liên hợp quốc")])
def test_un_dates_and_plan_dates_are_told_apart(desk, lang, mark, category):
    found = events(desk.file("ics", "calendar", lang))
    ours = [event for event in found if event["summary"].startswith(mark)]
    assert [(event["dtstart"].dt, event["uid"].rsplit("/", 1)[-1]) for event in ours] == [
        (date(2021, 3, 29), "58"), (date(2021, 3, 29), "24"), (date(2021, 3, 29), "46"), (date(2021, 3, 29), "52"),
        (date(2023, 3, 29), "59"),
    ]
    assert {str(name) for event in ours for name in event["categories"].cats} == {category}
    others = [event for event in found if event not in ours]
    assert all("1252/QĐ-TTg" in event["summary"] or "153/QĐ-BTP" in event["summary"] for event in others)


def test_every_event_is_a_whole_day_with_its_source(desk):
    found = events(desk.file("ics", "calendar", "vi"))
    assert len({event["uid"] for event in found}) == len(found)
    for event in found:
        assert type(event["dtstart"].dt) is date
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
        assert event["transp"] == "TRANSPARENT"
        assert "Nguồn: " in event["description"]
        assert "Không chính thức." in event["description"]


def test_the_yearly_report_comes_back_every_30_november(desk):
    (yearly,) = [event for event in events(desk.file("ics", "calendar", "vi")) if "] III.3:" in event["summary"]]
    assert yearly["dtstart"].dt == date(2019, 11, 30)
    assert yearly["rrule"]["freq"] == ["YEARLY"]
    assert "Phải hoàn thành trước ngày này." in yearly["description"]
    assert "trước ngày 30 tháng 11 hàng năm" in yearly["description"]


def test_what_was_asked_says_so(desk):
    summaries = [event["summary"] for event in events(desk.file("ics", "calendar", "en"))]
    assert any(text.startswith("[Plan 1252/QĐ-TTg, asked] B.III.1:") for text in summaries)


def test_the_calendar_of_a_body_and_of_an_earlier_day(desk):
    mine = {event["summary"].split("] ")[1].split(":")[0] for event in events(desk.file("ics", "calendar", body="mps"))}
    assert "A.II.1.2" in mine and "A.II.2.2.a" not in mine
    assert events(desk.file("ics", "calendar", day="2018-12-31", plan="1252/QĐ-TTg")) == []

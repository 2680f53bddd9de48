"""The letters that ask for yearly reports: their words stand in the country's data (``data/{country}/reports/letter.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pactgraph.errors import UserError
from pactgraph.reports.asking import Asker, Row
from pactgraph.reports.document import Letter, Paragraph, Said
from pactgraph.reports.drafting import Draft
from pactgraph.reports.words import official_day
from pactgraph.sources.tables.tomlfile import Settings, read_toml


@dataclass(frozen=True)
class Request:
    """The words of a plan that ask for a yearly report: who collects it, by which day of the year, where that stands."""

    plan: str
    sender: str
    month_day: str
    before: bool
    source: str
    words: Settings


def request_of(asker: Asker, body: str, plan: str) -> Request | None:
    """The request that a body's letter is about, of the plan or of any; None where its country has none."""
    country = body.partition("/id/")[2].partition("/")[0]
    words = _words(asker.data / country / "reports" / "letter.toml")
    if words is None:
        return None
    base = body.partition("/id/")[0]
    deadlines = asker.rows("reports", "deadlines")
    for entry in words.each("request"):
        of_plan = f"{base}/id/{country}/plan/{entry.text('plan')}"
        for row in deadlines:
            if (row["plan"] == of_plan and row["taskLabel"] == entry.text("duty") and row["month_day"]
                    and plan in ("", of_plan) and row["adopted"] <= asker.as_of):
                return Request(of_plan, f"{base}/id/{country}/body/{entry.text('sender')}", row["month_day"].strip("-"),
                               row["before"] == "true", row["source"], words)
    return None


def _words(path: Path) -> Settings | None:
    if not path.is_file():
        return None
    problems: list[UserError] = []
    words = read_toml(path, problems)
    if problems:
        raise problems[0]
    return words


def letter_for(pen: Draft, request: Request, plan: Row, body: Row, year: str, asked: bool,
               sources: list[str]) -> Letter:
    """The letter to a body. A body that the plan asks and does not order is asked politely, without a date to keep.

    ``sources`` are the places that the letter rests on.
    """
    words = request.words.section(pen.lang)
    names = {row["body"]: row["bodyLabel"] for row in pen.asker.rows("reports", "bodies")}
    sender = names[request.sender]
    title = plan["title"]
    values = {
        "sender": sender, "SENDER": sender.upper(), "body": body["bodyLabel"], "year": year, "plan": plan["planLabel"],
        "plan_day": official_day(plan["date"], pen.lang), "issuer": plan["issuerLabel"],
        "plan_title": title[:1].lower() + title[1:],
        "due": official_day(f"{year}-{request.month_day}", pen.lang),
    }
    notes = pen.cite(*sources)
    layout = pen.cite(request.words.text("layout_source"))
    lines = [line.format(**values) for line in _lines(words, "asked" if asked else "ordered")]
    text = [Paragraph((Said(line, (*notes, *layout) if not place else ()),)) for place, line in enumerate(lines)]
    found = {key: words.text(key).format(**values) for key in ("number", "subject", "place_and_day", "to", "copies_label")}
    letter = Letter(
        left=tuple(_lines_of(words, "left", values)), right=tuple(_lines_of(words, "right", values)), number=found["number"],
        subject=found["subject"], place_and_day=found["place_and_day"], to=found["to"], text=tuple(text),
        copies_label=found["copies_label"], copies=tuple(_lines_of(words, "copies", values)),
        signing=tuple(_lines_of(words, "signing", values)),
    )
    if request.words.problems:
        raise request.words.problems[0]
    return letter


def _lines(words: Settings, name: str) -> list[str]:
    """The lines of a text: one a line of the file."""
    return [line.strip() for line in words.text(name).splitlines() if line.strip()]


def _lines_of(words: Settings, name: str, values: dict[str, str]) -> list[str]:
    return [line.format(**values) for line in _lines(words, name)]

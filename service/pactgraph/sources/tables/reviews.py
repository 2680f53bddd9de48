"""The reviews of a country: their cycles and dated events, ``cycles.csv`` and ``events.csv`` of its ``reviews/``.

An event says when, in which cycle, by whom, about what and with which document. Words of a text file of the country's
folder may stand beside it; they must stand there character for character.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.namespaces import PG, concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.tables import cited
from pactgraph.sources.tables.csvfile import Column, Row, read_table
from pactgraph.sources.tables.documents import split
from pactgraph.sources.tables.links import subjects
from pactgraph.sources.tables.official import language
from pactgraph.sources.tables.provenance import PROVENANCE, write_provenance
from pactgraph.sources.textfile import decode
from pactgraph.texts import LANGUAGES

MECHANISMS = ("treaty-body", "upr")
KINDS = (
    "adoption", "assessment", "conference", "consultation", "dialogue", "membership", "publication", "submission", "visit",
)
CYCLES = (
    Column("id", "code", required=True),
    Column("mechanism", "code", required=True, choices=MECHANISMS),
    Column("treaty", "code"),
    Column("number", "integer", required=True),
    Column("session", "integer"),
    Column("label_vi", required=True),
    Column("label_en", required=True),
    Column("note_vi"),
    Column("note_en"),
    *PROVENANCE,
)
EVENTS = (
    Column("id", "code", required=True),
    Column("kind", "code", required=True, choices=KINDS),
    Column("label_vi", required=True),
    Column("label_en", required=True),
    Column("date", "date"),
    Column("until", "date"),
    Column("date_text"),
    Column("cycle", "code"),
    Column("document"),
    Column("about"),
    Column("held_by"),
    Column("quotation"),
    Column("source_file"),
    Column("line", "integer"),
    *PROVENANCE,
)


@dataclass(frozen=True)
class Country:
    """What the reviews of a country may point at: ``known`` are the IRIs that exist, ``files`` the source documents by
    the name of their file, ``cited`` the languages of the publications of ``sources.csv``."""

    folder: Path
    ids: Ids
    known: frozenset[str]
    files: dict[str, str]
    cited: dict[str, str]


def read(folder: Path, ids: Ids, quads: Iterable[Quad], problems: list[UserError]) -> list[Quad]:
    """The graph ``{country}/reviews`` of the country in ``folder``, empty where it has no ``reviews/``.

    ``quads`` are those of treaties, UN documents, bodies and plans: what an event may point at.
    """
    room = folder / "reviews"
    if not room.is_dir():
        return []
    quads = list(quads)
    out = GraphWriter(ids.graph(f"{ids.country}/reviews"))
    country = Country(folder, ids, subjects(quads), _files(quads), cited.languages(folder))
    cycles = {row.text("id"): row for row in read_table(room / "cycles.csv", CYCLES, problems, key=("id",))}
    for row in cycles.values():
        _cycle(out, country, row, problems)
    for row in read_table(room / "events.csv", EVENTS, problems, key=("id",)):
        if row.text("cycle") and row.text("cycle") not in cycles:
            problems.append(row.problem("table-reference", "cycle", value=row.text("cycle"), table="cycles.csv"))
        _event(out, country, row, problems)
    return out.quads


def _files(quads: list[Quad]) -> dict[str, str]:
    return {quad.object.value: quad.subject.value for quad in quads  # type: ignore[union-attr]
            if quad.predicate.value == PG + "fileName" and isinstance(quad.subject, NamedNode)}


def _cycle(out: GraphWriter, country: Country, row: Row, problems: list[UserError]) -> None:
    ids, treaty = country.ids, row.text("treaty")
    cycle = ids.cycle(row.text("id"))
    out.a(cycle, "pg:ReviewCycle")
    out.label(cycle, row.text("label_vi"), row.text("label_en"), row.text("id"))
    out.link(cycle, "pg:concernsState", ids.state(ids.country))
    out.link(cycle, "pg:reviewMechanism", concept("review-mechanism", row.text("mechanism")))
    if (row.text("mechanism") == "treaty-body") != bool(treaty):
        problems.append(row.problem("cycle-treaty", "treaty"))
    elif treaty and ids.treaty(treaty) not in country.known:
        problems.append(row.problem("event-thing-unknown", "treaty", value=treaty))
    elif treaty:
        out.link(cycle, "pg:reviewTreaty", ids.treaty(treaty))
    out.value(cycle, "pg:cycleNumber", row.integer("number"))
    out.value(cycle, "pg:sessionNumber", row.integer("session"))
    for lang in LANGUAGES:
        out.text(cycle, "rdfs:comment", row.text(f"note_{lang}"), lang)
    write_provenance(out, cycle, row)


def _event(out: GraphWriter, country: Country, row: Row, problems: list[UserError]) -> None:
    ids = country.ids
    event = ids.event(row.text("id"))
    out.a(event, "pg:Event")
    out.label(event, row.text("label_vi"), row.text("label_en"))
    out.link(event, "pg:concernsState", ids.state(ids.country))
    out.link(event, "pg:eventKind", concept("event-kind", row.text("kind")))
    _when(out, event, row, problems)
    if row.text("cycle"):
        out.link(event, "pg:inCycle", ids.cycle(row.text("cycle")))
    symbol = row.text("document")
    if symbol and ids.un_document(symbol) not in country.known:
        problems.append(row.problem("document-unknown", "document", value=symbol))
    elif symbol:
        out.link(event, "pg:producedDocument", ids.un_document(symbol))
    for name in split(row, "about"):
        possible = (ids.plan(name), ids.treaty(name), ids.un_document(name))
        _link(out, country, row, "about", "pg:eventAbout", possible, name, problems)
    for name in split(row, "held_by"):
        _link(out, country, row, "held_by", "pg:heldBy", (ids.body(name), ids.unit(name), ids.un_body(name)), name, problems)
    _quotation(out, event, country, row, problems)
    write_provenance(out, event, row)


def _when(out: GraphWriter, event: str, row: Row, problems: list[UserError]) -> None:
    since, until = row.day("date"), row.day("until")
    if since is None and (until or not row.text("date_text")):
        problems.append(row.problem("event-date-absent", "date"))
    if since and until and until < since:
        problems.append(row.problem("event-dates-order", "until", until=until, since=since))
    out.value(event, "pg:occurredOn", since)
    out.value(event, "pg:occurredUntil", until)
    out.value(event, "pg:dateText", row.text("date_text"))


def _link(out: GraphWriter, country: Country, row: Row, column: str, predicate: str, possible: tuple[str, ...],
          name: str, problems: list[UserError]) -> None:
    """State a link to the first of the ``possible`` IRIs that exists."""
    found = next((iri for iri in possible if iri in country.known), None)
    if found is not None:
        out.link(country.ids.event(row.text("id")), predicate, found)
    elif column == "held_by":
        problems.append(row.problem("table-reference", column, value=name, table="bodies.csv"))
    else:
        problems.append(row.problem("event-thing-unknown", column, value=name))


def _quotation(out: GraphWriter, event: str, country: Country, row: Row, problems: list[UserError]) -> None:
    """State the words of a source, if they stand in its file, on the line where one is given."""
    words, name, line = row.text("quotation"), row.text("source_file"), row.integer("line")
    if not (words or name or line):
        return
    if not (words and name):
        problems.append(row.problem("event-quotation-cells", "quotation"))
        return
    if name in country.cited:
        # A publication that is only cited: there is no file in which the words could be looked up
        out.text(event, "pg:quotation", words, country.cited[name])
        out.link(event, "pg:quotedFrom", country.ids.source(name))
        return
    files = [path for path in country.folder.rglob(Path(name).name) if path.as_posix().endswith(f"/{name}")]
    if len(files) != 1:
        problems.append(row.problem("event-file-unknown", "source_file", value=name))
        return
    lines = decode(files[0].read_bytes(), files[0].name)
    if line is not None and not (1 <= line <= len(lines) and words in lines[line - 1]):
        problems.append(row.problem("event-quotation-line", "line", value=words, place=line, source=name))
    elif not any(words in text for text in lines):
        problems.append(row.problem("event-quotation", "quotation", value=words, source=name))
    else:
        out.text(event, "pg:quotation", words, language(country.folder))
        out.link(event, "pg:quotedFrom", country.files.get(files[0].name))
        out.value(event, "pg:sourceLine", line)

"""Assembles the graph: every source is read into the named graph of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox

from pactgraph.build.imports import import_quads
from pactgraph.errors import UserError, UserErrors, fail
from pactgraph.ids import Ids, plan_key
from pactgraph.namespaces import BASE
from pactgraph.resources import shipped
from pactgraph.settings import Settings
from pactgraph.sources.annex import Annex, read_annex
from pactgraph.sources.annex.reading import Reading, load_reading
from pactgraph.sources.annex.to_rdf import AnnexWriter
from pactgraph.sources.countries import country_folders
from pactgraph.sources.imported import Imported, imported_sources
from pactgraph.sources.tables import (
    activities,
    article_paragraphs,
    assessments,
    bodies,
    cited,
    concluding_observations,
    coordination,
    counts,
    documents,
    general_comments,
    indicators,
    law_tables,
    laws,
    links,
    plan,
    plan_notes,
    plans,
    reviews,
    states,
    transfers,
    treaties,
    treaty,
    treaty_actions,
    upr,
    withdrawn,
)
from pactgraph.sources.tables.tomlfile import read_toml
from pactgraph.sources.textfile import read_text


def assemble(settings: Settings, imported: Path | None = None) -> list[ox.Quad]:
    """Every statement of the sources. All problems of the tables are told at once, in one UserError."""
    ids = Ids(settings.base)
    data = settings.data_folder()
    problems: list[UserError] = []
    quads = shipped_graphs(ids)
    for folder in _with_note(data / "treaties", "treaty.toml"):
        quads += treaty.read(folder, ids, problems)
        quads += article_paragraphs.read(folder, ids, problems)
        quads += general_comments.read(folder, ids, problems)
    quads += treaties.read(data / "treaties", ids, problems)
    if (data / "un" / "bodies.csv").is_file():
        quads += bodies.read_un_bodies(data / "un" / "bodies.csv", ids, problems)
    if (data / "un" / "states.csv").is_file():
        quads += states.read(data / "un" / "states.csv", ids, problems)
    folders = list(_with_note(data / "un", "document.toml"))
    for folder in folders:
        quads += _reader(folder).read(folder, ids, problems)
    quads += documents.read(data / "un", ids, links.subjects(quads), problems)
    known = links.subjects(quads)
    for folder in folders:
        quads += _reader(folder).read_links(folder, ids, known, problems)
    for code, folder in country_folders(data).items():
        national = _country(folder, Ids(settings.base, code), settings, known, problems)
        for table in (plans, coordination, reviews):
            national += table.read(folder, Ids(settings.base, code), [*quads, *national], problems)
        national += assessments.read(folder, Ids(settings.base, code), [*quads, *national], problems)
        national += indicators.read(folder, Ids(settings.base, code), links.subjects([*quads, *national]), problems)
        quads += national + counts.read(folder, Ids(settings.base, code), links.subjects(national), problems)
    for item in imported_sources(imported):
        if item.format == "annex":
            text = _imported_annex(item, settings, problems)
            quads = plans.displaced(quads, text, Ids(settings.base, item.country)) + text
    quads = import_quads(imported_sources(imported), quads, settings, problems)
    quads += withdrawn.read(data, ids, quads, problems)
    _raise(problems)
    return quads


def _reader(folder: Path) -> ModuleType:
    """The reader of a UN document, by its kind."""
    return upr if upr.is_report(folder) else concluding_observations


def _raise(problems: list[UserError]) -> None:
    """Raise the problems as one error that lists them all."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise UserErrors(problems)


def _with_note(room: Path, note: str) -> Iterator[Path]:
    """The folders of a room that hold the file ``note``; a name with an underscore in front is an example's."""
    for path in sorted(room.glob(f"*/{note}")):
        if not path.parent.name.startswith("_"):
            yield path.parent


# Shipped Turtle ---------------------------------------------------------------------------------------------------

def shipped_graphs(ids: Ids) -> list[ox.Quad]:
    """Ontology, alignments, vocabularies and shapes, each in a graph of its own."""
    ontology, shapes = shipped("ontology"), shipped("shapes")
    rooms = {
        "ontology": [ontology / "pactgraph.ttl"],
        "alignments": [ontology / "alignments.ttl"],
        "vocabularies": sorted((ontology / "vocabularies").glob("*.ttl")),
        "shapes": sorted(shapes.glob("*.ttl")),
    }
    return [quad for name, files in rooms.items() for file in files for quad in turtle_quads(file, ids.graph(name))]


def turtle_quads(file: Path, graph: str) -> list[ox.Quad]:
    """The statements of a Turtle file in a graph; blank nodes get IRIs that stay the same from build to build."""
    dataset = ox.Dataset(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    prefix = f"{BASE}.well-known/genid/{hashlib.sha256(file.name.encode()).hexdigest()[:8]}-"

    def named(term: object) -> object:
        return ox.NamedNode(prefix + term.value) if isinstance(term, ox.BlankNode) else term

    target = ox.NamedNode(graph)
    return [ox.Quad(named(q.subject), q.predicate, named(q.object), target) for q in dataset]  # type: ignore[arg-type]


# Countries --------------------------------------------------------------------------------------------------------

def _country(folder: Path, ids: Ids, settings: Settings, known: frozenset[str],
             problems: list[UserError]) -> list[ox.Quad]:
    quads = bodies.read(folder, ids, problems)
    quads += transfers.read(folder, ids, problems)
    quads += laws.read(folder, ids, problems)
    quads += treaty_actions.read(folder, ids, treaties.notations(folder.parent / "treaties"), problems)
    quads += law_tables.read(folder, ids, known, problems)
    quads += cited.read(folder, ids, problems)
    _raise(problems)
    reading = load_reading(folder)
    texts = {place: _plan(place, reading, ids, settings, links.subjects(quads), problems)
             for place in _with_note(folder / "plans", "plan.toml")}
    # The items of one plan may carry out those of another: all are known before any link is read
    known = known | links.subjects(quad for text in texts.values() for quad in text.quads)
    for place, text in texts.items():
        quads += text.quads
        if text.quads:
            quads += plan_notes.read(place, text.key, ids, text.ordinals, known, problems)
    return quads


@dataclass(frozen=True)
class _PlanText:
    """What the text of a plan says; ``ordinals``: where each body stands in each row, None where no annex was read."""

    key: str = ""
    quads: tuple[ox.Quad, ...] = ()
    ordinals: plan_notes.Ordinals | None = None


def _plan(place: Path, reading: Reading, ids: Ids, settings: Settings, bodies_known: frozenset[str],
          problems: list[UserError]) -> _PlanText:
    """The official text of a plan of the data folder: with an annex table, or with tables noted by hand beside it."""
    note = plan.read_plan(place, problems)
    if note is None:
        return _PlanText()
    if (place / activities.TABLE).is_file():
        noted = activities.read(place, note, ids, bodies_known, settings.import_bytes, problems)
        return _PlanText(note.key, tuple(noted))
    annex = read_annex(place / note.source_file, reading, settings.import_bytes)
    _refuse_errors(annex, problems)
    writer = annex_writer(annex, settings, ids.country)
    return _PlanText(writer.key, tuple(writer.quads()), writer.ordinals())


def _refuse_errors(annex: Annex, problems: list[UserError]) -> None:
    for row, issue in annex.errors():
        problems.append(fail(f"issue-{issue.code}", file=annex.file, line=issue.lines[0], row=row or "?",
                             found=issue.found, reading=issue.reading or "?"))


def annex_writer(annex: Annex, settings: Settings, country: str) -> AnnexWriter:
    """The writer of an annex with the registries of its country; laws are those of the document's day."""
    folder = country_folders(settings.data_folder())[country]
    problems: list[UserError] = []
    titles = laws.titles_on(folder, date.fromisoformat(annex.date), problems)
    names = bodies.ids_by_name(folder, problems)
    units = bodies.unit_ids_by_name(folder, problems)
    note = read_toml(folder / "country.toml", problems)
    _raise(problems)
    assert note is not None
    return AnnexWriter(annex, Ids(settings.base, country), names, units, titles, note.text("language"))


def _imported_annex(item: Imported, settings: Settings, problems: list[UserError]) -> list[ox.Quad]:
    countries = country_folders(settings.data_folder())
    if item.country not in countries:
        raise fail("unknown-country", country=item.country, known=", ".join(countries))
    annex = read_annex(item.file, load_reading(countries[item.country]), settings.import_bytes)
    _refuse_errors(annex, problems)
    writer = annex_writer(annex, settings, item.country)
    quads = writer.quads()
    writer.out.value(writer.source, "pg:retrievedOn", item.imported_on)
    writer.out.text(writer.plan, "rdfs:label", annex.title, writer.lang)
    return quads


def known_plans(settings: Settings, imported: Path) -> dict[str, str]:
    """The plans that a build would hold: plan key → checksum of its text."""
    countries = country_folders(settings.data_folder())
    files = [(place / note.source_file, folder) for folder in countries.values()
             for place in _with_note(folder / "plans", "plan.toml") if (note := plan.read_plan(place, []))]
    files += [(item.file, countries[item.country]) for item in imported_sources(imported)
              if item.format == "annex" and item.country in countries]
    return dict(_key_and_checksum(file, folder, settings) for file, folder in files)


def _key_and_checksum(file: Path, folder: Path, settings: Settings) -> tuple[str, str]:
    note = plan.read_plan(file.parent, []) if (file.parent / activities.TABLE).is_file() else None
    if note is not None:
        return note.key, read_text(file, settings.import_bytes).sha256
    annex = read_annex(file, load_reading(folder), settings.import_bytes)
    return plan_key(annex.number_reading, annex.date[:4]), annex.sha256

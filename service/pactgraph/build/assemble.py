"""Assembles the graph: every source is read into the named graph of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox

from pactgraph.build.annexes import annex_writer, imported_quads, refuse_errors
from pactgraph.build.imported_rdf_quads import rdf_quads
from pactgraph.build.imports import import_quads
from pactgraph.errors import UserError, UserErrors
from pactgraph.ids import Ids
from pactgraph.namespaces import BASE
from pactgraph.resources import shipped
from pactgraph.settings import Settings
from pactgraph.sources.annex.read import read_annex
from pactgraph.sources.annex.reading import Reading, load_reading
from pactgraph.sources.countries import country_folders
from pactgraph.sources.imported import imported_sources
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
    unbis,
    upr,
    withdrawn,
)


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
    quads += unbis.read(data / "un", ids, known, problems)
    for folder in folders:
        quads += _reader(folder).read_links(folder, ids, known, problems)
    for code, folder in country_folders(data).items():
        national = _country(folder, Ids(settings.base, code), settings, known, problems)
        for table in (plans, coordination, reviews):
            national += table.read(folder, Ids(settings.base, code), [*quads, *national], problems)
        national += assessments.read(folder, Ids(settings.base, code), [*quads, *national], problems)
        national += indicators.read(folder, Ids(settings.base, code), links.subjects([*quads, *national]), problems)
        quads += national + counts.read(folder, Ids(settings.base, code), links.subjects(national), problems)
    quads = imported_quads(imported_sources(imported), quads, settings, problems)
    quads += rdf_quads(imported_sources(imported), settings, problems)
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
    return list(_turtle_quads(file, graph, file.stat().st_mtime_ns))


@lru_cache(maxsize=64)
def _turtle_quads(file: Path, graph: str, _written: int) -> tuple[ox.Quad, ...]:
    dataset = ox.Dataset(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    prefix = f"{BASE}.well-known/genid/{hashlib.sha256(file.name.encode()).hexdigest()[:8]}-"

    def named(term: object) -> object:
        return ox.NamedNode(prefix + term.value) if isinstance(term, ox.BlankNode) else term

    target = ox.NamedNode(graph)
    return tuple(ox.Quad(named(q.subject), q.predicate, named(q.object), target) for q in dataset)  # type: ignore[arg-type]


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
    refuse_errors(annex, problems)
    writer = annex_writer(annex, settings, ids.country)
    return _PlanText(writer.key, tuple(writer.quads()), writer.ordinals())

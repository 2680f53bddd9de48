"""States what imported RDF files say, each in a graph of its own, with the file and line of every thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.errors import UserError
from pactgraph.ids import Ids
from pactgraph.settings import Settings
from pactgraph.sources.imported import Imported, describe_import
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.statements import StatementFile, Thing, read_statements
from pactgraph.texts import LANGUAGES, say

RDF = "rdf"


@dataclass
class Kept:
    """The imported files of one name, in the order in which they came."""

    files: list[tuple[Imported, StatementFile]] = field(default_factory=list)

    def standing(self) -> dict[str, tuple[Thing, StatementFile]]:
        """The things that count, each as the last file that has it."""
        return {iri: (thing, file) for _, file in self.files for iri, thing in file.things.items()}

    def quads(self, settings: Settings) -> list[ox.Quad]:
        """What counts of the files; a thing that a later file no longer has is marked in it."""
        ids, standing = Ids(settings.base), self.standing()
        quads: list[ox.Quad] = []
        for place, (item, file) in enumerate(self.files):
            later = self.files[place + 1][1] if place + 1 < len(self.files) else None
            mine = [thing for iri, thing in file.things.items() if standing[iri][1] is file]
            quads += _Writer(ids, item, file).quads(mine, later)
        return quads


def kept_files(items: Iterable[Imported], settings: Settings) -> dict[str, Kept]:
    """The imported RDF files by name (in small letters)."""
    found: dict[str, Kept] = {}
    for item in items:
        if item.format == RDF:
            file = read_statements(item.file, settings.import_bytes)
            found.setdefault(file.file.casefold(), Kept()).files.append((item, file))
    return found


def rdf_quads(items: Iterable[Imported], settings: Settings, problems: list[UserError]) -> list[ox.Quad]:
    """What the imported RDF files say."""
    try:
        return [quad for kept in kept_files(items, settings).values() for quad in kept.quads(settings)]
    except UserError as problem:
        problems.append(problem)
        return []


def graph_name(ids: Ids, sha256: str) -> str:
    """The graph of a file."""
    return ids.graph(f"imported/{RDF}/{sha256[:12]}")


class _Writer:
    def __init__(self, ids: Ids, item: Imported, file: StatementFile) -> None:
        self.item, self.file = item, file
        self.out = GraphWriter(graph_name(ids, file.sha256))
        self.ids = Ids(ids.base, "un")
        self.document = self._document(file)

    def _document(self, file: StatementFile) -> str:
        return self.ids.source(f"{RDF}-{file.sha256[:12]}")

    def quads(self, things: list[Thing], later: StatementFile | None) -> list[ox.Quad]:
        """The file, the records of all its things, and what it says of ``things``."""
        out = self.out
        out.a(self.document, "pg:SourceDocument")
        out.value(self.document, "pg:fileName", self.file.file)
        out.value(self.document, "pg:sha256", self.file.sha256)
        describe_import(out, self.document, self.item)
        for lang in LANGUAGES:
            title = say("title-import-rdf", lang, file=self.file.file)
            out.text(self.document, "dcterms:title", title, lang)
            out.text(self.document, "rdfs:label", title, lang)
            out.text(self.document, "dcterms:rights", say("rights-import-rdf", lang), lang)
        taken: set[str] = set()
        for thing in self.file.things.values():
            record = self._record(thing, taken)
            if later is not None and thing.iri not in later.things:
                out.link(record, "pg:missingFrom", self._document(later))
        for thing in things:
            out.quads += [ox.Quad(triple.subject, triple.predicate, triple.object, out.graph)
                          for triple in sorted(thing.triples, key=str)]
        return out.quads

    def _record(self, thing: Thing, taken: set[str]) -> str:
        subject = f"{self.document}/row/{thing.line}"
        while subject in taken:
            subject += "-"
        taken.add(subject)
        self.out.a(subject, "pg:SourceRecord")
        self.out.link(subject, "pg:inSource", self.document)
        self.out.link(subject, "pg:recordOf", thing.iri)
        self.out.value(subject, "pg:sourceLine", thing.line)
        return subject

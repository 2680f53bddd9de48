"""Reads the imported exports of recommendations again, in the order in which they came, and says what each changes.

A record found again in a later import counts as the later one has it; the earlier row stays as a row of its file. What a data
table says of a text that was not loaded gives way where an import holds the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from pactgraph.build import imported_documents
from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.settings import Settings
from pactgraph.sources.imported import Imported
from pactgraph.sources.quads import expand
from pactgraph.sources.recommendations.countries import Countries, read_countries
from pactgraph.sources.recommendations.reconcile import AMBIGUOUS, Comparison, compare
from pactgraph.sources.recommendations.records import Column, Record
from pactgraph.sources.recommendations.targets import Known, Target, Targets
from pactgraph.sources.recommendations.to_rdf import ImportWriter, Progress, Source
from pactgraph.sources.uhri import open_uhri
from pactgraph.sources.upr_info import read_upr_info

FORMATS = ("uhri", "upr-info", *imported_documents.FORMATS)
"""The formats read here."""


@dataclass(frozen=True)
class Holding:
    """An earlier record that counts: the import it stands in, and what it is about."""

    writer: ImportWriter
    target: Target


@dataclass
class Added:
    """What an import adds: how its records compare with earlier ones, how many found a thing that the graph had or make one,
    and the rows left out by reason."""

    comparison: Comparison[Holding]
    existing: int = 0
    made: int = 0
    left: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @property
    def placed(self) -> int:
        """How many records are about something that the graph has or now gets."""
        return self.existing + self.made


@dataclass(frozen=True)
class Read:
    """A file that was read: its records with what the graph says of the file."""

    item: Imported
    file: str
    sha256: str
    columns: tuple[Column, ...]
    records: list[Record]


class Imports:
    """The imports of a build, one after the other. ``quads`` are the statements of all other sources."""

    def __init__(self, quads: Iterable[Quad], settings: Settings) -> None:
        self.settings, self.ids = settings, Ids(settings.base)
        self.countries: Countries = read_countries(settings.data_folder() / "un")
        self.known = Known(quads)
        self.counting: dict[str, list[tuple[Record, Holding]]] = defaultdict(list)
        self.writers: list[ImportWriter] = []
        self.progress = Progress()

    def add(self, read: Read) -> Added:
        """Take in one import after the others; what it states is told by :meth:`quads`."""
        source = Source(read.item, read.sha256, read.file, read.columns)
        writer = ImportWriter(source, self.ids, self.countries, self.known, self.progress)
        writer.describe()
        self.writers.append(writer)
        before = self.counting[read.item.format]
        added = Added(compare(read.records, before))
        targets = Targets(self.known, self.ids, self.countries, read.records)
        replaced: set[int] = set()
        fresh: list[tuple[Record, Holding]] = []
        for outcome in added.comparison.outcomes:
            target = outcome.held.target if outcome.held else targets.of(outcome.record)
            if outcome.status == AMBIGUOUS:
                target = Target(reason="import-ambiguous")
            writer.place(outcome.record, target)
            if target.reason:
                added.left[target.reason].append(outcome.record.row)
            elif self.known.has(target.thing) or outcome.held:
                added.existing += 1
            else:
                added.made += 1
            if outcome.earlier is not None:
                replaced.add(id(outcome.earlier))
            fresh.append((outcome.record, Holding(writer, target)))
        for record, holding in added.comparison.vanished:
            writer.missing(holding.writer.record_iri(record))
        self.counting[read.item.format] = [kept for kept in before if id(kept[0]) not in replaced] + fresh
        return added

    def quads(self) -> list[Quad]:
        """The statements of all imports: every row, and what those that still count say."""
        for holdings in self.counting.values():
            for record, holding in holdings:
                if not holding.target.reason:
                    holding.writer.state(record, holding.target)
        return [quad for writer in self.writers for quad in writer.out.quads]

    def settled(self, added: list[Quad]) -> list[Quad]:
        """What the imports say, without "not loaded" of a paragraph whose words another record holds."""
        not_loaded = NamedNode(concept("text-status", "not-loaded"))
        return [quad for quad in added if quad.object != not_loaded or _subject(quad) not in self.progress.loaded]

    def displaced(self, quads: list[Quad]) -> list[Quad]:
        """``quads`` without what they say in place of texts that are now loaded: "not loaded", "only the number is known"."""
        loaded, read = self.progress.loaded, self.progress.read
        not_loaded = NamedNode(concept("text-status", "not-loaded"))
        status, placeholder, label = expand("pg:textStatus"), expand("pg:placeholder"), expand("rdfs:label")

        def stays(quad: Quad) -> bool:
            subject = _subject(quad)
            if subject in loaded and quad.predicate == status and quad.object == not_loaded:
                return False
            return subject not in read or quad.predicate not in (placeholder, label)

        return [quad for quad in quads if stays(quad)]


def _subject(quad: Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, NamedNode) else ""


def read_item(item: Imported, settings: Settings, countries: Countries) -> Read:
    """Read a file that was imported; rows with errors were left out then and are left out now."""
    if item.format == "uhri":
        reading = open_uhri(item.file, countries, settings.import_bytes, item.country)
        records = list(reading.records())
        return Read(item, reading.file, reading.sha256, reading.rows.columns, records)
    if item.format == "upr-info":
        export = read_upr_info(item.file, settings.import_bytes)
        wanted = item.country
        kept = [record for record in export.records if not wanted or countries.code(record.under_review.name) == wanted]
        return Read(item, export.file, export.sha256, export.columns, [record.common(export.sheet) for record in kept])
    if item.format in imported_documents.FORMATS:
        document = imported_documents.read_document(item.format, item.file, settings, countries)
        columns = imported_documents.columns_of(item.format)
        return Read(item, document.file, document.sha256, columns, imported_documents.common_records(document))
    raise fail("import-format", file=str(item.file), format=item.format)


def import_quads(items: Iterable[Imported], quads: list[Quad], settings: Settings, problems: list[UserError]) -> list[Quad]:
    """``quads`` with what the imported exports of recommendations say (:mod:`pactgraph.build.assemble` calls this last)."""
    listed = [item for item in items if item.format in FORMATS]
    if not listed:
        return quads
    imports = Imports(quads, settings)
    for item in listed:
        try:
            imports.add(read_item(item, settings, imports.countries))
        except UserError as problem:
            problems.append(problem)
    added = imports.quads()
    return imports.displaced(quads) + imports.settled(added)


def earlier_imports(items: Iterable[Imported], quads: list[Quad], settings: Settings) -> Imports:
    """The imports of a store as they count before a new one."""
    imports = Imports(quads, settings)
    for item in items:
        if item.format in FORMATS:
            imports.add(read_item(item, settings, imports.countries))
    return imports

"""The RDF files that users imported: each in a graph of its own, compared with the file of the same name before it.

A thing that a later file of the same name describes counts as the later file has it; one that it no longer has stays, and is
marked. Files of other names add to one another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.build.assemble import assemble
from pactgraph.build.freshness import imported_folder
from pactgraph.build.imported_rdf_quads import RDF, Kept, graph_name, kept_files
from pactgraph.build.journaled import graph_of, journal_of, replayed
from pactgraph.build.validate import Finding, check_files
from pactgraph.ids import Ids
from pactgraph.settings import Settings
from pactgraph.sources.imported import Imported, imported_sources
from pactgraph.sources.statements import StatementFile, Thing

NEW, ADDS, SAME, CHANGED = "new", "adds", "same", "changed"


@dataclass
class StatementComparison:
    """What becomes of each thing of a file, what changed by predicate, and what the file before it had and it has not."""

    results: dict[str, str] = field(default_factory=dict)
    differences: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    vanished: list[tuple[Thing, str]] = field(default_factory=list)

    def count(self, result: str) -> int:
        """How many things came out so."""
        return sum(found == result for found in self.results.values())

    @property
    def changes_nothing(self) -> bool:
        """Whether the store says all of it already."""
        return not self.vanished and self.count(SAME) == len(self.results)


def others_say(file: StatementFile, settings: Settings, has_folder: bool) -> tuple[list[ox.Quad], Kept | None]:
    """What all other sources and the journal state, and what counts of earlier files of the same name."""
    folder = imported_folder(settings.store) if has_folder else None
    quads = assemble(settings, folder)
    quads += replayed(journal_of(settings), settings.base).public if has_folder else []
    before = kept_files(imported_sources(folder), settings).get(file.file.casefold())
    if before is None:
        return quads, None
    ids = Ids(settings.base)
    mine = {graph_name(ids, one.sha256) for _, one in before.files}
    return [quad for quad in quads if graph_of(quad) not in mine], before


def compare(file: StatementFile, quads: Iterable[ox.Quad], before: Kept | None) -> StatementComparison:
    """Compare a file with what stands in the graph and with the file of the same name before it."""
    found = StatementComparison()
    earlier = {iri: thing for iri, (thing, _) in before.standing().items()} if before else {}
    said: dict[str, set[ox.Triple]] = {iri: set() for iri in file.things}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value in said:
            said[quad.subject.value].add(quad.triple)
    for iri, thing in file.things.items():
        if iri in earlier:
            differences = thing.differences(earlier[iri])
            found.results[iri] = SAME if thing.triples == earlier[iri].triples else CHANGED
            if found.results[iri] == CHANGED:
                found.differences[iri] = differences
        elif not said[iri]:
            found.results[iri] = NEW
        else:
            found.results[iri] = SAME if thing.triples <= said[iri] else ADDS
    if before:
        found.vanished = [(thing, one.file) for iri, (thing, one) in before.standing().items()
                          if iri not in file.things and one is before.files[-1][1]]
    return found


def findings(file: StatementFile, quads: Iterable[ox.Quad], settings: Settings) -> list[Finding]:
    """What the checks find of the file beside the graph, the gravest first."""
    shapes = Ids(settings.base).graph("shapes")
    return check_files([file.source], [quad for quad in quads if graph_of(quad) != shapes], settings.checker).findings


def as_import(file: StatementFile, item: Imported) -> Kept:
    """A file as an import of now, for a preview of its statements."""
    return Kept([(item, file)])


__all__ = ["ADDS", "CHANGED", "NEW", "RDF", "SAME", "StatementComparison", "as_import", "compare", "findings", "others_say"]

"""Describes the entries of the journal as RDF: who changed how much, when and why. Restricted statements leave no trace in it."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from pactgraph.build.journaled import graph_of, retracted, split
from pactgraph.ids import Ids
from pactgraph.journal.entry import GAPS, Entry, moment
from pactgraph.journal.graphs import LOG, RETRACTIONS
from pactgraph.journal.patch import Patch
from pactgraph.namespaces import XSD
from pactgraph.sources.quads import GraphWriter, expand

_GAP = expand("pg:Gap")


def history(entries: Iterable[Entry], ids: Ids) -> list[ox.Quad]:
    """The entries that are public, or a part of which is, as quads of the graph ``journal/log``."""
    out = GraphWriter(ids.base + LOG)
    for entry in entries:
        shown, hidden = split(entry.patch, ids.base)
        if shown:
            _describe(out, entry, shown, ids, told=not hidden)
    return out.quads


def _describe(out: GraphWriter, entry: Entry, shown: Patch, ids: Ids, told: bool) -> None:
    """State one entry. The reason is told only where nothing of the entry is restricted."""
    subject = ids.journal_entry(entry.number)
    out.a(subject, "prov:Activity", "pg:JournalEntry")
    out.label(subject, f"Mục nhật ký {entry.number}", f"Journal entry {entry.number}")
    out.value(subject, "pg:entryNumber", entry.number)
    at = ox.Literal(moment(entry.at), datatype=ox.NamedNode(XSD + "dateTime"))
    out.quads.append(ox.Quad(ox.NamedNode(subject), expand("prov:endedAtTime"), at, out.graph))
    out.value(subject, "pg:entryBy", entry.by)
    out.value(subject, "pg:entryScope", entry.scope)
    out.value(subject, "pg:entryKind", entry.kind)
    out.value(subject, "pg:entryReason", entry.reason if told else None)
    out.link(subject, "pg:undoesEntry", ids.journal_entry(entry.undoes) if entry.undoes else None)
    if entry.kind == GAPS:
        for word, side in (("pg:openedGap", shown.added), ("pg:closedGap", shown.removed)):
            for gap in sorted(_gaps(side)):
                out.link(subject, word, gap)
        return
    change = counted(shown, ids.base)
    out.value(subject, "pg:addedStatements", len(change.added))
    out.value(subject, "pg:removedStatements", len(change.removed))
    for graph in sorted(graphs_of(change)):
        out.link(subject, "pg:changedGraph", graph)


def counted(patch: Patch, base: str) -> Patch:
    """A patch as people count it: a retraction is one statement removed, not the statements that describe it."""
    graph = base + RETRACTIONS
    added, removed = ({quad for quad in side if graph_of(quad) != graph} for side in (patch.added, patch.removed))
    return Patch.of(added | retracted(patch.removed, base), removed | retracted(patch.added, base))


def graphs_of(patch: Patch) -> set[str]:
    """The named graphs that a patch changes."""
    return {graph for quad in patch.added | patch.removed if (graph := graph_of(quad))}


def _gaps(quads: Iterable[ox.Quad]) -> set[str]:
    return {quad.subject.value for quad in quads if quad.object == _GAP and isinstance(quad.subject, ox.NamedNode)}

"""What the journal says: the statements that people added, and the statements of sources that they retracted.

A retraction is a thing of its own (``pg:Retraction``) in the graph ``journal/retractions``; the statement that it names
is left out of the graph while the retraction stands there whole. Restricted statements are kept apart.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.ids import Ids
from pactgraph.journal.entry import GAPS, Entry
from pactgraph.journal.graphs import LOG, RETRACTIONS, restricted_to
from pactgraph.journal.log import Journal
from pactgraph.journal.patch import Patch
from pactgraph.settings import Settings
from pactgraph.sources.quads import GraphWriter, expand

_PARTS = tuple(expand(f"rdf:{name}") for name in ("subject", "predicate", "object"))
_FROM = expand("pg:retractedFrom")
Statements = dict[str, dict[ox.NamedNode, set[object]]]


@dataclass
class Journaled:
    """The state of a journal at an entry. ``contributors`` says of each public graph who added to it."""

    number: int = 0
    id: str = ""
    public: set[ox.Quad] = field(default_factory=set)
    restricted: set[ox.Quad] = field(default_factory=set)
    contributors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    entries: list[Entry] = field(default_factory=list)

    def apply(self, entry: Entry, base: str) -> None:
        """Bring the state to the next entry. Gaps are derived: their entries change nothing here."""
        self.number, self.id = entry.number, entry.id
        self.entries.append(entry)
        if entry.kind == GAPS:
            return
        shown, hidden = split(entry.patch, base)
        for state, part in ((self.public, shown), (self.restricted, hidden)):
            state -= part.removed
            state |= part.added
        for quad in shown.added:
            self.contributors[graph_of(quad)].add(entry.by)


def journal_of(settings: Settings) -> Journal | None:
    """The journal of the settings; None for a store that has none."""
    folder = settings.journal_folder()
    return None if folder is None else Journal(folder)


def replayed(journal: Journal | None, base: str, until: int | None = None) -> Journaled:
    """The state of a journal at entry ``until``; without it at the last one that people made (a build reads so far)."""
    state = Journaled()
    if journal is None:
        return state
    if until is None:
        last = journal.last_statement()
        until = last.number if last else 0
    for entry in journal.entries():
        if entry.number > until:
            break
        state.apply(entry, base)
    return state


def graph_of(quad: ox.Quad) -> str:
    """The IRI of a quad's graph; empty for the default graph."""
    return getattr(quad.graph_name, "value", "")


def split(patch: Patch, base: str) -> tuple[Patch, Patch]:
    """The public and the restricted part of a patch."""
    def hidden(quad: ox.Quad) -> bool:
        return restricted_to(graph_of(quad), base) is not None

    sides = [(frozenset(quad for quad in side if not hidden(quad)), frozenset(quad for quad in side if hidden(quad)))
             for side in (patch.added, patch.removed)]
    return Patch(sides[0][0], sides[1][0]), Patch(sides[0][1], sides[1][1])


# Retractions ------------------------------------------------------------------------------------------------------

def retraction(quad: ox.Quad, entry: int, ids: Ids) -> list[ox.Quad]:
    """The statements that retract a statement of a source, by an entry of the journal."""
    line = (ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"").decode()
    subject = ids.retraction(hashlib.sha256(line.encode()).hexdigest()[:16])
    out = GraphWriter(ids.base + RETRACTIONS)
    out.a(subject, "pg:Retraction")
    out.label(subject, "Phát biểu bị rút lại", "Retracted statement")
    out.link(subject, "pg:retractedFrom", graph_of(quad))
    out.link(subject, "pg:retractedBy", ids.journal_entry(entry))
    named = ox.NamedNode(subject)
    return [*out.quads, *(ox.Quad(named, part, term, out.graph)
                          for part, term in zip(_PARTS, (quad.subject, quad.predicate, quad.object), strict=True))]


def retracted(quads: Iterable[ox.Quad], base: str) -> set[ox.Quad]:
    """The statements that whole retractions among ``quads`` name."""
    graph = ox.NamedNode(base + RETRACTIONS)
    known: Statements = defaultdict(lambda: defaultdict(set))
    for quad in quads:
        if quad.graph_name == graph and isinstance(quad.subject, ox.NamedNode):
            known[quad.subject.value][quad.predicate].add(quad.object)
    return {named for values in known.values() if (named := _named(values))}


def _named(values: dict[ox.NamedNode, set[object]]) -> ox.Quad | None:
    """The statement that one retraction names; None unless each part is said once."""
    parts = [values.get(name, set()) for name in (*_PARTS, _FROM)]
    if any(len(part) != 1 for part in parts):
        return None
    subject, predicate, value, graph = (next(iter(part)) for part in parts)
    if not all(isinstance(term, ox.NamedNode) for term in (subject, predicate, graph)):
        return None
    return ox.Quad(subject, predicate, value, graph)  # type: ignore[arg-type]


def without_retracted(sources: list[ox.Quad], state: Journaled, base: str) -> tuple[list[ox.Quad], set[ox.Quad], set[ox.Quad]]:
    """Sources without what is retracted, what was left out, and what is retracted though no source says it (any more)."""
    named = retracted(state.public, base)
    if not named:
        return sources, set(), set()
    about = {(quad.subject, quad.predicate, quad.graph_name) for quad in named}
    touched = {quad for quad in sources if (quad.subject, quad.predicate, quad.graph_name) in about}
    out = {quad for quad in touched if named & set(as_stored([quad]))}
    return [quad for quad in sources if quad not in out], out, named - set(as_stored(out))


def as_stored(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Quads as a store gives them back: it writes ``"01"^^xsd:integer`` as ``1``."""
    store = ox.Store()
    store.extend(quads)
    return list(store)


def retracting_entries(missing: Iterable[ox.Quad], state: Journaled, base: str) -> list[dict[str, object]]:
    """For a summary: retracted statements that no source says, each with the entry that retracted it."""
    found: list[tuple[int, str]] = []
    for quad in missing:
        number = next((entry.number for entry in reversed(state.entries)
                       if quad in retracted(entry.patch.added, base)), 0)
        found.append((number, str(quad)))
    return [{"entry": number, "statement": statement} for number, statement in sorted(found)]


def system_graphs(ids: Ids) -> frozenset[str]:
    """The graphs that pactgraph writes about itself: nobody else may, and no check or inference looks at them."""
    return frozenset({ids.graph("meta"), ids.base + LOG})

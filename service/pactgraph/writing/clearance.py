"""The way of a body's statements to the public: draft, ministry, coordinator, public. Each step is an entry of the journal.

What is not public stands in restricted graphs of the body. A step is taken by the next role, and by no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pyoxigraph as ox

from pactgraph.access.author import ADMINISTRATOR, CONTRIBUTOR, CURATOR, Author, body_key
from pactgraph.build.journaled import Journaled, graph_of
from pactgraph.errors import fail
from pactgraph.journal.entry import UPDATE
from pactgraph.sources.quads import expand
from pactgraph.sources.workbook.standing import standing
from pactgraph.writing.change import Change
from pactgraph.writing.workbooks import PUBLIC, STAGES, stage_graph

NEXT = dict(pairwise(STAGES))
ROLES = dict(zip(STAGES, (CONTRIBUTOR, CURATOR, ADMINISTRATOR), strict=False))
"""Who moves a statement on from a stage."""
_AVAILABLE, _SOURCE = expand("dcterms:available"), expand("dcterms:source")


@dataclass(frozen=True)
class Step:
    """Reports that move from a stage to the next; those under embargo stay."""

    change: Change
    stage: str
    to: str
    reports: int
    kept: int


def forward(state: Journaled, body: str, stage: str, author: Author, base: str, *, today: date) -> Step:
    """What moves all reports of a body from a stage to the next. Who may not do it, or has nothing to move, gets a UserError."""
    if stage not in NEXT:
        raise fail("clearance-stage", stage=stage, known=", ".join(NEXT))
    key, to = body_key(body, base), NEXT[stage]
    if author.scope != ROLES[stage] or author.body not in (None, key):
        raise fail("clearance-role", stage=stage, to=to, role=ROLES[stage], name=author.name, scope=author.scope, body=key)
    here, there = stage_graph(body, base, stage), stage_graph(body, base, to)
    quads = {quad for quad in state.restricted if graph_of(quad) == here}
    known = standing(quads)
    moving: set[ox.Quad] = set()
    kept = count = 0
    for report in known.quads.values():
        if to == PUBLIC and any(quad.predicate == _AVAILABLE and quad.object.value > today.isoformat()  # type: ignore[union-attr]
                                for quad in report):
            kept += 1
        else:
            count += 1
            moving |= report
    if not count:
        raise fail("clearance-embargo" if kept else "clearance-nothing", stage=stage, body=key, count=kept)
    staying = {quad for report in known.quads.values() for quad in report} - moving
    used, still = ({quad.object for quad in part if quad.predicate == _SOURCE} for part in (moving, staying))
    sources = {quad for quad in quads if quad.subject in used}
    gone = moving | {quad for quad in sources if quad.subject not in still}
    place = ox.NamedNode(there)
    replaced = _replaced(state, moving, there)
    come = {ox.Quad(quad.subject, quad.predicate, quad.object, place) for quad in moving | sources}
    change = Change(author, frozenset(come), frozenset(gone | (replaced - come)), kind=UPDATE, reason=f"clearance {stage} > {to}",
                    expected=state.number, extra={"clearance": f"{stage} {to}", "body": key})
    return Step(change, stage, to, count, kept)


def _replaced(state: Journaled, moving: set[ox.Quad], graph: str) -> set[ox.Quad]:
    """What stands at the next stage of the same reports (an earlier wording), which the moved ones replace."""
    known = standing(quad for quad in (*state.restricted, *state.public) if graph_of(quad) == graph)
    mine = set(standing(moving).quads)
    return {quad for report, quads in known.quads.items() if report in mine for quad in quads}

"""What a PATCH of one graph changes: a SPARQL update or an RDF Patch, each held to that graph."""

from __future__ import annotations

import asyncio

import pyoxigraph as ox
from starlette.requests import Request

from pactgraph.errors import fail
from pactgraph.journal.rdf_patch import read_patches
from pactgraph.store.readers import TryUpdate
from pactgraph.store.update_text import DELETE_DATA, INSERT_DATA, MODIFY, Operation, Unclear, operations
from pactgraph.web import intake
from pactgraph.web.graph_content import Target
from pactgraph.web.intake import Sent
from pactgraph.web.running import unless_gone
from pactgraph.web.site import site_of

Quads = frozenset[ox.Quad]


async def delta_of(request: Request, sent: Sent, target: Target) -> tuple[Quads, Quads]:
    """The quads that a patch adds and removes; one that touches another graph raises a UserError."""
    if sent.media_type == "application/sparql-update":
        added, removed = await _by_update(request, intake.text_of(sent.data), target)
    elif sent.media_type == "application/rdf-patch":
        added, removed = await asyncio.to_thread(_by_patch, sent.data, target)
    else:
        raise fail("patch-media-type", kind=sent.media_type or "–")
    other = next((quad.graph_name for quad in added | removed if quad.graph_name != target.name), None)
    if other is not None:
        raise fail("patch-other-graph", graph=str(other))
    return added, removed


async def _by_update(request: Request, text: str, target: Target) -> tuple[Quads, Quads]:
    site = site_of(request)
    if target.iri:
        text = within(text, target.iri)
    delta = await unless_gone(request, site.try_update(TryUpdate(text, union=site.union, base=site.settings.base)))
    return delta.added, delta.removed


def _by_patch(data: bytes, target: Target) -> tuple[Quads, Quads]:
    """All transactions of a patch as one; quads without a graph are the target's."""
    added: set[ox.Quad] = set()
    removed: set[ox.Quad] = set()
    for _, patch in read_patches(data if data.endswith(b"\n") else data + b"\n", intake.BODY):
        more, less = ({_placed(quad, target) for quad in side} for side in (patch.added, patch.removed))
        added, removed = (added - less) | more, (removed - more) | less
    return frozenset(added), frozenset(removed)


def _placed(quad: ox.Quad, target: Target) -> ox.Quad:
    if quad.graph_name == ox.DefaultGraph():
        return ox.Quad(quad.subject, quad.predicate, quad.object, target.name)
    return quad


def within(text: str, graph: str) -> str:
    """An update with a graph in the place of the default one. What concerns whole graphs raises a UserError."""
    try:
        parts = operations(text)
    except Unclear:
        return text  # no update at all: the engine's parser will say why
    return " ;\n".join(_within(part, str(ox.NamedNode(graph))) for part in parts)


def _within(part: Operation, graph: str) -> str:
    if part.kind in (INSERT_DATA, DELETE_DATA):
        return f"{part.prologue} {part.kind.upper()} {{ GRAPH {graph} {part.insert} }}"
    if part.kind != MODIFY:
        raise fail("patch-whole-graph", found=part.command or part.kind.upper())
    if part.using or part.within:
        raise fail("update-dataset-twice")
    delete = f"DELETE {part.delete} " if part.delete else ""
    insert = f"INSERT {part.insert} " if part.insert else ""
    return f"{part.prologue} WITH {graph} {delete}{insert}WHERE {part.where}"

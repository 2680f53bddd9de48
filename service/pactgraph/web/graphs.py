"""``/graphs``: the SPARQL 1.1 Graph Store Protocol. Reading is for everybody, writing for those who hold a token."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.access.author import Author
from pactgraph.errors import UserError, fail
from pactgraph.journal.entry import GRAPH
from pactgraph.journal.graphs import graph_of_body, own_graph
from pactgraph.web import intake, respond, writes
from pactgraph.web.authority import WRITERS, require
from pactgraph.web.graph_content import ROOM, Content, Target, address_of, content_of, stands, target_of, triples_of
from pactgraph.web.graph_patches import delta_of
from pactgraph.web.negotiation import GRAPHS, best
from pactgraph.web.site import Site, site_of
from pactgraph.writing.change import Change, Written

router = APIRouter()
_ATTEMPTS = 5
Quads = frozenset[ox.Quad]


async def read(request: Request) -> Response:
    """Read a graph in the format that the client likes."""
    site, target = site_of(request), _one(request)
    chosen = best(request.headers.get("accept"), GRAPHS)
    if chosen is None:
        raise fail("not-acceptable", offers=", ".join(offer.media_type for offer in GRAPHS))
    if not await stands(site, target):
        raise fail("no-such-graph")
    content = await content_of(site, target, chosen[0].name)
    return respond.data(request, content.body, chosen[1], f'"{content.tag}"', Vary="Accept")


async def put(request: Request) -> Response:
    """Replace a graph by the statements that are sent; 201 where there was none."""
    author, target = require(request, *WRITERS), _one(request)
    _replaceable(request, target)
    new = await _sent(request, target)
    old, written = await _write(request, author, target, lambda now: (new, now - new), whole=True)
    return _acknowledged(request, target, written, created=not old)


async def post(request: Request) -> Response:
    """Add the statements that are sent to a graph; to the store itself: make a graph of them."""
    author, target = require(request, *WRITERS), target_of(request)
    fresh = target is None
    target = target or Target(_new_name(author, site_of(request).settings.base))
    new = await _sent(request, target)
    old, written = await _write(request, author, target, lambda _: (new, frozenset()))
    return _acknowledged(request, target, written, created=fresh or not old)


async def delete(request: Request) -> Response:
    """Remove a graph with all its statements."""
    author, target = require(request, *WRITERS), _one(request)
    _replaceable(request, target)
    _, written = await _write(request, author, target, lambda now: (frozenset(), now), whole=True, must_exist=True)
    return _acknowledged(request, target, written)


async def patch(request: Request) -> Response:
    """Change a graph by a SPARQL update, or by an RDF Patch, that concerns it alone."""
    author, target = require(request, *WRITERS), _one(request)
    sent = await intake.body_of(request, site_of(request).settings.import_bytes)
    added, removed = await delta_of(request, sent, target)
    _, written = await _write(request, author, target, lambda _: (added, removed))
    return _acknowledged(request, target, written)


for _path in (ROOM, ROOM + "/{path:path}"):
    for _method, _handler in (("GET", read), ("PUT", put), ("POST", post), ("DELETE", delete), ("PATCH", patch)):
        router.add_api_route(_path, _handler, methods=[_method], include_in_schema=_path == ROOM,
                             summary=(_handler.__doc__ or "").split(";")[0].rstrip("."))


def _one(request: Request) -> Target:
    target = target_of(request)
    if target is None:
        raise fail("graph-needed")
    return target


def _replaceable(request: Request, target: Target) -> None:
    """Refuse to replace or remove the default graph where it is the union of all others."""
    if target.iri is None and site_of(request).union:
        raise fail("default-is-union")


def _new_name(author: Author, base: str) -> str:
    """A name for a graph that somebody makes without naming it: below what is theirs."""
    own = graph_of_body(author.body, base) if author.body else own_graph(author.name, base)
    return f"{own}/{uuid.uuid4()}"


async def _sent(request: Request, target: Target) -> Quads:
    """The statements of the body, in the graph that is meant."""
    settings = site_of(request).settings
    sent = await intake.body_of(request, settings.import_bytes)
    base = target.iri or f"{request.base_url}{ROOM[1:]}"
    files = await intake.rdf_of(request, sent, base, settings.import_bytes)
    named = next((quad.graph_name for file in files for quad in file.quads
                  if quad.graph_name != ox.DefaultGraph() and quad.graph_name != target.name), None)
    if named is not None:
        raise fail("rdf-names-graphs", graph=str(named))
    return frozenset(ox.Quad(quad.subject, quad.predicate, quad.object, target.name)
                     for file in files for quad in file.quads)


async def _write(request: Request, author: Author, target: Target, change: Callable[[Quads], tuple[Quads, Quads]],
                 whole: bool = False, must_exist: bool = False) -> tuple[bool, Written]:
    """Write what ``change`` makes of the graph's statements (of none, unless it needs the ``whole`` graph); whether there
    was such a graph, and the entry.

    Where ``If-Match`` names what the client saw, and somebody else writes between our look and our write, both are done
    again: the other's write may have been to another graph.
    """
    reason = writes.reason_of(request, intake.pairs(request.url.query))
    for attempt in range(_ATTEMPTS):
        site = await site_of(request).latest()
        now = site.number
        expected = await _precondition(request, site, target, now)
        there = await stands(site, target)
        if must_exist and not there:
            raise fail("no-such-graph")
        added, removed = change(await triples_of(site, target) if whole and there else frozenset())
        asked = Change(author, added, removed, GRAPH, reason, expected=expected)
        try:
            return there, await writes.write(request, asked)
        except UserError as problem:
            if not writes.is_conflict(problem) or attempt == _ATTEMPTS - 1 or expected != now:
                raise
    raise AssertionError


async def _precondition(request: Request, site: Site, target: Target, now: int) -> int | None:
    """Hold what the client saw against the graph; the journal number that must still stand when it is written."""
    wanted, unwanted = writes.tags_in(request, "If-Match"), writes.tags_in(request, "If-None-Match")
    if wanted is None and unwanted is None:
        return None
    there = await stands(site, target)
    if unwanted is not None and (there if unwanted == ["*"] else await _matches(site, target, unwanted)):
        raise fail("precondition")
    if wanted is None or (wanted == ["*"] and there):
        return now
    number = writes.state_in(site, wanted)
    if number is None and not (there and await _matches(site, target, wanted)):
        raise fail("precondition")
    return now if number is None else number


async def _matches(site: Site, target: Target, tags: list[str]) -> bool:
    """Whether one of the tags is the graph's in the format that the tag names."""
    forms = {tag.rpartition(".")[2] for tag in tags} & {offer.name for offer in GRAPHS}
    found: list[Content] = [await content_of(site, target, form) for form in sorted(forms)]
    return any(content.tag in tags for content in found)


def _acknowledged(request: Request, target: Target, written: Written, created: bool = False) -> Response:
    if not created or target.iri is None:
        return writes.acknowledged(request, written)
    return writes.acknowledged(request, written, 201, Location=target.iri,
                               Link=f'<{address_of(request, target.iri)}>; rel="alternate"')

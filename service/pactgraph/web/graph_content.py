"""Which graph a request of the Graph Store Protocol means, and what it holds."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

import pyoxigraph as ox
from starlette.requests import Request

from pactgraph.catalogue import load
from pactgraph.catalogue.bind import iri as iri_term
from pactgraph.errors import UserError, fail
from pactgraph.namespaces import PREFIXES
from pactgraph.store import readers
from pactgraph.store.worker import GRAPH_FORMATS
from pactgraph.web.site import Site, site_of

ROOM = "/graphs"
_SKOLEM = ".well-known/genid/"
_SAFE = "/:@!$&'()*+,;=~-._%?#[]"


@dataclass(frozen=True)
class Target:
    """The graph that an address means; ``iri`` is None for the default graph."""

    iri: str | None

    @property
    def name(self) -> ox.NamedNode | ox.DefaultGraph:
        return ox.NamedNode(self.iri) if self.iri else ox.DefaultGraph()


@dataclass(frozen=True)
class Content:
    """A graph in one format, with its entity tag (without quotes): the same for the same statements and format."""

    body: bytes
    form: str

    @property
    def tag(self) -> str:
        return f"{hashlib.sha256(self.body).hexdigest()[:32]}.{self.form}"


def target_of(request: Request) -> Target | None:
    """The graph meant by ``?graph=``, by ``?default`` or by the address itself; None where it is the whole store."""
    given = [part.partition("=") for part in request.url.query.split("&") if part]
    graphs = [_decoded(value) for name, _, value in given if name == "graph"]
    default = any(name == "default" for name, _, _ in given)
    direct = _direct(request)
    if len(graphs) + default + bool(direct) > 1:
        raise fail("graph-twice")
    if graphs:
        return Target(_valid(_own(request, graphs[0])))
    return Target(None) if default else Target(_valid(direct)) if direct else None


def _decoded(value: str) -> str:
    """A value of the address, decoded once. A plus sign stays: no IRI has a space that it could stand for."""
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError:
        raise fail("query-not-utf8") from None


def _direct(request: Request) -> str:
    """The IRI of the graph that the path below ``/graphs/`` names."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    path = raw.decode("ascii", "replace").split("?")[0].removeprefix(request.scope.get("root_path", ""))
    below = path.removeprefix(ROOM).removeprefix("/")
    return f"{site_of(request).settings.base}graph/{below}" if below else ""


def _own(request: Request, name: str) -> str:
    """The IRI of a graph whose address here is given in its place."""
    here = f"{str(request.base_url).rstrip('/')}{ROOM}/"
    return f"{site_of(request).settings.base}graph/{name[len(here):]}" if name.startswith(here) else name


def _valid(name: str) -> str:
    try:
        iri_term(name)
        return ox.NamedNode(name).value
    except (UserError, ValueError):
        raise fail("query-graph", reason=name) from None


def address_of(request: Request, iri: str) -> str:
    """Where a graph can be read here."""
    base, root = site_of(request).settings.base + "graph/", request.scope.get("root_path", "")
    if iri.startswith(base):
        return f"{root}{ROOM}/{quote(iri[len(base):], safe=_SAFE)}"
    return f"{root}{ROOM}?graph={quote(iri, safe='')}"


async def content_of(site: Site, target: Target, form: str) -> Content:
    """What a graph holds, in one of the formats of the readers."""
    body = (await site.answers.run(readers.Request(_query(target), graph=form, union=site.union, tidy=True))).body
    if _SKOLEM.encode() in body:
        body = await asyncio.to_thread(with_blank_nodes, body, form, site.settings.base)
    return Content(body, form)


async def stands(site: Site, target: Target) -> bool:
    """Whether a graph holds anything; the default graph always stands."""
    if target.iri is None:
        return True
    query = load("pages", "graph-stands").bind({"thing": iri_term(target.iri)})
    found: bool = json.loads((await site.answers.run(readers.Request(query))).body)["boolean"]
    return found


def _query(target: Target) -> str:
    return load("pages", "graph").bind({"thing": iri_term(target.iri)}) if target.iri else load("store", "triples").text


async def triples_of(site: Site, target: Target) -> frozenset[ox.Quad]:
    """The statements of a graph as they are stored."""
    body = (await site.answers.run(readers.Request(_query(target), graph="ntriples", union=site.union))).body
    return frozenset(ox.Quad(quad.subject, quad.predicate, quad.object, target.name)
                     for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))


def with_blank_nodes(body: bytes, form: str, base: str) -> bytes:
    """A graph in which the blank nodes that people sent, which the journal gave IRIs, are blank nodes again."""
    skolem = re.compile(re.escape(base + _SKOLEM) + r"([0-9a-f]{32})")

    def term(value: Any) -> Any:
        found = skolem.fullmatch(value.value) if isinstance(value, ox.NamedNode) else None
        return ox.BlankNode("b" + found[1]) if found else value

    triples = [ox.Triple(term(quad.subject), quad.predicate, term(quad.object))
               for quad in ox.parse(body, format=GRAPH_FORMATS[form])]
    return ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=PREFIXES) or b""

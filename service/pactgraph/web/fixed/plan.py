"""Which addresses of the service become files, and under which names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import pyoxigraph as ox

from pactgraph.namespaces import BASE, PG, PREFIXES, RDF
from pactgraph.publish.catalogued import CATALOGUE, SERIES
from pactgraph.web.addresses import Addresses
from pactgraph.web.fixed.inside import Inside
from pactgraph.web.fixed.room import MISSING, NEEDS_SERVICE

LISTS = ("articles", "recommendations", "tasks", "bodies", "laws", "plans", "cycles", "gaps")
DATA = {"ttl": "text/turtle", "jsonld": "application/ld+json"}
"""The formats in which a thing's data become files: ending and media type."""
_TRACED = frozenset(PG + name for name in ("TreatyProvision", "Recommendation", "RecommendedAction", "PlanTask", "PublicBody",
                                           "Law"))
"""Classes of things whose trace becomes a page."""
_ONTOLOGY = PREFIXES["owl"] + "Ontology"
_TABLES = ("csv", "json", "xlsx", "ttl")
_CATALOGUED = re.compile(r"dataset/[^/]+")
"""The paths of things of which the catalogue speaks, and not the graph."""
_HREF = re.compile(r'href="(/[^"]*)"')
_HELD = frozenset({"lang", "as_of"})
"""Parameters that every file has decided: they are no part of an address here."""


def canonical(address: str) -> str:
    """An address of the service without language and day, and without its fragment; parameters in their order by name."""
    there = urlsplit(address)
    path = unquote(there.path)
    kept = sorted((name, value) for name, value in parse_qsl(there.query) if name not in _HELD)
    if path.rpartition(".")[2] in _TABLES:
        kept = [(name, value) for name, value in kept if name != "page"]  # the file holds the whole list
    return path + ("?" + urlencode(kept) if kept else "")


@dataclass
class Plan:
    """What becomes a file.

    ``pages``: address → file in the folder of each language; ``data``: address → file, the same for all languages. ``things``:
    the IRIs that have a page; ``described``: those whose data are what a query makes of the graph, with the files without their
    endings; ``ontologies``: the IRIs of ontologies. ``parts``: the exports that stand beside, by their folders.
    """

    pages: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    things: list[str] = field(default_factory=list)
    described: dict[str, str] = field(default_factory=dict)
    ontologies: set[str] = field(default_factory=set)
    parts: tuple[str, ...] = ()

    def file(self, address: str, lang: str) -> str | None:
        """The file, below the site's folder, that holds what stands at an address; None where there is none."""
        address = canonical(address)
        if address in self.pages:
            return f"{lang}/{self.pages[address]}"
        path = address.partition("?")[0]
        folder, _, name = path[1:].partition("/")
        if name and (folder == "static" or (folder in self.parts and address not in self.data)):
            return path[1:]
        return self.data.get(address)

    def add(self, address: str, file: str) -> None:
        """A page of the service."""
        self.pages[canonical(address)] = file


async def plan_of(graph: Path, inside: Inside, base: str, day: str, parts: Iterable[str] = (),
                  only: tuple[str, ...] = ()) -> Plan:
    """The pages and data for the graph in a file of N-Quads; lists in parts and numbers of the overview are looked up.

    ``parts``: the kinds of export that stand beside, each in a folder of its name. ``only``: beginnings of the IRIs (below the
    base) of the things that get pages, for a trial; empty: all things.
    """
    plan = Plan(pages={"/": "index.html", "/overview": "overview.html", "/trace": "trace.html",
                       NEEDS_SERVICE: "needs-service.html"}, data={MISSING: "404.html"}, parts=tuple(parts))
    if "dumps" in plan.parts:
        plan.add("/dumps/", "dumps.html")
    for room in LISTS:
        plan.add(f"/{room}", f"{room}.html")
        await _parts(plan, room, inside, day)
    await _overview(plan, inside, day, trial=bool(only))
    _things(plan, graph, base, tuple(base + start for start in only))
    await _catalogue(plan, inside, day)
    return plan


async def _catalogue(plan: Plan, inside: Inside, day: str) -> None:
    """The catalogue and each of its datasets, under their addresses and under those of their IRIs; the description in VoID."""
    keys = sorted({canonical(link).removeprefix("/catalog/") for link in await _links(inside, "/catalog", day)
                   if link.startswith("/catalog/") and "/" not in link[len("/catalog/"):]})
    for name in ("catalog", *(f"catalog/{key}" for key in keys)):
        plan.add(f"/{name}", f"{name}.html")
        plan.data |= {f"/{name}.{ending}": f"{name}.{ending}" for ending in DATA}
    for name in (f"doc/dataset/{key}" for key in (*keys, CATALOGUE, SERIES)):
        plan.add(f"/{name}", f"{name}.html")
        plan.data |= {f"/{name}.{ending}": f"{name}.{ending}" for ending in DATA}
    plan.data |= {f"/.well-known/void.{ending}": f".well-known/void.{ending}" for ending in DATA}


async def _parts(plan: Plan, room: str, inside: Inside, day: str) -> None:
    """The further pages of a list, and the list as files."""
    found = await _links(inside, f"/{room}", day)
    numbers = [int(number) for link in found if (number := dict(parse_qsl(urlsplit(link).query)).get("page", "")).isdigit()
               and urlsplit(link).path == f"/{room}"]
    for at in range(2, max(numbers, default=1) + 1):
        plan.add(f"/{room}?page={at}", f"{room}-{at}.html")
    _tables(plan, found, f"/{room}.")


async def _overview(plan: Plan, inside: Inside, day: str, trial: bool) -> None:
    """What the numbers of the overview count; a trial goes without."""
    found = await _links(inside, "/overview", day)
    for link in found:
        address = canonical(link)
        there = urlsplit(address)
        if there.path.startswith("/overview/") and there.query and not trial:
            words = "-".join(re.sub(r"[^A-Za-z0-9]+", "-", value).strip("-") for _, value in parse_qsl(there.query))
            plan.add(link, f"{there.path[1:]}/{words}.html")
    _tables(plan, found, "/overview/")


def _tables(plan: Plan, links: Iterable[str], start: str) -> None:
    for link in links:
        address = canonical(link)
        if address.startswith(start) and address.rpartition(".")[2] in _TABLES:
            plan.add(address, address[1:])


async def _links(inside: Inside, address: str, day: str) -> list[str]:
    answer = await inside.get(address, lang="en", as_of=day)
    return [unescape(link) for link in _HREF.findall(answer.body.decode())]


def _things(plan: Plan, graph: Path, base: str, only: tuple[str, ...]) -> None:
    """A page and data for everything that the graph names, and a trace for what stands on one."""
    addresses = Addresses(base)
    names: set[str] = set()
    traced: set[str] = set()
    for quad in ox.parse(path=str(graph), format=ox.RdfFormat.N_QUADS):
        terms = (quad.subject, quad.object, quad.graph_name)
        names.update(term.value for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith((base, BASE)))
        if quad.predicate.value == RDF + "type":
            kind, subject = getattr(quad.object, "value", ""), getattr(quad.subject, "value", "")
            if kind in _TRACED:
                traced.add(subject)
            elif kind == _ONTOLOGY:
                plan.ontologies.add(subject)
    plan.things = sorted(name for name in names if addresses.is_local(name) and name.startswith(only or ""))
    for name in plan.things:
        path = addresses.path(name)
        if _CATALOGUED.fullmatch(path):
            continue  # the catalogue speaks of it
        plan.add(f"/doc/{path}", f"doc/{path}.html")
        plan.described[name] = f"doc/{path}"
        plan.data |= {f"/doc/{path}.{ending}": f"doc/{path}.{ending}" for ending in DATA}
        if name in traced:
            plan.add(f"/trace/{path}", f"trace/{path}.html")

"""Dereferencing: ``/id/…`` sends to ``/doc/…``, which shows a thing to people and gives its data to programs.

The IRIs of ontology, vocabularies, shapes and graphs are answered in the same way.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.catalogue import load
from pactgraph.catalogue.bind import iri as iri_term
from pactgraph.errors import UserError, fail
from pactgraph.namespaces import PREFIXES
from pactgraph.publish.schema_org import project_block, thing_block
from pactgraph.store import readers
from pactgraph.web import respond
from pactgraph.web.negotiation import HTML, Offer, best
from pactgraph.web.page import Format, Page
from pactgraph.web.standing import Standing, link, rights_links, standing_of
from pactgraph.web.trace.small import view_on_page
from pactgraph.web.trace.steps import COLUMNS
from pactgraph.web.views import view_for
from pactgraph.web.views.common import Facts, facts_of, links_of

router = APIRouter()
DATA = (
    Offer("ttl", "text/turtle", ("application/x-turtle",)),
    Offer("jsonld", "application/ld+json", ("application/json",)),
    Offer("rdf", "application/rdf+xml", ("application/xml", "text/xml")),
    Offer("nt", "application/n-triples", ("text/plain",)),
)
ENGINE_NAMES = {"ttl": "turtle", "jsonld": "jsonld", "rdf": "rdfxml", "nt": "ntriples"}
_WITH_PICTURE = ("TreatyProvision", "Recommendation", "RecommendedAction", "PlanTask", "PublicBody", "Law")
ONTOLOGY = PREFIXES["owl"] + "Ontology"
_VERSION_IRI = PREFIXES["owl"] + "versionIRI"
_SAFE = "/:@!$&'()*+,;=~-._"


async def _see_other(request: Request) -> Response:
    """303: a thing is not a document; one about it is elsewhere, in the format that the client likes.

    What is not known is 404, what was withdrawn 410, without a detour.
    """
    page = Page(request, forgiving=True)
    target = page.path.removeprefix("/id/").lstrip("/")
    offer = _liked(request)
    iri = _iri(page, target)
    standing = await standing_of(page.site, iri)
    if not standing.known:
        raise HTTPException(404)
    if standing.withdrawn:
        return await _page(request, target) if offer is HTML else await _data(request, target, offer, offer.media_type)
    target = await _of_version(page, iri) or target
    kept = [(name, value) for name, value in request.query_params.multi_items() if name in ("lang", "as_of")]
    document = _document(page, target)
    response = Response(status_code=303)
    response.headers["Location"] = _in(document, offer) + ("?" + urlencode(kept) if kept else "")
    response.headers["Vary"] = "Accept"
    response.headers["Cache-Control"] = respond.REVALIDATE
    for value in (link(document, "describedby"), *_alternates(document)):
        response.headers.append("Link", value)
    return response


async def _of_version(page: Page, iri: str) -> str:
    """The path of the ontology whose present version an IRI is; empty for any other IRI."""
    pointing = await page.ask.records("links-in", iri) if page.path.startswith("/ontology/") else []
    return next((page.addresses.path(record.subject or "") for record in pointing if record.property == _VERSION_IRI), "")


for _room in ("id", "ontology", "vocab", "shapes", "graph", ".well-known/genid"):
    router.add_api_route(f"/{_room}/{{path:path}}", _see_other, methods=["GET"], include_in_schema=_room == "id",
                         summary="Find the document about a thing")
    if _room == "ontology":
        router.add_api_route(f"/{_room}", _see_other, methods=["GET"], include_in_schema=False)


@router.get("/doc/{path:path}", summary="Read about a thing")
async def document(request: Request, path: str) -> Response:
    """The page of a thing, or with ``.ttl``, ``.jsonld``, ``.rdf``, ``.nt`` its data (or by ``Accept``)."""
    stem, _, suffix = path.rpartition(".")
    offer = next((item for item in DATA if stem and item.name == suffix), None)
    if offer:
        return await _data(request, stem, offer, offer.media_type)
    liked = _liked(request)
    if liked is not HTML:
        chosen = best(request.headers.get("accept"), DATA)
        response = await _data(request, path, liked, chosen[1] if chosen else liked.media_type)
        response.headers["Content-Location"] = _in(_document(Page(request, forgiving=True), path), liked)
        return response
    return await _page(request, path)


async def _page(request: Request, path: str) -> Response:
    page = Page(request)
    iri = _iri(page, path)
    known = page.known()
    if known:
        return known
    facts = await facts_of(page.ask, iri)
    pointing = await page.ask.records("links-in", iri)
    template, view = view_for(facts.classes(), is_graph=page.addresses.is_graph(iri))
    special: dict[str, Any] = await view(page.ask, facts) if view else {}
    if not (facts or pointing or special.get("members")):
        raise HTTPException(404)
    standing = await standing_of(page.site, iri)
    if standing.withdrawn:
        template, view = "withdrawn", None
    page.ask.mention([iri])
    chain = None
    if any(name.endswith("/" + kind) for name in facts.classes() for kind in _WITH_PICTURE):
        chain = await view_on_page(page, iri)
    return await page.show(
        f"things/{template}.html", 410 if standing.withdrawn else 200, iri=iri, facts=facts,
        pointing=_by_property(pointing), view=chain, stages=COLUMNS, links=await links_of(page.ask, iri), standing=standing,
        formats=_formats(page, path), headers=await _links(page, facts, standing, _document(page, path)),
        linked_data=lambda: _linked_data(page, iri, path), **special,
    )


def _linked_data(page: Page, iri: str, path: str) -> dict[str, Any]:
    """The page for search engines; the names of things are known when it is rendered."""
    site = str(page.request.base_url)
    name = page.thing(iri).label(page.lang)[0]
    return thing_block(iri, f"{site}doc/{quote(path, safe=_SAFE)}", name, project_block(page.site.settings.base, site, page.lang))


async def _data(request: Request, path: str, offer: Offer, media_type: str) -> Response:
    page = Page(request, forgiving=True)
    iri = _iri(page, path)
    etag = page.site.etag("data", iri, offer.name)
    standing = await standing_of(page.site, iri)
    if not standing.known:
        raise HTTPException(404)
    known = respond.not_modified(request, etag, respond.data_headers(Vary="Accept"))
    if known and not standing.withdrawn:
        return known
    facts = await facts_of(page.ask, iri)
    query = query_of(iri, is_graph=page.addresses.is_graph(iri), is_ontology=ONTOLOGY in facts.classes())
    answer = await page.site.answers.run(readers.Request(query, graph=ENGINE_NAMES[offer.name], tidy=True))
    response = respond.data(request, answer.body, media_type, "" if standing.withdrawn else etag, Vary="Accept")
    response.status_code = 410 if standing.withdrawn else 200
    document = _document(page, path)
    for value in await _links(page, facts, standing, _in(document, offer)) + _alternates(document, but=offer):
        response.headers.append("Link", value)
    return response


def query_of(iri: str, *, is_graph: bool, is_ontology: bool) -> str:
    """The query for the data of a thing: of a graph and of an ontology all statements, of others what says something of it."""
    room = "graph" if is_graph else "ontology" if is_ontology else "description"
    return load("pages", room).bind({"thing": iri_term(iri)})


async def _links(page: Page, facts: Facts, standing: Standing, canonical: str) -> list[str]:
    """Where a document leads: to what it describes, to itself under its best address, to rights, to successors."""
    return [
        link(facts.iri, "describes"), link(canonical, "canonical"),
        *await rights_links(page.site, facts.graphs(), page.addresses.local("/doc/graph/")),
        *(link(iri, "successor-version") for iri in standing.successors),
    ]


def _document(page: Page, path: str) -> str:
    """The address of the document about a thing."""
    return page.addresses.local(f"/doc/{quote(path, safe=_SAFE)}")


def _in(document: str, offer: Offer) -> str:
    """The address of a document in one format."""
    return document if offer is HTML else f"{document}.{offer.name}"


def _alternates(document: str, but: Offer | None = None) -> list[str]:
    return [link(_in(document, offer), "alternate", type=offer.media_type) for offer in (HTML, *DATA) if offer is not but]


def _iri(page: Page, path: str) -> str:
    iri = page.addresses.iri(path)
    try:
        iri_term(iri)
    except UserError:
        raise HTTPException(404) from None
    return iri


def _liked(request: Request) -> Offer:
    """The form that a client likes: a page or one of :data:`DATA`. A client that says nothing gets a page."""
    header = request.headers.get("accept")
    chosen = best(header, (HTML, *DATA))
    if chosen is None:
        raise fail("not-acceptable", offers=", ".join(offer.media_type for offer in (HTML, *DATA)))
    return chosen[0]


def _formats(page: Page, path: str) -> list[Format]:
    return [
        Format(name, _in(_document(page, path), offer), offer.media_type)
        for offer, name in zip(DATA, ("Turtle", "JSON-LD", "RDF/XML", "N-Triples"), strict=True)
    ]


def _by_property(records: list[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for record in records:
        found.setdefault(record.property, []).append(record.subject)
    return found

"""``/catalog`` and ``/.well-known/void``: what portals, harvesters and search engines are told of the graph.

A page of the catalogue for people, or the same as data: by a suffix, else by ``Accept``. Data come in pages (``?page=``), with
the links by which harvesters go on. Nothing stands here that is not public.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from pactgraph.errors import UserError, fail
from pactgraph.publish import dcat, knowledge
from pactgraph.publish.catalogued import CATALOGUE, SERIES, SERVICE, Catalogue, Dataset, catalogue
from pactgraph.publish.schema_org import catalogue_block, dataset_block
from pactgraph.publish.triples import Description
from pactgraph.publish.void import describe_void, links
from pactgraph.store import readers
from pactgraph.web import respond
from pactgraph.web.dump_keeper import Kept
from pactgraph.web.fixed.state import KEY, Fixed
from pactgraph.web.negotiation import HTML, Offer, best
from pactgraph.web.page import Format, Page
from pactgraph.web.site import site_of
from pactgraph.web.standing import link

router = APIRouter()
DATA = (
    Offer("ttl", "text/turtle", ("application/x-turtle",)),
    Offer("jsonld", "application/ld+json", ("application/json",)),
    Offer("rdf", "application/rdf+xml", ("application/xml", "text/xml")),
    Offer("nt", "application/n-triples", ("text/plain",)),
)
_NAMES = ("Turtle", "JSON-LD", "RDF/XML", "N-Triples")
PAGE = 25
"""How many datasets a page of data has."""
_PATIENCE_SECONDS = 25.0
"""How long who asks for the catalogue of a new service waits until its dumps are made, before being told to come again."""
_ITEMS = 12
"""How many files the Link headers of a dataset's page name; all stand in its data."""
Make = Callable[[Catalogue], Description]


async def catalogue_of(request: Request, *, needs_dumps: bool = True) -> tuple[Catalogue, Kept | None]:
    """The catalogue of the dumps that there are, of the releases, and of the graph now.

    Where the dumps are still being made this raises a UserError that says so, unless they are not needed: a harvester
    that were told of fewer datasets would take the others for withdrawn.
    """
    site = site_of(request)
    kept: Kept | None = None
    try:
        keeper = request.app.state.dumps
        if needs_dumps:
            await keeper.patient(site, _PATIENCE_SECONDS)
        kept = await keeper.kept(site)
    except UserError:
        if needs_dumps:
            raise
    answers = {}
    for name in knowledge.QUERIES:
        answer = await site.answers.run(readers.Request(knowledge.text(name)))
        answers[name] = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    known = knowledge.knowledge(answers)  # type: ignore[arg-type]
    exports = kept.exports() if kept else []
    _, releases = await asyncio.to_thread(request.app.state.releases.known)
    fixed: Fixed | None = request.scope.get(KEY)
    endpoint = None if fixed is None else fixed.service and f"{fixed.service}/sparql"
    return catalogue(site.settings.base, str(request.base_url), exports, known, releases, endpoint), kept


@router.get("/catalog", summary="The catalogue of datasets (DCAT-AP), as a page or as data, in pages for harvesters")
async def whole(request: Request) -> Response:
    """The catalogue."""
    offer = liked(request)
    return await _page(request) if offer is HTML else await _pages_of_data(request, offer, "catalog")


@router.get("/catalog.{ending}", include_in_schema=False)
async def whole_as(request: Request, ending: str) -> Response:
    """The catalogue in the format of a suffix."""
    return await _pages_of_data(request, _offer(ending), f"catalog.{ending}")


@router.get("/catalog/{key}", summary="A dataset of the catalogue, as a page or (.ttl, .jsonld, .rdf, .nt) as data")
async def one(request: Request, key: str) -> Response:
    """A dataset."""
    stem, _, suffix = key.rpartition(".")
    offer = next((item for item in DATA if stem and item.name == suffix), None)
    name = stem if offer else key
    chosen = offer or liked(request)
    if chosen is HTML:
        return await _dataset_page(request, name)

    def make(found: Catalogue) -> Description:
        dataset = found.dataset(name)
        if dataset is None:
            raise fail("catalogue-no-dataset")
        return dcat.describe_one(found, dataset)

    return await described(request, chosen, f"/catalog/{name}", make)


@router.get("/.well-known/void", summary="The VoID description: dumps, endpoint, statistics, linksets")
async def void(request: Request) -> Response:
    """VoID: Turtle for whoever has no wish."""
    chosen = best(request.headers.get("accept"), (*DATA, HTML))
    return await described(request, chosen[0] if chosen and chosen[0] is not HTML else DATA[0], "", describe_void)


@router.get("/.well-known/void.{ending}", include_in_schema=False)
async def void_as(request: Request, ending: str) -> Response:
    """VoID in the format of a suffix."""
    return await described(request, _offer(ending), "", describe_void)


async def _see_dataset(request: Request, key: str) -> Response:
    """303 from the IRI of a dataset (or of the catalogue, the series, the service) to its description; a suffix stays."""
    stem, dot, suffix = key.rpartition(".")
    name, ending = (stem, dot + suffix) if stem and any(suffix == item.name for item in DATA) else (key, "")
    target = "sparql" if name == SERVICE else {CATALOGUE: "catalog", SERIES: "catalog"}.get(name, f"catalog/{name}") + ending
    return RedirectResponse(f"{request.scope.get('root_path', '')}/{target}", 303, {"Vary": "Accept"})


for _room in ("id", "doc"):
    router.add_api_route(f"/{_room}/dataset/{{key}}", _see_dataset, methods=["GET"], include_in_schema=False)


def _offer(ending: str) -> Offer:
    offer = next((item for item in DATA if item.name == ending), None)
    if offer is None:
        raise HTTPException(404)
    return offer


def liked(request: Request) -> Offer:
    """A page or one of :data:`DATA`. Who says nothing in particular gets a page."""
    chosen = best(request.headers.get("accept"), (HTML, *DATA))
    if chosen is None:
        raise fail("not-acceptable", offers=", ".join(offer.media_type for offer in (HTML, *DATA)))
    return chosen[0]


async def _pages_of_data(request: Request, offer: Offer, path: str) -> Response:
    asked = request.query_params.get("page", "1")

    def make(found: Catalogue) -> Description:
        size = len(found.datasets) if KEY in request.scope else PAGE  # a file is the whole catalogue
        last = -(-len(found.datasets) // size)
        if not (asked.isascii() and asked.isdigit() and len(asked) < 6 and 1 <= int(asked) <= last):
            raise fail("catalogue-no-page", value=asked[:40], last=last)
        number = int(asked)
        return dcat.describe(found, found.datasets[(number - 1) * size:number * size], dcat.Page(number, last, path))

    return await described(request, offer, "/catalog", make)


async def described(request: Request, offer: Offer, document: str, make: Make, *, needs_dumps: bool | None = None) -> Response:
    """A description in a format; it is made once for each state of the graph, of its dumps and of the releases.

    ``document``: the path of the page of the same, empty where there is none (VoID, which does without dumps).
    """
    site = site_of(request)
    found, kept = await catalogue_of(request, needs_dumps=bool(document) if needs_dumps is None else needs_dumps)
    releases, _ = await asyncio.to_thread(request.app.state.releases.known)
    etag = site.etag("catalog", str(request.url), kept.folder.name if kept else "", releases, offer.name)
    headers = {"Vary": "Accept"}
    known = respond.not_modified(request, etag, respond.data_headers(**headers))
    if known:
        return known
    there = site.pages.get(etag)
    body = there[0] if there else await asyncio.to_thread(lambda: make(found).written(offer.name))
    site.pages.put(etag, (body, []), len(body))
    response = respond.data(request, body, offer.media_type, etag, **headers)
    local = request.scope.get("root_path", "")
    if document:
        response.headers.append("Link", link(f"{local}{document}", "alternate", type=HTML.media_type))
    response.headers.append("Link", link(f"{local}/.well-known/void", "describedby"))
    return response


def formats_of(page: Page, path: str) -> list[Format]:
    """The forms in which what a page describes can be taken."""
    return [Format(name, page.addresses.local(f"{path}.{offer.name}"), offer.media_type)
            for offer, name in zip(DATA, _NAMES, strict=True)]


def signposts(page: Page, found: Catalogue, dataset: Dataset) -> list[str]:
    """Where a machine goes from the page of a dataset (FAIR Signposting): how it is cited, its data, licence and files."""
    licences = sorted({licence for file in dataset.files for licence in file.entry.licences})
    path = page.addresses.local("/" + dataset.page)
    return [link(found.iri(dataset.key), "cite-as"), link("https://schema.org/Dataset", "type"),
            link("https://schema.org/AboutPage", "type"), *(link(licence, "license") for licence in licences[:1]),
            *(link(f"{path}.{offer.name}", "describedby", type=offer.media_type) for offer in DATA),
            *(link(file.address, "item", type=file.entry.media_type) for file in dataset.files[:_ITEMS])]


async def _page(request: Request) -> Response:
    page = Page(request)
    found, _ = await catalogue_of(request)
    counts = links(found)
    return await page.show("catalog.html", keep=False, formats=formats_of(page, "/catalog"), catalogue=found,
                           linked_data=catalogue_block(found, page.lang), counts=counts, harvest=f"{found.site}catalog.ttl")


async def _dataset_page(request: Request, key: str) -> Response:
    page = Page(request)
    found, _ = await catalogue_of(request)
    dataset = found.dataset(key)
    if dataset is None:
        raise fail("catalogue-no-dataset")
    rights: dict[str, Any] = {words["en"] or words["vi"]: words for file in dataset.files for words in file.entry.rights}
    licences = sorted({licence for file in dataset.files for licence in file.entry.licences})
    return await page.show("catalog_dataset.html", keep=False, formats=formats_of(page, f"/catalog/{key}"), catalogue=found,
                           dataset=dataset, iri=found.iri(key), rights=list(rights.values()), licences=licences,
                           headers=signposts(page, found, dataset),
                           linked_data=dataset_block(found, dataset, page.lang))

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
from pactgraph.store import readers
from pactgraph.web import respond
from pactgraph.web.negotiation import HTML, Offer, best
from pactgraph.web.page import Format, Page
from pactgraph.web.picture import chain_picture
from pactgraph.web.views import view_for
from pactgraph.web.views.common import facts_of, links_of

router = APIRouter()
DATA = (
    Offer("ttl", "text/turtle", ("application/x-turtle",)),
    Offer("jsonld", "application/ld+json", ("application/json",)),
    Offer("rdf", "application/rdf+xml", ("application/xml", "text/xml")),
    Offer("nt", "application/n-triples", ("text/plain",)),
)
_ENGINE_NAMES = {"ttl": "turtle", "jsonld": "jsonld", "rdf": "rdfxml", "nt": "ntriples"}
_WITH_PICTURE = ("TreatyProvision", "Recommendation", "RecommendedAction", "PlanTask", "PublicBody", "Law")
_ONTOLOGY = PREFIXES["owl"] + "Ontology"
_SAFE = "/:@!$&'()*+,;=~-._"


async def _see_other(request: Request) -> Response:
    """303: a thing is not a document; one about it is elsewhere, in the format that the client likes."""
    path = request.path_params.get("path", "")
    room = request.url.path.removeprefix(request.scope.get("root_path", "")).split("/")[1]
    target = path if room == "id" else f"{room}/{path}" if path else room
    offer = _liked(request)
    suffix = "" if offer is HTML else f".{offer.name}"
    page = Page(request, forgiving=True)
    kept = [(name, value) for name, value in request.query_params.multi_items() if name in ("lang", "as_of")]
    address = page.addresses.local(f"/doc/{quote(target, safe=_SAFE)}{suffix}")
    headers = {
        "Location": address + ("?" + urlencode(kept) if kept else ""),
        "Vary": "Accept",
        "Cache-Control": respond.REVALIDATE,
    }
    return Response(status_code=303, headers=headers)


for _room in ("id", "ontology", "vocab", "shapes", "graph"):
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
        response.headers["Content-Location"] = Page(request, forgiving=True).addresses.local(
            f"/doc/{quote(path, safe=_SAFE)}.{liked.name}")
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
    page.ask.mention([iri])
    picture = None
    if any(name.endswith("/" + kind) for name in facts.classes() for kind in _WITH_PICTURE):
        picture = await chain_picture(page, iri)
    return await page.show(
        f"things/{template}.html", iri=iri, facts=facts, pointing=_by_property(pointing), picture=picture,
        links=await links_of(page.ask, iri), formats=_formats(page, path), **special,
    )


async def _data(request: Request, path: str, offer: Offer, media_type: str) -> Response:
    page = Page(request, forgiving=True)
    iri = _iri(page, path)
    etag = page.site.etag("data", iri, offer.name)
    known = respond.not_modified(request, etag)
    if known:
        return known
    facts = await facts_of(page.ask, iri)
    room = "graph" if page.addresses.is_graph(iri) else "ontology" if _ONTOLOGY in facts.classes() else "description"
    query = load("pages", room).bind({"thing": iri_term(iri)})
    if not (facts or await _is_known(page, iri)):
        raise HTTPException(404)
    answer = await page.site.answers.run(readers.Request(query, graph=_ENGINE_NAMES[offer.name], tidy=True))
    response = respond.data(request, answer.body, media_type, etag, Vary="Accept")
    response.headers.append("Link", f'<{quote(iri, safe=_SAFE + "#%[]")}>; rel="describes"')
    return response


async def _is_known(page: Page, iri: str) -> bool:
    """Whether a thing that nothing is stated about is pointed at, or is a graph that holds something."""
    return bool(await page.ask.records("graph-members" if page.addresses.is_graph(iri) else "links-in", iri))


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
        Format(name, page.addresses.local(f"/doc/{quote(path, safe=_SAFE)}.{offer.name}"), offer.media_type)
        for offer, name in zip(DATA, ("Turtle", "JSON-LD", "RDF/XML", "N-Triples"), strict=True)
    ]


def _by_property(records: list[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for record in records:
        found.setdefault(record.property, []).append(record.subject)
    return found

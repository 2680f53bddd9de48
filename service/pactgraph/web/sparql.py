"""``/sparql``: the SPARQL 1.1 Protocol for queries, a form for people, the service description for programs."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl, unquote_plus

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.errors import UserError, fail
from pactgraph.store import readers, screen
from pactgraph.web import federation, respond
from pactgraph.web.description import service_description
from pactgraph.web.negotiation import GRAPHS, HTML, SOLUTIONS, Offer, best, remembered
from pactgraph.web.running import unless_gone
from pactgraph.web.site import Site, site_of
from pactgraph.web.sparql_page import show_answer, show_form, show_problem

router = APIRouter()
Choice = tuple[Offer, str] | None
"""A format with the media type to send; None: the client takes none."""
QUERY_TEXT_BYTES = 1_000_000
"""The longest query that is read, in bytes."""
PAGE_BYTES = 5_000_000
"""The largest result that is shown as a page, in bytes: it is read in the process that serves everybody."""

BODY = "pactgraph.body"
"""Where a body stands in the scope that somebody has read before."""

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"
_SHORT_NAMES = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml", "json-ld": "jsonld", "nq": "nquads"}


@router.get("/sparql", summary="Query the graph, or read about the service")
async def query_by_get(request: Request) -> Response:
    """SPARQL 1.1 Protocol: query via GET. Without a query: a form for people, the service description for programs."""
    parameters = _parameters(_query_string(request))
    if not any(name in ("query", "update") for name, _ in parameters):
        return await _without_query(request)
    return await _answer(request, parameters)


@router.post("/sparql", summary="Query the graph")
async def query_by_post(request: Request) -> Response:
    """SPARQL 1.1 Protocol: query via URL-encoded POST or POST directly."""
    kind, _, options = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    charset = options.lower().partition("charset=")[2].strip(' "')
    if kind not in (_FORM, _DIRECT) or charset not in ("", "utf-8", "utf8"):
        raise fail("unsupported-media-type", kind=request.headers.get("content-type", ""))
    body = _text(await _body(request))
    if kind == _DIRECT:
        return await _answer(request, [*_parameters(_query_string(request)), ("query", body)])
    return await _answer(request, [*_parameters(_query_string(request)), *_parameters(body)])


async def _without_query(request: Request) -> Response:
    site = site_of(request)
    chosen = best(request.headers.get("accept"), (*GRAPHS, HTML))
    if chosen is None:
        raise fail("not-acceptable", offers=_names((*GRAPHS, HTML)))
    offer, media_type = chosen
    if offer is HTML:
        return await show_form(request)
    endpoint = f"{request.base_url}sparql"
    etag = site.etag("description", offer.name, endpoint)
    known = respond.not_modified(request, etag, respond.data_headers(Vary="Accept"))
    return known or respond.data(
        request, await service_description(site, endpoint, offer.name), media_type, etag, Vary="Accept")


async def _answer(request: Request, parameters: list[tuple[str, str]]) -> Response:
    site = site_of(request)
    solutions, graphs = _wanted(request, parameters)
    page = _page_wished(solutions, graphs)
    asked = _request(site, parameters, _engine_name(solutions, "json"), _engine_name(graphs, "turtle"), page)
    keep = not screen.is_volatile(asked.query)
    etag = site.etag("sparql", repr(asked)) if keep and not page else ""
    if etag and (known := respond.not_modified(request, etag, respond.data_headers(Vary="Accept"))):
        return known
    try:
        answer, called = await unless_gone(request, federation.run(site, asked, site.answers if keep else site.readers))
    except UserError as refusal:
        if not page:
            raise
        if refusal.key == "query-bytes":
            refusal = fail("page-bytes", bytes=min(PAGE_BYTES, site.settings.query_bytes))
        return await show_problem(request, asked, refusal)
    if called:  # others answered too, and they may answer differently the next time
        keep, etag = False, ""
    chosen = graphs if answer.kind == "graph" else solutions
    assert chosen is not None
    if chosen[0] is HTML:
        return await show_answer(request, asked, answer)
    response = respond.data(request, answer.body, chosen[1], etag, Vary="Accept")
    if not keep:
        response.headers["Cache-Control"] = "no-store"
    return response


def _engine_name(chosen: Choice, for_page: str) -> str | None:
    return chosen and (for_page if chosen[0] is HTML else chosen[0].name)


def _page_wished(*chosen: Choice) -> bool:
    """Whether the answer may be a page, whose words are not part of the entity tag."""
    return any(choice and choice[0] is HTML for choice in chosen)


def _wanted(request: Request, parameters: list[tuple[str, str]]) -> tuple[Choice, Choice]:
    """The formats for solutions and for graphs: a known ``format`` parameter, else what ``Accept`` likes."""
    wish = next((value for key, value in parameters if key == "format"), "")
    accept = request.headers.get("accept")
    solutions, graphs = remembered(_formats, wish, accept)
    if solutions is None and graphs is None:
        raise fail("not-acceptable", offers=_names((*SOLUTIONS, *GRAPHS, HTML)))
    return solutions, graphs


@lru_cache(maxsize=512)
def _formats(wish: str, accept: str | None) -> tuple[Choice, Choice]:
    named = [_named(wish, offers) for offers in (SOLUTIONS, GRAPHS)]
    # Where the parameter names a form of data, the other kind of result comes as data too.
    page = () if any(named) else (HTML,)
    solutions, graphs = (
        known or best(accept, (*offers, *page)) for known, offers in zip(named, (SOLUTIONS, GRAPHS), strict=True))
    return solutions, graphs


def _named(wish: str, offers: tuple[Offer, ...]) -> Choice:
    name = _SHORT_NAMES.get(wish, wish)
    return next(((offer, offer.media_type) for offer in offers if offer.name == name), None)


def _request(site: Site, parameters: list[tuple[str, str]], solutions: str | None, graph: str | None,
             page: bool) -> readers.Request:
    queries = [value for name, value in parameters if name == "query"]
    if any(name == "update" for name, _ in parameters):
        raise fail("no-update-here")
    if len(queries) != 1:
        raise fail("one-query", found=len(queries))
    return readers.Request(
        queries[0],
        solutions,
        graph,
        union=site.union,
        default_graphs=tuple(value for name, value in parameters if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in parameters if name == "named-graph-uri"),
        base=site.settings.base,
        max_bytes=PAGE_BYTES if page else None,
    )


def _query_string(request: Request) -> str:
    text: bytes = request.scope["query_string"]
    return text.decode("latin-1")


def _parameters(text: str) -> list[tuple[str, str]]:
    if not text:
        return []
    try:
        if text.startswith("query=") and "&" not in text:  # what most clients send, read without the general way
            return [("query", unquote_plus(text[6:], errors="strict"))]
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError:
        raise fail("query-not-utf8") from None
    except ValueError:
        raise HTTPException(400) from None


async def _body(request: Request) -> bytes:
    read: bytes | None = request.scope.get(BODY)
    if read is not None:
        return read
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > QUERY_TEXT_BYTES:
            raise fail("query-too-long", limit=QUERY_TEXT_BYTES)
    return bytes(body)


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise fail("query-not-utf8") from None


def _names(offers: tuple[Offer, ...]) -> str:
    return ", ".join(offer.media_type for offer in offers)

"""Reads W3C's manifests of HTTP tests (protocol, graph store) and sends their requests to a running service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from rdflib import RDFS, BNode, Graph, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

SUITE = Path(__file__).resolve().parents[3] / "shared" / "standards" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
NAMED_STATUS = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
TABLES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
GRAPHS = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")


@dataclass(frozen=True)
class Expected:
    """What an answer must be."""

    status: frozenset[str]
    boolean: bool | None = None
    form: str = ""
    location: str = ""
    content_type: str = ""
    body: str = ""


@dataclass(frozen=True)
class Call:
    """One request of a test."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    expected: Expected


@dataclass(frozen=True)
class Case:
    """One test: the graphs that must be there before (IRI → file), and its requests in order."""

    name: str
    data: dict[str, Path] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()


def cases(*path: str) -> list[Case]:
    """The tests of a manifest and of those that it includes; none where the suite is not at hand."""
    file = SUITE.joinpath(*path)
    return list(_cases(file)) if file.is_file() else []


def _cases(file: Path) -> Iterator[Case]:
    graph = Graph().parse(file, publicID=file.as_uri())
    here = URIRef(file.as_uri())
    for included in graph.objects(here, MF.include):
        for other in graph.items(included):
            yield from _cases(file.parent / str(other).rsplit("/", 1)[-1])
    for listed in graph.objects(here, MF.entries):
        for entry in graph.items(listed):
            data = {str(graph.value(item, RDFS.label)): file.parent / str(graph.value(item, UT.graph)).rsplit("/", 1)[-1]
                    for item in graph.objects(entry, UT.graphData)}
            action = graph.value(entry, MF.action)
            calls = tuple(_call(graph, node) for node in graph.items(graph.value(action, HT.requests)))
            yield Case(str(entry).partition("#")[2], data, calls)


def _call(graph: Graph, node: Node) -> Call:
    body = graph.value(node, HT.body)
    encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8") if body else "UTF-8"
    return Call(str(graph.value(node, HT.methodName)), str(graph.value(node, HT.absolutePath)), _headers(graph, node),
                str(graph.value(body, CNT.chars)).encode(encoding) if body else b"",
                _expected(graph, graph.value(node, HT.resp) or BNode()))


def _headers(graph: Graph, node: Node) -> dict[str, str]:
    listed = graph.value(node, HT.headers)
    return {str(graph.value(item, HT.fieldName)): str(graph.value(item, HT.fieldValue))
            for item in (graph.items(listed) if listed else ())}


def _expected(graph: Graph, node: Node) -> Expected:
    boolean, body = graph.value(node, MF.expectedBoolean), graph.value(node, HT.body)
    return Expected(
        frozenset(str(status).partition("#")[2] for status in graph.objects(node, MF.expectedStatus)),
        None if boolean is None else bool(boolean.toPython()),
        str(graph.value(node, MF.expectedFormat) or ""), str(graph.value(node, MF.expectedLocation) or ""),
        _headers(graph, node).get("content-type", ""), str(graph.value(body, CNT.chars)) if body else "",
    )


def send(client: httpx.Client, call: Call, path: str, known: dict[str, str], **headers: str) -> httpx.Response:
    """Send a request and hold the answer against what is expected; ``known`` keeps the locations that were told."""
    text = call.body
    for variable, value in known.items():
        path, text = path.replace(variable, value), text.replace(variable.encode(), value.encode())
    answer = client.request(call.method, path, content=text or None, headers=call.headers | headers)
    expected = call.expected
    assert _fits(answer.status_code, expected.status), (answer.status_code, expected.status, answer.text)
    if expected.boolean is not None:
        assert answer.json()["boolean"] is expected.boolean
    kind = answer.headers.get("content-type", "")
    if expected.form:
        assert kind.split(";")[0] in {"boolean": TABLES[:2], "tabular": TABLES, "RDF": GRAPHS}[expected.form]
    if expected.content_type:
        assert kind.replace(" ", "").lower() == expected.content_type.replace(" ", "").lower()
    if expected.body:
        found, wanted = (Graph().parse(data=data, format="turtle", publicID=str(answer.url))
                         for data in (answer.text, expected.body))
        assert isomorphic(found, wanted), answer.text
    if expected.location:
        known[expected.location] = answer.headers["location"]
    return answer


def _fits(status: int, wanted: frozenset[str]) -> bool:
    return any(NAMED_STATUS[name] == status if name in NAMED_STATUS else f"StatusCode{status // 100}xx" == name
               for name in wanted)

"""The SPARQL 1.1 Protocol over real HTTP: queries, datasets, formats, errors, caching."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlencode, urlsplit

import httpx
import pyoxigraph as ox
import pytest

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
MANY = "http://example.org/many"
BODIES = "https://w3id.org/pactgraph/graph/vnm/bodies"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


def number(response: httpx.Response) -> int:
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def test_the_three_ways_to_send_a_query_give_the_same(client: httpx.Client) -> None:
    by_get = client.get("/sparql", params={"query": COUNT})
    by_form = client.post("/sparql", data={"query": COUNT})
    direct = client.post("/sparql", content=COUNT, headers={"Content-Type": "application/sparql-query; charset=UTF-8"})
    assert number(by_get) == number(by_form) == number(direct) > 2000


def test_the_default_graph_is_the_union_and_the_request_may_choose_another(client: httpx.Client) -> None:
    assert number(client.get("/sparql", params={"query": COUNT, "default-graph-uri": MANY})) == 2000
    address = "/sparql?" + urlencode({"default-graph-uri": MANY})
    two = client.post(address, data={"query": COUNT, "default-graph-uri": BODIES})
    assert number(two) > 2000
    assert number(client.get("/sparql", params={"query": COUNT, "named-graph-uri": MANY})) == 0
    inside = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert number(client.get("/sparql", params={"query": inside, "named-graph-uri": MANY})) == 2000


def test_from_chooses_among_stored_graphs_and_the_request_goes_before_it(client: httpx.Client) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{MANY}> WHERE {{ ?s ?p ?o }}"
    assert number(client.get("/sparql", params={"query": query})) == 2000
    assert number(client.get("/sparql", params={"query": query, "default-graph-uri": "http://example.org/none"})) == 0


def test_a_plain_service_sees_only_the_unnamed_graph(starter, generation) -> None:
    running = starter(generation, "plain")
    assert number(httpx.get(running.address + "/sparql", params={"query": COUNT})) == 0


@pytest.mark.parametrize(("accept", "expected"), [
    (None, "application/sparql-results+json"),
    ("*/*", "application/sparql-results+json"),
    ("application/json", "application/json"),
    ("application/sparql-results+xml", "application/sparql-results+xml"),
    ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
    ("text/*", "text/csv"),
    ("application/*;q=0.2, text/csv;q=0.1", "application/sparql-results+json"),
    ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
    ("text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
    (BROWSER, "text/html"),
])
def test_the_format_of_solutions_is_negotiated(client: httpx.Client, accept: str | None, expected: str) -> None:
    client.headers.pop("accept")
    response = client.get("/sparql", params={"query": COUNT}, headers={"Accept": accept} if accept else {})
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == expected
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize(("accept", "expected", "form"), [
    ("*/*", "text/turtle", ox.RdfFormat.TURTLE),
    ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
    ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
    ("application/trig", "application/trig", ox.RdfFormat.TRIG),
    ("application/n-quads", "application/n-quads", ox.RdfFormat.N_QUADS),
])
def test_the_format_of_graphs_is_negotiated(client: httpx.Client, accept: str, expected: str,
                                            form: ox.RdfFormat) -> None:
    for query in (f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{BODIES}> {{ ?s ?p ?o }} }}",
                  "DESCRIBE ?s WHERE { ?s a ?c } LIMIT 3"):
        response = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert response.headers["content-type"].split(";")[0] == expected
        assert list(ox.parse(response.content, format=form))


@pytest.mark.parametrize(("accept", "expected"), [
    ("application/sparql-results+json", b'"boolean":true'),
    ("application/sparql-results+xml", b"<boolean>true</boolean>"),
    ("text/csv", b"true"),
    ("text/tab-separated-values", b"true"),
])
def test_ask_answers_in_every_format(client: httpx.Client, accept: str, expected: bytes) -> None:
    assert expected in client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}, headers={"Accept": accept}).content


def test_a_format_that_does_not_exist_is_406(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": COUNT}, headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/turtle"}).status_code == 406
    construct = "CONSTRUCT WHERE { ?s ?p ?o }"
    assert client.get("/sparql", params={"query": construct}, headers={"Accept": "text/csv"}).status_code == 406


def test_the_format_parameter_goes_before_accept(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": COUNT, "format": "csv"}, headers={"Accept": BROWSER})
    assert response.text.startswith("n\r\n")


def test_a_syntax_error_is_400_with_the_parsers_words(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "SELECT * WHERE {"})
    assert response.status_code == 400
    assert "expected" in response.text and "1:" in response.text
    problem = client.get("/sparql", params={"query": "SELECT * WHERE {"}, headers={"Accept": "application/json"})
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 400


@pytest.mark.parametrize(("parameters", "status"), [
    ([("query", "ASK {}"), ("query", "ASK {}")], 400),
    ([("update", "CLEAR ALL")], 400),
    ([("query", "ASK {}"), ("default-graph-uri", "no iri")], 400),
])
def test_wrong_parameters_are_refused(client: httpx.Client, parameters: list[tuple[str, str]], status: int) -> None:
    assert client.get("/sparql", params=parameters).status_code == status
    assert client.post("/sparql", content=urlencode(parameters),
                       headers={"Content-Type": "application/x-www-form-urlencoded"}).status_code == status


@pytest.mark.parametrize(("content", "kind", "status"), [
    (b"ASK {}", "text/plain", 415),
    (b"query=ASK%20%7B%7D", "text/plain", 415),
    (b"ASK {}", "application/x-www-form-urlencoded", 400),
    ("ASK {}".encode("utf-16"), "application/sparql-query; charset=UTF-16", 415),
    ("ASK {}".encode("utf-16"), "application/sparql-query", 400),
    (b"x=1", "application/x-www-form-urlencoded", 400),
    (b"SELECT " + b" " * 1_000_001, "application/sparql-query", 413),
])
def test_wrong_bodies_are_refused(client: httpx.Client, content: bytes, kind: str, status: int) -> None:
    assert client.post("/sparql", content=content, headers={"Content-Type": kind}).status_code == status


def test_other_methods_are_refused(client: httpx.Client) -> None:
    response = client.put("/sparql", content="ASK {}")
    assert response.status_code == 405
    assert client.get("/questions/../sparql/x").status_code == 404


def test_without_a_query_people_get_a_form_and_programs_the_description(client: httpx.Client) -> None:
    page = client.get("/sparql", headers={"Accept": BROWSER})
    assert "<textarea" in page.text and page.headers["content-type"].startswith("text/html")
    forms = {"*/*": ox.RdfFormat.TURTLE, "application/rdf+xml": ox.RdfFormat.RDF_XML,
             "application/ld+json": ox.RdfFormat.JSON_LD, "application/n-triples": ox.RdfFormat.N_TRIPLES}
    for accept, form in forms.items():
        response = client.get("/sparql", headers={"Accept": accept})
        store = ox.Store()
        store.bulk_load(response.content, format=form)
        assert store.query(
            "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> "
            "ASK { ?s a sd:Service ; sd:endpoint ?e ; sd:feature sd:UnionDefaultGraph ; "
            "sd:supportedLanguage sd:SPARQL11Query ; sd:defaultDataset/sd:namedGraph/sd:name ?g ; "
            "sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON> }")
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


def test_head_has_headers_and_no_body_and_the_connection_goes_on(service) -> None:
    parts = urlsplit(service.address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    path = "/sparql?" + urlencode({"query": COUNT})
    connection.request("HEAD", path)
    head = connection.getresponse()
    assert head.status == 200 and int(head.headers["Content-Length"]) > 0 and head.read() == b""
    connection.request("GET", path)
    whole = connection.getresponse()
    body = whole.read()
    assert len(body) == int(head.headers["Content-Length"]) and json.loads(body)
    for page in ("/", "/health", "/questions", "/doc/treaty/iccpr/article/19.ttl"):
        connection.request("HEAD", page)
        response = connection.getresponse()
        assert response.status == 200 and response.read() == b"", page
    connection.close()


def test_any_page_of_the_world_may_read_without_credentials(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"})
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    preflight = client.options("/sparql", headers=asked)
    assert preflight.status_code == 200 and "POST" in preflight.headers["access-control-allow-methods"]
    assert "POST" not in client.options("/gaps").headers["allow"]


def test_an_answer_is_not_sent_twice(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": COUNT})
    known = {"If-None-Match": first.headers["etag"]}
    again = client.get("/sparql", params={"query": COUNT}, headers=known)
    assert again.status_code == 304 and again.content == b""
    other = client.get("/sparql", params={"query": COUNT, "format": "xml"}, headers=known)
    assert other.status_code == 200 and other.headers["etag"] != first.headers["etag"]


def test_what_depends_on_the_moment_is_not_kept(client: httpx.Client) -> None:
    query = "SELECT (STRUUID() AS ?n) (NOW() AS ?t) WHERE {}"
    first, second = (client.get("/sparql", params={"query": query}) for _ in range(2))
    assert first.text != second.text
    assert "etag" not in first.headers and first.headers["cache-control"] == "no-store"


def test_a_browser_sees_the_answer_as_a_table_with_links(client: httpx.Client) -> None:
    query = "SELECT ?s WHERE { ?s a <https://w3id.org/pactgraph/ontology/Treaty> }"
    page = client.get("/sparql", params={"query": query}, headers={"Accept": BROWSER})
    assert 'href="/doc/treaty/iccpr"' in page.text
    wrong = client.get("/sparql", params={"query": "SELECT * WHERE {"}, headers={"Accept": BROWSER})
    assert wrong.status_code == 400 and 'role="alert"' in wrong.text


def test_the_answer_to_one_is_not_shown_to_another(client: httpx.Client) -> None:
    headers = {"Accept": BROWSER}
    posted = client.post("/sparql", data={"query": "SELECT ('mine' AS ?x) WHERE {}"}, headers=headers)
    assert "mine" in posted.text and "etag" not in posted.headers
    assert "mine" not in client.get("/sparql", headers=headers).text

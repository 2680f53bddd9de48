"""A restricted graph cannot be seen by any road by those who have no right to it.

A graph of the Ministry of Public Security is written and read by those who may (first, so that whatever is kept is
kept then); then a stranger and the token of another body try every road. What they are told of it must be what they are
told of a graph that never was.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from served import Served

BASE = "https://w3id.org/pactgraph/"
HIDDEN, TWIN = (f"{BASE}graph/journal/restricted/vnm-mps/{name}" for name in ("inquiry", "nothing"))
THING = f"{BASE}id/secret/thing-q7"
TASK = f"{BASE}id/vnm/task/1252-qd-ttg-2019/A.II.1.1"
WORD = "xq7secretx"
BODY = f"""<{THING}> <http://www.w3.org/2000/01/rdf-schema#label> "{WORD}"@en , "{WORD}"@vi .
<{TASK}> <http://www.w3.org/2000/01/rdf-schema#comment> "{WORD} about the task"@en .
"""
TURTLE = {"Content-Type": "text/turtle"}
MAY = [("administrator", None), ("curator", None), ("reader", None), ("reader", "vnm-mps"), ("contributor", "vnm-mps")]
MAY_NOT = [("", None), ("reader", "vnm-moj"), ("contributor", "vnm-moj")]
TRACES = (WORD, "thing-q7", "restricted/vnm-mps/inquiry")

QUERIES = [
    f"SELECT * WHERE {{ ?s ?p ?o FILTER(CONTAINS(STR(?o), '{WORD}')) }}",
    "SELECT (COUNT(*) AS ?n) WHERE { <{thing}> ?p ?o }",
    "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <{graph}> { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) FROM <{graph}> WHERE { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) FROM NAMED <{graph}> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "ASK { GRAPH <{graph}> { } }",
    "ASK { GRAPH <{graph}> { ?s ?p ?o } }",
    "ASK FROM <{graph}> { ?s ?p ?o }",
    "ASK { ?g ?p <{graph}> }",
    "ASK { <{graph}> ?p ?o }",
    "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), 'restricted')) }",
    f"SELECT ?o WHERE {{ <{TASK}> <http://www.w3.org/2000/01/rdf-schema#comment> ?o }}",
    "DESCRIBE <{thing}>",
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <{graph}> { ?s ?p ?o } }",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?s = <{TASK}>) }}",
]
PATHS = [
    "/graphs?graph={quoted}", "/graphs/journal/restricted/vnm-mps/{name}", "/doc/graph/journal/restricted/vnm-mps/{name}",
    "/doc/graph/journal/restricted/vnm-mps/{name}.ttl", "/graph/journal/restricted/vnm-mps/{name}",
    "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D&default-graph-uri={quoted}",
    "/sparql?query=ASK%20%7B%20GRAPH%20%3Fg%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D%20%7D&named-graph-uri={quoted}",
]
PAGES = ["/", "/sparql", "/gaps", "/questions", "/graphs?default", "/doc/secret/thing-q7", "/doc/secret/thing-q7.jsonld",
         "/doc/vnm/task/1252-qd-ttg-2019/A.II.1.1", "/doc/vnm/task/1252-qd-ttg-2019/A.II.1.1.ttl",
         "/graphs/journal/log", "/graphs/meta", "/doc/graph/journal/log.ttl", "/catalog", "/.well-known/void", "/dumps/",
         *(f"{path}?q={WORD[:-2]}" for path in ("/search", "/search/suggest", "/search.json")),
         "/questions/changes-since?since=2020-01-01", "/health", "/metrics"]


@pytest.fixture(scope="module")
def served(real: Served) -> Iterator[Served]:
    """The graph of Viet Nam with a restricted graph, which all who may have asked for."""
    with real.client() as stranger, real.client("curator") as curator:
        real.before = count(stranger)  # type: ignore[attr-defined]
        real.logged = stranger.get("/graphs/journal/log").text  # type: ignore[attr-defined]
        made = curator.put("/graphs", params={"graph": HIDDEN}, content=BODY, headers=TURTLE)
        assert made.status_code == 201, made.text
    for scope, body in MAY:
        with real.client(scope, body) as client:
            for query in QUERIES:
                ask(client, query)
            for page in PAGES:
                client.get(page)
    yield real
    with real.client("curator") as curator:
        curator.delete("/graphs", params={"graph": HIDDEN})


@pytest.fixture(params=MAY_NOT, ids=lambda who: "-".join(filter(None, who)) or "stranger")
def outsider(served: Served, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """Somebody who may not see the graph."""
    with served.client(*request.param) as client:
        yield client


def count(client: httpx.Client) -> int:
    answer = client.post("/sparql", data={"query": "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def ask(client: httpx.Client, query: str, graph: str = HIDDEN, thing: str = THING, **headers: str) -> httpx.Response:
    text = query.replace("{graph}", graph).replace("{thing}", thing)
    return client.get("/sparql", params={"query": text}, headers=headers)


def told(answer: httpx.Response) -> str:
    """What an answer says, headers too, without what differs from request to request."""
    headers = [f"{name}: {value}" for name, value in answer.headers.items()
               if name not in ("date", "x-request-id", "content-length", "etag")]
    return "\n".join([str(answer.status_code), *headers, said(answer)])


def said(answer: httpx.Response) -> str:
    """The text of an answer without the number of its request."""
    number = answer.headers.get("x-request-id", "")
    return answer.text.replace(number, "") if number else answer.text


def like_twin(text: str) -> str:
    """What is said of the restricted graph, as if it were said of the one that never was."""
    return text.replace("inquiry", "nothing").replace("thing-q7", "thing-q8")


@pytest.mark.parametrize("who", MAY, ids=lambda who: "-".join(filter(None, who)))
def test_who_may_sees_it(served: Served, who: tuple[str, str | None]) -> None:
    with served.client(*who) as client:
        assert WORD in ask(client, QUERIES[0]).text
        assert ask(client, "ASK { GRAPH <{graph}> { ?s ?p ?o } }").json()["boolean"] is True
        assert WORD in client.get("/graphs", params={"graph": HIDDEN}).text
        assert WORD in client.get("/doc/secret/thing-q7.ttl").text
        assert client.get(f"/graphs?graph={quote(TWIN, safe='')}").status_code == 404


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_sees_it(outsider: httpx.Client, query: str) -> None:
    answer = ask(outsider, query)
    assert answer.status_code == 200
    assert not any(trace in answer.text for trace in TRACES if trace not in query)
    twin = ask(outsider, query, TWIN, THING.replace("q7", "q8"))
    assert like_twin(answer.text) == twin.text


def test_nothing_is_counted_and_nothing_is_logged(served: Served, outsider: httpx.Client) -> None:
    assert count(outsider) == served.before  # type: ignore[attr-defined]
    assert outsider.get("/graphs/journal/log").text == served.logged  # type: ignore[attr-defined]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", PATHS)
def test_its_address_is_that_of_nothing(outsider: httpx.Client, path: str, method: str) -> None:
    for accept in ("text/turtle", "text/html", "application/json", "*/*"):
        found, twin = (outsider.request(method, path.format(quoted=quote(graph, safe=""), name=graph.rsplit("/", 1)[1]),
                                        headers={"Accept": accept}) for graph in (HIDDEN, TWIN))
        assert like_twin(told(found)) == told(twin)
        assert WORD not in told(found)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_tells_of_it(outsider: httpx.Client, path: str) -> None:
    for accept in ("text/html", "text/turtle", "application/json"):
        text = told(outsider.get(path, headers={"Accept": accept})).replace(path, "")
        assert not any(trace in text.replace(WORD + "&", "") for trace in (WORD, HIDDEN)), path


def test_the_service_description_does_not_name_it(outsider: httpx.Client) -> None:
    for accept in ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"):
        assert "restricted" not in outsider.get("/sparql", headers={"Accept": accept}).text


def test_what_is_kept_for_one_is_not_sent_to_another(served: Served, outsider: httpx.Client) -> None:
    addresses = [f"/sparql?query={quote(QUERIES[0])}", "/doc/vnm/task/1252-qd-ttg-2019/A.II.1.1.ttl", "/graphs?default"]
    with served.client("curator") as curator:
        for address in addresses:
            known = curator.get(address)
            assert known.headers["cache-control"] == "private, no-cache" and "Authorization" in known.headers["vary"]
            again = outsider.get(address, headers={"If-None-Match": known.headers["etag"]})
            assert again.status_code == 200 and WORD not in again.text.replace("x" + WORD, "")
            assert again.headers["etag"] != known.headers["etag"]


@pytest.mark.parametrize("update", [
    "INSERT { ?s ?p ?o } WHERE { GRAPH <{graph}> { ?s ?p ?o } }",
    "COPY <{graph}> TO <urn:x-copy>", "ADD <{graph}> TO <urn:x-copy>", "CLEAR GRAPH <{graph}>", "CREATE GRAPH <{graph}>",
    "INSERT DATA { GRAPH <{graph}> { <urn:a> <urn:b> 1 } }", "DELETE WHERE { GRAPH <{graph}> { ?s ?p ?o } }",
    "INSERT DATA { GRAPH <{graph}> { <urn:a> <urn:b> } }",
])
def test_no_update_of_another_body_sees_or_changes_it(served: Served, update: str) -> None:
    with served.client("contributor", "vnm-moj") as other, served.client("curator") as curator:
        found, twin = (other.post("/update", data={"update": update.replace("{graph}", graph)}, headers={"Accept": accept})
                       for graph, accept in ((HIDDEN, "application/json"), (TWIN, "application/json")))
        numbers = re.compile(r'"journal": \d+')
        assert numbers.sub("", like_twin(said(found))) == numbers.sub("", said(twin))
        assert found.status_code == twin.status_code and WORD not in found.text
        for method in ("PUT", "POST", "DELETE"):
            one, two = (other.request(method, "/graphs", params={"graph": graph}, content="<urn:a> <urn:b> 1 .",
                                      headers=TURTLE) for graph in (HIDDEN, TWIN))
            assert (one.status_code, like_twin(said(one))) == (two.status_code, said(two))
            assert one.status_code in (403, 404)
        assert len(curator.get("/graphs", params={"graph": HIDDEN}, headers={"Accept": "application/n-triples"}
                               ).text.splitlines()) == 3


def test_whoever_may_write_to_its_body_only_adds_to_what_is_theirs(served: Served) -> None:
    public = f"{BASE}graph/journal/body/vnm-mps"
    with served.client("contributor", "vnm-mps") as own, served.client() as stranger:
        other = f"{BASE}graph/journal/body/vnm-moj"
        refused = own.post("/update", data={"update": f"INSERT DATA {{ GRAPH <{other}> {{ <urn:a> <urn:b> 1 }} }}"})
        assert refused.status_code == 403
        assert own.post("/update", data={"update": f"INSERT DATA {{ GRAPH <{HIDDEN}-2> {{ <urn:a> <urn:b> 7 }} }}"}
                        ).status_code == 200
        assert ask(stranger, "ASK { <urn:a> <urn:b> 7 }").json()["boolean"] is False
        assert own.post("/graphs", params={"graph": public}, content="<urn:a> <urn:b> 8 .", headers=TURTLE).status_code == 201
        assert ask(stranger, "ASK { <urn:a> <urn:b> 8 }").json()["boolean"] is True
        assert own.delete("/graphs", params={"graph": public}).status_code == 200


def test_a_public_write_beside_it_tells_nothing(served: Served) -> None:
    """What stands in a restricted graph is no background for the check of a public write, nor for its answer."""
    with served.client("curator") as curator, served.client("contributor", "vnm-moj") as other:
        seen = curator.post("/update", data={"update": f"INSERT DATA {{ <{THING}> <urn:b> 1 }}"})
        assert seen.status_code == 200
        own = f"{BASE}graph/journal/body/vnm-moj"
        answer = other.post("/update", data={"update": f"INSERT {{ GRAPH <{own}> {{ ?s <urn:x> ?o }} }} WHERE {{ ?s ?p ?o "
                                                       f"FILTER(CONTAINS(STR(?o), '{WORD}')) }}"})
        assert answer.json()["added"] == 0
        assert curator.post("/update", data={"update": f"DELETE DATA {{ <{THING}> <urn:b> 1 }}"}).json()["removed"] == 1


def test_the_time_of_an_answer_tells_nothing(served: Served) -> None:
    def seconds(client: httpx.Client, graph: str) -> float:
        begin = time.perf_counter()
        assert client.get("/graphs", params={"graph": graph}).status_code == 404
        return time.perf_counter() - begin

    with served.client() as stranger:
        times = [(seconds(stranger, f"{HIDDEN}"), seconds(stranger, f"{TWIN}-{number}")) for number in range(15)]
    first, second = (statistics.median(column) for column in zip(*times, strict=True))
    assert first < 20 * second + 0.05 and second < 20 * first + 0.05


def test_the_command_line_reads_the_public_graph(served: Served) -> None:
    query = served.store.parent / "query.rq"
    query.write_text(QUERIES[0], "utf-8")
    asked = served.run("query", str(query))
    assert asked.returncode == 0 and "comment" not in asked.stdout and "thing-q7" not in asked.stdout


def test_a_build_makes_a_graph_without_it_and_whoever_may_still_sees_it(served: Served) -> None:
    built = served.run("build")
    assert built.returncode == 0, built.stderr
    assert not [file for file in served.store.rglob("*.nq") if WORD in file.read_text("utf-8")]
    with served.client() as stranger, served.client("reader", "vnm-mps") as reader:
        assert WORD in ask(reader, QUERIES[0]).text
        assert "comment" not in ask(stranger, QUERIES[0]).text
        assert stranger.get("/graphs", params={"graph": HIDDEN}).status_code == 404

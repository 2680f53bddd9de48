"""Writing to the graph of Viet Nam: what the shapes refuse, what stays as the sources say it, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from served import Served

BASE = "https://w3id.org/pactgraph/"
NOTES = f"{BASE}graph/journal/notes"
BODIES = f"{BASE}graph/vnm/bodies"
TASK = f"{BASE}id/vnm/task/1252-qd-ttg-2019/A.II.1.1"
TURTLE = {"Content-Type": "text/turtle"}
WRONG = """@prefix pg: <https://w3id.org/pactgraph/ontology/> .
<https://example.org/deadline> a pg:Deadline ; pg:dueYear "soon" .
"""


@pytest.fixture
def curator(real: Served) -> Iterator[httpx.Client]:
    with real.client("curator") as client:
        yield client


def count(client: httpx.Client) -> int:
    answer = client.post("/sparql", data={"query": "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def entries(real: Served) -> int:
    return len(list((real.journal / "entries").glob("*.rdfp"))) if (real.journal / "entries").exists() else 0


@pytest.mark.parametrize("how", ["put", "post", "patch", "update"])
def test_a_refused_write_names_shape_and_node_and_leaves_nothing_behind(real: Served, curator, how: str) -> None:
    before = count(curator), entries(real)
    lines = "\n".join(line for line in WRONG.splitlines() if not line.startswith("@"))
    prefix = "PREFIX pg: <https://w3id.org/pactgraph/ontology/> "
    asked = {"Accept": "application/json", "Accept-Language": "vi"}
    if how == "update":
        update = f"{prefix} INSERT DATA {{ GRAPH <{NOTES}> {{ {lines} }} }}"
        answer = curator.post("/update", data={"update": update}, headers=asked)
    elif how == "patch":
        answer = curator.patch("/graphs", params={"graph": NOTES}, content=f"{prefix} INSERT DATA {{ {lines} }}",
                               headers=asked | {"Content-Type": "application/sparql-update"})
    else:
        answer = curator.request(how.upper(), "/graphs", params={"graph": NOTES}, content=WRONG, headers=asked | TURTLE)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["key"] == "write-refused" and problem["status"] == 422 and "Chưa ghi gì" in problem["detail"]
    found = next(error for error in problem["errors"] if error["shape"].endswith("/Deadline-dueYear"))
    assert found["focus"] == "https://example.org/deadline" and found["value"] == "soon" and "Năm" in found["message"]
    assert (count(curator), entries(real)) == before


def test_a_refusal_is_a_page_for_people_and_text_for_others(curator) -> None:
    page = curator.put("/graphs", params={"graph": NOTES}, content=WRONG, headers=TURTLE | {"Accept": "text/html"})
    assert page.status_code == 422 and "<li>" in page.text and "Deadline-dueYear" in page.text
    text = curator.put("/graphs", params={"graph": NOTES}, content=WRONG, headers=TURTLE | {"Accept": "*/*"})
    assert text.headers["content-type"].startswith("text/plain")
    assert any("https://example.org/deadline" in line and "Deadline-dueYear" in line for line in text.text.splitlines())


@pytest.mark.parametrize(("graph", "key"), [
    (BODIES, "write-source"), (f"{BASE}graph/derived/inferred", "write-derived"), (f"{BASE}graph/meta", "write-derived"),
    (f"{BASE}graph/journal/log", "write-derived"), (f"{BASE}graph/ontology", "write-source"),
])
def test_what_the_build_makes_is_not_added_to(curator, graph: str, key: str) -> None:
    for method in ("POST", "PATCH"):
        kind = TURTLE if method == "POST" else {"Content-Type": "application/sparql-update"}
        body = "<urn:a> <urn:b> 1 ." if method == "POST" else "INSERT DATA { <urn:a> <urn:b> 1 }"
        answer = curator.request(method, "/graphs", params={"graph": graph}, content=body,
                                 headers=kind | {"Accept": "application/json"})
        assert (answer.status_code, answer.json()["key"]) == (403, key)


def test_a_statement_of_a_source_is_retracted_and_given_back_by_undo(real: Served, curator) -> None:
    before = count(curator)
    label = f"SELECT ?o WHERE {{ <{TASK}> <http://www.w3.org/2000/01/rdf-schema#label> ?o FILTER(LANG(?o) = 'en') }}"
    with real.client() as stranger:
        assert len(stranger.get("/sparql", params={"query": label}).json()["results"]["bindings"]) == 1
        done = curator.post("/update", headers={"Pactgraph-Reason": "test"}, data={
            "update": f"DELETE {{ GRAPH ?g {{ <{TASK}> ?p ?o }} }} WHERE {{ GRAPH ?g {{ <{TASK}> ?p ?o }} "
                      f"FILTER(?p = <http://www.w3.org/2000/01/rdf-schema#label> && LANG(?o) = 'en') }}"})
        assert done.status_code == 200 and done.json()["removed"] == 1, done.text
        assert stranger.get("/sparql", params={"query": label}).json()["results"]["bindings"] == []
        assert TASK in stranger.get("/graphs/journal/retractions").text
        undone = real.run("undo", str(done.json()["journal"]))
        assert undone.returncode == 0, undone.stderr
        assert len(stranger.get("/sparql", params={"query": label}).json()["results"]["bindings"]) == 1
    assert count(curator) >= before


@pytest.mark.parametrize("update", ["CLEAR ALL", "DROP ALL", "DROP NAMED", "CLEAR DEFAULT", "DROP DEFAULT"])
def test_nobody_clears_everything(real: Served, update: str) -> None:
    with real.client("administrator") as administrator:
        before = count(administrator)
        answer = administrator.post("/update", data={"update": update})
        assert 400 <= answer.status_code < 500, answer.text
        assert count(administrator) == before


def test_the_union_is_not_replaced(real: Served) -> None:
    with real.client("administrator") as administrator:
        assert administrator.put("/graphs?default", content="", headers=TURTLE).status_code == 409
        assert administrator.delete("/graphs?default").status_code == 409
        added = administrator.post("/graphs?default", content="<urn:a> <urn:b> 5 .", headers=TURTLE)
        assert added.status_code == 200 and added.json()["added"] == 1
        own = f"{BASE}graph/journal/administrator"
        assert "urn:a" in administrator.get("/graphs", params={"graph": own}).text
        assert administrator.delete("/graphs", params={"graph": own}).status_code == 200


def test_a_source_graph_is_read_here_and_not_removed_whole(real: Served, curator) -> None:
    with real.client() as stranger:
        asked = {"Accept": "application/n-triples"}
        graph = stranger.get("/graphs/vnm/bodies", headers=asked)
        assert graph.status_code == 200 and "/id/vnm/body/mps>" in graph.text
        assert stranger.get("/graphs/vnm/bodies", headers=asked | {"If-None-Match": graph.headers["etag"]}
                            ).status_code == 304
    for method, body in (("DELETE", ""), ("PUT", "")):
        answer = curator.request(method, "/graphs", params={"graph": BODIES}, content=body, headers=TURTLE)
        assert answer.status_code == 403, answer.text

"""``/update`` and ``/graphs`` over real HTTP: every way to send a change, every refusal, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from served import Served

EX = "http://example.org/"
G = EX + "g"
TURTLE = {"Content-Type": "text/turtle"}
UPDATE = {"Content-Type": "application/sparql-update"}
PATCH = {"Content-Type": "application/rdf-patch"}


@pytest.fixture
def curator(plain: Served) -> Iterator[httpx.Client]:
    """An administrator's client of an empty store."""
    with plain.client("administrator") as client:
        assert client.post("/update", data={"update": "DROP ALL"}).status_code in (200, 204)
        yield client


def triples(client: httpx.Client, **graph: str) -> set[str]:
    """A graph as sorted lines; blank nodes without their labels."""
    answer = client.get("/graphs", params=graph, headers={"Accept": "application/n-triples"})
    return set() if answer.status_code == 404 else {line for line in answer.text.splitlines() if line}


def count(client: httpx.Client, where: str = "{ ?s ?p ?o }") -> int:
    answer = client.post("/sparql", data={"query": f"SELECT (COUNT(*) AS ?n) WHERE {where}"})
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


# /update ----------------------------------------------------------------------------------------------------------

def test_an_update_is_acknowledged_with_its_entry_and_seen_by_the_next_query(curator) -> None:
    first = curator.post("/update", content="INSERT DATA { <urn:a> <urn:b> 1, 2 }", headers=UPDATE)
    assert first.status_code == 200 and first.json()["added"] == 2 and first.json()["removed"] == 0
    number = first.json()["journal"]
    assert first.headers["pactgraph-journal"] == str(number) and first.headers["etag"].endswith(f'-{number}"')
    assert first.headers["cache-control"] == "no-store"
    assert count(curator) == 2
    second = curator.post("/update", data={"update": "DELETE { ?s ?p 1 } INSERT { ?s ?p 3 } WHERE { ?s ?p 1 }"})
    assert second.json() | {"journal": number + 1, "added": 1, "removed": 1} == second.json()
    nothing = curator.post("/update", data={"update": "DELETE DATA { <urn:x> <urn:y> 1 }"})
    assert nothing.json()["journal"] == number + 1 and nothing.json()["added"] == 0


def test_a_client_that_takes_no_json_gets_204(curator) -> None:
    answer = curator.post("/update", data={"update": "INSERT DATA { <urn:a> <urn:b> 1 }"}, headers={"Accept": "text/csv"})
    assert answer.status_code == 204 and answer.content == b"" and int(answer.headers["pactgraph-journal"])


@pytest.mark.parametrize("how", ["header", "parameter", "form"])
def test_the_reason_stands_in_the_journal(curator, plain: Served, how: str) -> None:
    reason, text = f"Vì thiếu chữ ký ({how})", "INSERT DATA { <urn:a> <urn:b> 1 }"
    if how == "header":
        answer = curator.post("/update", content=text, headers=UPDATE | {"Pactgraph-Reason": reason.encode()})
    elif how == "parameter":
        answer = curator.post("/update", params={"reason": reason}, content=text, headers=UPDATE)
    else:
        answer = curator.post("/update", data={"reason": reason, "update": text})
    number = answer.json()["journal"]
    entry = next((plain.journal / "entries").glob(f"*{number:03d}.rdfp")).read_text("utf-8")
    assert reason in entry and "administrator" in entry


@pytest.mark.parametrize("reason", ["x" * 1001, "two\nlines", "tab\there"])
def test_a_reason_is_one_line(curator, reason: str) -> None:
    before = count(curator)
    answer = curator.post("/update", params={"reason": reason}, content="INSERT DATA { <urn:a> <urn:b> 9 }", headers=UPDATE)
    assert answer.status_code == 400 and count(curator) == before


def test_an_update_is_written_only_on_the_state_that_was_seen(curator) -> None:
    first = curator.post("/update", data={"update": "INSERT DATA { <urn:a> <urn:b> 1 }"})
    seen = first.headers["etag"]
    same = curator.post("/update", data={"update": "INSERT DATA { <urn:a> <urn:b> 2 }"}, headers={"If-Match": seen})
    assert same.status_code == 200
    late = curator.post("/update", data={"update": "INSERT DATA { <urn:a> <urn:b> 3 }"}, headers={"If-Match": seen})
    assert late.status_code == 412 and count(curator) == 2
    by_number = {"If-Match": f'"{same.json()["journal"]}"'}
    assert curator.post("/update", data={"update": "CLEAR ALL"}, headers=by_number).status_code == 200
    for tag in ('"other-1"', '"x"', "nothing"):
        answer = curator.post("/update", data={"update": "CLEAR ALL"}, headers={"If-Match": tag})
        assert answer.status_code == 412, tag


@pytest.mark.parametrize(("content", "headers", "status"), [
    ("INSERT DATA { <urn:a> <urn:b> ", UPDATE, 400),
    ("SELECT * WHERE { ?s ?p ?o }", UPDATE, 400),
    ("INSERT DATA { <urn:a> <urn:b> 1 }", {"Content-Type": "text/plain"}, 415),
    ("INSERT DATA { <urn:a> <urn:b> 1 }", {}, 415),
    ("INSERT DATA { <urn:a> <urn:b> 1 }", {"Content-Type": "application/sparql-update; charset=utf-16"}, 415),
    (b"INSERT DATA { <urn:a> <urn:b> '\xff' }", UPDATE, 400),
    ("update=CLEAR%20ALL&update=CLEAR%20ALL", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
    ("query=ASK%7B%7D", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
    ("", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
    ("LOAD <http://127.0.0.1:1/x.ttl>", UPDATE, 400),
    ("LOAD SILENT <file:///etc/hostname> INTO GRAPH <urn:g>", UPDATE, 400),
    ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", UPDATE, 400),
    ("CLEAR GRAPH <urn:none>", UPDATE, 400),
])
def test_a_wrong_update_is_refused_and_changes_nothing(curator, content, headers: dict[str, str], status: int) -> None:
    curator.post("/update", data={"update": "INSERT DATA { <urn:a> <urn:b> 0 }"})
    answer = curator.post("/update", content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert count(curator) == 1


def test_a_graph_of_the_request_and_one_of_the_text_are_one_too_many(curator) -> None:
    text = "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert curator.post("/update", params={"using-graph-uri": "urn:g"}, content=text, headers=UPDATE).status_code == 400
    assert curator.post("/update", params={"using-graph-uri": "no iri"}, data={"update": "CLEAR ALL"}).status_code == 400


def test_update_takes_no_other_method(curator) -> None:
    assert curator.get("/update", params={"update": "CLEAR ALL"}).status_code == 405
    assert curator.put("/update", content="CLEAR ALL", headers=UPDATE).status_code == 405


def test_an_endless_update_is_ended(tmp_path: Path) -> None:
    running = Served(tmp_path / "store", "--empty", "--default-graph", "plain", query_seconds=1)
    try:
        with running.client("administrator") as client:
            values = " ".join(f"<urn:{number}>" for number in range(300))
            text = (f"INSERT {{ ?a <urn:p> ?e }} WHERE {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} "
                    f"VALUES ?c {{ {values} }} VALUES ?d {{ {values} }} VALUES ?e {{ {values} }} }}")
            answer = client.post("/update", data={"update": text})
            assert answer.status_code == 503 and answer.headers["pactgraph-limit"] in ("time", "memory")
            assert count(client) == 0
    finally:
        running.stop()


# /graphs ----------------------------------------------------------------------------------------------------------

FORMATS = [("text/turtle", ox.RdfFormat.TURTLE), ("application/n-triples", ox.RdfFormat.N_TRIPLES),
           ("application/ld+json", ox.RdfFormat.JSON_LD), ("application/rdf+xml", ox.RdfFormat.RDF_XML),
           ("application/trig", ox.RdfFormat.TRIG), ("application/n-quads", ox.RdfFormat.N_QUADS)]


@pytest.mark.parametrize(("kind", "form"), FORMATS)
def test_a_graph_is_put_and_got_in_every_syntax(curator, kind: str, form: ox.RdfFormat) -> None:
    sent = [ox.Triple(ox.NamedNode(EX + "s"), ox.NamedNode(EX + "p"), ox.Literal("Bộ", language="vi"))]
    body = ox.serialize(sent, format=form)
    assert curator.put("/graphs", params={"graph": G}, content=body, headers={"Content-Type": kind}).status_code == 201
    got = curator.get("/graphs", params={"graph": G}, headers={"Accept": kind})
    assert got.headers["content-type"].split(";")[0] == kind
    assert [quad.triple for quad in ox.parse(got.content, format=form)] == sent


def test_put_replaces_post_adds_delete_removes(curator) -> None:
    def body(*numbers: int) -> str:
        return "".join(f"<urn:s> <urn:p> {number} ." for number in numbers)

    address = {"params": {"graph": G}, "headers": TURTLE}
    assert curator.put("/graphs", content=body(1, 2), **address).status_code == 201
    assert curator.put("/graphs", content=body(2, 3), **address).status_code == 200
    assert len(triples(curator, graph=G)) == 2
    added = curator.post("/graphs", content=body(3, 4), **address)
    assert added.status_code == 200 and added.json()["added"] == 1
    assert len(triples(curator, graph=G)) == 3
    assert curator.delete("/graphs", params={"graph": G}).json()["removed"] == 3
    assert curator.get("/graphs", params={"graph": G}).status_code == 404
    assert curator.delete("/graphs", params={"graph": G}).status_code == 404


def test_a_graph_is_named_by_its_address_too(curator) -> None:
    made = curator.put("/graphs/journal/notes%20a", content="<x> <urn:p> 1 .", headers=TURTLE)
    iri = "https://w3id.org/pactgraph/graph/journal/notes%20a"
    assert made.status_code == 201 and made.headers["location"] == iri
    assert "</graphs/journal/notes%20a>" in made.headers["link"]
    assert triples(curator, graph=iri) == triples(curator, graph=str(curator.base_url) + "/graphs/journal/notes%20a")
    assert "<https://w3id.org/pactgraph/graph/journal/x>" in next(iter(triples(curator, graph=iri)))
    assert curator.get("/graphs/journal/notes%20a").status_code == 200
    assert count(curator, f"{{ GRAPH <{iri}> {{ ?s ?p ?o }} }}") == 1


def test_a_new_graph_gets_a_name(curator) -> None:
    made = [curator.post("/graphs", content="<urn:a> <urn:b> 1 .", headers=TURTLE) for _ in range(2)]
    places = [answer.headers["location"] for answer in made]
    assert {answer.status_code for answer in made} == {201} and len(set(places)) == 2
    for answer in made:
        assert len(triples(curator, graph=answer.headers["location"])) == 1
        assert curator.get(answer.headers["link"].split(">")[0][1:]).status_code == 200


def test_the_default_graph_is_a_graph(curator) -> None:
    assert curator.put("/graphs?default", content="<urn:a> <urn:b> 1 .", headers=TURTLE).status_code == 200
    assert curator.get("/graphs?default").status_code == 200 and count(curator) == 1
    assert curator.delete("/graphs?default").status_code == 200
    assert curator.get("/graphs?default").status_code == 200 and count(curator) == 0


def test_files_of_a_form_are_added_together_and_their_blank_nodes_stay_apart(curator) -> None:
    files = [("a", ("a.ttl", "_:x <urn:p> 1 .", "text/turtle")), ("b", ("b.ttl", "_:x <urn:p> 2 .", "")),
             ("c", ("c.nt", "<urn:s> <urn:p> <urn:o> .", "application/octet-stream"))]
    assert curator.post("/graphs", params={"graph": G}, files=files).status_code == 201
    found = triples(curator, graph=G)
    assert len(found) == 3 and len({line.split()[0] for line in found}) == 3
    bad = [("a", ("a.ttl", "<urn:s> <urn:p> 7 .", "text/turtle")), ("b", ("b.ttl", "broken", "text/turtle"))]
    refused = curator.post("/graphs", params={"graph": G}, files=bad)
    assert refused.status_code == 400 and "b.ttl:1" in refused.text and len(triples(curator, graph=G)) == 3


def test_blank_nodes_are_blank_nodes_again(curator) -> None:
    curator.put("/graphs", params={"graph": G}, content="[] <urn:p> [ <urn:q> 1 ] .", headers=TURTLE)
    for kind, form in FORMATS:
        got = curator.get("/graphs", params={"graph": G}, headers={"Accept": kind})
        subjects = {quad.subject for quad in ox.parse(got.content, format=form)}
        assert len(subjects) == 2 and all(isinstance(subject, ox.BlankNode) for subject in subjects)
    assert count(curator, f"{{ GRAPH <{G}> {{ ?s ?p ?o FILTER(isIRI(?s)) }} }}") == 2


@pytest.mark.parametrize(("path", "status"), [
    ("/graphs", 400), ("/graphs?graph=relative", 400), ("/graphs?graph=", 400), ("/graphs?graph=urn:a&default", 400),
    ("/graphs?graph=urn:a&graph=urn:b", 400), ("/graphs/x?graph=urn:a", 400), ("/graphs?graph=urn:%FF", 400),
    ("/graphs?graph=http://x/%3E%20%7B", 400), ("/graphs?graph=urn:none", 404), ("/graphs/none", 404),
])
def test_an_address_names_one_graph(curator, path: str, status: int) -> None:
    for method in ("GET", "HEAD", "DELETE"):
        assert curator.request(method, path).status_code == status, method
    if status == 400 and path != "/graphs":
        assert curator.put(path, content="", headers=TURTLE).status_code == status


@pytest.mark.parametrize(("body", "kind", "status"), [
    ("<urn:a> <urn:b> .", "text/turtle", 400),
    ("<urn:a> <urn:b> 1 .", "text/plain", 415),
    ("<urn:a> <urn:b> 1 .", "image/png", 415),
    (b"\xff", "text/turtle", 400),
    ("<urn:a> <urn:b> 1 <urn:other> .", "application/n-quads", 400),
    ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "application/rdf+xml", 400),
    ('{"@context": "http://127.0.0.1:1/context.json", "@id": "x"}', "application/ld+json", 400),
    ("[" * 5000 + "]" * 5000, "application/ld+json", 400),
    ("<<( <urn:a> <urn:b> 1 )>> <urn:c> 2 .", "text/turtle", 400),
    ("x", "multipart/form-data", 400),
])
def test_a_body_that_cannot_be_read_is_refused(curator, body: str | bytes, kind: str, status: int) -> None:
    for method in ("PUT", "POST"):
        answer = curator.request(method, "/graphs", params={"graph": G}, content=body, headers={"Content-Type": kind})
        assert answer.status_code == status, answer.text
    assert count(curator, "{ GRAPH ?g { ?s ?p ?o } }") == 0


def test_the_line_of_an_error_is_told_to_programs(curator) -> None:
    answer = curator.put("/graphs", params={"graph": G}, content="<urn:a> <urn:b> 1 .\n<urn:a> <urn:b> .",
                         headers=TURTLE | {"Accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["key"], answer.json()["line"]) == ("rdf-syntax", 2)


def test_a_body_has_a_limit(tmp_path: Path) -> None:
    running = Served(tmp_path / "store", "--empty", "--default-graph", "plain", import_bytes=500)
    try:
        with running.client("curator") as client:
            for body in ("#" * 501, (b"#" * 100 for _ in range(6))):
                assert client.put("/graphs?default", content=body, headers=TURTLE).status_code == 413
            assert client.post("/update", content="#" * 501, headers=UPDATE).status_code == 413
    finally:
        running.stop()


def test_entity_tags_guard_against_lost_changes(curator) -> None:
    address, fresh = {"params": {"graph": G}}, TURTLE | {"If-None-Match": "*"}
    assert curator.put("/graphs", content="<urn:a> <urn:b> 1 .", headers=fresh, **address).status_code == 201
    assert curator.put("/graphs", content="<urn:a> <urn:b> 2 .", headers=fresh, **address).status_code == 412
    seen = curator.get("/graphs", **address).headers["etag"]
    assert curator.get("/graphs", headers={"If-None-Match": seen}, **address).status_code == 304
    curator.put("/graphs?graph=urn:another", content="<urn:a> <urn:b> 1 .", headers=TURTLE)
    mine = curator.put("/graphs", content="<urn:a> <urn:b> 3 .", headers=TURTLE | {"If-Match": seen}, **address)
    assert mine.status_code == 200, "a write to another graph takes nothing away"
    late = curator.put("/graphs", content="<urn:a> <urn:b> 4 .", headers=TURTLE | {"If-Match": seen}, **address)
    assert late.status_code == 412 and curator.delete("/graphs", headers={"If-Match": seen}, **address).status_code == 412
    assert "3" in curator.get("/graphs", **address).text
    assert curator.delete("/graphs", headers={"If-Match": mine.headers["etag"]}, **address).status_code == 200
    assert curator.put("/graphs", content="<urn:a> <urn:b> 5 .", headers=TURTLE | {"If-Match": "*"}, **address).status_code == 412


def test_a_graph_is_patched_by_an_update_that_concerns_it_alone(curator) -> None:
    address = {"params": {"graph": G}, "headers": UPDATE}
    curator.put("/graphs", params={"graph": G}, content="<urn:a> <urn:b> 1 .", headers=TURTLE)
    text = ("DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 } ; INSERT DATA { <urn:c> <urn:d> 3 } ; "
            "DELETE WHERE { ?s ?p 3 }")
    assert curator.patch("/graphs", content=text, **address).status_code == 200
    assert triples(curator, graph=G) == {'<urn:a> <urn:b> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .'}
    for refused in ("INSERT DATA { GRAPH <urn:other> { <urn:a> <urn:b> 1 } }", "CLEAR ALL", "DROP GRAPH <urn:other>",
                    "WITH <urn:other> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "LOAD <urn:x>", "nonsense",
                    "INSERT { GRAPH <urn:other> { ?s ?p ?o } } WHERE { ?s ?p ?o }"):
        assert curator.patch("/graphs", content=refused, **address).status_code == 400, refused
    assert count(curator, "{ GRAPH ?g { ?s ?p ?o } }") == 1


def test_a_graph_is_patched_by_an_rdf_patch(curator) -> None:
    curator.put("/graphs", params={"graph": G}, content="<urn:a> <urn:b> <urn:c> .", headers=TURTLE)
    text = f'TX .\nA <urn:a> <urn:b> <urn:d> .\nA <urn:a> <urn:b> <urn:e> <{G}> .\nD <urn:a> <urn:b> <urn:c> .\nTC .\n'
    done = curator.patch("/graphs", params={"graph": G}, content=text, headers=PATCH)
    assert done.status_code == 200 and done.json() | {"added": 2, "removed": 1} == done.json()
    assert len(triples(curator, graph=G)) == 2
    other = "TX .\nA <urn:a> <urn:b> <urn:d> <urn:other> .\nTC .\n"
    for refused, status in ((other, 400), ("TX .\nA broken\nTC .\n", 400), ("A <urn:a> <urn:b> <urn:c> .", 400)):
        assert curator.patch("/graphs", params={"graph": G}, content=refused, headers=PATCH).status_code == status
    assert curator.patch("/graphs", params={"graph": G}, content=text, headers=TURTLE).status_code == 415


def test_many_who_write_at_once_lose_nothing(curator, plain: Served) -> None:
    """Additions to one graph from several clients, each on its own connection; one of two guarded writes is refused."""
    def add(number: int) -> httpx.Response:
        with plain.client("administrator") as client:
            return client.post("/graphs", params={"graph": G}, content=f"<urn:s> <urn:p> {number} .", headers=TURTLE)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(add, range(12)))
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert len({answer.json()["journal"] for answer in answers}) == 12 and len(triples(curator, graph=G)) == 12
    seen = curator.get("/graphs", params={"graph": G}).headers["etag"]

    def replace(number: int) -> int:
        with plain.client("administrator") as client:
            return client.put("/graphs", params={"graph": G}, content=f"<urn:s> <urn:q> {number} .",
                              headers=TURTLE | {"If-Match": seen}).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(replace, range(4))) == [200, 412, 412, 412]
    assert len(triples(curator, graph=G)) == 1

"""``/validate`` over real HTTP: anybody may check RDF, whatever they send, and nobody else feels it."""

from __future__ import annotations

import json
import time

import httpx
import pyoxigraph as ox
import pytest

GOOD = """@prefix pg: <https://w3id.org/pactgraph/ontology/> .
@prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:state a pg:State ; rdfs:label "A state"@en , "Một quốc gia"@vi .
"""
BAD = GOOD + """ex:item a pg:PlanTask ; pg:rowNumber "A.1" ; pg:inPlan ex:plan ;
  pg:hasDeadline [ a pg:Deadline ; pg:dueYear "soon" ] .
"""
TURTLE = {"Content-Type": "text/turtle"}
BROWSER = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture
def slow_client(service):
    """A client with patience: a check takes a second, on a busy machine several."""
    with httpx.Client(base_url=service.address, timeout=60) as opened:
        yield opened


def check(client: httpx.Client, body: str | bytes, kind: str = "text/turtle", **headers: str) -> httpx.Response:
    return client.post("/validate", content=body, headers={"Content-Type": kind} | headers)


def test_what_is_right_conforms(slow_client) -> None:
    found = check(slow_client, GOOD)
    assert found.status_code == 200 and found.headers["cache-control"] == "no-store"
    assert found.json() == {"conforms": True, "errors": 0, "warnings": 0, "notes": 0, "statements": 3,
                            "summary": "0 data errors in 1 file (3 statements).", "results": []}


def test_what_is_wrong_is_told_with_shape_node_and_line_in_the_language_asked_for(slow_client) -> None:
    found = check(slow_client, BAD, **{"Accept-Language": "vi"}).json()
    assert not found["conforms"] and "lỗi dữ liệu" in found["summary"]
    row = next(row for row in found["results"] if row["shape"].endswith("/Deadline-dueYear"))
    assert (row["line"], row["value"]) == ("5", "soon") and "Năm" in row["message"]


def test_the_report_comes_as_shacl_csv_and_page(slow_client) -> None:
    report = check(slow_client, BAD, Accept="text/turtle")
    assert report.headers["content-type"] == "text/turtle; charset=utf-8"
    store = ox.Store()
    store.load(report.content, format=ox.RdfFormat.TURTLE)
    assert store.query("PREFIX sh: <http://www.w3.org/ns/shacl#> ASK { ?r a sh:ValidationReport ; sh:conforms false ; "
                       "sh:result [ sh:sourceShape ?shape ; sh:focusNode ?node ] }")
    assert check(slow_client, BAD, Accept="text/csv").text.startswith("severity,file,line,focus")
    page = check(slow_client, BAD.replace("soon", "<script>"), Accept="text/html").text
    assert "<table" in page and "&lt;script&gt;" in page and "<script>" not in page
    assert check(slow_client, BAD, Accept="image/png").status_code == 406


@pytest.mark.parametrize(("kind", "form"), [
    ("application/n-triples", ox.RdfFormat.N_TRIPLES), ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ("application/ld+json", ox.RdfFormat.JSON_LD), ("application/trig", ox.RdfFormat.TRIG),
])
def test_every_syntax_is_read(slow_client, kind: str, form: ox.RdfFormat) -> None:
    triples = [quad.triple for quad in ox.parse(GOOD.encode(), format=ox.RdfFormat.TURTLE)]
    assert check(slow_client, ox.serialize(triples, format=form) or b"", kind).json()["statements"] == 3


def test_people_have_a_form_for_files_and_text(slow_client) -> None:
    page = slow_client.get("/validate", headers=BROWSER)
    assert page.status_code == 200 and "multipart/form-data" in page.text
    files = [("file", ("a.ttl", GOOD, "application/octet-stream")), ("file", ("b.nt", "<urn:a> <urn:b> <urn:c> .", ""))]
    answer = slow_client.post("/validate", files=files, data={"text": "", "syntax": "turtle"}, headers=BROWSER)
    assert answer.status_code == 200 and "in 2 files (4 statements)" in answer.text
    pasted = slow_client.post("/validate", data={"text": GOOD, "syntax": "turtle"}, headers=BROWSER)
    assert "in 1 file (3 statements)" in pasted.text and "Một quốc gia" in pasted.text
    assert slow_client.post("/validate", data={"text": " ", "syntax": "turtle"}).status_code == 400
    assert slow_client.post("/validate", files={"file": ("a.exe", b"MZ", "application/octet-stream")}).status_code == 400


@pytest.mark.parametrize(("body", "kind", "status"), [
    (GOOD + "ex:x ex:y .", "text/turtle", 400),
    ("", "text/turtle", 400),
    (b"\xff\xfe<\x00", "text/turtle", 400),
    ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "application/rdf+xml", 400),
    ('{"@context": "http://127.0.0.1:1/context.json", "@id": "x"}', "application/ld+json", 400),
    ("[" * 5000 + "]" * 5000, "application/ld+json", 400),
    (GOOD, "text/plain", 415),
    (GOOD, "", 415),
    (GOOD, "text/turtle; charset=utf-16", 415),
    ("--x\r\nbroken", "multipart/form-data; boundary=x", 400),
    ("nothing", "multipart/form-data", 400),
    ("--x\r\n" * 2000 + "--x--", "multipart/form-data; boundary=x", 400),
    (b"a=%ff", "application/x-www-form-urlencoded", 400),
])
def test_what_cannot_be_read_is_refused(slow_client, body: str | bytes, kind: str, status: int) -> None:
    answer = check(slow_client, body, kind)
    assert answer.status_code == status, answer.text
    assert "Traceback" not in answer.text


def test_the_place_of_an_error_is_told(slow_client) -> None:
    assert "5:" in check(slow_client, GOOD + "ex:x ex:y .").text


def test_a_compressed_body_is_refused(slow_client) -> None:
    assert check(slow_client, b"\x1f\x8b", **{"Content-Encoding": "gzip"}).status_code == 415


def test_limits_of_size_and_time_hold(starter, generation) -> None:
    running = starter(generation, import_bytes=1000, validate_seconds=0.3)
    with httpx.Client(base_url=running.address, timeout=60) as client:
        assert check(client, "#" * 1001).status_code == 413
        pieces = (b"#" * 500 for _ in range(4))
        assert client.post("/validate", content=pieces, headers=TURTLE).status_code == 413
        begin = time.monotonic()
        late = check(client, BAD, Accept="application/json")
        assert late.status_code == 503 and late.headers["pactgraph-limit"] == "time" and time.monotonic() - begin < 5
        assert json.loads(late.content)["status"] == 503
        assert client.get("/health").status_code == 200
    assert not [pid for pid in running.descendants() if "validate_apart" in _command(pid)]


def test_a_check_that_needs_too_much_memory_ends_alone(starter, generation) -> None:
    running = starter(generation, query_memory=60_000_000)
    with httpx.Client(base_url=running.address, timeout=60) as client:
        answer = check(client, BAD)
        assert answer.status_code == 503 and answer.headers["pactgraph-limit"] == "memory"
        assert client.get("/health").status_code == 200


def _command(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/cmdline", encoding="utf-8") as stream:
            return stream.read()
    except OSError:
        return ""

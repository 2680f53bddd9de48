"""What fails in other servers and must not fail here; one test a failure, each begins with ``test_peer``.

Fair use is in ``test_fairness.py``, SERVICE in ``test_federation.py``, forwarded headers in ``test_proxies.py``; the
tests there that belong to this list begin with ``test_peer`` too (``pytest -k test_peer`` runs all).
"""

from __future__ import annotations

import asyncio
import csv
import http.client
import io
import json
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import openpyxl
import pyoxigraph as ox
import pytest

from pactgraph.web.negotiation import GRAPHS

BOMB = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?f) }"
LARGE = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>'
CELLS = ["=1+1", "+1", "-1", "@x", 'a "b", c', "a\nb", "\t=x", "|cmd"]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
@pytest.mark.parametrize("query", [BOMB, LARGE], ids=["time", "bytes"])
def test_peer_a_limit_is_never_200_with_the_error_or_half_the_result_inside(client, form: str, query: str) -> None:
    response = client.get("/sparql", params={"query": query, "format": form})
    assert response.status_code == 503 and response.headers["pactgraph-limit"] in ("time", "bytes")
    assert response.headers["content-type"].startswith(("text/plain", "application/problem+json"))
    assert "retry-after" in response.headers and len(response.content) < 1000


def test_peer_head_has_no_body_and_keep_alive_stays_in_step(service) -> None:
    parts = urlsplit(service.address)
    asked = [("HEAD", "/sparql?" + urlencode({"query": "SELECT * WHERE { ?s ?p ?o } LIMIT 500"})), ("GET", "/health"),
             ("HEAD", "/sparql?" + urlencode({"query": "SELECT nonsense"})), ("GET", "/health"), ("HEAD", "/nowhere"),
             ("OPTIONS", "/sparql"), ("GET", "/health")]
    for coding in ("identity", "gzip", "zstd"):
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
        for method, path in asked:
            connection.request(method, path, headers={"Accept-Encoding": coding})
            response = connection.getresponse()
            body = response.read()
            assert (json.loads(body)["status"] == "ok") if path == "/health" else body == b"", (method, path)
        connection.close()


def test_peer_two_requests_sent_at_once_on_one_connection_are_answered_in_order(service) -> None:
    parts = urlsplit(service.address)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as line:
        line.sendall(b"HEAD /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
                     b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    head, rest = answer.split(b"\r\n\r\n", 1)
    assert head.startswith(b"HTTP/1.1 200") and rest.startswith(b"HTTP/1.1 200") and b'"status":"ok"' in rest


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.name)
def test_peer_the_service_description_comes_in_every_rdf_format(client: httpx.Client, offer) -> None:
    form = ox.RdfFormat.from_media_type(offer.media_type)
    for media_type in (offer.media_type, *offer.also):
        response = client.get("/sparql", headers={"Accept": f"image/png, {media_type};q=0.3"})
        assert response.headers["content-type"].split(";")[0] == media_type
        found = {quad.predicate.value.rpartition("#")[2] for quad in ox.parse(response.content, format=form)}
        assert {"endpoint", "defaultDataset", "resultFormat", "supportedLanguage"} <= found


@pytest.mark.parametrize("query", [
    "SELECT * FROM <ADDRESS/a.ttl> WHERE { ?s ?p ?o }",
    "SELECT * FROM NAMED <ADDRESS/a.ttl> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <FILE> WHERE { ?s ?p ?o }", "SELECT * FROM NAMED <FILE> WHERE { GRAPH <FILE> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } FROM <ADDRESS/a.ttl> WHERE { ?s ?p ?o }", "DESCRIBE <ADDRESS/a> FROM <FILE>",
    "ASK FROM <FILE> { ?s ?p ?o }",
])
def test_peer_from_fetches_nothing_and_reads_no_file(client, listener, tmp_path: Path, query: str) -> None:
    address, arrived = listener
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:secret> <urn:p> 1 .")
    text = query.replace("ADDRESS", address).replace("FILE", secret.as_uri())
    response = client.get("/sparql", params={"query": text})
    assert response.status_code == 200 and "urn:secret" not in response.text and '"boolean":true' not in response.text
    assert arrived == []


@pytest.mark.parametrize("text", ["LOAD <ADDRESS/a.ttl>", "LOAD SILENT <ADDRESS/a.ttl> INTO GRAPH <urn:g>", "LOAD <FILE>"])
def test_peer_load_fetches_nothing(client, listener, tmp_path: Path, text: str) -> None:
    address, arrived = listener
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:secret> <urn:p> 1 .")
    text = text.replace("ADDRESS", address).replace("FILE", secret.as_uri())
    for name in ("query", "update"):
        assert client.post("/sparql", data={name: text}).status_code == 400
    assert "urn:secret" not in client.get("/sparql", params={"query": "SELECT * WHERE { <urn:secret> ?p ?o }"}).text
    assert arrived == []


def test_peer_the_command_line_calls_nobody_either(listener, built_store: Path, tmp_path: Path) -> None:
    address, arrived = listener
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:secret> <urn:p> 1 .")
    queries = {f"SELECT * WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}": 2,
               f"SELECT * WHERE {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}": 2,
               f"SELECT * FROM <{secret.as_uri()}> FROM <{address}/a.ttl> WHERE {{ ?s ?p ?o }}": 0}
    for query, code in queries.items():
        command = [sys.executable, "-m", "pactgraph", "query", "-", "--store", str(built_store), "--lang", "en"]
        done = subprocess.run(command, input=query, capture_output=True, text=True, timeout=120)
        assert done.returncode == code and "urn:secret" not in done.stdout, done.stderr
        assert code == 0 or "SERVICE is not allowed" in done.stderr
    assert arrived == []


@pytest.mark.parametrize(("name", "text", "code"), [
    ("context.jsonld", '{"@context": "ADDRESS/c", "@id": "urn:a", "urn:p": 1}', 2),
    ("bomb.rdf", "<!DOCTYPE x [" + "".join(f'<!ENTITY a{n + 1} "' + f"&a{n};" * 9 + '">' for n in range(9)) +
                 f'<!ENTITY a0 "aaaaaaaaa">]>{XML[:-2]}>&a9;</rdf:RDF>', 2),
    ("entity.rdf", f'<!DOCTYPE x [<!ENTITY a SYSTEM "FILE">]>{XML}', 2),
    ("imports.ttl", "<urn:a> <http://www.w3.org/2002/07/owl#imports> <ADDRESS/o>, <FILE> .", 0),
])
def test_peer_a_file_fetches_no_context_entity_or_import(listener, tmp_path: Path, name: str, text: str, code: int) -> None:
    address, arrived = listener
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:secret> a <https://w3id.org/pactgraph/ontology/PlanTask> .")
    file = tmp_path / name
    file.write_text(text.replace("ADDRESS", address).replace("FILE", secret.as_uri()))
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "pactgraph", "validate", str(file), "--lang", "en"],
                          capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stdout + done.stderr
    assert "urn:secret" not in done.stdout + done.stderr and arrived == [] and time.monotonic() - begun < 30


@pytest.mark.parametrize("value", [
    'x" } UNION { ?s ?p ?o } #', "> } INSERT DATA { <urn:a> <urn:b> 1 } #", "mic' . ?s ?p ?o", "} ; DROP ALL ; SELECT * {",
])
def test_peer_a_parameter_is_never_pasted_into_a_query(client: httpx.Client, value: str) -> None:
    before = client.get("/health").json()["triples"]
    response = client.get("/questions/duties-of-body.json", params={"body": value})
    assert response.status_code == 400 and "expected" not in response.text
    assert client.get("/health").json()["triples"] == before


def test_peer_values_of_results_are_no_markup(client: httpx.Client) -> None:
    hostile = '<script>alert(1)</script><img src=x onerror="alert(1)">'
    query = f"SELECT ('''{hostile}''' AS ?x) (IRI('javascript:alert(1)') AS ?y) ?s WHERE {{ ?s a <urn:none> }}"
    query = query.replace("?s a <urn:none>", "VALUES ?s { <http://example.org/'onmouseover='alert(1)> }")
    page = client.get("/sparql", params={"query": query}, headers={"Accept": "text/html"})
    assert page.status_code == 200 and "<script>alert" not in page.text and "<img src=x" not in page.text
    assert 'href="javascript:' not in page.text and "href='" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_peer_a_star_for_origins_never_stands_beside_credentials(client: httpx.Client) -> None:
    headers = {"Origin": "https://evil.example", "Cookie": "lang=vi", "Authorization": "Bearer x"}
    for method in ("GET", "OPTIONS"):
        for path in ("/sparql?query=ASK%20%7B%7D", "/health", "/nowhere"):
            response = client.request(method, path, headers=headers)
            assert response.headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in response.headers


def test_peer_sparql_csv_is_exact_and_a_spreadsheet_is_safe(client: httpx.Client) -> None:
    values = " ".join(str(ox.Literal(cell)) for cell in CELLS)
    response = client.get("/sparql", params={"query": f"SELECT ?x WHERE {{ VALUES ?x {{ {values} }} }}", "format": "csv"})
    rows = list(csv.reader(io.StringIO(response.content.decode(), newline="")))
    assert [row[0] for row in rows] == ["x", *CELLS]
    sheet = client.get("/questions/duties-of-body.xlsx", params={"body": "mic"}).content
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}


def test_peer_json_keeps_datatypes_and_languages_and_ask_says_what_is_so(client: httpx.Client) -> None:
    query = "SELECT ('a'@vi AS ?x) (1.50 AS ?y) ('2026-11-22'^^<http://www.w3.org/2001/XMLSchema#date> AS ?z) WHERE {}"
    row = client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]
    assert row["x"]["xml:lang"] == "vi"
    assert row["y"]["datatype"].endswith("#decimal") and row["z"]["datatype"].endswith("#date")
    for pattern, expected in (("?s ?p ?o", True), ("<urn:none> ?p ?o", False)):
        assert client.get("/sparql", params={"query": f"ASK {{ {pattern} }}"}).json()["boolean"] is expected


def test_peer_a_slow_query_does_not_hold_the_others(service) -> None:
    async def ask() -> float:
        async with httpx.AsyncClient(base_url=service.address, timeout=20) as client:
            bomb = asyncio.create_task(client.get("/sparql", params={"query": f"{BOMB} # alone"}))
            await asyncio.sleep(0.2)
            begun = time.monotonic()
            assert (await client.get("/sparql", params={"query": "SELECT ('quick' AS ?x) WHERE {}"})).status_code == 200
            taken = time.monotonic() - begun
            assert (await bomb).status_code == 503
            return taken

    assert asyncio.run(ask()) < 1

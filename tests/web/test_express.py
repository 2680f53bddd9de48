"""The short way to /sparql: an answer that is given again is the same in every word, and nobody gets another's."""

from __future__ import annotations

import inspect
import socket
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from pactgraph.web import sparql

QUERY = "SELECT ?s WHERE { ?s a <https://w3id.org/pactgraph/ontology/Treaty> }"
BROWSER = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
CHANGING = ("date", "x-request-id", "request-id")


def told(response: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    headers = {name: value for name, value in response.headers.items() if name not in CHANGING}
    return response.status_code, headers, response.content


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv", "*/*", "text/csv;q=0.1, application/json"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_what_is_given_again_is_the_same_as_before(client: httpx.Client, accept: str, coding: str) -> None:
    headers = {"Accept": accept, "Accept-Encoding": coding}
    for send in (lambda: client.get("/sparql", params={"query": QUERY}, headers=headers),
                 lambda: client.post("/sparql", data={"query": QUERY}, headers=headers)):
        first, again = told(send()), told(send())
        assert first == again and first[0] == 200 and first[1]["etag"] and first[1]["access-control-allow-origin"] == "*"


def test_head_and_conditions_after_the_answer_was_kept(client: httpx.Client) -> None:
    first = client.get("/sparql", params={"query": QUERY})
    head = client.head("/sparql", params={"query": QUERY})
    assert head.content == b"" and head.headers["content-length"] == first.headers["content-length"]
    known = client.get("/sparql", params={"query": QUERY}, headers={"If-None-Match": first.headers["etag"]})
    assert known.status_code == 304 and known.headers["etag"] == first.headers["etag"]


def test_requests_that_differ_in_anything_get_their_own_answer(client: httpx.Client) -> None:
    kinds = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", BROWSER)
    for _ in range(2):
        found = [client.get("/sparql", params={"query": QUERY}, headers={"Accept": kind}) for kind in kinds]
        assert [one.headers["content-type"].split(";")[0] for one in found] == [*kinds[:3], "text/html"]
        direct = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
        assert client.post("/sparql", content=QUERY, headers=direct).text == found[2].text
        elsewhere = "/sparql?" + urlencode({"default-graph-uri": "http://example.org/none"})
        other = client.post(elsewhere, content=QUERY, headers=direct)
        assert other.text == "s\r\n" != found[2].text
        wrong = client.post("/sparql", content=QUERY, headers={"Content-Type": "text/plain", "Accept": "text/csv"})
        assert wrong.status_code == 415


def test_two_accept_headers_are_one(client: httpx.Client) -> None:
    client.headers.pop("accept")
    for _ in range(2):
        both = client.get("/sparql", params={"query": QUERY}, headers=[("Accept", "image/png"), ("Accept", "text/csv")])
        assert both.headers["content-type"].startswith("text/csv") or both.status_code == 406


def test_refusals_are_not_kept_and_look_as_everywhere(client: httpx.Client) -> None:
    for _ in range(2):
        refused = client.post("/sparql", data={"query": "SELECT"}, headers={"Accept": "application/json"})
        assert refused.status_code == 400 and refused.json()["status"] == 400
        assert refused.headers["content-security-policy"]


def test_a_body_that_comes_in_pieces_is_read_whole(service) -> None:
    body = urlencode({"query": QUERY}).encode()
    parts = urlsplit(service.address)
    head = (b"POST /sparql HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\nConnection: close\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n")
    chunks = b"%x\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (5, body[:5], len(body) - 5, body[5:])
    for sized in (b"Content-Length: %d\r\n\r\n" % len(body) + body, b"Transfer-Encoding: chunked\r\n\r\n" + chunks):
        for _ in range(2):
            with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=20) as line:
                for place in range(0, len(head + sized), 100):
                    line.sendall((head + sized)[place:place + 100])
                answer = b"".join(iter(lambda line=line: line.recv(65536), b""))
            assert answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"treaty/iccpr\r\n")


def test_the_rooms_need_nothing_but_the_request() -> None:
    """They are called without the framework: a dependency among their parameters would not be filled."""
    for room in (sparql.query_by_get, sparql.query_by_post):
        assert list(inspect.signature(room).parameters) == ["request"]

"""SERVICE reaches the endpoints that the operator lists, and nobody else."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pytest
from quiet_server import QuietServer

from pactgraph.errors import UserError
from pactgraph.settings import Settings

CALL = "SELECT ?label WHERE {{ SERVICE {service} {{ ?body a <https://w3id.org/pactgraph/ontology/PublicBody> ; " \
       "<http://www.w3.org/2000/01/rdf-schema#label> ?label FILTER(LANG(?label) = 'vi') }} }} ORDER BY ?label"


class Others:
    """A server of somebody else: it notes what it is asked; a path may send elsewhere or never answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        others = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                others.asked.append(self.path)
                if self.path == "/silent":
                    time.sleep(8)
                self.send_response(302 if self.path == "/moved" else 500)
                self.send_header("Location", others.address + "secret")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = QuietServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def others() -> Iterator[Others]:
    running = Others()
    yield running
    running.server.shutdown()


@pytest.fixture(scope="module")
def federated(begin, generation: Path, service, others: Others) -> Iterator[httpx.Client]:
    """A service that may call another pactgraph service and three paths of somebody else's server."""
    allowed = " ".join([service.address + "/sparql", *(others.address + path for path in ("moved", "silent", "broken"))])
    running = begin(generation, query_seconds=3, service_allow=allowed)
    with httpx.Client(base_url=running.address, timeout=20) as client:
        yield client
    running.stop()


def ask(client: httpx.Client, address: str, query: str = CALL) -> httpx.Response:
    return client.get("/sparql", params={"query": query.format(service=address)})


def test_a_listed_endpoint_is_called(federated: httpx.Client, service) -> None:
    for silent in ("", "SILENT "):
        response = ask(federated, f"{silent}<{service.address}/sparql>")
        assert response.status_code == 200, response.text
        labels = [row["label"]["value"] for row in response.json()["results"]["bindings"]]
        assert labels == ["Bộ Thông tin", "Bộ Văn hóa"]
        # Others may answer differently the next time.
        assert response.headers["cache-control"] == "no-store" and "etag" not in response.headers
    description = federated.get("/sparql", headers={"Accept": "application/n-triples"}).text
    assert "sparql-service-description#BasicFederatedQuery" in description


@pytest.mark.parametrize("call", [
    "<OTHERSsecret>", "SILENT <OTHERSsecret>", "?anywhere", "x:secret", "<secret>", "<SERVICE/sparql#x>", "<SERVICE/sparql?x>",
    "<SERVICE/sparq\\u006c>", "<SERVICE//sparql>", "<SERVICE>",
])
def test_peer_service_calls_nobody_who_is_not_listed(federated: httpx.Client, service, others: Others, call: str) -> None:
    others.asked.clear()
    call = call.replace("OTHERS", others.address).replace("SERVICE", service.address)
    names = f"BASE <{others.address}> PREFIX x: <{others.address}> "
    for query in (f"SELECT * WHERE {{ SERVICE {call} {{ ?s ?p ?o }} }}",
                  f"SELECT * WHERE {{ SERVICE <{service.address}/sparql> {{ SERVICE {call} {{ ?s ?p ?o }} }} }}"):
        response = federated.get("/sparql", params={"query": names + query})
        assert response.status_code == 400 and f"<{service.address}/sparql>" in response.text
    assert others.asked == []


def test_an_endpoint_that_sends_elsewhere_is_not_followed(federated: httpx.Client, others: Others) -> None:
    others.asked.clear()
    response = ask(federated, f"<{others.address}moved>")
    assert response.status_code == 502 and others.asked == ["/moved"]


def test_an_endpoint_that_fails_is_told(federated: httpx.Client, others: Others) -> None:
    assert ask(federated, f"<{others.address}broken>").status_code == 502
    assert ask(federated, f"SILENT <{others.address}broken>").status_code == 200


def test_an_endpoint_that_never_answers_does_not_hold_the_service(federated: httpx.Client, others: Others) -> None:
    begun = time.monotonic()
    response = ask(federated, f"<{others.address}silent>")
    assert response.status_code == 503 and response.headers["pactgraph-limit"] == "time"
    assert time.monotonic() - begun < 4
    assert federated.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_without_a_list_nobody_is_called(client: httpx.Client, others: Others) -> None:
    others.asked.clear()
    assert ask(client, f"<{others.address}broken>").status_code == 400
    assert others.asked == []


@pytest.mark.parametrize("value", ["example.org", "file:///etc/passwd", "http://a b", "http://ok.example/ ftp://x", "https://x/<y>"])
def test_a_wrong_list_is_told(value: str) -> None:
    with pytest.raises(UserError) as problem:
        Settings(service_allow=value).service_endpoints()
    assert problem.value.key == "bad-setting"

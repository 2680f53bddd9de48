"""A page of another origin reads the endpoint with fetch, as research portals do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler
from typing import Any

import pytest
from browser_help import MARKS
from quiet_server import QuietServer

READ = """async ([address, options]) => {
    const answer = await fetch(address, options);
    const seen = name => answer.headers.get(name);
    return {status: answer.status, type: seen('content-type'), etag: seen('etag'), link: seen('link'),
            limit: seen('pactgraph-limit'), retry: seen('retry-after'), url: answer.url, text: await answer.text()};
}"""
pytestmark = MARKS


@pytest.fixture(scope="module")
def page(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page of another origin."""
    folder = tmp_path_factory.mktemp("portal")
    (folder / "index.html").write_text("<!doctype html><title>Portal</title>")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    portal = QuietServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=portal.serve_forever, daemon=True).start()
    opened = browser.new_context().new_page()
    opened.goto(f"http://127.0.0.1:{portal.server_port}/")
    yield opened
    opened.context.close()
    portal.shutdown()


def read(page: Any, address: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(READ, [address, options])
    return found


def test_a_page_of_another_origin_may_query(page: Any, address: str) -> None:
    query = "SELECT * WHERE { ?s ?p ?o } LIMIT 200"
    json_type = {"Accept": "application/sparql-results+json"}
    by_get = read(page, f"{address}/sparql?query={query}", headers=json_type)
    assert by_get["status"] == 200 and by_get["text"].count('"s":') == 200 and by_get["etag"]
    # A content type of its own makes the browser ask first (preflight).
    direct = read(page, f"{address}/sparql", method="POST", body=query,
                  headers={**json_type, "Content-Type": "application/sparql-query"})
    assert direct["status"] == 200 and direct["text"] == by_get["text"]
    known = read(page, f"{address}/sparql?query={query}", headers={**json_type, "If-None-Match": by_get["etag"]},
                 cache="no-store")
    assert known["status"] == 304 and known["text"] == ""


def test_a_page_of_another_origin_reads_why_it_was_refused(page: Any, address: str) -> None:
    wrong = read(page, f"{address}/sparql?query=SELECT", headers={"Accept": "application/json"})
    assert wrong["status"] == 400 and wrong["type"].startswith("application/problem+json")
    huge = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
    limited = read(page, f"{address}/sparql?query={huge}", headers={"Accept": "text/csv"})
    assert limited["status"] == 503 and limited["limit"] and limited["retry"]


def test_a_page_of_another_origin_follows_a_name_to_its_data(page: Any, address: str) -> None:
    found = read(page, f"{address}/id/vnm/body/moj", headers={"Accept": "text/turtle"})
    assert found["status"] == 200 and found["url"] == f"{address}/doc/vnm/body/moj.ttl"
    assert "Bộ Tư pháp" in found["text"] and 'rel="describes"' in found["link"]


def test_a_page_of_another_origin_gets_nothing_with_credentials(page: Any, address: str) -> None:
    with pytest.raises(Exception, match="Failed to fetch"):
        read(page, f"{address}/sparql?query=ASK%20%7B%7D", credentials="include")

"""A page of another origin reads the endpoint with fetch, as research portals do."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
PROGRAM = """
import sys
from pathlib import Path
from pactgraph.settings import Settings
from pactgraph.store.generations import current
from pactgraph.web.serve import run
run(Settings.from_environment(), current(Path(sys.argv[1])).folder)
"""
READ = """async ([address, options]) => {
    const answer = await fetch(address, options);
    const seen = name => answer.headers.get(name);
    return {status: answer.status, type: seen('content-type'), etag: seen('etag'), link: seen('link'),
            limit: seen('pactgraph-limit'), retry: seen('retry-after'), url: answer.url, text: await answer.text()};
}"""
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def endpoint(built_store: Path) -> Iterator[str]:
    """A service over the real graph."""
    service = Path(__file__).parents[2] / "service"
    environment = os.environ | {"PYTHONPATH": str(service), "PACTGRAPH_PORT": "0", "PACTGRAPH_HOST": "127.0.0.1"}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(built_store)], env=environment, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    assert "http://" in line, line + process.stderr.read()
    yield "http://" + line.split("http://")[1].split("/")[0]
    process.terminate()
    process.wait(15)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page of another origin."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    folder = tmp_path_factory.mktemp("portal")
    (folder / "index.html").write_text("<!doctype html><title>Portal</title>")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    portal = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=portal.serve_forever, daemon=True).start()
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        opened = browser.new_page()
        opened.goto(f"http://127.0.0.1:{portal.server_port}/")
        yield opened
        browser.close()
    portal.shutdown()


def read(page: Any, address: str, **options: Any) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(READ, [address, options])
    return found


def test_a_page_of_another_origin_may_query(page: Any, endpoint: str) -> None:
    query = "SELECT * WHERE { ?s ?p ?o } LIMIT 200"
    json_type = {"Accept": "application/sparql-results+json"}
    by_get = read(page, f"{endpoint}/sparql?query={query}", headers=json_type)
    assert by_get["status"] == 200 and by_get["text"].count('"s":') == 200 and by_get["etag"]
    # A content type of its own makes the browser ask first (preflight).
    direct = read(page, f"{endpoint}/sparql", method="POST", body=query,
                  headers={**json_type, "Content-Type": "application/sparql-query"})
    assert direct["status"] == 200 and direct["text"] == by_get["text"]
    known = read(page, f"{endpoint}/sparql?query={query}", headers={**json_type, "If-None-Match": by_get["etag"]},
                 cache="no-store")
    assert known["status"] == 304 and known["text"] == ""


def test_a_page_of_another_origin_reads_why_it_was_refused(page: Any, endpoint: str) -> None:
    wrong = read(page, f"{endpoint}/sparql?query=SELECT", headers={"Accept": "application/json"})
    assert wrong["status"] == 400 and wrong["type"].startswith("application/problem+json")
    huge = "SELECT * WHERE { ?a ?b ?c . ?d ?e ?f }"
    limited = read(page, f"{endpoint}/sparql?query={huge}", headers={"Accept": "text/csv"})
    assert limited["status"] == 503 and limited["limit"] and limited["retry"]


def test_a_page_of_another_origin_follows_a_name_to_its_data(page: Any, endpoint: str) -> None:
    found = read(page, f"{endpoint}/id/vnm/body/moj", headers={"Accept": "text/turtle"})
    assert found["status"] == 200 and found["url"] == f"{endpoint}/doc/vnm/body/moj.ttl"
    assert "Bộ Tư pháp" in found["text"] and 'rel="describes"' in found["link"]


def test_a_page_of_another_origin_gets_nothing_with_credentials(page: Any, endpoint: str) -> None:
    with pytest.raises(Exception, match="Failed to fetch"):
        read(page, f"{endpoint}/sparql?query=ASK%20%7B%7D", credentials="include")

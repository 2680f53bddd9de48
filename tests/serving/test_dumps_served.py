"""``/dumps/`` of a running service: made beside requests, of what everybody may see, and made again when that changes."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from pactgraph.publish.manifest import damaged

from .conftest import Serving, quad, starter, wait_for

BASE = "https://w3id.org/pactgraph/"
HIDDEN = BASE + "graph/journal/restricted/mps/notes"
ALL = "SELECT ?s ?p ?o ?g WHERE { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A service with two web workers over a store with a public and a restricted statement; dumps are never old enough."""
    with starter(tmp_path_factory.mktemp("dumps") / "store") as begin:
        running = begin(web_workers=2, dumps_seconds=0)
        running.write([quad(1), quad(4711, HIDDEN)])
        yield running


@pytest.fixture
def client(service: Serving) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.address, timeout=30) as opened:
        yield opened


def manifest(client: httpx.Client) -> dict[str, object]:
    answer = client.get("/dumps/manifest.json")
    return answer.json() if answer.status_code == 200 else {}


def number(client: httpx.Client) -> int:
    return int(manifest(client).get("revision", {}).get("journal", -1))  # type: ignore[attr-defined]


def served(client: httpx.Client) -> set[ox.Quad]:
    """What a stranger's query sees."""
    rows = ox.parse_query_results(client.post("/sparql", data={"query": ALL}).content, format=ox.QueryResultsFormat.JSON)
    return {ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in rows}  # type: ignore[union-attr]


def test_who_comes_first_is_asked_to_come_again_and_then_gets_what_queries_see(service: Serving, client: httpx.Client) -> None:
    first = client.get("/dumps/pactgraph.nq.gz", headers={"Accept": "text/plain", "Accept-Language": "vi"})
    assert first.status_code == 503 and int(first.headers["retry-after"]) > 0 and "Đang tạo" in first.text
    wait_for(lambda: manifest(client))
    head = client.get("/health").json()
    assert manifest(client)["revision"] == {"fingerprint": head["fingerprint"], "journal": head["journal"]}
    file = client.get("/dumps/pactgraph.nq.gz")
    there = set(ox.parse(gzip.decompress(file.content), format=ox.RdfFormat.N_QUADS))
    assert there == served(client) and any(quad.subject.value == "http://e/s1" for quad in there)
    for entry in manifest(client)["files"]:  # type: ignore[attr-defined]
        content = client.get(f"/dumps/{entry['path']}").content
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]
        assert b"4711" not in (gzip.decompress(content) if entry["path"].endswith(".gz") else b""), entry["path"]
        assert "restricted" not in str(entry)


def test_a_file_is_sent_as_it_is_in_parts_and_once(client: httpx.Client) -> None:
    wait_for(lambda: manifest(client))
    whole = client.get("/dumps/pactgraph.trig.gz", headers={"Accept-Encoding": "gzip, zstd"})
    assert whole.headers["content-type"] == "application/gzip" and "content-encoding" not in whole.headers
    tag = whole.headers["etag"]
    assert tag == f'"{hashlib.sha256(whole.content).hexdigest()}"'
    part = client.get("/dumps/pactgraph.trig.gz", headers={"Range": "bytes=2-9", "If-Range": tag})
    assert (part.status_code, part.content) == (206, whole.content[2:10])
    assert client.get("/dumps/pactgraph.trig.gz", headers={"Range": "bytes=2-9", "If-Range": '"other"'}).content == whole.content
    assert client.get("/dumps/pactgraph.trig.gz", headers={"Range": "bytes=9999999-"}).status_code == 416
    assert client.get("/dumps/pactgraph.trig.gz", headers={"If-None-Match": tag}).status_code == 304
    head = client.head("/dumps/pactgraph.trig.zst")
    assert head.headers["content-type"] == "application/zstd" and int(head.headers["content-length"]) > 0 and not head.content
    part = client.head("/dumps/pactgraph.trig.gz", headers={"Range": "bytes=2-9"})  # a range is for GET alone
    assert part.status_code == 200 and part.headers["content-length"] == str(len(whole.content))
    assert part.headers["accept-ranges"] == "bytes" and part.headers["etag"] == tag
    assert client.head("/dumps/pactgraph.trig.gz", headers={"If-None-Match": tag}).status_code == 304
    sums = client.get("/dumps/SHA256SUMS")
    assert sums.headers["content-type"].startswith("text/plain") and f"{tag[1:-1]}  pactgraph.trig.gz\n" in sums.text


def test_the_page_lists_the_files_and_a_wrong_name_is_told_in_words(client: httpx.Client) -> None:
    wait_for(lambda: manifest(client))
    assert client.get("/dumps").headers["location"] == "/dumps/"
    vi = client.get("/dumps/", headers={"Accept-Language": "vi"})
    assert vi.status_code == 200 and "Toàn bộ đồ thị" in vi.text and 'href="/dumps/pactgraph.nq.gz"' in vi.text
    assert "The whole graph" in client.get("/dumps/?lang=en").text
    for path in ("/dumps/pactgraph.nq", "/dumps/.lock", "/dumps/%2e%2e/lock", "/dumps/sources"):
        wrong = client.get(path, headers={"Accept": "text/plain"})
        assert wrong.status_code == 404 and "/dumps/" in wrong.text, path


def test_dumps_are_made_again_when_something_was_written(service: Serving, client: httpx.Client) -> None:
    wait_for(lambda: manifest(client))
    for round_ in range(3):
        before = number(client)
        head = service.write([quad(100 + round_)]).head
        assert number(client) in (before, head)  # the old ones are given out until the new ones are whole
        wait_for(lambda head=head: number(client) == head)  # type: ignore[misc]

    def kept() -> list[Path]:
        return [folder for folder in (service.store / "dumps").iterdir() if folder.is_dir()]

    wait_for(lambda: len(kept()) == 2)
    assert all(damaged(folder) == [] for folder in kept())


def test_a_quiet_service_makes_them_before_anybody_asks(serve: Callable[..., Serving]) -> None:
    service = serve(dumps_quiet_seconds=0.3)

    def whole() -> list[Path]:
        return list((service.store / "dumps").glob("*/manifest.json"))

    wait_for(lambda: len(whole()) == 1)
    answer = httpx.get(service.address + "/catalog.ttl")
    assert answer.status_code == 200 and "dcat:downloadURL" in answer.text


def test_who_asks_for_the_catalogue_of_a_new_service_waits_for_it(serve: Callable[..., Serving]) -> None:
    """A harvester is not sent away: it would come again next week."""
    service = serve()
    answer = httpx.get(service.address + "/catalog.ttl", timeout=60)
    assert answer.status_code == 200 and "dcat:downloadURL" in answer.text


def test_what_keeps_them_from_being_made_is_told(serve: Callable[..., Serving], tmp_path: Path) -> None:
    service = serve()
    (service.store / "dumps").write_text("a file where a folder should be")

    def said() -> str:
        answer = httpx.get(service.address + "/dumps/", headers={"Accept": "text/plain", "Accept-Language": "en"})
        assert answer.status_code == 503
        return answer.text

    wait_for(lambda: "could not be made" in said())
    assert "Nothing can be written" in said()

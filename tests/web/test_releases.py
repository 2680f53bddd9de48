"""Releases as a service gives them out: version IRIs, descriptions in every format, files, and those that are only remembered."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from site_help import DAY, small_store

from pactgraph.publish.kinds import Context
from pactgraph.publish.release import release
from pactgraph.publish.released import releases_in
from pactgraph.settings import Settings
from pactgraph.web.notes import blocks

BASE = "https://w3id.org/pactgraph/"
DCAT = "http://www.w3.org/ns/dcat#"
FORMS = {"ttl": ("text/turtle", ox.RdfFormat.TURTLE), "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
         "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML), "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES)}
CHANGE = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA { GRAPH <https://w3id.org/pactgraph/graph/vnm/bodies> {
  <https://w3id.org/pactgraph/id/vnm/body/new> a <https://w3id.org/pactgraph/ontology/PublicBody> ;
    rdfs:label "A <b>new</b> body"@en , "Cơ quan mới"@vi } }"""
VERSIONS = ("1.0.0", "1.1.0", "2.0.0-rc.1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three releases of the small graph, the first of which is only remembered by those after it."""
    there = tmp_path_factory.mktemp("releases")
    for version in VERSIONS:
        store = small_store()
        if version != VERSIONS[0]:
            store.update(CHANGE)
        context = Context(store, Settings(lang="en"), "en", DAY, {"fingerprint": f"state-of-{version}", "journal": 0},
                          {"include": ("dumps",), "format": ("nquads",), "group": ("all",), "version": (version,)})
        release(context, version, there, None)
    shutil.rmtree(there / "1.0.0")
    return there


@pytest.fixture(scope="module")
def client(folder: Path, generation: Path, begin: Callable[..., object]) -> Iterator[httpx.Client]:
    service = begin(generation, releases=folder)
    with httpx.Client(base_url=service.address, timeout=30) as opened:  # type: ignore[attr-defined]
        yield opened
    service.stop()  # type: ignore[attr-defined]
    service.process.stderr.close()  # type: ignore[attr-defined]


def said(client: httpx.Client, path: str, form: ox.RdfFormat = ox.RdfFormat.TURTLE) -> dict[tuple[str, str], set[str]]:
    """What a description says: by subject and the name of the property."""
    found: dict[tuple[str, str], set[str]] = {}
    for triple in ox.parse(client.get(path).content, format=form):
        name = triple.predicate.value.removeprefix(DCAT)
        found.setdefault((triple.subject.value, name), set()).add(triple.object.value)  # type: ignore[union-attr]
    return found


def test_a_version_iri_leads_to_a_description_in_the_format_that_is_liked(client: httpx.Client) -> None:
    page = client.get("/release/1.1.0", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/releases/1.1.0") and page.headers["vary"].startswith("Accept,")
    for ending, (media_type, form) in FORMS.items():
        answer = client.get("/release/1.1.0", headers={"Accept": media_type})
        assert answer.status_code == 303 and answer.headers["location"] == f"/releases/1.1.0.{ending}"
        data = client.get(answer.headers["location"])
        assert data.status_code == 200 and data.headers["content-type"].split(";")[0] == media_type
        told = said(client, f"/releases/1.1.0.{ending}", form)
        assert told[f"{BASE}release/1.1.0", "version"] == {"1.1.0"}
        assert client.get(answer.headers["location"], headers={"If-None-Match": data.headers["etag"]}).status_code == 304
    assert client.get("/release/1.1.0", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/releases").headers["location"] == client.get("/release").headers["location"] == "/releases/"


def test_a_description_says_what_the_release_is_and_what_stands_beside_it(client: httpx.Client) -> None:
    told = said(client, "/releases/1.1.0.ttl")
    iri = f"{BASE}release/1.1.0"
    assert told[iri, "inSeries"] == {f"{BASE}id/dataset/releases"} and told[iri, "prev"] == {f"{BASE}release/1.0.0"}
    assert told[iri, "http://purl.org/dc/terms/issued"] == {DAY}
    assert told[iri, "http://www.w3.org/ns/adms#versionNotes"] == {"state-of-1.1.0+0"}
    assert any("1 things added" in words for words in told[iri, "http://purl.org/dc/terms/description"])
    (file,) = (node for node in told[iri, "distribution"] if node.endswith(".nq.gz"))
    (address,) = told[file, "downloadURL"]
    (checksum,) = told[f"{file}/checksum", "http://spdx.org/rdf/terms#checksumValue"]
    assert hashlib.sha256(client.get(address).content).hexdigest() == checksum.lower()
    links = client.get("/releases/1.1.0").headers["link"]
    for relation, version in (("latest", "2.0.0-rc.1"), ("successor", "2.0.0-rc.1"), ("predecessor", "1.0.0")):
        assert f'</releases/{version}>; rel="{relation}-version"' in links


def test_a_machine_finds_its_way_from_the_page(client: httpx.Client) -> None:
    """FAIR Signposting: how it is cited, what describes it, what it holds."""
    links = client.get("/releases/1.1.0", headers={"Accept": "text/html"}).headers["link"]
    assert f'<{BASE}release/1.1.0>; rel="cite-as"' in links and '<https://schema.org/Dataset>; rel="type"' in links
    assert '</releases/1.1.0.ttl>; rel="describedby"; type="text/turtle"' in links
    assert 'dumps/pactgraph.nq.gz>; rel="item"; type="application/gzip"' in links


def test_the_page_tells_the_changes_in_both_languages(client: httpx.Client) -> None:
    for lang, words, day in (("en", "What changed since release 1.0.0.", "22 November 2026"),
                             ("vi", "Những thay đổi so với bản phát hành 1.0.0.", "22/11/2026")):
        page = client.get(f"/releases/1.1.0?lang={lang}", headers={"Accept": "text/html"})
        assert page.status_code == 200 and words in page.text and day in page.text
        assert "https://w3id.org/pactgraph/release/1.1.0" in page.text and 'href="/releases/2.0.0-rc.1"' in page.text
        assert "<b>new</b>" not in page.text  # what the data say is text
    assert "&lt;b&gt;new&lt;/b&gt;" in client.get("/releases/1.1.0?lang=en").text
    assert 'href="/releases/1.1.0/dumps/pactgraph.nq.gz"' in client.get("/releases/1.1.0").text


def test_the_catalogue_lists_every_release_in_the_series(client: httpx.Client) -> None:
    told = said(client, "/catalog.ttl")
    series, whole = f"{BASE}id/dataset/releases", f"{BASE}id/dataset/pactgraph"
    assert told[series, "first"] == {f"{BASE}release/1.0.0"} and told[series, "last"] == {f"{BASE}release/2.0.0-rc.1"}
    assert told[whole, "hasVersion"] == {f"{BASE}release/{version}" for version in VERSIONS}
    assert told[f"{BASE}release/2.0.0-rc.1", "prev"] == {f"{BASE}release/1.1.0"}
    # What stands now is of another state than the newest release
    assert told[whole, "version"] == {"2.0.0-rc.1+abc123+0"[:19]}
    assert (f"{BASE}release/1.0.0", "distribution") not in told and (f"{BASE}release/1.1.0", "distribution") in told


def test_files_are_given_out_in_parts_and_once(client: httpx.Client) -> None:
    whole = client.get("/releases/1.1.0/dumps/pactgraph.nq.gz")
    tag = whole.headers["etag"]
    assert tag == f'"{hashlib.sha256(whole.content).hexdigest()}"' and whole.headers["content-type"] == "application/gzip"
    part = client.get("/releases/1.1.0/dumps/pactgraph.nq.gz", headers={"Range": "bytes=2-9"})
    assert (part.status_code, part.content) == (206, whole.content[2:10])
    assert client.get("/releases/1.1.0/dumps/pactgraph.nq.gz", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/releases/1.1.0/manifest.json").json()["version"] == "1.1.0"
    assert "dumps/pactgraph.nq.gz" in client.get("/releases/1.1.0/SHA256SUMS").text
    for path in ("/releases/1.1.0/dumps", "/releases/1.1.0/..%2f1.1.0/names.txt", "/releases/1.1.0/x"):
        assert client.get(path, headers={"Accept": "text/plain"}).status_code == 404, path


def test_a_release_of_which_the_files_are_gone_is_still_described(client: httpx.Client) -> None:
    assert client.get("/release/1.0.0", headers={"Accept": "text/turtle"}).headers["location"] == "/releases/1.0.0.ttl"
    page = client.get("/releases/1.0.0?lang=en").text
    assert "The first release" in page and "no longer kept" in page and "dumps/pactgraph.nq.gz" in page
    gone = client.get("/releases/1.0.0/dumps/pactgraph.nq.gz?lang=vi", headers={"Accept": "text/plain"})
    assert gone.status_code == 410 and "không còn được lưu" in gone.text


def test_an_unknown_version_names_those_that_there_are(client: httpx.Client) -> None:
    for path in ("/release/9.9.9", "/releases/9.9.9", "/releases/9.9.9.ttl", "/releases/9.9.9/names.txt"):
        answer = client.get(path, headers={"Accept": "text/plain", "Accept-Language": "en"})
        assert answer.status_code == 404 and "2.0.0-rc.1, 1.1.0, 1.0.0" in answer.text, path
    page = client.get("/release/9.9.9?lang=vi", headers={"Accept": "text/html"})
    assert page.status_code == 404 and "Các bản đã biết: 2.0.0-rc.1" in page.text


def test_a_release_that_comes_is_seen_at_once_and_a_broken_one_is_none(client: httpx.Client, folder: Path) -> None:
    before = client.get("/catalog.ttl").headers["etag"]
    shutil.copytree(folder / "1.1.0", folder / "3.0.0", ignore=shutil.ignore_patterns("manifest.json"))
    assert client.get("/release/3.0.0").status_code == 404
    (folder / "3.0.0" / "manifest.json").write_text("{", "utf-8")
    assert client.get("/release/3.0.0").status_code == 404 and client.get("/releases/").status_code == 200
    shutil.rmtree(folder / "3.0.0")
    (folder / "1.1.0").rename(folder / "hidden")
    assert client.get("/releases/1.1.0/names.txt").status_code == 410
    assert client.get("/catalog.ttl").headers["etag"] != before
    (folder / "hidden").rename(folder / "1.1.0")


def test_a_service_without_releases_says_so(generation: Path, begin: Callable[..., object], tmp_path: Path) -> None:
    service = begin(generation, releases=tmp_path / "none")
    try:
        address = service.address  # type: ignore[attr-defined]
        assert "holds no release" in httpx.get(f"{address}/releases/?lang=en").text
        answer = httpx.get(f"{address}/release/1.0.0", headers={"Accept": "text/plain"})
        assert answer.status_code == 404 and "/dumps/" in answer.text
    finally:
        service.stop()  # type: ignore[attr-defined]
        service.process.stderr.close()  # type: ignore[attr-defined]


def test_releases_of_another_base_are_not_ours_to_answer(folder: Path) -> None:
    assert [item.version for item in releases_in(folder, BASE)] == ["2.0.0-rc.1", "1.1.0", "1.0.0"]
    assert [bool(item.files) for item in releases_in(folder, BASE)] == [True, True, False]
    assert releases_in(folder, "https://example.org/") == releases_in(None, BASE) == releases_in(folder / "x", BASE) == []


def test_notes_are_read_as_blocks() -> None:
    found = blocks("# Title\n\nWords.\n\n## Data\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```text\nx\n\n- y\n```\n")
    assert [(block.kind, block.text) for block in found] == [("text", "Words."), ("heading", "Data"), ("list", ""), ("table", ""),
                                                             ("pre", "x\n\n- y")]
    assert found[2].lines == ["one", "two"] and found[3].rows == [["a", "b"], ["1", "2"]]

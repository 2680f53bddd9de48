"""The catalogue of a running service as harvesters, editors, search engines and people take it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from browser_help import CHROMIUM, chromium
from parallel import Parallel
from publish_help import exported
from rdflib import DCAT, RDF, Graph, Namespace, URIRef
from service_help import serving

from pactgraph.store.generations import current

BASE = "https://w3id.org/pactgraph/"
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
CKAN = os.environ.get("PACTGRAPH_TEST_CKAN", "")
"""A Python with ckan and ckanext-dcat, in an environment of its own (`make ckan`)."""
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def address(parallel: Parallel, built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over a copy of the real graph, with its dumps beside it as the service keeps them."""
    store = Path(shutil.copytree(built_store, tmp_path_factory.mktemp("catalog") / "store"))
    generation = current(store)
    assert generation is not None
    dumps = parallel.once("dumps", lambda folder: exported(built_store, "dumps", folder / "out")) / "out"
    shutil.copytree(dumps, store / "dumps" / f"{generation.fingerprint}-{generation.journal:09d}")
    with serving(store) as service:
        yield service.address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60) as opened:
        yield opened


def test_a_harvester_reads_every_page_and_every_dataset_once(client: httpx.Client, address: str) -> None:
    at, seen, pages = "/catalog.ttl", [], 0
    while at:
        answer = client.get(at)
        assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/turtle")
        page = Graph().parse(data=answer.text, format="turtle")
        seen += [str(item) for item in page.subjects(RDF.type, DCAT.Dataset)]
        (here,) = page.subjects(RDF.type, HYDRA.PagedCollection)
        following = page.value(here, HYDRA.next)
        assert following == page.value(here, HYDRA.nextPage)
        assert following is None or str(following).startswith(f"{address}/catalog.ttl?page=")
        at, pages = str(following or ""), pages + 1
        for name in (DCAT.downloadURL, DCAT.accessURL, DCAT.endpointURL):
            assert all(str(item).startswith(address + "/") for item in page.objects(None, name))
    assert pages > 1 and len(seen) == len(set(seen)) and f"{BASE}id/dataset/pactgraph" in seen


@pytest.mark.skipif(not CKAN, reason="PACTGRAPH_TEST_CKAN names no Python with ckan and ckanext-dcat: see `make ckan`")
@pytest.mark.parametrize("ending", ["ttl", "rdf", "jsonld"])
def test_ckan_takes_the_catalogue_in(address: str, ending: str) -> None:
    """With ckanext-dcat's own parser and profile, from page to page as its harvester goes."""
    script = Path(__file__).parents[1] / "support" / "ckan_harvest.py"
    command = [CKAN, str(script), f"{address}/catalog.{ending}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    datasets = {item["uri"]: item for item in told["datasets"]}
    assert told["pages"] > 1 and len(datasets) == len(told["datasets"]) > 30
    whole = datasets[f"{BASE}id/dataset/pactgraph"]
    assert whole["title"].startswith("pactgraph") and whole["notes"] and len(whole["tags"]) == len(set(whole["tags"])) > 8
    assert whole["contact"] and whole["publisher"] and whole["theme"] and whole["version"]
    assert len(whole["resources"]) == 8
    for resource in whole["resources"]:
        assert resource["url"].startswith(f"{address}/dumps/") and len(resource["hash"]) == 64 and resource["size"] > 1000
        assert resource["name"] and resource["mimetype"] and resource["license"]


@pytest.mark.parametrize(("suffix", "media_type", "form"), [
    ("ttl", "text/turtle", "turtle"), ("rdf", "application/rdf+xml", "xml"), ("jsonld", "application/ld+json", "json-ld")])
def test_suffix_and_accept_give_the_same(client: httpx.Client, suffix: str, media_type: str, form: str) -> None:
    for path in ("/catalog/country-vnm", "/.well-known/void"):
        by_suffix = client.get(f"{path}.{suffix}")
        by_wish = client.get(path, headers={"Accept": media_type})
        assert by_suffix.status_code == by_wish.status_code == 200 and by_suffix.content == by_wish.content
        assert by_wish.headers["content-type"].startswith(media_type) and by_wish.headers["vary"].startswith("Accept")
        assert len(Graph().parse(data=by_wish.text, format=form)) > 50
        tag = by_wish.headers["etag"]
        assert client.get(path, headers={"Accept": media_type, "If-None-Match": tag}).status_code == 304


def test_a_file_of_the_catalogue_can_be_fetched_and_has_its_checksum(client: httpx.Client, address: str) -> None:
    import hashlib

    graph = Graph().parse(data=client.get("/catalog/terms.ttl").text, format="turtle")
    node, target = next((s, o) for s, o in graph.subject_objects(DCAT.downloadURL) if str(o).endswith("ontology.ttl.gz"))
    spdx = Namespace("http://spdx.org/rdf/terms#")
    stated = graph.value(graph.value(node, spdx.checksum), spdx.checksumValue)
    assert hashlib.sha256(client.get(str(target)).content).hexdigest() == str(stated).lower()


def test_iris_of_datasets_lead_to_their_descriptions(client: httpx.Client) -> None:
    for key, place in (("pactgraph", "/catalog/pactgraph"), ("catalogue", "/catalog"), ("sparql", "/sparql")):
        answer = client.get(f"/id/dataset/{key}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, place)
        assert client.get(place, headers={"Accept": "text/turtle"}).status_code == 200


@pytest.mark.parametrize("path", ["/catalog.ttl?page=0", "/catalog.ttl?page=99", "/catalog.ttl?page=²", "/catalog.ttl?page=1e3",
                                  "/catalog.doc", "/catalog/nothing", "/catalog/nothing.ttl", "/.well-known/void.doc"])
def test_what_is_not_there_is_said_to_be_not_there(client: httpx.Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/plain"})
    assert answer.status_code == 404 and "Traceback" not in answer.text


def test_void_and_service_description_name_each_other(client: httpx.Client, address: str) -> None:
    void = Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    whole, space = URIRef(BASE + "id/dataset/pactgraph"), Namespace("http://rdfs.org/ns/void#")
    assert str(void.value(whole, space.sparqlEndpoint)) == f"{address}/sparql"
    assert len(list(void.objects(whole, space.dataDump))) == 8 and len(list(void.objects(whole, space.subset))) >= 6
    example = str(void.value(whole, space.exampleResource)).replace(BASE, address + "/")
    assert client.get(example, follow_redirects=True).is_success
    described = client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert f"{address}/.well-known/void" in described and str(whole) in described
    ask = "SELECT (COUNT(*) AS ?n) { ?d <http://rdfs.org/ns/void#classPartition>/<http://rdfs.org/ns/void#class> ?c }"
    rows = ox.parse_query_results(client.post("/sparql", data={"query": ask}).content, format=ox.QueryResultsFormat.JSON)
    assert int(next(iter(rows))["n"].value) > 50  # type: ignore[arg-type, union-attr]


def blocks(text: str) -> Any:
    (found,) = BLOCK.findall(text)
    return json.loads(found)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_pages_carry_blocks_of_schema_org(client: httpx.Client, lang: str) -> None:
    kinds = {"/": "Dataset", "/catalog": "DataCatalog", "/catalog/pactgraph": "Dataset", "/doc/treaty/iccpr/article/9": "WebPage"}
    for path, kind in kinds.items():
        answer = client.get(path, headers={"Accept": "text/html", "Accept-Language": lang})
        block = blocks(answer.text)
        assert answer.status_code == 200 and block["@type"] == kind and block["license"], path
        assert "unsafe" not in answer.headers["content-security-policy"]
    article = blocks(client.get("/doc/treaty/iccpr/article/9", headers={"Accept-Language": lang, "Accept": "text/html"}).text)
    assert article["mainEntity"]["@id"] == BASE + "id/treaty/iccpr/article/9"
    assert article["isPartOf"]["@id"] == BASE + "id/dataset/pactgraph"
    assert article["name"].startswith("Điều 9" if lang == "vi" else "Article 9")


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_a_browser_logs_no_violation_and_runs_nothing(address: str) -> None:
    wrong: list[str] = []
    with chromium() as browser:
        page = browser.new_context(locale="vi", base_url=address).new_page()
        page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        for path in ("/", "/catalog", "/catalog/pactgraph", "/doc/treaty/iccpr/article/9"):
            page.goto(path)
            assert json.loads(page.locator('script[type="application/ld+json"]').text_content())["@context"] == "https://schema.org/"
        page.goto("/catalog")
        page.locator('main a[href="/catalog/country-vnm"]').click()
        assert "Việt Nam" in page.locator("h1").inner_text()
    assert wrong == []

"""A site of files: whole, without dead links, the same twice, and its IRIs resolve on real web servers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from parallel import Parallel
from site_help import apache, dead_links, nginx, small_site

from pactgraph.errors import UserError
from pactgraph.publish.manifest import damaged, read_manifest
from pactgraph.settings import Settings
from pactgraph.web.fixed.servers import files_for

DUMPS = {"include": ("dumps",), "format": ("nquads", "turtle"), "compression": ("gzip",), "group": ("all",)}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDFLIB = "text/turtle, application/rdf+xml;q=0.9, application/xhtml+xml;q=0.5, */*;q=0.1"


@pytest.fixture(scope="session")
def site(parallel: Parallel) -> Path:
    """The site of the small graph with its dumps, made once a run; not to be changed."""
    return parallel.once("site", lambda folder: small_site(folder / "out", **DUMPS)) / "out"


@pytest.fixture(scope="module", params=[nginx, apache], ids=["nginx", "apache"])
def server(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a real web server over the site, that follows no redirects."""
    with request.param(site, tmp_path_factory.mktemp("server")) as address, httpx.Client(base_url=address) as client:
        yield client


def test_the_site_is_whole(site: Path) -> None:
    manifest = read_manifest(site)
    assert manifest is not None and manifest["kind"] == "site" and manifest["day"] == "2026-11-22"
    assert not damaged(site) and not damaged(site / "dumps")
    for name in ("vi/doc/treaty/iccpr/article/19.html", "en/trace/treaty/iccpr/article/19.html", "doc/un/rec/test/46.jsonld",
                 "en/doc/ontology/PlanTask.html", "vi/doc/vocab/role/lead.html", "en/overview.html", "vi/tasks.html"):
        assert (site / name).is_file(), name


def test_no_link_is_dead_and_nothing_asks_a_server(site: Path) -> None:
    assert dead_links(site) == []
    pages = [page.read_text("utf-8") for page in site.rglob("*.html")]
    assert len(pages) > 100
    for text in pages:
        assert "<form" not in text and "search.js" not in text
    article = (site / "vi/doc/treaty/iccpr/article/19.html").read_text("utf-8")
    assert 'lang="vi"' in article and "Tự do ngôn luận" in article
    assert 'href="../../../../../en/doc/treaty/iccpr/article/19.html"' in article  # the language switch
    assert "22/11/2026" in article and "Không chính thức" in article


def test_what_needs_a_service_is_said_or_leads_there(site: Path, tmp_path: Path) -> None:
    said = (site / "vi/needs-service.html").read_text("utf-8")
    assert "cần dịch vụ đang chạy" in said
    with_service = small_site(tmp_path / "out", include=("none",), things=("id/treaty/",), service=("https://live.example.org/pg",))
    page = (with_service / "en/index.html").read_text("utf-8")
    assert 'action="https://live.example.org/pg/search"' in page
    assert 'href="https://live.example.org/pg/sparql?as_of=2026-11-22"' in page
    again = small_site(tmp_path / "again", include=("none",), things=("id/treaty/",), service=("https://live.example.org/pg",))
    assert {file.relative_to(again): file.read_bytes() for file in again.rglob("*") if file.is_file()} == {
        file.relative_to(with_service): file.read_bytes() for file in with_service.rglob("*") if file.is_file()}


# On real servers --------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("path", "accept", "language", "target"), [
    ("/id/treaty/iccpr/article/19", BROWSER, "", "/en/doc/treaty/iccpr/article/19.html"),
    ("/id/treaty/iccpr/article/19", BROWSER, "vi-VN,vi;q=0.9,en;q=0.8", "/vi/doc/treaty/iccpr/article/19.html"),
    ("/id/treaty/iccpr/article/19", "text/turtle", "vi", "/doc/treaty/iccpr/article/19.ttl"),
    ("/id/treaty/iccpr/article/19", RDFLIB, "", "/doc/treaty/iccpr/article/19.ttl"),
    ("/id/treaty/iccpr/article/19", "application/ld+json", "", "/doc/treaty/iccpr/article/19.jsonld"),
    ("/ontology", "text/turtle", "", "/doc/ontology.ttl"),
    ("/ontology/PlanTask", BROWSER, "", "/en/doc/ontology/PlanTask.html"),
    ("/vocab/role/lead", "application/ld+json", "", "/doc/vocab/role/lead.jsonld"),
    ("/graph/treaty/iccpr", "text/turtle", "", "/doc/graph/treaty/iccpr.ttl"),
    ("/doc/un/rec/test/46", BROWSER, "vi", "/vi/doc/un/rec/test/46.html"),
])
def test_an_iri_leads_to_what_the_client_likes(server: httpx.Client, path: str, accept: str, language: str, target: str) -> None:
    answer = server.get(path, headers={"Accept": accept, "Accept-Language": language})
    assert answer.status_code == 303, answer.text
    assert httpx.URL(answer.headers["Location"]).path == target
    there = server.get(target)
    assert there.status_code == 200
    media = {"html": "text/html", "ttl": "text/turtle", "jsonld": "application/ld+json"}[target.rpartition(".")[2]]
    assert there.headers["Content-Type"].partition(";")[0] == media


def test_pages_dumps_and_what_is_not_there(server: httpx.Client) -> None:
    assert server.get("/").headers.get("Location", "/").endswith("/")
    assert httpx.URL(server.get("/tasks", headers={"Accept-Language": "vi"}).headers["Location"]).path == "/vi/tasks.html"
    dump = server.get("/dumps/pactgraph.nq.gz", headers={"Accept-Encoding": "identity"})
    assert dump.status_code == 200 and dump.headers["Content-Type"].startswith("application/gzip")
    assert "Content-Encoding" not in dump.headers and dump.headers["Access-Control-Allow-Origin"] == "*"
    page = server.get("/en/index.html")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    missing = server.get("/en/nothing-here.html")
    assert missing.status_code == 404 and "Không chính thức" in missing.text + server.get("/vi/index.html").text
    assert "not" in missing.text and 'lang="vi"' in missing.text and 'href="/static/' in missing.text
    unknown = server.get("/id/nothing", headers={"Accept": "text/html"}, follow_redirects=True)
    assert unknown.status_code == 404


def test_w3id_sends_on_by_itself() -> None:
    made = files_for(Settings(lang="en"), "https://site.example.org/pg/", "", [])["servers/w3id.htaccess"]
    rules = [line for line in made.splitlines() if line.startswith("RewriteRule")]
    (pattern, target) = re.fullmatch(r"RewriteRule (\S+) (\S+) \[R=303,L\]", rules[0]).groups()  # type: ignore[union-attr]
    assert target == "https://site.example.org/pg/doc/$1.ttl"
    for path, name in (("id/un/rec/test/46", "un/rec/test/46"), ("ontology/PlanTask", "ontology/PlanTask"),
                       ("ontology", "ontology"),
                       ("graph/un/test", "graph/un/test"), ("dumps/x", None)):
        found = re.match(pattern, path)
        assert (found and found[1]) == name
    assert rules[-1] == "RewriteRule ^(.*)$ https://site.example.org/pg/$1 [R=302,L]"
    assert "servers/w3id.htaccess" not in files_for(Settings(), "", "", [])


# Bad input ----------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("address", ["example.org", "ftp://example.org/", "https://example.org/?a=1", "https://"])
def test_an_address_must_be_one(tmp_path: Path, address: str) -> None:
    with pytest.raises(UserError) as caught:
        small_site(tmp_path / "out", address=(address,), include=("none",))
    assert caught.value.key == "export-address" and not (tmp_path / "out").exists()


def test_a_site_that_fails_leaves_the_old_one_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills while pages are written."""
    make: Callable[..., Path] = small_site
    old = make(tmp_path / "out", include=("none",), things=("id/treaty/",))
    before = (old / "manifest.json").read_bytes()
    settled = os.fsync
    left = [20]

    def full(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        settled(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as caught:
        make(tmp_path / "out", include=("none",), things=("id/treaty/",))
    monkeypatch.undo()
    assert caught.value.key == "export-full"
    assert (old / "manifest.json").read_bytes() == before and not damaged(old)
    assert [place.name for place in tmp_path.iterdir()] == ["out"]

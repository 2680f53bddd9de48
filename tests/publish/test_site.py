"""A site of files: whole, without dead links, the same twice, and its IRIs resolve on real web servers."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from parallel import Parallel
from site_help import apache, dead_links, nginx, small_site, small_store

from pactgraph.errors import UserError
from pactgraph.publish.manifest import damaged, read_manifest
from pactgraph.settings import Settings
from pactgraph.store.generations import Generation
from pactgraph.web.app import create_app
from pactgraph.web.fixed.inside import started
from pactgraph.web.fixed.servers import files_for
from pactgraph.web.fixed.state import Fixed

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
    void = (with_service / ".well-known/void.ttl").read_text("utf-8")
    assert "void:sparqlEndpoint <https://live.example.org/pg/sparql>" in void
    again = small_site(tmp_path / "again", include=("none",), things=("id/treaty/",), service=("https://live.example.org/pg",),
                       processes=("2",))  # what several processes make is the same, too
    assert files_of(again) == files_of(with_service)


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


@pytest.mark.parametrize(("path", "accept", "target"), [
    ("/catalog", BROWSER, "/en/catalog.html"), ("/catalog", "text/turtle", "/catalog.ttl"),
    ("/catalog/pactgraph", "application/ld+json", "/catalog/pactgraph.jsonld"),
    ("/catalog/pactgraph", BROWSER, "/en/catalog/pactgraph.html"),
    ("/id/dataset/pactgraph", "text/turtle", "/doc/dataset/pactgraph.ttl"),
    ("/id/dataset/catalogue", BROWSER, "/en/doc/dataset/catalogue.html"),
    ("/.well-known/void", "*/*", "/.well-known/void.ttl"), ("/.well-known/void", BROWSER, "/.well-known/void.ttl"),
    ("/.well-known/void", "application/ld+json", "/.well-known/void.jsonld"),
])
def test_the_catalogue_stands_at_its_addresses(server: httpx.Client, path: str, accept: str, target: str) -> None:
    answer = server.get(path, headers={"Accept": accept})
    assert answer.status_code == 303 and httpx.URL(answer.headers["Location"]).path == target
    for method in ("GET", "HEAD"):
        there = server.request(method, target)
        assert there.status_code == 200 and there.headers["Access-Control-Allow-Origin"] == "*"
        media = {"html": "text/html; charset=utf-8", "ttl": "text/turtle; charset=utf-8", "jsonld": "application/ld+json"}
        assert there.headers["Content-Type"] == media[target.rpartition(".")[2]]
        assert bool(there.content) == (method == "GET")


@pytest.mark.parametrize(("path", "accept", "language", "said"), [
    ("/id/vnm/body/mic-2", BROWSER, "", b"Entered twice."), ("/id/vnm/body/mic-2", BROWSER, "vi", "Nhập hai lần.".encode()),
    ("/id/vnm/body/mic-2", "text/turtle", "", b"pg:WithdrawnName"), ("/doc/vnm/body/mistake", BROWSER, "", b"A mistake."),
    ("/doc/vnm/body/mistake", "application/ld+json", "", b'"A mistake."'),
    ("/vi/doc/vnm/body/mic-2.html", BROWSER, "en", "Nhập hai lần.".encode()),
    ("/doc/vnm/body/mic-2.ttl", "", "", b"Entered twice."),
])
def test_what_was_withdrawn_is_gone_and_says_so(server: httpx.Client, path: str, accept: str, language: str, said: bytes) -> None:
    answer = server.get(path, headers={"Accept": accept, "Accept-Language": language})
    assert answer.status_code == 410 and said in answer.content
    assert server.head(path, headers={"Accept": accept}).status_code == 410
    assert server.get("/en/doc/vnm/body/mic.html").status_code == 200


def test_w3id_sends_on_by_itself(tmp_path: Path) -> None:
    made = files_for(Settings(lang="en"), "https://site.example.org/pg/", "")["servers/w3id.htaccess"]
    place = tmp_path / "root" / "pactgraph"
    place.mkdir(parents=True)
    (place / ".htaccess").write_text(made, "utf-8")
    site = "https://site.example.org/pg/"
    with apache(tmp_path / "root", tmp_path) as address, httpx.Client(base_url=address + "/pactgraph/") as client:
        for path, accept, language, status, target in (
            ("id/un/rec/test/46", BROWSER, "", 303, "en/doc/un/rec/test/46.html"),
            ("id/un/rec/test/46", BROWSER, "vi,en;q=0.5", 303, "vi/doc/un/rec/test/46.html"),
            ("id/un/rec/test/46", "text/turtle", "", 303, "doc/un/rec/test/46.ttl"),
            ("id/un/rec/test/46", RDFLIB, "", 303, "doc/un/rec/test/46.ttl"),
            ("ontology/PlanTask", "application/ld+json", "", 303, "doc/ontology/PlanTask.jsonld"),
            ("ontology", "text/turtle", "", 303, "doc/ontology.ttl"),
            ("graph/un/test", "*/*", "", 303, "en/doc/graph/un/test.html"),
            (".well-known/genid/a-b", BROWSER, "", 303, "en/doc/.well-known/genid/a-b.html"),
            ("catalog", "text/turtle", "", 303, "catalog.ttl"), ("catalog/terms", BROWSER, "vi", 303, "vi/catalog/terms.html"),
            (".well-known/void", BROWSER, "", 303, ".well-known/void.ttl"), ("dumps/x.nq.gz", "*/*", "", 302, "dumps/x.nq.gz"),
            ("doc/un/rec/test/46.ttl", "*/*", "", 302, "doc/un/rec/test/46.ttl"), ("", BROWSER, "", 302, ""),
        ):
            answer = client.get(path, headers={"Accept": accept, "Accept-Language": language})
            assert (answer.status_code, answer.headers["Location"]) == (status, site + target), path
    assert "servers/w3id.htaccess" not in files_for(Settings(), "", "")


@pytest.mark.parametrize("kind", [nginx, apache], ids=["nginx", "apache"])
def test_releases_lead_to_the_service(kind: Callable[[Path, Path], AbstractContextManager[str]], tmp_path: Path) -> None:
    """Their version IRIs too; without a service there are none."""
    service = "https://live.example.org/pg"
    for name, leads in (("with", service), ("without", "")):
        place, folder = tmp_path / name, tmp_path / f"server-{name}"
        folder.mkdir()
        for path, text in files_for(Settings(lang="en"), "https://site.example.org/", leads).items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_text(text, "utf-8")
        with kind(place, folder) as address:
            for path in ("release/1.0.0", "releases/1.0.0/dumps/pactgraph.nq.gz", "releases/"):
                answer = httpx.get(f"{address}/{path}")
                there = answer.headers.get("Location", "")
                assert (answer.status_code, there) == ((303, f"{service}/{path}") if leads else (404, "")), path


# How it is made -------------------------------------------------------------------------------------------------------------

def files_of(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


@pytest.mark.parametrize("include", [("none",), ("catalog",), ("dumps", "tables", "catalog")])
def test_the_catalogue_tells_of_the_files_that_are_there(tmp_path: Path, include: tuple[str, ...]) -> None:
    address = "https://example.org/pg/"
    options = {"format": ("nquads",), "compression": ("gzip",), "group": ("all",)} if "dumps" in include else {}
    made = small_site(tmp_path / "out", include=include, things=("id/nothing/",), address=(address,), **options)
    told = set()
    for name in ["catalog.ttl", "doc/dataset/pactgraph.ttl", *(["catalog/catalog.ttl"] if "catalog" in include else [])]:
        found = {str(triple.object)[1:-1] for triple in ox.parse((made / name).read_bytes(), format=ox.RdfFormat.TURTLE)
                 if triple.predicate.value.endswith("#downloadURL")}
        assert all(file.startswith(address) and (made / file.removeprefix(address)).is_file() for file in found)
        told |= found
        assert b"sparql>" not in (made / name).read_bytes() and b"endpointURL" not in (made / name).read_bytes()
    assert bool(told) == bool({"dumps", "tables"} & set(include))
    assert [link for link in dead_links(made) if not link.startswith("/404.html")] == []  # which is shown anywhere, below /pg/
    page = (made / "en/catalog/pactgraph.html").read_text("utf-8")
    assert f"<dd>{len(small_store()):,}</dd>" in page and "abc+0" in page  # how much of which state, with files or without
    assert '"url": "https://example.org/pg/"' in (made / "en/index.html").read_text("utf-8")


def test_the_data_are_those_of_a_service(site: Path, tmp_path: Path) -> None:
    """Whatever made them faster: byte for byte what the handlers answer, by readers in processes of their own."""
    graph = tmp_path / "graph.nq"
    graph.write_bytes(ox.serialize(small_store().quads(), format=ox.RdfFormat.N_QUADS) or b"")
    files = [file for file in sorted((site / "doc").rglob("*")) if file.suffix in (".ttl", ".jsonld")]

    async def different() -> list[str]:
        app = create_app(Settings(store="memory:"), Generation("abc", tmp_path))
        async with started(app, Fixed()) as inside:
            answers = {file: (await inside.get("/" + file.relative_to(site).as_posix())).body for file in files
                       if "dataset" not in file.parts[:-1] or file.parent.name != "dataset"}
        return [str(file) for file, body in answers.items() if body != file.read_bytes()]

    assert len(files) > 200 and asyncio.run(different()) == []


# Bad input ----------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("address", ["example.org", "ftp://example.org/", "https://example.org/?a=1", "https://"])
def test_an_address_must_be_one(tmp_path: Path, address: str) -> None:
    with pytest.raises(UserError) as caught:
        small_site(tmp_path / "out", address=(address,), include=("none",))
    assert caught.value.key == "export-address" and not (tmp_path / "out").exists()


def test_a_site_that_fails_leaves_the_old_one_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills while pages are written."""
    make: Callable[..., Path] = small_site
    old = make(tmp_path / "out", include=("none",), things=("id/nothing/",))
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
        make(tmp_path / "out", include=("none",), things=("id/nothing/",))
    monkeypatch.undo()
    assert caught.value.key == "export-full"
    assert (old / "manifest.json").read_bytes() == before and not damaged(old)
    assert [place.name for place in tmp_path.iterdir()] == ["out"]


def alive(group: int) -> bool:
    """Whether a process of a group runs; one that has ended and that nobody asked about does not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, of = stat.read_text("utf-8", "replace").rpartition(")")[2].split()[:3]
            if of == str(group) and state != "Z":
                return True
    return False


def test_an_interrupted_site_leaves_the_old_one_whole_and_no_process(site: Path, tmp_path: Path) -> None:
    """Ctrl-C reaches every process of the terminal's group, while two of them make pages."""
    old = shutil.copytree(site, tmp_path / "out")
    before = files_of(old)
    program = """
import sys
from pathlib import Path
from site_help import small_site
if __name__ == "__main__":
    small_site(Path(sys.argv[1]), told=lambda words, at, of: print(at, flush=True), include=("none",), processes=("2",))
"""
    path = os.pathsep.join([str(Path(__file__).resolve().parents[1] / "support"), *filter(None, sys.path)])
    (tmp_path / "work.py").write_text(program, "utf-8")
    with subprocess.Popen([sys.executable, str(tmp_path / "work.py"), str(old)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=os.environ | {"PYTHONPATH": path}, start_new_session=True) as working:
        assert working.stdout is not None
        assert any(int(line) for line in iter(working.stdout.readline, b""))  # some pages are there
        os.killpg(working.pid, signal.SIGINT)
        _, said = working.communicate(timeout=60)  # which ends when the last of them has closed its outputs
    assert working.returncode != 0 and said.count(b"Traceback") == 1  # that of this program, none of its helpers
    deadline = time.monotonic() + 20
    while alive(working.pid) and time.monotonic() < deadline:  # who keeps account of the helpers' semaphores is the last to end
        time.sleep(0.02)
    assert not alive(working.pid)
    assert files_of(old) == before and not list(tmp_path.glob(".out*"))

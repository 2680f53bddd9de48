"""Builds into an endpoint that end half-way, endpoints that hold other things, and every command on an endpoint."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from pactgraph.build import pipeline
from pactgraph.build.generation import Built
from pactgraph.cli.endpoints import catalogue_store, query_store
from pactgraph.errors import UserError
from pactgraph.settings import Settings
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.store.remote import RemoteStore
from pactgraph.store.remote_state import check_whole, state_of

pytestmark = pytest.mark.oxigraph
BASE = "https://w3id.org/pactgraph/"
ONE, TWO = f"{BASE}graph/one", f"{BASE}graph/two"


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Builds a made-up graph into an endpoint: graph names with how many statements each has."""
    def run(address: str, **sizes: int) -> None:
        quads = [ox.Quad(ox.NamedNode(f"urn:{graph}:{number}"), ox.NamedNode("urn:p"), ox.Literal(number),
                         ox.NamedNode(f"{BASE}graph/{graph}")) for graph, size in sizes.items() for number in range(size)]
        monkeypatch.setattr(pipeline, "make_graph", lambda *_, **__: Built(quads, {"rows": len(quads)}, []))
        pipeline.build_into_endpoint(Settings(store=address))

    return run


def test_a_build_replaces_what_the_one_before_put_there_and_nothing_else(small_oxigraph: str, build: Callable[..., None]) -> None:
    store = RemoteStore(small_oxigraph)
    store.update("INSERT DATA { GRAPH <urn:somebody> { <urn:a> <urn:b> <urn:c> } }")
    build(small_oxigraph, one=3, two=2)
    build(small_oxigraph, one=1)
    assert store.graphs() == {ONE: 1, "urn:somebody": 1}
    assert state_of(store).summary == {"rows": 1}


def test_a_build_that_is_broken_off_is_told_and_made_good(
        oxigraph_server: Callable[..., object], tmp_path: Path, build: Callable[..., None], monkeypatch: pytest.MonkeyPatch,
        settings_for: Callable[..., Settings]) -> None:
    """The server is killed in the middle of a load; with its data it comes back on the same port."""
    with oxigraph_server(tmp_path, keep=True) as (address, server):  # type: ignore[attr-defined]
        build(address, one=3)
        send, sent = RemoteStore.update, []

        def update(self: RemoteStore, text: str) -> None:
            sent.append(text)
            if len(sent) == 6:
                os.kill(server.pid, signal.SIGKILL)
                server.wait(20)
            send(self, text)

        monkeypatch.setattr(RemoteStore, "update", update)
        with pytest.raises(UserError) as problem:
            build(address, one=600, two=700)
        monkeypatch.setattr(RemoteStore, "update", send)
    assert problem.value.key == "endpoint-broken-off"
    assert "1300" in problem.value.message("en") and "{" not in problem.value.message("vi")
    port = int(address.rsplit(":", 1)[1].split("/")[0])
    with oxigraph_server(tmp_path, keep=True, port=port) as (address, _):  # type: ignore[attr-defined]
        there = settings_for(address)
        for opened in (lambda: catalogue_store(there, "en"), lambda: query_store(there, "ASK {}")):
            with pytest.raises(UserError) as problem:
                opened()
            assert problem.value.key == "endpoint-incomplete"
            assert f"process {os.getpid()}" in problem.value.message("en")
        build(address, one=600, two=700)
        assert check_whole(RemoteStore(address)).graphs == {ONE, TWO}
        assert RemoteStore(address).graphs() == {ONE: 600, TWO: 700}


def test_an_empty_endpoint_says_how_to_build(small_oxigraph: str, settings_for: Callable[..., Settings]) -> None:
    with pytest.raises(UserError) as problem:
        catalogue_store(settings_for(small_oxigraph), "en")
    assert problem.value.key == "endpoint-empty"


def test_a_default_graph_that_is_not_the_union(oxigraph_server: Callable[..., object], tmp_path: Path, build: Callable[..., None],
                                               settings_for: Callable[..., Settings]) -> None:
    """The catalogue is answered by a copy; a query of the user's own is not sent where it would see nothing."""
    with oxigraph_server(tmp_path, union=False) as (address, _):  # type: ignore[attr-defined]
        build(address, one=3)
        opened = catalogue_store(settings_for(address), "en")
        assert isinstance(opened, EmbeddedStore) and bool(opened.query("ASK { <urn:one:1> ?p ?o }"))
        with pytest.raises(UserError) as problem:
            query_store(settings_for(address), "SELECT * WHERE { ?s ?p ?o }")
        assert problem.value.key == "endpoint-not-union"
        assert "--union-default-graph" in problem.value.message("en")
        text = "ASK { GRAPH ?g { <urn:one:1> ?p ?o } }"
        assert bool(query_store(settings_for(address), text).query(text))
        with pytest.raises(UserError):
            catalogue_store(settings_for(address, endpoint_answers="endpoint"), "en")


def test_graphs_of_others_do_not_mix_with_the_answers(small_oxigraph: str, build: Callable[..., None],
                                                      settings_for: Callable[..., Settings]) -> None:
    build(small_oxigraph, one=3)
    assert not isinstance(catalogue_store(settings_for(small_oxigraph), "en"), EmbeddedStore)
    RemoteStore(small_oxigraph).update("INSERT DATA { GRAPH <urn:somebody> { <urn:one:1> <urn:p> 99 } }")
    opened = catalogue_store(settings_for(small_oxigraph), "en")
    assert isinstance(opened, EmbeddedStore)
    assert len(list(opened.query("SELECT ?o WHERE { <urn:one:1> <urn:p> ?o }"))) == 1


def test_a_copy_is_taken_anew_after_a_build(
        small_oxigraph: str, build: Callable[..., None], settings_for: Callable[..., Settings],
        capfd: pytest.CaptureFixture[str]) -> None:
    def count() -> tuple[str, bool]:
        store = catalogue_store(settings_for(small_oxigraph, endpoint_answers="copy"), "en")
        (row,) = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        return row["n"].value, "copied" in capfd.readouterr().err

    build(small_oxigraph, one=3)
    assert [count(), count()] == [("3", True), ("3", False)]
    build(small_oxigraph, one=5)
    assert count() == ("5", True)


def test_a_graph_loaded_by_hand_is_copied_every_time(small_oxigraph: str, settings_for: Callable[..., Settings]) -> None:
    """Nothing tells one state of it from the next, so no copy of it is believed later."""
    for value in ("a", "b"):
        RemoteStore(small_oxigraph).drop(ONE)
        RemoteStore(small_oxigraph).update(f'INSERT DATA {{ GRAPH <{ONE}> {{ <urn:s> <urn:p> "{value}" }} }}')
        store = catalogue_store(settings_for(small_oxigraph, endpoint_answers="copy"), "en")
        assert [row["o"].value for row in store.query("SELECT ?o WHERE { ?s <urn:p> ?o }")] == [value]


def test_from_is_not_sent_where_it_is_not_kept_to(small_oxigraph: str, build: Callable[..., None],
                                                  settings_for: Callable[..., Settings]) -> None:
    """Oxigraph's server with the union as its default graph answers from all graphs whatever FROM says."""
    build(small_oxigraph, one=3)
    with pytest.raises(UserError) as problem:
        query_store(settings_for(small_oxigraph), f"SELECT * FROM <{TWO}> WHERE {{ ?s ?p ?o }}")
    assert problem.value.key == "endpoint-ignores-from"


# Commands -------------------------------------------------------------------------------------------------------

def pactgraph(*arguments: str, copies: Path, stdin: str | None = None) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PACTGRAPH_")}
    done = subprocess.run([sys.executable, "-m", "pactgraph", *arguments], env=environment | {"PACTGRAPH_COPIES": str(copies)},
                          input=stdin, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["oxigraph", pytest.param("virtuoso", marks=pytest.mark.virtuoso)])
def test_commands_on_an_endpoint(engine: str, loaded: Callable[[str], str], built_store: Path, copies: Path,
                                 tmp_path: Path) -> None:
    address = loaded(engine)
    evidence = ("evidence", "CCPR/C/VNM/CO/3/24", "--format", "csv", "--store")
    assert pactgraph(*evidence, address, copies=copies) == pactgraph(*evidence, str(built_store), copies=copies)
    counted = pactgraph("query", "-", "--store", address, "--format", "json", copies=copies,
                        stdin=f"SELECT (COUNT(?x) AS ?n) WHERE {{ ?x a <{BASE}ontology/Article> }}")
    assert json.loads(counted) == [{"n": "53"}]
    report = ("report", "article", "--param", "article=9", "--out", str(tmp_path / "a.html"), "--store")
    if engine == "oxigraph":
        pactgraph(*report, address, copies=copies)
        assert "ICCPR" in (tmp_path / "a.html").read_text("utf-8")


@pytest.mark.slow
def test_two_builds_are_compared_across_stores(loaded: Callable[[str], str], built_store: Path, copies: Path) -> None:
    assert pactgraph("diff", str(built_store), loaded("oxigraph"), "--lang", "en", copies=copies).startswith("Nothing changed")


@pytest.mark.slow
def test_an_endpoint_is_served_for_reading(loaded: Callable[[str], str], copies: Path) -> None:
    command = [sys.executable, "-m", "pactgraph", "serve", "--port", "0", "--store", loaded("oxigraph"), "--lang", "en"]
    service = subprocess.Popen(command, env=dict(os.environ, PACTGRAPH_COPIES=str(copies)), stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True)
    try:
        assert service.stderr is not None
        said = ""
        while not (found := re.search(r"http://127\.0\.0\.1:(?!\d+/query)\d+/\s", said)):
            line = service.stderr.readline()
            assert line, said
            said += line
        assert "for reading only" in said
        with urllib.request.urlopen(found[0].strip() + "questions/laws-for-article.json?article=9&as_of=2026-11-21") as answer:
            assert "ICCPR/9" in answer.read().decode("utf-8")
    finally:
        service.terminate()
        service.wait(20)

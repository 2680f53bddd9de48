"""The remote store against real servers: loading, asking, replacing, credentials, and what it says when things go wrong."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler

import pyoxigraph as ox
import pytest
from quiet_server import QuietServer

from pactgraph.errors import UserError
from pactgraph.settings import Settings
from pactgraph.store import open_store
from pactgraph.store.endpoint import Endpoint
from pactgraph.store.remote import RemoteStore

ENGINES = [pytest.param("oxigraph", marks=pytest.mark.oxigraph), pytest.param("virtuoso", marks=pytest.mark.virtuoso)]
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest) -> Iterator[RemoteStore]:
    """A remote store whose graphs ``urn:test:…`` a test may fill."""
    opened = RemoteStore(request.getfixturevalue(request.param))
    yield opened
    for name in ("one", "two"):
        opened.drop(f"urn:test:{name}")


def _quad(name: str, value: ox.Literal | str, graph: str = "urn:test:one") -> ox.Quad:
    literal = ox.Literal(value, language="vi") if isinstance(value, str) else value
    return ox.Quad(ox.NamedNode(f"urn:test:{name}"), ox.NamedNode("urn:test:p"), literal, ox.NamedNode(graph))


def test_what_is_loaded_can_be_asked_dropped_and_loaded_again(store: RemoteStore) -> None:
    quads = [_quad(f"s{number}", f'Bộ Công an "{number}"\n') for number in range(1200)]
    assert store.load(quads) == 1200
    rows = store.query("SELECT (COUNT(*) AS ?n) WHERE { GRAPH <urn:test:one> { ?s <urn:test:p> ?o } }")
    assert next(iter(rows))["n"].value == "1200"
    row = next(iter(store.query("SELECT ?o WHERE { GRAPH <urn:test:one> { <urn:test:s7> <urn:test:p> ?o } }")))
    assert row["o"] == ox.Literal('Bộ Công an "7"\n', language="vi")
    three = "CONSTRUCT { ?s <urn:test:p> ?o } WHERE { GRAPH <urn:test:one> { ?s <urn:test:p> ?o } } LIMIT 3"
    assert len(list(store.query(three))) == 3
    assert store.graphs()["urn:test:one"] == 1200
    store.drop("urn:test:one")
    assert not bool(store.query("ASK { GRAPH <urn:test:one> { ?s <urn:test:p> ?o } }"))


def test_values_come_back_as_they_were(store: RemoteStore) -> None:
    """Virtuoso writes booleans as 1 and 0, keeps whole decimals as integers, and tells xsd:string from plain strings."""
    values = {
        "text": ox.Literal("\n  two lines \\ \"quoted\" \n"), "empty": ox.Literal(""), "vi": ox.Literal("Điều 9", language="vi"),
        "true": ox.Literal(True), "false": ox.Literal(False),
        "day": ox.Literal("2026-11-22", datatype=ox.NamedNode(f"{XSD}date")),
        "decimal": ox.Literal("0.4", datatype=ox.NamedNode(f"{XSD}decimal")), "integer": ox.Literal(-7),
        "month-day": ox.Literal("--05-01", datatype=ox.NamedNode(f"{XSD}gMonthDay")),
    }
    store.load([*(_quad(name, value) for name, value in values.items()),
                _quad("whole", ox.Literal("18", datatype=ox.NamedNode(f"{XSD}decimal")), "urn:test:two")])
    found = {quad.subject.value.removeprefix("urn:test:"): quad.object for quad in store.quads({"urn:test:one": len(values)})}
    assert found == values
    rows = store.query("SELECT ?s ?o WHERE { GRAPH <urn:test:one> { ?s <urn:test:p> ?o } }")
    assert {row["s"].value.removeprefix("urn:test:"): row["o"] for row in rows} == values
    (whole,) = store.quads({"urn:test:two": 1})
    assert (float(whole.object.value), whole.object.datatype.value) == (18.0, f"{XSD}decimal")


def test_a_graph_comes_back_whole_in_pages(store: RemoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    quads = {_quad(f"s{number}", f"{number}") for number in range(250)}
    store.load(quads)
    monkeypatch.setattr("pactgraph.store.remote.PAGE", 60)
    assert set(store.quads({"urn:test:one": 250})) == quads
    with pytest.raises(UserError) as problem:
        list(store.quads({"urn:test:one": 251}))
    assert problem.value.key == "endpoint-lost"


def test_a_blank_node_is_refused_before_anything_is_sent(store: RemoteStore) -> None:
    blank = ox.Quad(ox.BlankNode("b"), ox.NamedNode("urn:test:p"), ox.Literal("x"), ox.NamedNode("urn:test:one"))
    with pytest.raises(UserError) as problem:
        store.load([_quad("s", "x"), blank])
    assert problem.value.key == "endpoint-blank"
    assert not bool(store.query("ASK { GRAPH <urn:test:one> { ?s ?p ?o } }"))


def test_words_of_a_comment_do_not_make_another_query(store: RemoteStore) -> None:
    """SPARQLWrapper looks for ASK, and finds it in "task"."""
    text = "#! title.en: a task\n#! answers.en: tasks, and nothing else\n# task\nSELECT (1 AS ?n) WHERE { }"
    assert next(iter(store.query(text)))["n"].value == "1"


def test_a_query_that_is_not_sparql(store: RemoteStore) -> None:
    with pytest.raises(SyntaxError):
        store.query("SELECT WHERE nonsense {")


@pytest.mark.virtuoso
def test_what_only_virtuoso_refuses_is_no_syntax_error_of_the_user(virtuoso: str) -> None:
    text = "SELECT * WHERE { BIND(EXISTS { ?p a ?t } AS ?l) BIND(IF(?l || BOUND(?n), STR(COALESCE(?n, 0)), '') AS ?i) }"
    with pytest.raises(UserError) as problem:
        list(RemoteStore(virtuoso).query(text))
    assert problem.value.key == "endpoint-refused"
    assert "Virtuoso" in problem.value.message("vi")


@pytest.mark.virtuoso
def test_digest_credentials_of_virtuoso(virtuoso: str) -> None:
    def said(**more: str) -> str:
        store = RemoteStore(Endpoint(f"{virtuoso}-auth", seconds=20, **more))
        try:
            store.update("INSERT DATA { GRAPH <urn:test:two> { <urn:a> <urn:p> <urn:b> } }")
        except UserError as problem:
            assert "dba" not in problem.message("en").replace("'dba'", "")
            return problem.key
        store.drop("urn:test:two")
        return "in"

    assert said() == "endpoint-password-needed"
    assert said(user="dba", password="wrong", auth="digest") == "endpoint-password-wrong"
    assert said(user="dba", password="dba", auth="digest") == "in"


def test_an_address_with_a_password_is_refused_and_not_repeated() -> None:
    with pytest.raises(UserError) as problem:
        open_store("http://ann:secret@127.0.0.1:9/sparql")
    assert problem.value.key == "endpoint-credentials"
    assert "secret" not in problem.value.message("en") + problem.value.message("vi")
    assert "secret" not in repr(Endpoint("http://x/", user="ann", password="secret"))
    assert "secret" not in repr(Settings(endpoint_password="secret"))


def test_where_updates_go() -> None:
    assert Endpoint("http://x/query").update == "http://x/update"
    assert Endpoint("http://x/sparql").update == "http://x/sparql"
    assert Endpoint("http://x/query", "http://x/write").update == "http://x/write"


def test_an_address_where_nobody_answers() -> None:
    with pytest.raises(UserError) as problem:
        open_store("http://127.0.0.1:9/sparql").query("ASK {}")
    assert problem.value.key == "endpoint-failed"


# An endpoint that misbehaves -------------------------------------------------------------------------------------

ROW = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1"}}]}}'


@pytest.fixture
def answering() -> Iterator[Callable[..., str]]:
    """Starts an endpoint that gives one answer to everything."""
    servers: list[QuietServer] = []

    def start(status: int = 200, body: bytes = ROW, length: int | None = None, wait: float = 0, **headers: str) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                time.sleep(wait)
                self.send_response(status)
                self.send_header("Content-Type", "application/sparql-results+json")
                self.send_header("Content-Length", str(len(body) if length is None else length))
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        servers.append(QuietServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/sparql"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("answer", "key"), [
    ({"status": 206}, "endpoint-cut"),
    ({"X_SQL_State": "S1TAT"}, "endpoint-timed-out"),
    ({"X_SPARQL_MaxRows": "1"}, "endpoint-cut"),
    ({"length": len(ROW) + 50}, "endpoint-failed"),
    ({"body": ROW[:-20]}, "endpoint-failed"),
    ({"body": b"<html>Welcome</html>"}, "endpoint-failed"),
    ({"status": 401}, "endpoint-password-needed"),
    ({"status": 403}, "endpoint-password-needed"),
    ({"status": 404}, "endpoint-failed"),
    ({"status": 503}, "endpoint-failed"),
    ({"status": 500, "body": "Không đủ bộ nhớ".encode()}, "endpoint-refused"),
])
def test_no_answer_that_may_be_cut_is_taken(answering: Callable[..., str], answer: dict[str, object], key: str) -> None:
    with pytest.raises(UserError) as problem:
        RemoteStore(answering(**answer)).query("SELECT ?x WHERE { ?x ?p ?o }")
    assert problem.value.key == key
    assert all("{address}" not in problem.value.message(lang) for lang in ("vi", "en"))
    assert key != "endpoint-refused" or "in its own words: Không đủ bộ nhớ." in problem.value.message("en")


def test_as_many_rows_as_were_asked_for_are_whole(answering: Callable[..., str]) -> None:
    store = RemoteStore(answering(X_SPARQL_MaxRows="1"))
    assert len(list(store.query("SELECT ?x WHERE { ?x ?p ?o } LIMIT 1"))) == 1


def test_an_endpoint_that_keeps_silent(answering: Callable[..., str]) -> None:
    began = time.monotonic()
    with pytest.raises(UserError) as problem:
        RemoteStore(Endpoint(answering(wait=4), seconds=1)).query("ASK {}")
    assert problem.value.key == "endpoint-slow"
    assert time.monotonic() - began < 4

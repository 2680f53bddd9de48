"""Who may write over HTTP: tokens in one header only, clear refusals, and no trace of a secret anywhere."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import httpx
import pytest
from served import Served

INSERT = "INSERT DATA { <http://example.org/s> <http://example.org/p> 1 }"
BROWSER = {"Accept": "text/html,*/*;q=0.8"}
WRITES = [
    ("POST", "/update", {"content": INSERT, "headers": {"Content-Type": "application/sparql-update"}}),
    ("PUT", "/graphs?graph=http://example.org/g", {"content": "", "headers": {"Content-Type": "text/turtle"}}),
    ("POST", "/graphs", {"content": "", "headers": {"Content-Type": "text/turtle"}}),
    ("PATCH", "/graphs/x", {"content": INSERT, "headers": {"Content-Type": "application/sparql-update"}}),
    ("DELETE", "/graphs/x", {}),
]


@pytest.mark.parametrize(("method", "path", "request_"), WRITES, ids=[f"{method} {path}" for method, path, _ in WRITES])
def test_a_stranger_and_a_reader_write_nothing(plain: Served, method: str, path: str, request_: dict) -> None:
    with plain.client() as stranger:
        refused = stranger.request(method, path, **request_)
        assert refused.status_code == 401 and refused.headers["www-authenticate"] == 'Bearer realm="pactgraph"'
    with plain.client("reader") as reader:
        refused = reader.request(method, path, **request_)
        assert refused.status_code == 403
        assert refused.headers["www-authenticate"] == 'Bearer realm="pactgraph", error="insufficient_scope"'


@pytest.mark.parametrize("value", ["Bearer pg_wrong", "bearer x", "Bearer " + "x" * 5000, "Bearer pg_\u00e9"])
@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK%7B%7D", "/health", "/no/such/page"])
def test_a_wrong_token_is_refused_also_where_none_is_needed(plain: Served, value: str, path: str) -> None:
    with plain.client() as client:
        answer = client.get(path, headers={"Authorization": value.encode("latin-1")})
    assert answer.status_code == 401 and 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert value.split()[1] not in answer.text or value == "bearer x"


def test_a_revoked_token_and_an_expired_one_are_refused_at_once(plain: Served) -> None:
    secret = plain.tokens.create("short-lived", "curator")
    with plain.client() as client:
        headers = {"Authorization": f"Bearer {secret}"}
        assert client.post("/update", data={"update": INSERT}, headers=headers).status_code == 200
        revoked = plain.run("token", "revoke", "short-lived")
        assert revoked.returncode == 0, revoked.stderr
        assert client.post("/update", data={"update": INSERT}, headers=headers).status_code == 401
        assert client.get("/", headers=headers).status_code == 401


def test_a_token_made_beside_a_running_service_is_accepted_at_once(plain: Served) -> None:
    made = plain.run("token", "create", "made-later", "--scope", "curator")
    assert made.returncode == 0, made.stderr
    with plain.client() as client:
        headers = {"Authorization": f"bEaReR {made.stdout.strip()}"}
        assert client.post("/update", data={"update": INSERT}, headers=headers).status_code == 200


def test_another_scheme_is_for_a_proxy_and_gives_no_right(plain: Served) -> None:
    with plain.client() as client:
        headers = {"Authorization": "Basic dXNlcjpwYXNz"}
        assert client.get("/health", headers=headers).status_code == 200
        assert client.post("/update", data={"update": INSERT}, headers=headers).status_code == 401


def test_two_authorization_headers_are_one_too_many(plain: Served) -> None:
    connection = http.client.HTTPConnection(urlsplit(plain.address).netloc)
    connection.putrequest("GET", "/health")
    for value in ("Basic dXNlcjpwYXNz", f"Bearer {plain.secret('curator')}"):
        connection.putheader("Authorization", value)
    connection.endheaders()
    assert connection.getresponse().status == 401
    connection.close()


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D&access_token={}", "/?token={}", "/graphs?default&x={}"])
def test_a_token_in_an_address_is_refused_and_not_repeated(plain: Served, path: str) -> None:
    secret = plain.secret("curator")
    with plain.client() as client:
        for accept in ("*/*", "application/json", "text/html"):
            answer = client.get(path.format(secret), headers={"Accept": accept})
            assert answer.status_code == 400 and secret not in answer.text
        form = client.post("/update", data={"update": INSERT, "access_token": secret})
        assert form.status_code == 401 and secret not in form.text


def test_cors_lets_pages_use_a_token_they_were_given_and_nothing_else(plain: Served) -> None:
    origin = {"Origin": "https://example.org"}
    with plain.client("curator") as curator:
        for path, methods in (("/update", "POST"), ("/graphs", "PUT"), ("/graphs/x/y", "DELETE"), ("/validate", "POST")):
            asked = origin | {"Access-Control-Request-Method": methods, "Access-Control-Request-Headers": "authorization"}
            with plain.client() as browser:
                preflight = browser.options(path, headers=asked)
            assert preflight.status_code == 200 and methods in preflight.headers["access-control-allow-methods"]
            assert "Authorization" in preflight.headers["access-control-allow-headers"]
            assert "access-control-allow-credentials" not in preflight.headers
        answer = curator.get("/sparql", params={"query": "ASK {}"}, headers=origin)
        assert "access-control-allow-credentials" not in answer.headers
        assert "Pactgraph-Journal" in answer.headers["access-control-expose-headers"]
        assert "DELETE" not in curator.options("/gaps").headers["access-control-allow-methods"]


def test_what_a_token_reads_is_for_nobody_elses_cache(plain: Served) -> None:
    with plain.client("curator") as curator, plain.client() as stranger:
        for path in ("/sparql?query=ASK%7B%7D", "/", "/graphs?default", "/questions"):
            known, unknown = curator.get(path, headers=BROWSER), stranger.get(path, headers=BROWSER)
            assert known.headers["cache-control"] in ("private, no-cache", "no-store"), path
            assert "Authorization" in known.headers["vary"] and "Authorization" in unknown.headers["vary"], path


def test_a_damaged_list_of_tokens_stops_writing_and_not_reading(tmp_path) -> None:
    running = Served(tmp_path / "store", "--empty", "--default-graph", "plain")
    try:
        with running.client("curator") as curator, running.client() as stranger:
            running.tokens.file.write_text("{")
            assert curator.post("/update", data={"update": INSERT}).status_code == 503
            assert stranger.get("/health").status_code == 200
            assert stranger.post("/update", data={"update": INSERT}).status_code == 401
    finally:
        running.stop()


def test_no_log_names_a_token(tmp_path) -> None:
    running = Served(tmp_path / "store", "--empty", "--default-graph", "plain")
    secret = running.secret("curator")
    try:
        with running.client("curator") as curator:
            curator.post("/update", data={"update": INSERT}, headers={"Pactgraph-Reason": "why"})
            curator.post("/update", data={"update": "INSERT {"})
            curator.get("/sparql", params={"query": "ASK {}", "x": secret})
            curator.get("/no/such/page")
    finally:
        stream = running.process.stderr
        running.process.terminate()
        running.process.wait(30)
        assert stream is not None
        said = stream.read()
    kept = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    assert secret not in said and all(secret.encode() not in content for content in kept)
    assert any(b"why" in content for content in kept)
    running.stop = lambda: None  # type: ignore[method-assign]


def test_only_http_errors_are_told_of_a_missing_header(plain: Served) -> None:
    for lang, word in (("vi", "token"), ("en", "token")):
        answer = httpx.post(plain.address + "/update", headers={"Accept-Language": lang, "Accept": "application/json"})
        assert answer.json()["status"] == 401 and word in answer.json()["detail"] and answer.json()["key"] == "token-missing"

"""Content codings: zstd and gzip for those who take them, and nothing compressed in vain."""

from __future__ import annotations

import gzip
from urllib.parse import urlencode

import httpx
import pytest
import zstandard

from pactgraph.web import coding

LARGE = {"query": "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 300", "format": "csv"}
READ = {
    "identity": lambda body: body,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


def raw(client: httpx.Client, path: str, accept: str | None, **headers: str) -> tuple[httpx.Response, bytes]:
    """An answer with its bytes as they were sent."""
    client.headers.pop("accept-encoding", None)
    given = headers | ({"Accept-Encoding": accept} if accept is not None else {})
    with client.stream("GET", path, headers=given) as response:
        return response, b"".join(response.iter_raw())


@pytest.mark.parametrize(("accept", "expected"), [
    (None, "identity"), ("", "identity"), ("identity", "identity"), ("*", "identity"), ("br", "identity"),
    ("gzip", "gzip"), ("GZIP", "gzip"), ("zstd", "zstd"), ("gzip, deflate, br, zstd", "zstd"),
    ("gzip;q=1.0, zstd;q=0.5", "gzip"), ("zstd;q=0, gzip;q=0.1", "gzip"), ("gzip;q=0, zstd;q=0", "identity"),
    ("gzip;q=0.2, identity;q=0.5", "identity"), ("identity;q=0, *;q=0.1", "zstd"), ("nonsense;;q=x,,", "identity"),
])
def test_the_coding_is_negotiated(client: httpx.Client, accept: str | None, expected: str) -> None:
    response, body = raw(client, "/sparql?" + urlencode(LARGE), accept)
    assert response.headers.get("content-encoding", "identity") == expected
    assert {"Accept", "Accept-Encoding"} <= {part.strip() for part in response.headers["vary"].split(",")}
    assert int(response.headers["content-length"]) == len(body)
    assert READ[expected](body).startswith(b"s,p,o\r\n")


def test_all_codings_share_one_weak_entity_tag(client: httpx.Client) -> None:
    tags = set()
    for accept in ("identity", "gzip", "zstd"):
        response, _ = raw(client, "/sparql?" + urlencode(LARGE), accept)
        tags.add(response.headers["etag"])
        known, body = raw(client, "/sparql?" + urlencode(LARGE), accept, **{"If-None-Match": response.headers["etag"]})
        assert known.status_code == 304 and body == b"" and "content-encoding" not in known.headers
        assert "Accept-Encoding" in known.headers["vary"] and "Accept" in known.headers["vary"]
    assert len(tags) == 1 and tags.pop().startswith("W/")


def test_a_file_of_the_page_gets_a_weak_tag_where_it_is_compressed(client: httpx.Client) -> None:
    plain, whole = raw(client, "/static/style.css", "identity")
    coded, body = raw(client, "/static/style.css", "zstd")
    assert READ["zstd"](body) == whole and len(body) < len(whole)
    assert coded.headers["etag"] == "W/" + plain.headers["etag"]
    known, _ = raw(client, "/static/style.css", "zstd", **{"If-None-Match": coded.headers["etag"]})
    assert known.status_code == 304
    part, some = raw(client, "/static/style.css", "gzip", Range="bytes=0-9")
    assert part.status_code == 206 and some == whole[:10] and "content-encoding" not in part.headers


def test_small_and_compressed_answers_are_left_alone(client: httpx.Client) -> None:
    small, _ = raw(client, "/sparql?" + urlencode({"query": "ASK {}"}), "gzip, zstd")
    assert "content-encoding" not in small.headers and "Accept-Encoding" in small.headers["vary"]
    forced, body = raw(client, "/sparql?" + urlencode({"query": "ASK {}"}), "identity;q=0, gzip")
    assert forced.headers["content-encoding"] == "gzip" and b"true" in gzip.decompress(body)
    book, body = raw(client, "/questions/duties-of-body.xlsx?body=mic", "gzip, zstd")
    assert book.status_code == 200 and body.startswith(b"PK") and "content-encoding" not in book.headers


def test_head_tells_the_length_of_the_coded_answer(client: httpx.Client) -> None:
    address = "/sparql?" + urlencode(LARGE)
    head = client.head(address, headers={"Accept-Encoding": "zstd"})
    _, body = raw(client, address, "zstd")
    assert head.headers["content-encoding"] == "zstd" and int(head.headers["content-length"]) == len(body)


def test_what_is_served_again_is_not_compressed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from starlette.applications import Starlette
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route
    from starlette.testclient import TestClient

    done: list[str] = []
    compress = coding._compress
    monkeypatch.setattr(coding, "_compress", lambda body, name: (done.append(name), compress(body, name))[1])
    app = Starlette(routes=[Route("/", lambda request: PlainTextResponse(request.query_params["x"] * 3000))])
    client = TestClient(coding.Coding(app))
    for letter, accept in (("a", "gzip"), ("a", "gzip"), ("b", "gzip"), ("a", "gzip")):
        assert client.get("/", params={"x": letter}, headers={"Accept-Encoding": accept}).text == letter * 3000
    assert done == ["gzip", "gzip"]


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_a_stream_is_compressed_piece_by_piece(name: str) -> None:
    from starlette.applications import Starlette
    from starlette.responses import Response, StreamingResponse
    from starlette.routing import Route
    from starlette.testclient import TestClient

    def pieces() -> Response:
        return StreamingResponse(iter([b"one " * 500, b"two " * 500, b""]), media_type="text/plain")

    app = Starlette(routes=[Route("/", lambda request: pieces())])
    with TestClient(coding.Coding(app)).stream("GET", "/", headers={"Accept-Encoding": name}) as response:
        assert response.headers["content-encoding"] == name and "content-length" not in response.headers
        assert READ[name](b"".join(response.iter_raw())) == b"one " * 500 + b"two " * 500

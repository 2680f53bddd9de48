"""``/search`` as readers and programs use it, on the graph of Viet Nam: page, files, suggestions, and after a write."""

from __future__ import annotations

import csv
import http.client
import io
from collections.abc import Iterator

import httpx
import pytest
from served import Served

BASE = "https://w3id.org/pactgraph/"
NOTES = f"{BASE}graph/journal/notes"
HIDDEN = f"{BASE}graph/journal/restricted/vnm-mps/search"
TASK = f"{BASE}id/vnm/task/1252-qd-ttg-2019/A.II.1.1"
TURTLE = {"Content-Type": "text/turtle"}
NOTE = '<{task}> <http://www.w3.org/2000/01/rdf-schema#comment> "{word} on the task"@en .'
HOSTILE = ["%22", "*", "NEAR(", "a%00b", "%00", "'; DROP TABLE thing; --", "%22%20OR%20%22a", "%F0%9F%8F%9B", "%FF%FE",
           "{names}:a"]


@pytest.fixture
def reader(real: Served) -> Iterator[httpx.Client]:
    with real.client() as client:
        yield client


@pytest.mark.parametrize(("lang", "title", "kind"), [("vi", "Tìm kiếm", "Cơ quan, tổ chức"), ("en", "Search", "Body")])
def test_the_page_in_both_languages(reader: httpx.Client, lang: str, title: str, kind: str) -> None:
    page = reader.get("/search", params={"q": "bo cong an", "lang": lang})
    assert page.status_code == 200 and page.headers["content-language"] == lang
    assert f"<h1>{title}</h1>" in page.text and f'<p class="kind">{kind}</p>' in page.text
    assert 'href="/doc/vnm/body/mps"' in page.text and "<mark>" in page.text
    # The passage that matches is Vietnamese: in an English page it says so.
    assert ('<span lang="vi"><mark>Bộ Công an</mark>' in page.text) == (lang == "en")
    assert len(page.content) < 60_000


def test_the_first_page_says_what_can_be_searched(reader: httpx.Client) -> None:
    page = reader.get("/search", params={"lang": "vi"})
    assert page.status_code == 200 and 'name="q"' in page.text and "Ví dụ" in page.text and "<mark>" not in page.text
    assert "Hãy gõ" in reader.get("/search", params={"lang": "vi", "q": "—"}).text


def test_what_is_not_found_brings_suggestions(reader: httpx.Client) -> None:
    page = reader.get("/search", params={"q": "nhna quyne", "lang": "vi"})
    assert page.status_code == 200 and "Có phải quý vị muốn tìm" in page.text
    assert "q=nh%C3%A2n+quy%E1%BB%81n" in page.text


def test_day_and_country_hold_and_pages_follow(reader: httpx.Client) -> None:
    first = reader.get("/search", params={"q": "quyen", "country": "vnm", "as_of": "2024-01-01", "lang": "en"})
    assert "as_of=2024-01-01&amp;country=vnm" in first.text and 'rel="next"' in first.text
    second = reader.get("/search", params={"q": "quyen", "country": "vnm", "page": "2", "lang": "en"})
    assert 'start="21"' in second.text and second.text != first.text
    assert reader.get("/search", params={"q": "quyen", "page": "x"}).status_code == 200


@pytest.mark.parametrize(("parameters", "told"), [
    ({"kind": "tsak"}, "task"), ({"country": "xyz"}, "vnm"), ({"status": "none"}, "supported"),
])
def test_an_unknown_value_is_told_with_the_known_ones(reader: httpx.Client, parameters: dict[str, str], told: str) -> None:
    answer = reader.get("/search", params={"q": "quyen", **parameters}, headers={"Accept": "application/json"})
    assert answer.status_code == 400 and told in answer.json()["detail"]


def test_files(reader: httpx.Client) -> None:
    parameters = {"q": "nhan quyen", "kind": "body", "lang": "vi"}
    rows = reader.get("/search.json", params=parameters).json()
    assert rows[0]["thing"] == f"{BASE}id/un/body/hrctte"
    assert list(rows[0]) == ["kind", "code", "label", "language", "passage", "passage_language", "thing"]
    table = reader.get("/search.csv", params=parameters)
    assert list(csv.DictReader(io.StringIO(table.text))) == rows
    assert 'filename="search.csv"' in table.headers["content-disposition"]
    assert reader.get("/search.xlsx", params=parameters).content[:2] == b"PK"
    assert reader.get("/search.pdf", params=parameters).status_code == 404
    links = reader.get("/search", params=parameters).headers.get_list("link")
    assert any("/search.json?q=nhan+quyen&kind=body" in link for link in links)


def test_suggestions(reader: httpx.Client) -> None:
    answer = reader.get("/search/suggest", params={"q": "bo cong", "lang": "vi", "country": "vnm"})
    told = answer.json()
    assert told["suggestions"][1] | {"thing": ""} == {
        "label": "Bộ Công an", "language": "vi", "code": "", "kind": "body", "kind_label": "Cơ quan, tổ chức", "thing": "",
        "address": "/doc/vnm/body/mps?country=vnm"}
    assert len(told["suggestions"]) == 8 and "8 gợi ý" in told["status"]
    again = reader.get("/search/suggest", params={"q": "bo cong", "lang": "vi", "country": "vnm"},
                       headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert reader.get("/search/suggest").json()["suggestions"] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_searches_are_answered(reader: httpx.Client, text: str) -> None:
    for path in ("/search", "/search/suggest", "/search.json"):
        answer = reader.get(f"{path}?q={text}")
        assert answer.status_code == 200 and "Traceback" not in answer.text


def test_a_search_of_100_kb_is_refused_and_the_service_goes_on(real: Served, reader: httpx.Client) -> None:
    for path in ("/search", "/search/suggest", "/search.csv"):
        # Of this length httpx itself sends nothing.
        connection = http.client.HTTPConnection(real.address.removeprefix("http://"), timeout=60)
        connection.request("GET", f"{path}?q={'a' * 100_000}", headers={"Accept": "application/json"})
        answer = connection.getresponse()
        assert answer.status == 400 and len(answer.read()) < 2000
        connection.close()
    told = reader.get("/search", params={"q": "a" * 60_000}, headers={"Accept": "application/json", "Accept-Language": "vi"})
    assert told.status_code == 400 and "60000 ký tự" in told.json()["detail"]
    assert reader.get("/search", params={"q": "mps"}).status_code == 200


def test_what_is_searched_for_is_never_markup(reader: httpx.Client) -> None:
    for text in ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "bo <b>cong</b>"):
        page = reader.get("/search", params={"q": text}).text
        assert "<script>alert" not in page and "<img" not in page and "<b>" not in page


# After a write --------------------------------------------------------------------------------------------------------

def things(client: httpx.Client, word: str) -> list[str]:
    return [row["thing"] for row in client.get("/search.json", params={"q": word}).json()]


def test_the_next_search_sees_a_write_and_its_undoing(real: Served, reader: httpx.Client) -> None:
    with real.client("curator") as curator:
        for word in ("Xqzonewrite", "Xqztwowrites"):
            assert things(reader, word) == []
            made = curator.put("/graphs", params={"graph": NOTES}, content=NOTE.format(task=TASK, word=word), headers=TURTLE)
            assert made.status_code in (200, 201, 204), made.text
            assert things(reader, word) == [TASK]
            assert things(reader, "MPS")[0].endswith("/mps")
        assert things(reader, "Xqzonewrite") == []  # the second took the place of the first
        done = real.run("search", "xqztwo", "--format", "json")
        assert TASK in done.stdout, done.stderr  # beside the service that holds the store
        curator.delete("/graphs", params={"graph": NOTES})
    assert things(reader, "Xqztwowrites") == []


def test_restricted_words_are_found_by_those_who_may_see_them(real: Served, reader: httpx.Client) -> None:
    with real.client("curator") as curator, real.client("reader", "vnm-mps") as ours, real.client("reader", "vnm-moj") as theirs:
        made = curator.put("/graphs", params={"graph": HIDDEN}, content=NOTE.format(task=TASK, word="Xqzsecret"), headers=TURTLE)
        assert made.status_code == 201, made.text
        for client, seen in ((curator, [TASK]), (ours, [TASK]), (theirs, []), (reader, [])):
            assert things(client, "xqzsec") == seen
            told = client.get("/search/suggest", params={"q": "xqzsec"}).json()["suggestions"]
            assert [one["thing"] for one in told] == seen
        assert "Xqzsecret" not in reader.get("/search", params={"q": "xqzsecrte"}).text  # nor by way of a suggestion
        curator.delete("/graphs", params={"graph": HIDDEN})
        assert things(ours, "xqzsec") == []

"""``/gaps``: the page says what would close a gap, Turtle gives resources, and bad words are told."""

from __future__ import annotations

import httpx
import pytest
from rdflib import RDF, Graph, Namespace

PG = Namespace("https://w3id.org/pactgraph/ontology/")


@pytest.mark.parametrize(("wish", "english", "vietnamese"), [
    ("as_of=21%2F11%2F2026", "is not a date", "không phải là ngày hợp lệ"),
    ("body=nobody", "No body is called 'nobody'", "cơ quan"),
    ("plan=9%2FQD", "No plan is called '9/QD'", "kế hoạch"),
    ("article=99", "No article is called '99'", "điều khoản"),
    ("severity=grave", "error, warning, info", "mức độ"),
    ("type=no-tasks", "no-task", "loại khoảng trống"),
])
def test_bad_words_are_told_in_both_languages(client: httpx.Client, wish: str, english: str, vietnamese: str) -> None:
    for path in ("/gaps", "/gaps.json", "/gaps.csv", "/gaps.ttl"):
        for lang, words in (("en", english), ("vi", vietnamese)):
            for accept in ("application/json", "text/plain"):
                response = client.get(f"{path}?{wish}&lang={lang}", headers={"Accept": accept})
                assert response.status_code == 400, path
                assert words in response.text and "Traceback" not in response.text


def test_the_page_of_a_bad_word(client: httpx.Client) -> None:
    response = client.get("/gaps?body=%3Cscript%3E", headers={"Accept": "text/html"})
    assert response.status_code == 400 and "<script>" not in response.text


def test_turtle_gives_resources(client: httpx.Client) -> None:
    response = client.get("/gaps.ttl?as_of=2026-11-21")
    assert response.headers["content-type"].startswith("text/turtle")
    graph = Graph().parse(data=response.text, format="turtle")
    gaps = set(graph.subjects(RDF.type, PG.Gap))
    assert len(gaps) == len(client.get("/gaps.json?as_of=2026-11-21").json()) > 0
    for gap in gaps:
        for predicate in (PG.gapType, PG.severity, PG.gapSubject, PG.foundBy, PG.asOf):
            assert graph.value(gap, predicate), predicate


def test_the_page_says_what_would_close_a_gap(client: httpx.Client) -> None:
    for lang, words in (("en", "Would close it:"), ("vi", "Khép lại khi có:")):
        page = client.get(f"/gaps?lang={lang}&as_of=2026-11-21", headers={"Accept": "text/html"})
        assert page.status_code == 200 and words in page.text

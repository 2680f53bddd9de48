"""Questions as forms, their charts and their SPARQL, and the page of the editor, over HTTP as a browser without scripts."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from pactgraph.catalogue import load, names
from pactgraph.web import bundles

AGENCY = "/questions/agency-for-recommendation"
BROWSER = {"Accept": "text/html", "Accept-Language": "en"}


def page(client: httpx.Client, path: str, status: int = 200, **headers: str) -> str:
    response = client.get(path, headers=BROWSER | headers)
    assert response.status_code == status, response.text[:2000]
    return response.text


def field(text: str, name: str) -> str:
    """The field of a parameter with all that stands in it."""
    found = re.search(rf'<p class="field[^>]*>\s*<label for="p-{name}">.*?</p>', text, re.DOTALL)
    assert found, name
    return found[0]


def test_the_catalogue_lists_each_question_once_under_a_theme(client: httpx.Client) -> None:
    for lang in ("vi", "en"):
        text = page(client, f"/questions?lang={lang}")
        linked = [name for name in re.findall(r'href="/questions/([a-z-]+)"', text) if name in names("questions")]
        assert sorted(linked) == list(names("questions"))
        for name in names("questions"):
            assert html.escape(load("questions", name).title[lang], quote=False).replace("'", "&#39;") in text


def test_a_field_is_what_its_parameter_takes(client: httpx.Client) -> None:
    # Things of the graph by their name in the reader's language, chosen by their code
    body = field(page(client, "/questions/duties-of-body?lang=vi"), "body")
    assert "<select" in body and " required" in body and re.search(r'<option value="mcst">Bộ Văn hóa</option>', body)
    body = field(page(client, "/questions/duties-of-body?lang=en&body=Ministry of Culture"), "body")
    assert '<option value="mcst" selected>Ministry of Culture</option>' in body
    # Words, numbers, days
    assert '<option value="partly">answered in part</option>' in field(page(client, "/questions/plan-coverage?lang=en"), "only")
    assert 'inputmode="numeric"' in field(page(client, "/questions/due-soon"), "days")
    changed = page(client, "/questions/changed-between")
    assert 'type="date" required' in field(changed, "from") and 'type="date"' in field(changed, "to")
    # Any thing at all is typed
    assert "<input" in field(page(client, "/questions/trace"), "start")


@pytest.mark.parametrize(("path", "name", "said", "near"), [
    ("/questions/duties-of-body?body=Ministry of Cultur", "body", "called “Ministry of Cultur”", "Ministry of Culture"),
    ("/questions/due-soon?days=many", "days", "“many” is not a whole number", None),
    ("/questions/changed-between?from=21/11/2026", "from", "“21/11/2026” is not a day of the calendar", "2026-11-21"),
    ("/questions/plan-coverage?only=dropped", "only", "“dropped” is not on the list", None),
    ("/questions/article-matrix?as_of=21/11/2026", "as_of", "“21/11/2026” is not a day", "2026-11-21"),
    ("/questions/changed-between?from=2026-02-01&to=2026-01-01", "to", "2026-02-01", None),
])
def test_what_is_wrong_is_said_at_its_field(client: httpx.Client, path: str, name: str, said: str, near: str | None) -> None:
    text = page(client, path + "&lang=en", 400)
    wrong = field(text, name)
    assert 'aria-invalid="true"' in wrong and said in wrong and f'id="p-{name}-error"' in wrong
    assert f'<a href="#p-{name}">' in text  # a summary leads to the field
    if near:
        link = re.search(rf'<a href="([^"]+)">{near}</a>', wrong)
        assert link and client.get(html.unescape(link[1]), headers=BROWSER).status_code == 200


def test_what_somebody_typed_stays_text(client: httpx.Client) -> None:
    hostile = '"><img src=x onerror=alert(1)>'
    for path in (f"/questions/trace?start={hostile}", f"{AGENCY}?recommendation={hostile}", f"/sparql?query={hostile}",
                 f"/sparql?show=trace&start={hostile}"):
        text = client.get(path, headers=BROWSER).text
        assert "<img" not in text and "&lt;img src=x" in text


def test_a_hostile_name_of_the_graph_is_text_in_forms_and_results(client: httpx.Client) -> None:
    query = "SELECT ?label ?link { ?x <http://www.w3.org/2000/01/rdf-schema#label> ?label ; rdfs:seeAlso ?link }"
    query = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> " + query
    for path in ("/questions/results-without-output?plan=p", "/sparql?" + httpx.QueryParams({"query": query}).__str__()):
        for lang in ("vi", "en"):
            text = page(client, f"{path}&lang={lang}")
            assert "<script>alert" not in text and "<img" not in text and 'href="javascript' not in text
    assert "&lt;script&gt;alert(1)" in page(client, "/sparql?" + str(httpx.QueryParams({"query": query})))


def test_the_sparql_of_a_question_holds_its_values_and_gives_its_answer(client: httpx.Client) -> None:
    text = page(client, f"{AGENCY}?recommendation=46&as_of=2020-01-01&lang=en")
    shown = html.unescape(re.search(r"<pre[^>]*><code>(.*?)</code>", text, re.DOTALL)[1])  # type: ignore[index]
    assert "<https://w3id.org/pactgraph/id/un/rec/test/46>" in shown and '"2020-01-01"' in shown and "#!" not in shown
    answered = client.get("/sparql", params={"query": shown}, headers={"Accept": "application/sparql-results+json"}).json()
    (row,) = answered["results"]["bindings"]
    assert row["body_todayLabel"]["value"] == "Ministry of Information"
    opened = html.unescape(re.search(r'class="button quiet" href="([^"]+)"', text)[1])  # type: ignore[index]
    editor = page(client, opened + "&lang=en")
    assert html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", editor, re.DOTALL)[1]) == shown  # type: ignore[index]
    assert "<h2 id=\"answer\">" not in editor  # nothing runs before somebody runs it


def test_the_address_to_share_answers_the_same(client: httpx.Client) -> None:
    text = page(client, f"{AGENCY}?recommendation=46&as_of=2020-01-01&lang=vi")
    share = html.unescape(re.search(r'id="share" readonly value="([^"]+)"', text)[1])  # type: ignore[index]
    assert share == f"{client.base_url}{AGENCY}?recommendation=46&as_of=2020-01-01".replace("//questions", "/questions")
    for lang, name in (("vi", "Bộ Thông tin"), ("en", "Ministry of Information")):  # in the language of who opens it
        assert name in httpx.get(share, headers=BROWSER | {"Accept-Language": lang}).text


def test_a_query_that_cannot_be_read_stays_in_the_editor_with_its_line_told(client: httpx.Client) -> None:
    query = "SELECT * WHERE {\n ?a ?b ?c .\n ?a ?b\n}"
    for lang, words in (("en", "Line 4, column 2"), ("vi", "Dòng 4, cột 2")):
        for response in (client.get("/sparql", params={"query": query}, headers=BROWSER | {"Accept-Language": lang}),
                         client.post("/sparql", data={"query": query}, headers=BROWSER | {"Accept-Language": lang})):
            assert response.status_code == 400 and words in response.text
            assert 'data-line="4" data-column="2"' in response.text
            assert html.escape(query) in response.text.replace("&#34;", "&quot;")
    assert "no PREFIX line declares" in page(client, "/sparql?query=SELECT * { ?a no:such ?b }", 400)


def test_a_limit_is_told_in_the_editor_and_in_the_headers(client: httpx.Client) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?c != ?f) }"
    response = client.get("/sparql", params={"query": endless}, headers=BROWSER)
    assert response.status_code == 503 and response.headers["Pactgraph-Limit"] == "time" and "Retry-After" in response.headers
    assert "<textarea" in response.text and "FILTER(?c != ?f)" in response.text


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_terms_that_the_editor_completes(client: httpx.Client, lang: str) -> None:
    response = client.get(f"/sparql/terms.{lang}.json")
    found = json.loads(response.content)
    terms = {name: rest for name, *rest in found["terms"]}
    assert terms["pg:PlanTask"][:2] == ["class", {"vi": "Nhiệm vụ", "en": "Plan Task"}[lang]]
    assert terms["role:lead"][:2] == ["constant", {"vi": "Chủ trì", "en": "Lead"}[lang]]
    assert terms["skos:notation"][0] == "property"
    assert found["prefixes"]["role"] == "https://w3id.org/pactgraph/vocab/role/"
    # Each name is SPARQL behind its prefix
    prefixes = "".join(f"PREFIX {prefix}: <{address}>\n" for prefix, address in found["prefixes"].items())
    ox.Store().query(prefixes + "SELECT * { VALUES ?term { " + " ".join(terms) + " } }")
    known = client.get(f"/sparql/terms.{lang}.json", headers={"If-None-Match": response.headers["etag"]})
    assert known.status_code == 304
    assert client.get("/sparql/terms.fr.json").status_code == 404


def test_without_bundles_the_page_has_its_plain_editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(bundles, "FOLDER", tmp_path / "none")
    bundles._manifest.cache_clear()
    try:
        assert bundles.address("editor.js") is None
        (tmp_path / "none").mkdir()
        (tmp_path / "none" / "manifest.json").write_text('{"editor.js": "editor-A1.js"}')
        bundles._manifest.cache_clear()
        assert bundles.address("editor.js") == "/static/assets/editor-A1.js" and bundles.address("other.js") is None
    finally:
        bundles._manifest.cache_clear()


@pytest.mark.skipif(bundles.address("editor.js") is None, reason="make assets has not run")
def test_a_bundle_may_be_kept_for_ever(client: httpx.Client) -> None:
    text = page(client, "/sparql")
    address = re.search(r'<script type="module" src="([^"]+)"', text)[1]  # type: ignore[index]
    response = client.get(address)
    assert response.status_code == 200 and "immutable" in response.headers["Cache-Control"]
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" not in client.get("/static/assets/LICENCES.txt").headers.get("Cache-Control", "")
    assert client.get("/static/assets/nothing.js").status_code == 404

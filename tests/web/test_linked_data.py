"""Every IRI of the graph leads to a document about it, for people and for programs."""

from __future__ import annotations

import httpx
import pyoxigraph as ox
import pytest

BASE = "https://w3id.org/pactgraph/"
FORMS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
}
THINGS = [
    "id/treaty/iccpr/article/19", "id/un/rec/test/46", "id/vnm/task/p/A.1", "id/vnm/body/mic", "id/vnm/law/old",
    "id/vnm/plan/p", "id/vnm/link/p/A.1/iccpr-17", "id/vnm/responsibility/p/A.1/1/addressee/2",
    "ontology", "ontology/PlanTask", "vocab/role", "vocab/role/lead", "graph/vnm/bodies",
]


@pytest.mark.parametrize("path", THINGS)
def test_a_thing_sends_to_its_document(client: httpx.Client, path: str) -> None:
    document = "/doc/" + path.removeprefix("id/")
    page = client.get(f"/{path}", headers={"Accept": "text/html"})
    assert page.status_code == 303 and page.headers["location"] == document and "Accept" in page.headers["vary"]
    assert client.get(page.headers["location"], headers={"Accept": "text/html"}).status_code == 200
    for suffix, (media_type, form) in FORMS.items():
        sent = client.get(f"/{path}", headers={"Accept": media_type})
        assert sent.status_code == 303 and sent.headers["location"] == f"{document}.{suffix}"
        data = client.get(sent.headers["location"])
        assert data.headers["content-type"].split(";")[0] == media_type
        subjects = {quad.subject.value for quad in ox.parse(data.content, format=form)}
        assert BASE + path in subjects or path == "graph/vnm/bodies"
    assert client.get(f"/{path}", headers={"Accept": "image/png"}).status_code == 406


def test_the_document_itself_is_negotiated_too(client: httpx.Client) -> None:
    response = client.get("/doc/vnm/body/mic", headers={"Accept": "text/turtle"})
    assert response.headers["content-type"].startswith("text/turtle")
    assert response.headers["content-location"] == "/doc/vnm/body/mic.ttl"
    assert f'<{BASE}id/vnm/body/mic>; rel="describes"' in response.headers["link"]


def test_a_description_looks_both_ways_and_holds_the_parts(client: httpx.Client) -> None:
    text = client.get("/doc/vnm/task/p/A.1.nt").text
    addressee = f"<{BASE}id/vnm/responsibility/p/A.1/1/addressee/2>"
    assert f"{addressee} <{BASE}ontology/addresseeBody> <{BASE}id/vnm/body/mcst>" in text
    assert f"<{BASE}id/vnm/link/p/A.1/iccpr-17> <{BASE}ontology/confidence>" in text
    law = client.get("/doc/vnm/law/old.nt").text
    assert f"<{BASE}id/vnm/task/p/A.1> <{BASE}ontology/namesLaw> <{BASE}id/vnm/law/old>" in law


def test_data_is_the_same_each_time_and_not_sent_twice(client: httpx.Client) -> None:
    first = client.get("/doc/vnm/task/p/A.1.ttl")
    assert first.text == client.get("/doc/vnm/task/p/A.1.ttl").text
    again = client.get("/doc/vnm/task/p/A.1.ttl", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


def test_a_page_names_its_data(client: httpx.Client) -> None:
    response = client.get("/doc/vnm/body/mic", headers={"Accept": "text/html"})
    assert '</doc/vnm/body/mic.ttl>; rel="alternate"; type="text/turtle"' in response.headers["link"]
    assert 'rel="alternate" type="application/ld+json" href="/doc/vnm/body/mic.jsonld"' in response.text


@pytest.mark.parametrize("path", [
    "/doc/vnm/body/nobody", "/doc/vnm/body/nobody.ttl", "/doc/x%3E%20%7B", "/doc/", "/doc/%00", "/doc/ontology/Nothing",
    "/nowhere",
    "/doc/..%2f..%2fetc/passwd", "/static/../app.py", "/doc/" + "a" * 5000,
])
def test_what_is_not_there_is_404(client: httpx.Client, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 404 and "Traceback" not in page.text
    assert client.get(path, headers={"Accept": "text/turtle"}).status_code in (404, 406)


def test_the_language_and_day_asked_for_go_along(client: httpx.Client) -> None:
    response = client.get("/id/vnm/body/mic?lang=vi&as_of=2020-01-01&x=1", headers={"Accept": "text/html"})
    assert response.headers["location"] == "/doc/vnm/body/mic?lang=vi&as_of=2020-01-01"


def test_an_ontology_and_a_vocabulary_come_whole(client: httpx.Client) -> None:
    assert "Plan Task" in client.get("/doc/ontology.ttl").text
    assert "Chủ trì" in client.get("/doc/vocab/role.ttl").text
    assert "Bộ Thông tin" in client.get("/doc/graph/vnm/bodies.nt").text


def test_another_base_moves_ids_and_graphs_only() -> None:
    from pactgraph.web.addresses import Addresses

    addresses = Addresses("http://example.org/kg/", "/mounted")
    assert addresses.of("http://example.org/kg/id/vnm/body/mic") == "/mounted/doc/vnm/body/mic"
    assert addresses.of("http://example.org/kg/graph/vnm/bodies") == "/mounted/doc/graph/vnm/bodies"
    assert addresses.of(BASE + "ontology/PlanTask") == "/mounted/doc/ontology/PlanTask"
    assert addresses.iri("vnm/body/mic") == "http://example.org/kg/id/vnm/body/mic"
    assert addresses.iri("graph/vnm/bodies") == "http://example.org/kg/graph/vnm/bodies"
    assert addresses.iri("vocab/role") == BASE + "vocab/role"
    assert addresses.of("http://example.net/x") == "http://example.net/x"
    assert addresses.of("javascript:alert(1)") is None and addresses.of("file:///etc/passwd") is None


def test_what_is_not_known_is_told_at_its_own_name(client: httpx.Client) -> None:
    unknown = ("id/vnm/body/nobody", "ontology/Nothing", "vocab/role/none", "graph/none", ".well-known/genid/x", "id/", "id/%00")
    for path in (f"/{name}" for name in unknown):
        for accept in ("text/html", "text/turtle"):
            assert client.get(path, headers={"Accept": accept}).status_code == 404, path


@pytest.mark.parametrize("address", ["/id/vnm/body/mic-2", "/doc/vnm/body/mic-2"])
def test_a_withdrawn_name_is_gone_and_names_what_replaced_it(client: httpx.Client, address: str) -> None:
    successor = f"<{BASE}id/vnm/body/mic>"
    for lang, words in (("en", "Entered twice."), ("vi", "Nhập hai lần.")):
        page = client.get(address, headers={"Accept": "text/html", "Accept-Language": lang})
        assert page.status_code == 410 and words in page.text and 'href="/doc/vnm/body/mic"' in page.text
        assert page.headers["content-language"] == lang and 'role="alert"' in page.text
        assert f'{successor}; rel="successor-version"' in page.headers["link"]
    for media_type, form in FORMS.values():
        data = client.get(address, headers={"Accept": media_type})
        assert data.status_code == 410 and data.headers["content-type"].split(";")[0] == media_type
        quads = ox.parse(data.content, format=form)
        replaced = {quad.object for quad in quads if quad.predicate.value.endswith("isReplacedBy")}
        assert replaced == {ox.NamedNode(f"{BASE}id/vnm/body/mic")}
        assert f'{successor}; rel="successor-version"' in data.headers["link"]
    assert client.get("/doc/vnm/body/mic-2.ttl").status_code == 410
    assert client.head(address).status_code == 410


def test_a_withdrawn_name_that_nothing_replaces_says_so(client: httpx.Client) -> None:
    page = client.get("/id/vnm/body/mistake", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert page.status_code == 410 and "Nothing replaces it." in page.text and "successor" not in page.headers["link"]


def links(response: httpx.Response) -> set[tuple[str, str]]:
    """The Link headers as pairs of relation and target."""
    found = [part.split(">; rel=") for part in response.headers["link"].split(", <")]
    return {(rest.split('"')[1], target.removeprefix("<")) for target, rest in found}


def test_link_headers_lead_to_document_data_rights_and_best_address(client: httpx.Client) -> None:
    sent = client.get("/id/vnm/body/mic", headers={"Accept": "text/turtle"})
    assert ("describedby", "/doc/vnm/body/mic") in links(sent)
    assert {target for relation, target in links(sent) if relation == "alternate"} == {
        "/doc/vnm/body/mic", *(f"/doc/vnm/body/mic.{suffix}" for suffix in FORMS)}
    page = client.get("/doc/vnm/body/mic?lang=vi", headers={"Accept": "text/html"})
    assert {("canonical", "/doc/vnm/body/mic"), ("describes", f"{BASE}id/vnm/body/mic"),
            ("alternate", "/doc/vnm/body/mic.rdf")} <= links(page)
    assert page.headers["content-language"] == "vi"
    data = client.get("/doc/vnm/body/mic", headers={"Accept": "text/turtle"})
    assert {("canonical", "/doc/vnm/body/mic.ttl"), ("alternate", "/doc/vnm/body/mic")} <= links(data)
    term = client.get("/doc/ontology/PlanTask.ttl")
    assert ("license", "https://creativecommons.org/licenses/by/4.0/") in links(term)


def test_a_description_that_is_known_is_not_sent_again_in_any_form(client: httpx.Client) -> None:
    for path in ("/doc/vnm/body/mic", "/doc/vnm/body/mic.jsonld", "/sparql?query=ASK%20%7B%7D", "/sparql", "/questions",
                 "/gaps.csv"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
        assert again.status_code == 304 and again.headers["etag"] == first.headers["etag"], path
        assert again.headers["vary"] == first.headers["vary"], path
        assert again.headers["cache-control"] == first.headers["cache-control"], path
        assert client.head(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304

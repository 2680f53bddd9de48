"""A walk over the built graph: for every class, something of it is dereferenced as a page and as data.

The formats of data take turns, so that each is met by many classes; what is written in a format is the same graph for all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from pactgraph.namespaces import BASE, RDF
from pactgraph.store.generations import current

EACH = 1
FORMS = {
    "text/turtle": ox.RdfFormat.TURTLE, "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML, "application/n-triples": ox.RdfFormat.N_TRIPLES,
}


ELSEWHERE = (BASE + "sparql", BASE + "id/dataset/")
"""The endpoint, which is no thing, and the data sets of the catalogue, which tests/serving/test_catalog_served.py asks for."""


def ours(term: object) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(BASE) and not term.value.startswith(ELSEWHERE)


@pytest.fixture(scope="module")
def sample(built_store: Path) -> dict[str, list[str]]:
    """Some things of every class; of those without a class (objects, properties, graphs) by where they stand."""
    generation = current(built_store)
    assert generation is not None
    found: dict[str, set[str]] = defaultdict(set)
    typed: set[str] = set()
    everything: dict[str, str] = {}
    for quad in ox.parse(path=str(generation.nquads), format=ox.RdfFormat.N_QUADS):
        places = {"subject": quad.subject, "predicate": quad.predicate, "object": quad.object, "graph": quad.graph_name}
        everything |= {term.value: place for place, term in places.items() if ours(term)}
        if quad.predicate.value == RDF + "type" and ours(quad.subject):
            found[quad.object.value].add(quad.subject.value)
            typed.add(quad.subject.value)
    for iri, place in everything.items():
        if iri not in typed:
            found[f"an untyped {place}"].add(iri)
    # Last in order, so that not every class is met by the same first things.
    return {name: sorted(things)[-EACH:] for name, things in sorted(found.items())}


@pytest.fixture(scope="module")
def client(reading: str) -> Iterator[httpx.Client]:
    """A client of a service over the built graph, started as a user starts it."""
    with httpx.Client(base_url=reading, timeout=60) as opened:
        yield opened


def test_a_sample_of_every_class_answers_as_a_page_and_as_data(client: httpx.Client, sample: dict[str, list[str]]) -> None:
    assert len(sample) > 60
    wrong: list[str] = []
    turns = cycle(FORMS.items())
    for kind, things in sample.items():
        for iri in things:
            wrong += [f"{kind}: {iri}: {problem}" for problem in problems(client, iri, *next(turns))]
    assert wrong == [], "\n".join(wrong)


def problems(client: httpx.Client, iri: str, media_type: str, form: ox.RdfFormat) -> Iterator[str]:
    path = "/" + iri.removeprefix(BASE)
    page = client.get(path, headers={"Accept": "text/html", "Accept-Language": "vi"})
    if page.status_code != 303:
        yield f"{page.status_code} for the thing"
        return
    shown = client.get(page.headers["location"], headers={"Accept": "text/html", "Accept-Language": "vi"})
    if shown.status_code != 200 or f"<code class=\"iri\">{iri}</code>" not in shown.text or '<html lang="vi">' not in shown.text:
        yield f"page {shown.status_code}"
    sent = client.get(path, headers={"Accept": media_type})
    data = client.get(sent.headers.get("location", "/"), headers={"Accept": media_type})
    if (sent.status_code, data.status_code) != (303, 200) or data.headers["content-type"].split(";")[0] != media_type:
        yield f"{media_type} {sent.status_code} {data.status_code}"
        return
    terms = {term for quad in ox.parse(data.content, format=form) for term in (quad.subject, quad.predicate, quad.object)}
    if ox.NamedNode(iri) not in terms and "/graph/" not in iri:
        yield f"{media_type} does not speak of it"


def test_the_version_iri_of_the_ontology_leads_to_it(client: httpx.Client) -> None:
    """While it is the present version; FOOPS! asks for it."""
    head = client.get("/doc/ontology.nt").text
    found = re.search(r"<http://www.w3.org/2002/07/owl#versionIRI> <https://w3id.org/pactgraph(/ontology/[\d.]+)>", head)
    assert found is not None
    for accept, target in (("text/turtle", "/doc/ontology.ttl"), ("text/html", "/doc/ontology")):
        answer = client.get(found[1], headers={"Accept": accept})
        assert (answer.status_code, answer.headers["location"]) == (303, target)
    assert client.get("/ontology/99.0.0").status_code == 404

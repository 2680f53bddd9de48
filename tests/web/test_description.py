"""The service description: W3C's three tests of it, which are written in prose, and what else it promises."""

from __future__ import annotations

from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from pactgraph.web.negotiation import GRAPHS

SD = "http://www.w3.org/ns/sparql-service-description#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
# The schema of the recommendation: property → class of its subject, class of its object ("": any resource).
SCHEMA = {
    "endpoint": ("Service", ""), "feature": ("Service", ""), "defaultEntailmentRegime": ("Service", ""),
    "supportedLanguage": ("Service", ""), "resultFormat": ("Service", ""), "inputFormat": ("Service", ""),
    "defaultDataset": ("Service", "Dataset"), "availableGraphs": ("Service", "GraphCollection"),
    "defaultGraph": ("Dataset", "Graph"), "namedGraph": ("GraphCollection", "NamedGraph"), "name": ("NamedGraph", ""),
    "graph": ("NamedGraph", "Graph"), "extensionFunction": ("Service", "Function"), "propertyFeature": ("Service", "Feature"),
}
FEATURES = {"DereferencesURIs", "UnionDefaultGraph", "RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"}


def described(address: str, accept: str = "text/turtle") -> ox.Store:
    response = httpx.get(address, headers={"Accept": accept}, timeout=20)
    assert response.status_code == 200
    store = ox.Store()
    store.load(response.content, format=ox.RdfFormat.from_media_type(accept))
    return store


def values(store: ox.Store, name: str) -> set[str]:
    return {quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode(SD + name), None)}


@pytest.mark.parametrize("offer", GRAPHS, ids=lambda offer: offer.name)
def test_w3c_returns_rdf(service, offer) -> None:
    assert len(described(service.address + "/sparql", offer.media_type)) > 20


def test_w3c_has_endpoint_triple(service) -> None:
    address = service.address + "/sparql"
    store = described(address)
    found = [quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(SD + "endpoint"), ox.NamedNode(address))]
    assert len(found) == 1
    assert list(store.quads_for_pattern(found[0], RDF_TYPE, ox.NamedNode(SD + "Service")))


def test_w3c_conforms_to_schema(service) -> None:
    store = described(service.address + "/sparql")

    def is_a(term: ox.NamedNode, name: str) -> bool:
        return not name or bool(list(store.quads_for_pattern(term, RDF_TYPE, ox.NamedNode(SD + name))))

    for quad in store:
        name = quad.predicate.value.removeprefix(SD)
        if name != quad.predicate.value:
            domain, range_ = SCHEMA[name]
            assert is_a(quad.subject, domain) and isinstance(quad.object, ox.NamedNode) and is_a(quad.object, range_), quad
        elif quad.predicate == RDF_TYPE:
            assert quad.object.value.removeprefix(SD) in {"Service", "Dataset", "GraphCollection", "Graph", "NamedGraph"}
    assert values(store, "feature") <= {SD + name for name in FEATURES}


def test_the_description_says_what_the_service_does(service, client: httpx.Client) -> None:
    store = described(service.address + "/sparql")
    assert values(store, "supportedLanguage") == {SD + "SPARQL11Query"}
    assert values(store, "feature") == {SD + "UnionDefaultGraph"}
    assert values(store, "defaultEntailmentRegime") == {"http://www.w3.org/ns/entailment/Simple"}
    assert values(store, "inputFormat") == values(store, "extensionFunction") == set()
    assert len(values(store, "resultFormat")) == 10
    rows = client.get("/sparql", params={"query": "SELECT DISTINCT ?g WHERE { GRAPH ?m { ?g a <" + SD + "NamedGraph> } }"}).json()
    assert values(store, "name") == {row["g"]["value"] for row in rows["results"]["bindings"]}
    sizes = {quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode("http://rdfs.org/ns/void#triples"), None)}
    assert str(client.get("/health").json()["triples"]) in sizes


def test_a_plain_service_does_not_claim_the_union(starter, generation: Path) -> None:
    store = described(starter(generation, "plain").address + "/sparql")
    assert values(store, "feature") == set() and values(store, "defaultGraph")

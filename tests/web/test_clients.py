"""Ordinary SPARQL clients work as their users expect."""

from __future__ import annotations

import shutil
import subprocess
from typing import Any

import pytest
import rdflib
from SPARQLWrapper import CSV, JSON, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX pg: <https://w3id.org/pactgraph/ontology/>
SELECT ?label WHERE { ?body a pg:PublicBody ; rdfs:label ?label FILTER(LANG(?label) = "vi") } ORDER BY ?label
"""
DESCRIBE = "DESCRIBE <https://w3id.org/pactgraph/id/vnm/body/mic>"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(service, method: str) -> None:
    wrapper = SPARQLWrapper(service.address + "/sparql")
    wrapper.setMethod(POST if method == "POST" else "GET")
    wrapper.setQuery(LABELS)
    for form in (JSON, XML, CSV, TSV):
        wrapper.setReturnFormat(form)
        answer: Any = wrapper.query()
        if form == JSON:
            found = answer.convert()["results"]["bindings"]
            assert [row["label"]["value"] for row in found] == ["Bộ Thông tin", "Bộ Văn hóa"]
            assert found[0]["label"]["xml:lang"] == "vi"
        else:
            assert "Bộ Thông tin" in str(answer.convert().toxml() if form == XML else answer.convert().decode())
    wrapper.setQuery(DESCRIBE)
    for form in (TURTLE, RDFXML, N3):
        wrapper.setReturnFormat(form)
        found = wrapper.query().convert()
        graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found)
        assert len(graph) >= 4
    wrapper.setQuery("SELECT * WHERE {")
    wrapper.setReturnFormat(JSON)
    with pytest.raises(QueryBadFormed, match="expected"):
        wrapper.query()


def test_rdflib_sparqlstore(service) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST"):
        graph = rdflib.Graph(store=SPARQLStore(service.address + "/sparql", method=method))
        assert [str(row.label) for row in graph.query(LABELS)] == ["Bộ Thông tin", "Bộ Văn hóa"]
        body = rdflib.URIRef("https://w3id.org/pactgraph/id/vnm/body/mic")
        assert rdflib.Literal("Bộ Thông tin", lang="vi") in set(graph.objects(body, rdflib.RDFS.label))
        assert bool(graph.query(f"ASK {{ <{body}> ?p ?o }}").askAnswer)
        assert len(graph.query(DESCRIBE).graph) >= 4


def test_rdflib_sparqlupdatestore_reads(service) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore

    address = service.address + "/sparql"
    for context_aware in (True, False):
        store = SPARQLUpdateStore(address, address, context_aware=context_aware, autocommit=False)
        graph = rdflib.Graph(store=store)
        assert [str(row.label) for row in graph.query(LABELS)] == ["Bộ Thông tin", "Bộ Văn hóa"]
        body = rdflib.URIRef("https://w3id.org/pactgraph/id/vnm/body/mic")
        assert len(list(graph.triples((body, None, None)))) >= 4
    store = SPARQLUpdateStore(address, address)
    bodies = rdflib.URIRef("https://w3id.org/pactgraph/graph/vnm/bodies")
    assert bodies in set(store.contexts())
    assert (body, None, None) in rdflib.Graph(store=store, identifier=bodies)
    assert (body, None, None) not in rdflib.Graph(store=store, identifier=rdflib.URIRef("http://example.org/many"))


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_curl(service) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(["curl", "-sS", "--fail-with-body", *arguments], capture_output=True, text=True).stdout

    address = service.address + "/sparql"
    assert curl(address, "--data-urlencode", f"query={LABELS}", "-H", "Accept: text/csv") == (
        "label\nBộ Thông tin\nBộ Văn hóa\n")
    assert '"boolean":true' in curl("-G", address, "--data-urlencode", "query=ASK { ?s ?p ?o }")
    assert curl("-L", f"{service.address}/id/vnm/body/mic", "-H", "Accept: text/turtle").count("Bộ Thông tin") >= 1
    assert curl("-I", "-H", "Accept: text/csv", f"{address}?query=ASK%20%7B%7D").startswith("HTTP/1.1 200")
    assert "mic" in curl("--compressed", f"{service.address}/doc/vnm/body/mic.nt")

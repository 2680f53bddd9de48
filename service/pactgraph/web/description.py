"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

import pyoxigraph as ox

from pactgraph.catalogue import load
from pactgraph.namespaces import DCTERMS, PREFIXES, RDF, XSD
from pactgraph.store.readers import Request
from pactgraph.store.worker import GRAPH_FORMATS
from pactgraph.web.site import Site

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
            "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads")
_PREFIXES = PREFIXES | {"sd": _SD, "formats": _FORMATS}


async def service_description(site: Site, endpoint: str, form: str) -> bytes:
    """Describe the endpoint at the address ``endpoint`` in a format of :data:`GRAPH_FORMATS`."""
    service = ox.NamedNode(endpoint)
    dataset, default = ox.NamedNode(endpoint + "#dataset"), ox.NamedNode(endpoint + "#default-graph")
    triples = [
        _link(service, RDF + "type", _SD + "Service"),
        ox.Triple(service, ox.NamedNode(_SD + "endpoint"), service),
        _link(service, _SD + "supportedLanguage", _SD + "SPARQL11Query"),
        ox.Triple(service, ox.NamedNode(_SD + "defaultDataset"), dataset),
        _link(dataset, RDF + "type", _SD + "Dataset"),
        ox.Triple(dataset, ox.NamedNode(_SD + "defaultGraph"), default),
        _link(default, RDF + "type", _SD + "Graph"),
    ]
    triples += [_link(service, _SD + "resultFormat", _FORMATS + name) for name in _RESULTS]
    if site.union:
        triples.append(_link(service, _SD + "feature", _SD + "UnionDefaultGraph"))
    triples += await _named_graphs(site, dataset)
    body = ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=_PREFIXES)
    assert body is not None
    return body


async def _named_graphs(site: Site, dataset: ox.NamedNode) -> list[ox.Triple]:
    answer = await site.answers.run(Request(load("pages", "graphs").text))
    rows = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    found: list[ox.Triple] = []
    for row in rows:  # type: ignore[union-attr]
        graph = row["graph"]
        node = ox.NamedNode(f"{dataset.value}-{len(found)}")
        found += [
            ox.Triple(dataset, ox.NamedNode(_SD + "namedGraph"), node),
            _link(node, RDF + "type", _SD + "NamedGraph"),
            ox.Triple(node, ox.NamedNode(_SD + "name"), graph),
            ox.Triple(node, ox.NamedNode(PREFIXES["void"] + "triples"),
                      ox.Literal(row["triples"].value, datatype=ox.NamedNode(XSD + "integer"))),
        ]
        if row["license"] is not None:
            found.append(ox.Triple(node, ox.NamedNode(DCTERMS + "license"), row["license"]))
    return found


def _link(subject: ox.NamedNode, name: str, value: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(name), ox.NamedNode(value))

"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

import pyoxigraph as ox

from pactgraph.build.void import WHOLE
from pactgraph.catalogue import load
from pactgraph.namespaces import DCTERMS, PREFIXES, RDF, XSD
from pactgraph.store.readers import Request
from pactgraph.store.worker import GRAPH_FORMATS
from pactgraph.web.site import Site

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_ENTAILMENT = "http://www.w3.org/ns/entailment/"
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads")
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", *_GRAPHS)
_PREFIXES = PREFIXES | {"sd": _SD, "formats": _FORMATS}


async def service_description(site: Site, endpoint: str, form: str, *, updates: bool = False) -> bytes:
    """Describe the endpoint at the address ``endpoint`` in a format of :data:`GRAPH_FORMATS`.

    ``updates``: whether it takes SPARQL Update. The engine has no function beyond the standard's that is promised here.
    """
    service = ox.NamedNode(endpoint)
    dataset, default = ox.NamedNode(endpoint + "#dataset"), ox.NamedNode(endpoint + "#default-graph")
    languages = ("SPARQL11Query", "SPARQL11Update") if updates else ("SPARQL11Query",)
    triples = [
        _link(service, RDF + "type", _SD + "Service"),
        ox.Triple(service, ox.NamedNode(_SD + "endpoint"), service),
        *(_link(service, _SD + "supportedLanguage", _SD + name) for name in languages),
        *(_link(service, _SD + "resultFormat", _FORMATS + name) for name in _RESULTS),
        *(_link(service, _SD + "inputFormat", _FORMATS + name) for name in _GRAPHS if updates),
        *(_link(service, _SD + "feature", _SD + name) for name in _features(site)),
        # What follows from the ontology is stated in the graph; nothing is inferred as a query runs.
        _link(service, _SD + "defaultEntailmentRegime", _ENTAILMENT + "Simple"),
        ox.Triple(service, ox.NamedNode(_SD + "defaultDataset"), dataset),
        # A query may choose its dataset (FROM, default-graph-uri) among the same graphs.
        ox.Triple(service, ox.NamedNode(_SD + "availableGraphs"), dataset),
        _link(dataset, RDF + "type", _SD + "Dataset"),
        _link(dataset, RDF + "type", _SD + "GraphCollection"),
        ox.Triple(dataset, ox.NamedNode(_SD + "defaultGraph"), default),
        # Statistics, linksets and dumps are told by VoID, files and rights by the catalogue.
        _link(dataset, DCTERMS + "isReferencedBy", endpoint.removesuffix("sparql") + ".well-known/void"),
        _link(dataset, DCTERMS + "isReferencedBy", endpoint.removesuffix("sparql") + "catalog"),
        _link(dataset, DCTERMS + "source", f"{site.settings.base}id/dataset/{WHOLE}"),
        _link(default, RDF + "type", _SD + "Graph"),
    ]
    if site.union:
        triples.append(_size(default, site.readers.triples))
    triples += await _named_graphs(site, dataset)
    body = ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=_PREFIXES)
    assert body is not None
    return body


def _features(site: Site) -> list[str]:
    found = {"UnionDefaultGraph": site.union, "BasicFederatedQuery": site.callers is not None}
    return [name for name, there in found.items() if there]


async def _named_graphs(site: Site, dataset: ox.NamedNode) -> list[ox.Triple]:
    answer = await site.answers.run(Request(load("pages", "graphs").text))
    rows = ox.parse_query_results(answer.body, format=ox.QueryResultsFormat.JSON)
    found: dict[str, list[ox.Triple]] = {}
    for row in rows:  # type: ignore[union-attr]
        name = row["graph"]
        if name.value not in found:
            found[name.value] = _named_graph(dataset, len(found), name, int(row["triples"].value))
        node = found[name.value][0].object
        assert isinstance(node, ox.NamedNode)
        for column in ("license", "rights"):
            if row[column] is not None:
                found[name.value].append(ox.Triple(node, ox.NamedNode(DCTERMS + column), row[column]))
    return list(dict.fromkeys(triple for triples in found.values() for triple in triples))


def _named_graph(dataset: ox.NamedNode, number: int, name: ox.NamedNode, triples: int) -> list[ox.Triple]:
    node, graph = ox.NamedNode(f"{dataset.value}-{number}"), ox.NamedNode(f"{dataset.value}-{number}-graph")
    return [
        ox.Triple(dataset, ox.NamedNode(_SD + "namedGraph"), node),
        _link(node, RDF + "type", _SD + "NamedGraph"),
        ox.Triple(node, ox.NamedNode(_SD + "name"), name),
        ox.Triple(node, ox.NamedNode(_SD + "graph"), graph),
        _link(graph, RDF + "type", _SD + "Graph"),
        _size(graph, triples),
    ]


def _size(graph: ox.NamedNode, triples: int) -> ox.Triple:
    return ox.Triple(graph, ox.NamedNode(PREFIXES["void"] + "triples"),
                     ox.Literal(str(triples), datatype=ox.NamedNode(XSD + "integer")))


def _link(subject: ox.NamedNode, name: str, value: str) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(name), ox.NamedNode(value))

"""The graph as a dataset in VoID: what `/.well-known/void` says and `void.ttl` holds."""

from __future__ import annotations

from pactgraph.about import about
from pactgraph.publish import authorities
from pactgraph.publish.catalogued import CATALOGUE, Catalogue
from pactgraph.publish.dcat import publisher
from pactgraph.publish.triples import Description

_FEATURES = "http://www.w3.org/ns/formats/"


def describe_void(catalogue: Catalogue) -> Description:
    """Dumps, endpoint and rights of the whole graph, with the statistics that it states of itself."""
    out = Description()
    out.take(catalogue.knowledge.void)
    iri = catalogue.iri(catalogue.whole.key)
    document = f"{catalogue.site}.well-known/void"
    out.a(document, "void:DatasetDescription")
    out.link(document, "foaf:primaryTopic", iri)
    out.words(document, "dcterms:title", about().words("title"))
    out.a(iri, "void:Dataset", "dcat:Dataset")
    out.words(iri, "dcterms:title", about().words("title"))
    out.words(iri, "dcterms:description", about().words("description"))
    out.link(iri, "dcterms:license", about().text("licence"))
    out.link(iri, "dcterms:publisher", publisher(catalogue))
    out.value(iri, "dcterms:issued", about().issued.isoformat(), "date")
    out.value(iri, "dcterms:modified", catalogue.modified, "date")
    out.link(iri, "foaf:homepage", catalogue.site)
    out.link(iri, "dcterms:isReferencedBy", catalogue.iri(CATALOGUE))
    if catalogue.endpoint:
        out.link(iri, "void:sparqlEndpoint", catalogue.endpoint)
    out.value(iri, "void:uriSpace", f"{catalogue.base}id/")
    out.link(iri, "void:exampleResource", catalogue.base + about().text("example"))
    for name in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD"):
        out.link(iri, "void:feature", _FEATURES + name)
    for space in about().vocabularies():
        out.link(iri, "void:vocabulary", space)
    for file in catalogue.whole.files:
        out.link(iri, "void:dataDump", file.address)
    for target in about().targets():
        out.a(target.space, "void:Dataset")
        out.words(target.space, "dcterms:title", {"en": target.title})
        out.value(target.space, "void:uriSpace", target.space)
    out.words(publisher(catalogue), "foaf:name", about().words("publisher"))
    authorities.licence(out, about().text("licence"))
    return out


def links(catalogue: Catalogue) -> dict[str, int]:
    """How many links lead to the data of others, by their keys: what says that a link was made is no link itself."""
    void = "http://rdfs.org/ns/void#"
    values: dict[str, dict[str, str]] = {}
    for triple in catalogue.knowledge.void:
        if triple.predicate.value.startswith(void):
            values.setdefault(str(triple.subject), {})[triple.predicate.value[len(void):]] = triple.object.value  # type: ignore[union-attr]
    spaces = {target.space: target.key for target in about().targets()}
    found: dict[str, int] = {}
    for node in values.values():
        if node.get("objectsTarget") in spaces and not node["linkPredicate"].endswith("/linkObject"):
            key = spaces[node["objectsTarget"]]
            found[key] = found.get(key, 0) + int(node["triples"])
    return found

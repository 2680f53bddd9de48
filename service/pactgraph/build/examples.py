"""The questions of the catalogue as examples that editors of SPARQL show: the graph ``examples``."""

from __future__ import annotations

import re

import pyoxigraph as ox

from pactgraph.catalogue import Query, load, names
from pactgraph.ids import Ids
from pactgraph.namespaces import XSD
from pactgraph.sources.quads import GraphWriter
from pactgraph.texts import LANGUAGES

GRAPH = "examples"
_HEADER = re.compile(r"^#!.*\n", re.MULTILINE)
_PREFIX = re.compile(r"^PREFIX\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE)


def example_quads(ids: Ids) -> list[ox.Quad]:
    """Every question as ``sh:SPARQLSelectExecutable``: ready to run, for an endpoint at ``{base}sparql``."""
    out = GraphWriter(ids.graph(GRAPH))
    declared: dict[str, str] = {}
    for name in names("questions"):
        query = load("questions", name)
        declared |= dict(_PREFIX.findall(query.text))
        _example(out, query, ids)
    for prefix, namespace in sorted(declared.items()):
        node = f"{_prefixes(ids)}/{prefix}"
        out.link(_prefixes(ids), "sh:declare", node)
        out.value(node, "sh:prefix", prefix)
        out.quads.append(ox.Quad(ox.NamedNode(node), ox.NamedNode("http://www.w3.org/ns/shacl#namespace"),
                                 ox.Literal(namespace, datatype=ox.NamedNode(XSD + "anyURI")), out.graph))
    return out.quads


def _example(out: GraphWriter, query: Query, ids: Ids) -> None:
    node = f"{ids.base}id/question/{query.name}"
    out.a(node, "sh:SPARQLExecutable", "sh:SPARQLSelectExecutable")
    for lang in LANGUAGES:
        out.text(node, "rdfs:label", query.title.get(lang), lang)
        out.text(node, "rdfs:comment", query.title.get(lang), lang)
        out.text(node, "dcterms:description", query.answers.get(lang), lang)
    out.link(node, "sh:prefixes", _prefixes(ids))
    out.value(node, "sh:select", _HEADER.sub("", query.text).strip() + "\n")
    out.value(node, "schema:keywords", query.headers.get("theme"))
    out.link(node, "schema:target", f"{ids.base}sparql")


def _prefixes(ids: Ids) -> str:
    return f"{ids.base}id/question/prefixes"

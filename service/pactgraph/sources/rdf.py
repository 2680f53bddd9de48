"""Reads RDF files of a user. Nothing is fetched: no JSON-LD context, no XML entity, no import."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from pactgraph.errors import fail

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML, ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD, ".json": ox.RdfFormat.JSON_LD,
}
_LINE = re.compile(r"\bline (\d+)(?: column (\d+))?", re.IGNORECASE)


def read_rdf(path: Path) -> list[ox.Quad]:
    """The statements of a file; its name's ending tells the format. Syntax errors name line and column."""
    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        raise fail("rdf-format-unknown", file=path.name, known=", ".join(sorted(_FORMATS)))
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise fail("file-unreadable", file=str(path), reason=problem.strerror or str(problem)) from None
    if form is ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in data:
        raise fail("rdf-doctype", file=path.name, line=data[:data.index(b"<!DOCTYPE")].count(b"\n") + 1)
    try:
        return list(ox.parse(data, format=form, base_iri=path.resolve().as_uri()))
    except (SyntaxError, ValueError) as problem:
        place = _LINE.search(str(problem))
        line = getattr(problem, "lineno", None) or (int(place[1]) if place else None)
        raise fail("rdf-syntax", file=path.name, line=line, column=getattr(problem, "offset", None),
                   reason=str(getattr(problem, "msg", problem))) from None

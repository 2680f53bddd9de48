"""Finds the line of a file on which a thing is first described: where it stands as a subject.

Each format has a reader of its own that looks at the text only. A place is given only for a thing that the file's
statements have as a subject; where the text does not show it plainly (a generated blank node, a name that only a nested
JSON-LD context explains), none is given.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin
from xml.parsers import expat

import pyoxigraph as ox

from pactgraph.namespaces import RDF
from pactgraph.sources.json_places import json_subjects
from pactgraph.sources.rdf import RdfFile
from pactgraph.sources.turtle_places import turtle_subjects

Places = dict[str, int]
_NTRIPLES = re.compile(r"^[ \t]*(<[^>\s]*>|_:[^\s<]+)", re.MULTILINE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def subject_lines(file: RdfFile) -> Places:
    """The line of each subject that the text shows: its N-Triples form → line, counted from 1."""
    if file.format in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS):
        found = _ntriples(file.text)
    elif file.format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        found = turtle_subjects(file.text, file.base)
    elif file.format == ox.RdfFormat.RDF_XML:
        found = _xml(file.text, file.base)
    else:
        found = json_subjects(file.text, file.base)
    return {subject: line for subject, line in found.items() if subject in file.subjects}


def _ntriples(text: str) -> Places:
    places: Places = {}
    line, at = 1, 0
    for match in _NTRIPLES.finditer(text):
        line += text.count("\n", at, match.start(1))
        at = match.start(1)
        places.setdefault(unescape(match[1]), line)
    return places


def unescape(iri: str) -> str:
    """An IRI of Turtle with its \\u escapes resolved."""
    return _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), iri)


def _xml(text: str, base: str) -> Places:
    """Elements with rdf:about, rdf:ID or rdf:nodeID; an empty rdf:Description only mentions a thing."""
    places: Places = {}
    parser = expat.ParserCreate("UTF-8", "")
    bases = [base]
    open_: list[tuple[str, int] | None] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        here = urljoin(bases[-1], attributes.get("http://www.w3.org/XML/1998/namespacebase", bases[-1]))
        bases.append(here)
        subject = _xml_subject(attributes, here)
        if open_ and open_[-1]:
            _place(places, open_[-1])
        mention = tag == RDF + "Description" and len(attributes) == 1
        if subject and not mention:
            _place(places, (subject, parser.CurrentLineNumber))
        open_.append((subject, parser.CurrentLineNumber) if subject and mention else None)

    def end(_: str) -> None:
        bases.pop()
        open_.pop()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(text.encode("utf-8"), True)
    return places


def _place(places: Places, found: tuple[str, int]) -> None:
    places.setdefault(*found)


def _xml_subject(attributes: dict[str, str], base: str) -> str:
    if RDF + "about" in attributes:
        return f"<{urljoin(base, attributes[RDF + 'about'])}>"
    if RDF + "ID" in attributes:
        return f"<{urljoin(base, '#' + attributes[RDF + 'ID'])}>"
    return f"_:{attributes[RDF + 'nodeID']}" if RDF + "nodeID" in attributes else ""

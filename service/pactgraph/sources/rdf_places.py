"""Finds the line of a file on which a thing is first described: where it stands as a subject.

Each format has a reader of its own that looks at the text only. A place is given only for a thing that the file's
statements have as a subject; where the text does not show it plainly (a generated blank node, a name that only a nested
JSON-LD context explains), none is given.
"""

from __future__ import annotations

import re
from xml.parsers import expat

import pyoxigraph as ox

from pactgraph.namespaces import RDF
from pactgraph.sources.json_places import json_subjects
from pactgraph.sources.rdf import RdfFile
from pactgraph.sources.turtle_places import resolve, turtle_subjects, unescape

Places = dict[str, int]
_XML_BASE = "http://www.w3.org/XML/1998/namespacebase"
_INSIDE = {"Resource": "thing", "Literal": "text"}
"""What the content of a property element is read as, by its rdf:parseType."""
_NTRIPLES = re.compile(r"^[ \t]*(<[^>\s]*>|_:[^\s<]+)", re.MULTILINE)


def subject_lines(file: RdfFile) -> Places:
    """The line of each subject that the text shows: its N-Triples form → line, counted from 1."""
    if file.format in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS):
        found = _ntriples(file.text)
    elif file.format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        found = turtle_subjects(file.text, file.base)
    elif file.format == ox.RdfFormat.RDF_XML:
        found = _Xml(file.base).read(file.text)
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


class _Xml:
    """Walks through the elements of RDF/XML, which are by turns things and properties."""

    def __init__(self, base: str) -> None:
        self.bases = [base]
        self.kinds: list[str] = []
        self.mentions: list[tuple[str, int] | None] = []
        self.places: Places = {}
        self.parser = expat.ParserCreate("UTF-8", "")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def read(self, text: str) -> Places:
        self.parser.Parse(text.encode("utf-8"), True)
        return self.places

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.bases.append(resolve(self.bases[-1], attributes.get(_XML_BASE, "")))
        kind = self._kind(tag)
        subject = _xml_subject(attributes, self.bases[-1]) if kind == "thing" else ""
        here = (subject, self.parser.CurrentLineNumber) if subject else None
        if self.mentions and self.mentions[-1]:
            self.places.setdefault(*self.mentions[-1])
        # An rdf:Description without content only mentions a thing; with content it describes it.
        mention = tag == RDF + "Description" and len(attributes) == 1
        if here and not mention:
            self.places.setdefault(*here)
        self.mentions.append(here if mention else None)
        self.kinds.append(_INSIDE.get(attributes.get(RDF + "parseType", ""), kind) if kind == "property" else kind)

    def _end(self, _: str) -> None:
        self.bases.pop()
        self.mentions.pop()
        self.kinds.pop()

    def _kind(self, tag: str) -> str:
        if not self.kinds:
            return "root" if tag == RDF + "RDF" else "thing"
        return {"root": "thing", "thing": "property", "property": "thing", "text": "text"}[self.kinds[-1]]


def _xml_subject(attributes: dict[str, str], base: str) -> str:
    if RDF + "about" in attributes:
        return f"<{resolve(base, attributes[RDF + 'about'])}>"
    if RDF + "ID" in attributes:
        return f"<{resolve(base, '#' + attributes[RDF + 'ID'])}>"
    return f"_:{attributes[RDF + 'nodeID']}" if RDF + "nodeID" in attributes else ""

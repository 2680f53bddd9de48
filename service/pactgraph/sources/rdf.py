"""Reads RDF files of a user. Nothing is fetched: no JSON-LD context, no XML entity, no import."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import count
from pathlib import Path

import pyoxigraph as ox

from pactgraph.errors import UserError, fail
from pactgraph.namespaces import PG
from pactgraph.resources import shipped
from pactgraph.sources.rdf_safety import check_json, check_turtle, check_xml, wide_encoding

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG, ".nt": ox.RdfFormat.N_TRIPLES, ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML, ".xml": ox.RdfFormat.RDF_XML, ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD, ".json": ox.RdfFormat.JSON_LD,
}
LIMIT = 20_000_000
_PLACE = re.compile(r"^Parser error (?:at|between) line .*?: ", re.DOTALL)
_REMOTE = re.compile(r'"@(?:context|import)"\s*:\s*(?:\[\s*(?:\{[^{}]*\}\s*,\s*)*)?"')
_OWN = re.compile(r'("@context"\s*:\s*(?:\[\s*)?)"' + re.escape(PG + "context.jsonld") + '"')
"""The context of the ontology, which comes with the program: it is taken from there and not fetched."""
_PREFIX = re.compile(r"^[ \t]*@?prefix\s+([\w.-]+):\s*<([a-z][a-z0-9+.-]*:[^<>]*)>", re.IGNORECASE | re.MULTILINE)
_GENERATED = re.compile(r"[0-9a-f]{24,32}")


@dataclass(frozen=True)
class RdfFile:
    """A file as it was read: the name that the user gave, its text, and its statements. ``base`` resolves IRIs."""

    name: str
    text: str
    format: ox.RdfFormat
    base: str
    quads: list[ox.Quad]

    @cached_property
    def subjects(self) -> frozenset[str]:
        """The things that the file makes statements about, in N-Triples syntax."""
        return frozenset(str(quad.subject) for quad in self.quads)

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that the text of Turtle or TriG declares for absolute IRIs: prefix → IRI. For display only."""
        return dict(_PREFIX.findall(self.text)) if self.format in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG) else {}


def read_rdf(path: Path, limit: int = LIMIT) -> RdfFile:
    """Read a file of at most ``limit`` bytes; its name's ending tells the format. Errors name line and column."""
    name = str(path)
    try:
        if path.is_dir():
            raise fail("rdf-is-folder", file=name)
        form = format_of(name)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise fail("file-unreadable", file=name, reason=reason) from None
    if len(data) > limit:
        raise fail("rdf-too-large", file=name, limit=limit / 1_000_000)
    return parse_rdf(data, name, form, path.absolute().as_uri())


def format_of(name: str) -> ox.RdfFormat:
    """The format that a file's name tells by its ending."""
    form = FORMATS.get(Path(name).suffix.lower())
    if form is None:
        raise fail("rdf-format-unknown", file=name, known=", ".join(sorted(FORMATS)))
    return form


def parse_rdf(data: bytes, name: str, form: ox.RdfFormat, base: str) -> RdfFile:
    """Read RDF text. Whatever is wrong with it raises a UserError with the place where that is known."""
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise fail("rdf-empty", file=name)
    if form == ox.RdfFormat.RDF_XML:
        check_xml(data, name)
    text = _decode(data, name)
    if form == ox.RdfFormat.JSON_LD:
        text = _OWN.sub(lambda found: found[1] + _own_context(), text)
        check_json(text.encode("utf-8"), name)
    elif form != ox.RdfFormat.RDF_XML:
        check_turtle(text, name)
    try:
        quads = list(ox.parse(text.encode("utf-8"), format=form, base_iri=base))
    except (SyntaxError, ValueError) as problem:
        raise _syntax(problem, text, name, form) from None
    if any(isinstance(quad.object, ox.Triple) for quad in quads):
        raise fail("rdf-triple-term", file=name)
    return RdfFile(name, text, form, base, quads)


def _decode(data: bytes, name: str) -> str:
    wide = wide_encoding(data)
    if wide:
        raise fail("not-utf8", file=name, line=1, encoding=wide.upper())
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[:problem.start].count(b"\n") + 1
        raise fail("not-utf8", file=name, line=line, encoding="Windows-1252, Windows-1258, TCVN3 …") from None


def _syntax(problem: Exception, text: str, name: str, form: ox.RdfFormat) -> UserError:
    reason = str(getattr(problem, "msg", None) or problem)
    if "LoadDocumentCallback" in reason:
        place = _REMOTE.search(text)
        line = text.count("\n", 0, place.end()) + 1 if place else None
        return fail("rdf-remote-context", file=name, line=line)
    line = getattr(problem, "lineno", None) or (_xml_line(text) if form == ox.RdfFormat.RDF_XML else None)
    return fail("rdf-syntax", file=name, line=line, column=getattr(problem, "offset", None),
                reason=_PLACE.sub("", reason).strip())


@cache
def _own_context() -> str:
    return json.dumps(json.loads((shipped("ontology") / "context.jsonld").read_bytes())["@context"])


class _Lines:
    """Hands a parser one line at a time and knows how many it took: where it stops is where the error is."""

    def __init__(self, text: str) -> None:
        self.lines = text.encode("utf-8").splitlines(keepends=True)
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        if self.taken >= len(self.lines):
            return b""
        line = self.lines[self.taken]
        if 0 <= size < len(line):
            self.lines[self.taken] = line[size:]
            return line[:size]
        self.taken += 1
        return line


def _xml_line(text: str) -> int | None:
    """The line at whose end the parser of RDF/XML gives up; its errors name none."""
    lines = _Lines(text)
    try:
        for _ in ox.parse(lines, format=ox.RdfFormat.RDF_XML, base_iri="file:///"):  # type: ignore[arg-type]
            pass
    except (SyntaxError, ValueError):
        return lines.taken
    return None


def distinct_blank_nodes(files: Iterable[RdfFile]) -> list[RdfFile]:
    """The files with blank nodes that are told apart: those without a label get one that is the same in every run.

    A label that an earlier file has too gets a number: a blank node belongs to one file.
    """
    taken: set[str] = set()
    return [_relabelled(file, taken) for file in files]


def _relabelled(file: RdfFile, taken: set[str]) -> RdfFile:
    labels = dict.fromkeys(term.value for quad in file.quads for term in (quad.subject, quad.object, quad.graph_name)
                           if isinstance(term, ox.BlankNode))
    if not labels:
        return file
    names = _new_labels(labels, taken)
    taken.update(names.values())

    def renamed(term: object) -> object:
        return ox.BlankNode(names[term.value]) if isinstance(term, ox.BlankNode) else term

    quads = [ox.Quad(renamed(q.subject), q.predicate, renamed(q.object), renamed(q.graph_name))  # type: ignore[arg-type]
             for q in file.quads]
    return RdfFile(file.name, file.text, file.format, file.base, quads)


def _new_labels(labels: Iterable[str], taken: set[str]) -> dict[str, str]:
    given = {label for label in labels if not _GENERATED.fullmatch(label)}
    names: dict[str, str] = {}
    used = taken | given
    for label in labels:
        name = label
        if label not in given:
            name = next(text for number in count(1) if (text := f"b{number}") not in used)
        elif label in taken:
            name = next(text for number in count(2) if (text := f"{label}-{number}") not in used)
        names[label] = name
        used.add(name)
    return names

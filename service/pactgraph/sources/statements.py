"""Reads an RDF file of a user (Turtle, N-Triples, RDF/XML, JSON-LD) as things with their statements, each at its line.

What no import may say is an issue: terms that the ontology does not have, codes that no vocabulary has (with the nearest),
statements about the ontology or the vocabularies themselves, addresses that only hold on the machine of their author.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from pactgraph.errors import UserError, fail
from pactgraph.namespaces import BASE, PG, PREFIXES, RDF, SHAPES, VOCAB
from pactgraph.resources import shipped
from pactgraph.sources.json_keys import unexplained_keys
from pactgraph.sources.rdf import RdfFile, read_rdf
from pactgraph.sources.rdf_places import subject_lines
from pactgraph.sources.recommendations.labels import vocabulary
from pactgraph.sources.recommendations.records import Issue, Issues

NOTICES = frozenset({"rdf-foreign"})
"""Issue codes that are only told; every other one stops an import."""
_TYPE = RDF + "type"
_OURS = (PG, VOCAB, SHAPES)
_SCHEMA = (PREFIXES["owl"], PREFIXES["sh"], PREFIXES["rdfs"] + "subClassOf", PREFIXES["rdfs"] + "subPropertyOf",
           PREFIXES["rdfs"] + "domain", PREFIXES["rdfs"] + "range")
_KNOWN = tuple(PREFIXES.values())
_GENID = BASE + ".well-known/genid/statement-"
Statement = tuple[str, str]
"""Predicate and object of a statement, both in N-Triples syntax; of a nested thing the object is its generated address."""


@dataclass(frozen=True)
class Thing:
    """Something that the file describes: its IRI, the line on which it stands first, and all statements about it, those about
    nameless things inside it too."""

    iri: str
    line: int
    triples: frozenset[ox.Triple]

    @property
    def types(self) -> list[str]:
        """The classes that the file gives it."""
        return sorted(_value(triple.object) for triple in self._own() if triple.predicate.value == _TYPE)

    def values(self) -> dict[str, list[str]]:
        """What is said of the thing itself, by predicate: texts, numbers, short names."""
        found: dict[str, list[str]] = defaultdict(list)
        for triple in self._own():
            found[short(triple.predicate.value)].append(_value(triple.object))
        return {name: sorted(values) for name, values in sorted(found.items())}

    def differences(self, before: Thing) -> dict[str, tuple[str, str]]:
        """Predicate → (what was said, what is said now), where they differ; what a nameless thing inside says counts as said."""
        old, new = before.values(), self.values()
        return {name: ("; ".join(old.get(name, [])), "; ".join(new.get(name, [])))
                for name in sorted({*old, *new}) if old.get(name) != new.get(name)}

    def _own(self) -> Iterator[ox.Triple]:
        return (triple for triple in self.triples if getattr(triple.subject, "value", "") == self.iri)


@dataclass
class StatementFile:
    """A file that was read: its things by IRI, and what a person must look at."""

    file: str
    sha256: str
    things: dict[str, Thing]
    source: RdfFile
    issues: Issues = field(default_factory=Issues)

    def errors(self) -> list[Issue]:
        """The issues that stop an import."""
        return [issue for issue in self.issues if issue.code not in NOTICES]


def read_statements(path: Path, limit: int) -> StatementFile:
    """Read a file. One that is no RDF, or holds nothing, raises a UserError with the line; what else is wrong is an issue."""
    source = read_rdf(path, limit)
    name = path.name
    if not source.quads:
        raise fail("rdf-import-nothing", file=name)
    named = next((quad for quad in source.quads if not isinstance(quad.graph_name, ox.DefaultGraph)), None)
    if named is not None:
        raise fail("rdf-import-graph", file=name, graph=_value(named.graph_name))
    lines = subject_lines(source)
    found = StatementFile(name, hashlib.sha256(path.read_bytes()).hexdigest(), _things(source, lines, name), source)
    for key, line, nearest in unexplained_keys(source.text) if source.format == ox.RdfFormat.JSON_LD else ():
        found.issues.add(Issue("rdf-key", line, key, key, nearest))
    for thing in found.things.values():
        for triple in sorted(thing.triples, key=str):
            _check(triple, thing, found.issues)
    return found


def _things(source: RdfFile, lines: dict[str, int], name: str) -> dict[str, Thing]:
    about: dict[Any, list[ox.Quad]] = defaultdict(list)
    for quad in source.quads:
        about[quad.subject].append(quad)
    inside = {quad.object for quad in source.quads if isinstance(quad.object, ox.BlankNode)}
    nodes = _Nameless(about, name)
    things = {}
    for subject in about:
        nodes.named(subject)  # a circle among nameless things is told, whoever refers to them
        if isinstance(subject, ox.BlankNode) and subject in inside:
            continue
        iri = nodes.named(subject).value
        line = lines.get(str(subject)) or _mentioned(source.text, iri)
        things[iri] = Thing(iri, line, frozenset(nodes.closure(subject)))
    return things


def _mentioned(text: str, iri: str) -> int:
    """The first line that holds the last part of an IRI; 1 where none does."""
    at = text.find(iri.rpartition("/")[2].rpartition("#")[2])
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


class _Nameless:
    """Gives things without a name an address that follows from what is said of them, so that the same says the same."""

    def __init__(self, about: dict[Any, list[ox.Quad]], name: str) -> None:
        self.about, self.name = about, name
        self._names: dict[Any, ox.NamedNode] = {}

    def named(self, term: Any, path: tuple[Any, ...] = ()) -> Any:
        """A term, or the address of a nameless thing."""
        if not isinstance(term, ox.BlankNode):
            return term
        if term in path:
            raise fail("rdf-import-circle", file=self.name)
        if term not in self._names:
            said = sorted(f"{quad.predicate} {self.named(quad.object, (*path, term))}" for quad in self.about.get(term, []))
            self._names[term] = ox.NamedNode(_GENID + hashlib.sha256("\n".join(said).encode()).hexdigest()[:24])
        return self._names[term]

    def closure(self, subject: Any) -> Iterator[ox.Triple]:
        """What is said of a thing, and of nameless things inside it."""
        for quad in self.about.get(subject, []):
            yield ox.Triple(self.named(subject), quad.predicate, self.named(quad.object))
            if isinstance(quad.object, ox.BlankNode):
                yield from self.closure(quad.object)


# Checks -----------------------------------------------------------------------------------------------------------


def _check(triple: ox.Triple, thing: Thing, issues: Issues) -> None:
    predicate = triple.predicate.value
    subject = getattr(triple.subject, "value", "")
    about = short(predicate)

    def issue(code: str, found: str, nearest: tuple[str, ...] = ()) -> None:
        issues.add(Issue(code, thing.line, about, found, nearest))

    if subject.startswith(_OURS) or predicate.startswith(_SCHEMA) or (
            predicate == _TYPE and _iri(triple.object).startswith((*_SCHEMA, PREFIXES["rdfs"]))):
        issue("rdf-own-terms", short(subject))
    for iri in (subject, predicate, _iri(triple.object)):
        if iri.startswith("file:"):
            issue("rdf-relative", iri.rpartition("/")[2])
    for iri in (predicate, _iri(triple.object)):
        if iri.startswith(PG) and iri not in terms():
            issue("rdf-unknown-term", short(iri), tuple(map(short, difflib.get_close_matches(iri, terms(), n=2, cutoff=0.8))))
        elif iri.startswith(VOCAB):
            _check_code(iri, issue)
    if not predicate.startswith((*_KNOWN, "file:")):
        issues.add(Issue("rdf-foreign", thing.line, about, short(predicate)), each_row=False)


def _check_code(iri: str, issue: Any) -> None:
    scheme, _, code = iri.removeprefix(VOCAB).partition("/")
    if scheme not in _schemes():
        issue("rdf-unknown-code", short(iri), tuple(difflib.get_close_matches(scheme, _schemes(), n=2, cutoff=0.6)))
    elif code and code not in vocabulary(scheme).preferred:
        known = vocabulary(scheme).preferred
        near = difflib.get_close_matches(code, known, n=2, cutoff=0.5)
        issue("rdf-unknown-code", short(iri), tuple(f"{one} “{known[one]}”" for one in near))


@cache
def terms() -> frozenset[str]:
    """The classes and properties of the shipped ontology."""
    file = shipped("ontology") / "pactgraph.ttl"
    return frozenset(quad.subject.value for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
                     if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(PG))


@cache
def _schemes() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in (shipped("ontology") / "vocabularies").glob("*.ttl")))


# Words ------------------------------------------------------------------------------------------------------------


def short(iri: str) -> str:
    """An IRI as people know it: ``pg:role``, ``vocab:role/lead``, ``id/vnm/body/mps``."""
    for prefix, start in {**PREFIXES, "vocab": VOCAB}.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return "[ ]" if iri.startswith(_GENID) else iri.removeprefix(BASE)


def _iri(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else ""


def _value(term: Any) -> str:
    if isinstance(term, ox.Literal):
        return term.value + (f"@{term.language}" if term.language else "")
    return short(str(getattr(term, "value", term)))


def problem_of(issue: Issue, file: str, near: str) -> UserError:
    """An issue as the message that is told of it."""
    return UserError(f"issue-{issue.code}", {"found": issue.found, "nearest": near}, file, issue.row)

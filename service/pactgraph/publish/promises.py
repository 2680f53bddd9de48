"""What a release promises of the former one: every published name means what it meant, or says that it was withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.namespaces import BASE, PG, PREFIXES, RDF

_WITHDRAWN = PG + "WithdrawnName"
_VERSION_IRI = PREFIXES["owl"] + "versionIRI"
_MEANING = tuple(PREFIXES[prefix] + name for prefix, name in (
    ("rdfs", "label"), ("skos", "prefLabel"), ("skos", "definition"), ("rdfs", "comment"), ("rdfs", "domain"), ("rdfs", "range"),
    ("rdfs", "subClassOf"), ("rdfs", "subPropertyOf"), ("skos", "broader"), ("owl", "inverseOf")))
_TERMS = ("ontology", "vocabularies")
"""Graphs whose statements say what a term means."""
_FOLLOWING = ("derived/", "void")
"""Graphs whose names come and go with what the statements in them follow from, or count."""


@dataclass
class Names:
    """What one release publishes. ``kinds``: the classes of each name; ``derived``: names of which only derived graphs speak
    (gaps, intervals of addressees, counts of a class): they come and go with what they follow from."""

    kinds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    derived: set[str] = field(default_factory=set)
    terms: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    version_iris: dict[str, str] = field(default_factory=dict)
    ontology: set[str] = field(default_factory=set)

    @property
    def all(self) -> set[str]:
        """Every name."""
        return set(self.kinds)


def names_of(quads: Iterable[ox.Quad], base: str) -> Names:
    """The names of things and graphs below ``base`` (and of our terms) that some quads say anything of."""
    names = Names()
    stated: set[str] = set()
    for quad in quads:
        graph = getattr(quad.graph_name, "value", "").removeprefix(base).removeprefix("graph/")
        subject = getattr(quad.subject, "value", "")
        if graph and not graph.startswith(("derived/", "http")):
            names.kinds[f"{base}graph/{graph}"].add("graph")
            stated.add(f"{base}graph/{graph}")
        if not subject.startswith((base, BASE)):
            continue
        kinds = names.kinds[subject]
        if not graph.startswith(_FOLLOWING):
            stated.add(subject)
            if quad.predicate.value == RDF + "type" and isinstance(quad.object, ox.NamedNode):
                kinds.add(quad.object.value)
        if graph in _TERMS:
            _note_term(names, graph, quad)
    names.derived = set(names.kinds) - stated
    return names


def _note_term(names: Names, graph: str, quad: ox.Quad) -> None:
    subject = getattr(quad.subject, "value", "")
    if quad.predicate.value == _VERSION_IRI:
        names.version_iris[subject] = getattr(quad.object, "value", "")
    elif graph == "ontology":
        names.ontology.add(str(quad.triple))
    if quad.predicate.value in _MEANING:
        names.terms[subject, quad.predicate.value].add(str(quad.object))


@dataclass
class Broken:
    """Names of the former release that lost their meaning: ``lost`` mean nothing any more, ``other`` another kind of thing."""

    lost: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.lost or self.other)


def broken(old: Names, new: Names) -> Broken:
    """The promises of the former release that the new graph does not keep."""
    found = Broken()
    for name in sorted(old.all - old.derived):
        before, after = old.kinds[name], new.kinds.get(name)
        if after is None or name in new.derived:
            found.lost.append(name)
        elif before and after and not before & after and _WITHDRAWN not in after:
            found.other.append(name)
    return found


def withdrawn(old: Names, new: Names) -> list[str]:
    """Names that were withdrawn since the former release."""
    return sorted(name for name, kinds in new.kinds.items() if _WITHDRAWN in kinds and _WITHDRAWN not in old.kinds.get(name, ()))


def meanings(old: Names, new: Names) -> list[tuple[str, str, list[str], list[str]]]:
    """Terms that were published before and whose label, definition or place changed: term, property, before, after."""
    terms = {term for term, _ in old.terms}
    keys = sorted({*old.terms, *(key for key in new.terms if key[0] in terms)})
    found = []
    for term, name in keys:
        before, after = old.terms.get((term, name), set()), new.terms.get((term, name), set())
        if before != after and term in new.kinds:
            found.append((term, name, sorted(before - after), sorted(after - before)))
    return found

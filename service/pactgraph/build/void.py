"""Statistics of the sources in VoID: how many things of which class have which properties, and where links lead.

They are of what the sources state, so that they change with a build and not with every entry of the journal; what is
derived, written through the service or not to be handed on is not counted. They stand in a graph of their own, ``graph/void``,
because editors of SPARQL ask the endpoint for them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from pactgraph.about import about
from pactgraph.build.examples import example_quads
from pactgraph.build.meta import may_be_handed_on
from pactgraph.ids import Ids
from pactgraph.namespaces import RDF, slug
from pactgraph.sources.quads import GraphWriter

GRAPH = "void"
WHOLE = "pactgraph"
"""The key of the dataset that is the whole graph."""
_TYPE = RDF + "type"
_SPACE = re.compile(r"https?://[^/]+/(?:[^/]+/)?")


def dataset_iri(ids: Ids, key: str = WHOLE) -> str:
    """The IRI of a dataset of the catalogue."""
    return f"{ids.base}id/dataset/{key}"


class Statistics:
    """What is counted of a graph; a statement that several named graphs make counts once."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.triples = {(q.subject.value, q.predicate.value, q.object) for q in quads if isinstance(q.subject, ox.NamedNode)
                        and isinstance(q.object, ox.NamedNode | ox.Literal)}
        self.classes: dict[str, set[str]] = defaultdict(set)
        for subject, name, value in self.triples:
            if name == _TYPE:
                self.classes[subject].add(value.value)
        self.entities = Counter(kind for kinds in self.classes.values() for kind in kinds)
        self.properties: Counter[str] = Counter()
        self.of_class: Counter[tuple[str, str]] = Counter()
        self.objects: Counter[tuple[str, str, str]] = Counter()
        self.datatypes: Counter[tuple[str, str, str]] = Counter()
        self.links: Counter[tuple[str, str]] = Counter()
        for triple in self.triples:
            self._count(*triple)

    @property
    def subjects(self) -> int:
        """The number of different subjects."""
        return len({subject for subject, _, _ in self.triples})

    @property
    def distinct_objects(self) -> int:
        """The number of different objects."""
        return len({value for _, _, value in self.triples})

    def _count(self, subject: str, name: str, value: ox.NamedNode | ox.Literal) -> None:
        self.properties[name] += 1
        for kind in self.classes.get(subject, ()):
            self.of_class[kind, name] += 1
            if isinstance(value, ox.Literal):
                self.datatypes[kind, name, value.datatype.value] += 1
            else:
                for other in self.classes.get(value.value, ()):
                    self.objects[kind, name, other] += 1
        if isinstance(value, ox.NamedNode) and name != _TYPE:
            space = _SPACE.match(value.value)
            if space:
                self.links[name, space[0]] += 1


def void_quads(quads: Iterable[ox.Quad], ids: Ids, targets: Mapping[str, str]) -> list[ox.Quad]:
    """The graph ``void``. ``targets``: the data of others that linksets are counted to, by the beginning of their addresses
    (by which they are named too), each with a key."""
    found = Statistics(quads)
    out = GraphWriter(ids.graph(GRAPH))
    whole = dataset_iri(ids)
    out.a(whole, "void:Dataset")
    for name, number in (("triples", len(found.triples)), ("entities", len(found.classes)), ("classes", len(found.entities)),
                         ("properties", len(found.properties)), ("distinctSubjects", found.subjects),
                         ("distinctObjects", found.distinct_objects)):
        out.value(whole, f"void:{name}", number)
    _properties(out, whole, found)
    _classes(out, whole, found)
    _linksets(out, whole, found, targets)
    return out.quads


def _name(iri: str) -> str:
    """A key of a term, different for different ones: its own name, and a few digits that its whole address gives."""
    return f"{slug(re.split('[/#]', iri.rstrip('/#'))[-1])}-{hashlib.sha256(iri.encode()).hexdigest()[:6]}"


def _properties(out: GraphWriter, whole: str, found: Statistics) -> None:
    for name, number in sorted(found.properties.items()):
        node = f"{whole}/property/{_name(name)}"
        out.link(whole, "void:propertyPartition", node)
        out.link(node, "void:property", name)
        out.value(node, "void:triples", number)


def _classes(out: GraphWriter, whole: str, found: Statistics) -> None:
    for kind, number in sorted(found.entities.items()):
        part = f"{whole}/class/{_name(kind)}"
        out.link(whole, "void:classPartition", part)
        out.link(part, "void:class", kind)
        out.value(part, "void:entities", number)
    for (kind, name), number in sorted(found.of_class.items()):
        part = f"{whole}/class/{_name(kind)}"
        node = f"{part}/{_name(name)}"
        out.link(part, "void:propertyPartition", node)
        out.link(node, "void:property", name)
        out.value(node, "void:triples", number)
    for within, term, counted in (("void:classPartition", "void:class", found.objects),
                                  ("void-ext:datatypePartition", "void-ext:datatype", found.datatypes)):
        for (kind, name, target), number in sorted(counted.items()):
            node = f"{whole}/class/{_name(kind)}/{_name(name)}"
            part = f"{node}/{_name(target)}"
            out.link(node, within, part)
            out.link(part, term, target)
            out.value(part, "void:triples", number)


def _linksets(out: GraphWriter, whole: str, found: Statistics, targets: Mapping[str, str]) -> None:
    for (name, space), number in sorted(found.links.items()):
        if space in targets:
            node = f"{whole}/links/{targets[space]}/{_name(name)}"
            out.a(node, "void:Linkset")
            out.link(whole, "void:subset", node)
            out.link(node, "void:subjectsTarget", whole)
            out.link(node, "void:objectsTarget", space)
            out.link(node, "void:linkPredicate", name)
            out.value(node, "void:triples", number)



def described_for_editors(sources: Iterable[ox.Quad], ids: Ids) -> list[ox.Quad]:
    """What editors of SPARQL ask an endpoint for: statistics of the sources, and examples."""
    targets = {target.space: target.key for target in about().targets()}
    counted = [quad for quad in sources if may_be_handed_on(getattr(quad.graph_name, "value", ""), ids)]
    return void_quads(counted, ids, targets) + example_quads(ids)

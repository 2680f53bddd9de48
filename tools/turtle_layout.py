"""Lays out statements of Turtle: which predicate comes first, where a line breaks, how a term is written."""

from __future__ import annotations

import re
from collections import defaultdict

import pyoxigraph as ox
from turtle_split import Section, Statement, TurtleProblem

WIDTH = 120
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
# What a thing is comes first, then what it is called and means, then where it comes from; others stand between by name.
_FIRST = [
    "a", "rdfs:subClassOf", "rdfs:subPropertyOf", "owl:inverseOf", "owl:propertyChainAxiom", "sh:targetClass",
    "sh:targetSubjectsOf", "rdfs:domain", "dcam:domainIncludes", "rdfs:range", "dcam:rangeIncludes", "sh:path",
    "owl:versionIRI", "owl:versionInfo", "owl:priorVersion", "dcterms:title", "skos:inScheme", "skos:topConceptOf",
    "skos:broader", "skos:narrower", "skos:notation", "skos:prefLabel", "skos:altLabel", "rdfs:label",
    "dcterms:description", "skos:definition", "skos:example", "skos:scopeNote",
]  # fmt: skip
_LAST = [
    "dcterms:source", "dcterms:creator", "dcterms:license", "dcterms:created", "dcterms:issued", "dcterms:modified",
    "rdfs:seeAlso", "rdfs:isDefinedBy", "sh:severity", "pg:gapType", "sh:message", "sh:prefixes", "sh:select", "sh:property",
    "skos:hasTopConcept", "skos:member",
]  # fmt: skip
_RANK = {name: rank - len(_FIRST) for rank, name in enumerate(_FIRST)} | {n: i + 1 for i, n in enumerate(_LAST)}
_LOCAL = re.compile(r"[A-Za-z0-9_][\w-]*|", re.ASCII)
_SHORT = {
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    "boolean": re.compile(r"true|false"),
}
_MAIN = (
    "http://www.w3.org/2002/07/owl#Ontology",
    "http://www.w3.org/2004/02/skos/core#ConceptScheme",
)
Term = ox.NamedNode | ox.BlankNode | ox.Literal
Tree = dict[ox.NamedNode | ox.BlankNode, dict[ox.NamedNode, set[Term]]]


class Layout:
    """Writes the statements of one document with its prefixes; ``labels`` are the blank nodes that keep their names."""

    def __init__(self, prefixes: dict[str, str], labels: set[str]) -> None:
        self._prefixes = dict(sorted(prefixes.items()))
        self._labels = labels
        self._used: set[str] = set()

    def used_prefixes(self) -> list[tuple[str, str]]:
        """The prefixes that what was written so far needs, sorted."""
        return [(name, iri) for name, iri in self._prefixes.items() if name in self._used]

    def section(self, section: Section) -> list[str]:
        """The heading and the sorted statements of a section, each as a block of lines."""
        comments: dict[str, list[str]] = defaultdict(list)
        trees: dict[str, tuple[tuple[int, str], Tree, ox.NamedNode | ox.BlankNode]] = {}
        for statement in section.statements:
            tree, subject = self._parse(statement)
            key = self._subject_key(tree, subject)
            if isinstance(subject, ox.BlankNode) and subject.value not in self._labels:
                # Nodes without a name stay as many as they were, also where they say the same.
                block = self._block(tree, subject)
                twins = sum(1 for name in trees if name == block or name.startswith(f"{block}\0"))
                key = (2, f"{block}\0{twins:06}" if twins else block)
            name = key[1]
            if name in trees and key[0] < 2:
                _merge(trees[name][1], tree)
                key = min(key, trees[name][0])
                tree = trees[name][1]
            trees[name] = (key, tree, subject)
            comments[name] += [line for line in statement.comments if line not in comments[name]]
        blocks = ["\n".join(section.heading)] if section.heading else []
        for key, tree, subject in sorted(trees.values(), key=lambda entry: entry[0]):
            block = "\n".join([*comments[key[1]], self._block(tree, subject)])
            if blocks and _short(block) and _all_short(blocks[-1]):
                blocks[-1] += "\n" + block
            else:
                blocks.append(block)
        if section.tail:
            blocks.append("\n".join(section.tail))
        return blocks

    def _parse(self, statement: Statement) -> tuple[Tree, ox.NamedNode | ox.BlankNode]:
        head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in self._prefixes.items())
        try:
            triples = [quad.triple for quad in ox.parse(f"{head}{statement.text} .", format=ox.RdfFormat.TURTLE)]
        except SyntaxError as error:
            raise TurtleProblem(str(error), statement.line) from None
        tree: Tree = defaultdict(lambda: defaultdict(set))
        for triple in triples:
            tree[triple.subject][triple.predicate].add(triple.object)
        return tree, self._root(tree, statement)

    def _root(self, tree: Tree, statement: Statement) -> ox.NamedNode | ox.BlankNode:
        """The subject of a statement: the one that no other node of the statement holds."""
        held = {value for facts in tree.values() for values in facts.values() for value in values}
        roots = [node for node in tree if not self._anonymous(node) or node not in held]
        if len(roots) != 1:
            raise TurtleProblem("a statement with more than one subject", statement.line)
        return roots[0]

    def _anonymous(self, node: Term) -> bool:
        return isinstance(node, ox.BlankNode) and node.value not in self._labels

    def _subject_key(self, tree: Tree, subject: ox.NamedNode | ox.BlankNode) -> tuple[int, str]:
        kinds = {str(kind.value) for kind in tree[subject].get(ox.NamedNode(_RDF + "type"), ())}
        return (0 if kinds & set(_MAIN) else 1, subject.value)

    # How it is written ------------------------------------------------------------------------------------------------

    def _block(self, tree: Tree, subject: ox.NamedNode | ox.BlankNode) -> str:
        name = "[]" if self._anonymous(subject) else self._term(tree, subject, 0)
        lines = self._facts(tree, subject, 4, len(name) + 1)
        return f"{name} " + " ;\n    ".join(lines) + " ."

    def _facts(self, tree: Tree, node: ox.NamedNode | ox.BlankNode, indent: int, first: int) -> list[str]:
        """Predicate and values, one string each (it may hold line breaks), the lines of values indented by 8."""
        facts: list[str] = []
        named = sorted((self._predicate(p), p) for p in tree[node])
        for name, predicate in sorted(named, key=lambda entry: (_RANK.get(entry[0], 0), entry[0])):
            start = (first if not facts else indent) + len(name) + 1
            facts.append(f"{name} {self._values(tree, tree[node][predicate], indent + 4, start)}")
        return facts

    def _predicate(self, predicate: ox.NamedNode) -> str:
        return "a" if predicate.value == _RDF + "type" else self._iri(predicate.value)

    def _values(self, tree: Tree, values: set[Term], indent: int, start: int) -> str:
        ordered = sorted(values, key=lambda value: _value_key(value, self._term(tree, value, indent)))
        flat = " , ".join(self._term(tree, value, indent) for value in ordered)
        if "\n" not in flat and start + len(flat) + 2 <= WIDTH:
            return flat
        glue = " ,\n" + " " * indent
        if len(ordered) == 1:
            return self._term(tree, ordered[0], indent - 4, start)
        return glue.join(self._term(tree, value, indent) for value in ordered)

    def _term(self, tree: Tree, value: Term, indent: int, start: int | None = None) -> str:
        if isinstance(value, ox.NamedNode):
            return "()" if value.value == _RDF + "nil" else self._iri(value.value)
        if isinstance(value, ox.Literal):
            return self._literal(value)
        if not self._anonymous(value):
            return f"_:{value.value}"
        if value not in tree:
            return "[]"
        return self._nested(tree, value, indent, indent if start is None else start)

    def _nested(self, tree: Tree, node: ox.BlankNode, indent: int, start: int) -> str:
        """A list or a blank node in brackets: on one line where that fits, otherwise one entry a line."""
        items = self._items(tree, node)
        opening, closing, glue = ("( ", " )", " ") if items is not None else ("[ ", " ]", " ; ")
        deep = indent + 4

        def entries(place: int) -> list[str]:
            if items is not None:
                return [self._term(tree, item, place) for item in items]
            return self._facts(tree, node, place, place)

        flat = opening + glue.join(entries(0)) + closing
        if "\n" not in flat and start + len(flat) + 2 <= WIDTH:
            return flat
        pad = "\n" + " " * deep
        return opening.rstrip() + pad + (glue.rstrip() + pad).join(entries(deep)) + "\n" + " " * indent + closing.lstrip()

    def _items(self, tree: Tree, node: ox.BlankNode) -> list[Term] | None:
        """The members where ``node`` is a well-formed list of this statement, otherwise None."""
        first, rest, nil = (ox.NamedNode(_RDF + name) for name in ("first", "rest", "nil"))
        items: list[Term] = []
        current: Term = node
        while current != nil:
            if not isinstance(current, ox.BlankNode) or not self._anonymous(current) or current not in tree:
                return None
            facts = tree[current]
            if set(facts) != {first, rest} or len(facts[first]) != 1 or len(facts[rest]) != 1:
                return None
            items += facts[first]
            (current,) = facts[rest]
        return items

    def _iri(self, iri: str) -> str:
        for name, start in sorted(self._prefixes.items(), key=lambda entry: -len(entry[1])):
            if start and iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :]):
                self._used.add(name)
                return f"{name}:{iri[len(start) :]}"
        return str(ox.NamedNode(iri))

    def _literal(self, value: ox.Literal) -> str:
        text = _quoted(value.value)
        if value.language:
            return f"{text}@{value.language}"
        datatype = value.datatype.value
        if datatype == _XSD + "string":
            return text
        short = _SHORT.get(datatype.removeprefix(_XSD))
        if short and short.fullmatch(value.value):
            return str(value.value)
        return f"{text}^^{self._iri(datatype)}"


def _short(block: str) -> bool:
    """Whether a statement takes one line and has no comment: such statements stand without blank lines."""
    return "\n" not in block and not block.startswith("#") and block.endswith(" .")


def _all_short(block: str) -> bool:
    return all(_short(line) for line in block.splitlines())


def _merge(tree: Tree, other: Tree) -> None:
    for subject, facts in other.items():
        for predicate, values in facts.items():
            tree[subject][predicate] |= values


def _value_key(value: Term, written: str) -> tuple[int, str, str]:
    if isinstance(value, ox.Literal):
        return (1, value.language or "", written)
    return (2 if isinstance(value, ox.BlankNode) else 0, "", written)


def _quoted(text: str) -> str:
    if "\n" in text and "\r" not in text:
        return '"""' + text.replace("\\", "\\\\").replace('"', '\\"') + '"""'
    for raw, safe in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(raw, safe)
    return f'"{text}"'

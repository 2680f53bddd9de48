"""Builds each constraint component of SHACL from its parameters; the names that are missing here are not known.

A builder gets the compiler, the node of the shapes graph and the shape in the making, and returns constraints.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pactgraph.build.shacl.constraints import (
    Closed,
    Constraint,
    Count,
    EachValue,
    HasValue,
    OfClass,
    Pair,
    UniqueLanguage,
    in_language,
    in_range,
    length,
    matching,
    not_below,
    of_kind,
    shared,
    unequal,
)
from pactgraph.build.shacl.graph import BLANK, IRI, LITERAL, Unknown
from pactgraph.build.shacl.shape import Properties, Qualified, Shape, Shapes
from pactgraph.build.shacl.sparql import sparql_constraints
from pactgraph.build.shacl.walk import list_items
from pactgraph.namespaces import RDF, RDFS

if TYPE_CHECKING:
    from pactgraph.build.shacl.compile import Compiler

Builder = Callable[["Compiler", Any, Shape], list[Constraint]]

# What says something else than a constraint, or is read by the builder of another name.
ELSEWHERE = frozenset({
    "path", "targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf", "severity", "message", "deactivated", "name",
    "description", "order", "group", "defaultValue", "flags", "ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount",
    "qualifiedValueShapesDisjoint",
})
_NODE_KINDS = {"IRI": {IRI}, "BlankNode": {BLANK}, "Literal": {LITERAL}, "BlankNodeOrIRI": {BLANK, IRI},
               "BlankNodeOrLiteral": {BLANK, LITERAL}, "IRIOrLiteral": {IRI, LITERAL}}
_RANGES = {"minExclusive": {1}, "minInclusive": {0, 1}, "maxExclusive": {-1}, "maxInclusive": {-1, 0}}
_TYPE, _BELOW, _RESOURCE = ox.NamedNode(RDF + "type"), ox.NamedNode(RDFS + "subClassOf"), ox.NamedNode(RDFS + "Resource")


def _name(parameter: str) -> str:
    return parameter[0].upper() + parameter[1:] + "ConstraintComponent"


def _whole(compiler: Compiler, node: Any, name: str) -> int:
    """A parameter that is a whole number, not below 0."""
    from rdflib import XSD, Literal

    value = compiler.one(node, name)
    if not isinstance(value, Literal) or value.datatype != XSD.integer or not re.fullmatch(r"\d{1,9}", str(value)):
        raise Unknown(f"sh:{name} is no whole number")
    return int(str(value))


def _only_with_path(shape: Shape, name: str) -> None:
    if shape.path is None:
        raise Unknown(f"sh:{name} on a node shape")


def _class(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    graph = compiler.graph
    return [OfClass(graph, compiler.number(wanted), graph.number(_TYPE), graph.number(_BELOW))
            for wanted in compiler.many(node, "class")]


def _datatype(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    wanted = str(compiler.one(node, "datatype"))
    return [EachValue(_name("datatype"), lambda value: compiler.values.of_datatype(value, wanted))]


def _node_kind(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    from rdflib import SH

    wanted = str(compiler.one(node, "nodeKind")).removeprefix(str(SH))
    if wanted not in _NODE_KINDS:
        raise Unknown("a node kind that SHACL does not know")
    return [EachValue(_name("nodeKind"), of_kind(compiler.graph, frozenset(_NODE_KINDS[wanted])))]


def _min_count(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    _only_with_path(shape, "minCount")
    return [Count(_name("minCount"), _whole(compiler, node, "minCount"))]


def _max_count(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    _only_with_path(shape, "maxCount")
    return [Count(_name("maxCount"), 0, _whole(compiler, node, "maxCount"))]


def _range(name: str) -> Builder:
    def build(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
        from rdflib import Literal

        bounds = compiler.many(node, name)
        if not all(isinstance(bound, Literal) for bound in bounds):
            raise Unknown(f"sh:{name} is no literal")
        return [EachValue(_name(name), in_range(compiler.values, bound, frozenset(_RANGES[name]))) for bound in bounds]
    return build


def _min_length(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    return [EachValue(_name("minLength"), length(compiler.values, _whole(compiler, node, "minLength"), None))]


def _max_length(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    return [EachValue(_name("maxLength"), length(compiler.values, 0, _whole(compiler, node, "maxLength")))]


def _pattern(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    from rdflib import Literal

    patterns, flags = compiler.many(node, "pattern"), compiler.many(node, "flags")
    if len(flags) > 1 or not all(isinstance(term, Literal) for term in [*patterns, *flags]):
        raise Unknown("a pattern or flags that are no literals")
    letters = str(flags[0]).lower() if flags else ""
    options = (re.IGNORECASE if "i" in letters else 0) | (re.MULTILINE if "m" in letters else 0)
    try:
        return [EachValue(_name("pattern"), matching(compiler.values, re.compile(str(pattern), options))) for pattern in patterns]
    except re.error as problem:
        raise Unknown(str(problem)) from None


def _language_in(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    from rdflib import Literal

    ranges = list_items(compiler.shapes, compiler.one(node, "languageIn"))
    if not all(isinstance(term, Literal) and isinstance(term.value, str) for term in ranges):
        raise Unknown("a language that is no text")
    return [EachValue(_name("languageIn"), in_language(compiler.graph, frozenset(str(term).lower() for term in ranges)))]


def _unique_lang(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    _only_with_path(shape, "uniqueLang")
    return [UniqueLanguage(compiler.graph)] if compiler.flag(node, "uniqueLang") else []


def _in(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    allowed = {compiler.number(term) for term in list_items(compiler.shapes, compiler.one(node, "in"))}
    return [EachValue(_name("in"), allowed.__contains__)]


def _has_value(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    return [HasValue(compiler.number(wanted)) for wanted in compiler.many(node, "hasValue")]


def _pair(name: str) -> Builder:
    def build(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
        if name.startswith("less"):
            _only_with_path(shape, name)
        wrong = {"equals": unequal, "disjoint": shared}.get(name) or not_below(compiler.values, name == "lessThanOrEquals")
        return [Pair(_name(name), compiler.graph, other, wrong) for other in compiler.property_of(node, name)]
    return build


def _closed(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    from rdflib import URIRef

    if not compiler.flag(node, "closed"):
        return []
    graph, allowed = compiler.graph, set()
    for listed in compiler.many(node, "ignoredProperties"):
        allowed |= {compiler.number(term) for term in list_items(compiler.shapes, listed)}
    for inner in compiler.many(node, "property"):
        path = compiler.one(inner, "path")
        if isinstance(path, URIRef):
            allowed.add(compiler.number(path))
    return [Closed(graph, allowed, graph.number(_TYPE), graph.number(_RESOURCE))]


def _property(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    return [Properties(compiler.shape(inner, wants_path=True)) for inner in compiler.many(node, "property")]


def _node(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    return [Shapes(_name("node"), [compiler.shape(inner, wants_path=False)], 1, 1) for inner in compiler.many(node, "node")]


def _not(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    return [Shapes(_name("not"), [compiler.shape(inner)], 0, 0) for inner in compiler.many(node, "not")]


def _logical(name: str) -> Builder:
    def build(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
        made: list[Constraint] = []
        for listed in compiler.many(node, name):
            inner = [compiler.shape(member) for member in list_items(compiler.shapes, listed)]
            least, most = {"and": (len(inner), len(inner)), "or": (1, len(inner)), "xone": (1, 1)}[name]
            made.append(Shapes(_name(name), inner, least, most))
        return made
    return build


def _qualified(compiler: Compiler, node: Any, shape: Shape) -> list[Constraint]:
    from rdflib import SH

    _only_with_path(shape, "qualifiedValueShape")
    shapes = compiler.shapes
    least = _whole(compiler, node, "qualifiedMinCount") if (node, SH.qualifiedMinCount, None) in shapes else None
    most = _whole(compiler, node, "qualifiedMaxCount") if (node, SH.qualifiedMaxCount, None) in shapes else None
    if least is None and most is None:
        raise Unknown("sh:qualifiedValueShape without a count")
    disjoint = (node, SH.qualifiedValueShapesDisjoint, None) in shapes and compiler.flag(node, "qualifiedValueShapesDisjoint")
    made: list[Constraint] = []
    for wanted in compiler.many(node, "qualifiedValueShape"):
        beside = {other for parent in shapes.subjects(SH.property, node) for sister in shapes.objects(parent, SH.property)
                  for other in shapes.objects(sister, SH.qualifiedValueShape) if other != wanted} if disjoint else set()
        made.append(Qualified(compiler.shape(wanted), [compiler.shape(other) for other in sorted(beside)], least or 0, most))
    return made


BUILDERS: dict[str, Builder] = {
    "class": _class, "datatype": _datatype, "nodeKind": _node_kind, "minCount": _min_count, "maxCount": _max_count,
    "minLength": _min_length, "maxLength": _max_length, "pattern": _pattern, "languageIn": _language_in,
    "uniqueLang": _unique_lang, "in": _in, "hasValue": _has_value, "closed": _closed, "property": _property, "node": _node,
    "not": _not, "qualifiedValueShape": _qualified, "sparql": sparql_constraints,
    **{name: _range(name) for name in _RANGES},
    **{name: _pair(name) for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals")},
    **{name: _logical(name) for name in ("and", "or", "xone")},
}

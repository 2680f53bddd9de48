"""Our engine beside pySHACL: the same results for random graphs and shapes, and for an error of every kind in ours."""

from __future__ import annotations

import random
from collections import Counter

import pyoxigraph as ox
import pytest
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_shapes import (
    CLASSES,
    LITERALS,
    NODES,
    OF_PROPERTIES,
    PROPERTIES,
    SEVERITY,
    SHAPE,
    STATEMENT,
    TARGET,
    Triples,
    our_files,
    quads,
    told,
)

from pactgraph.build.check import FAST, PYSHACL, check, shapes_graph
from pactgraph.build.rdflib_graph import to_graph
from pactgraph.build.shacl.engine import Engine
from pactgraph.errors import UserError

pytestmark = pytest.mark.slow


def found(data: list[ox.Quad], shapes: str, checker: str) -> Counter[object] | None:
    """None where the shapes or the data are refused."""
    try:
        return told(check(data, to_graph(quads(shapes)), checker))
    except UserError:
        return None


@given(st.lists(STATEMENT, min_size=1, max_size=14), st.lists(st.tuples(TARGET, SHAPE, SEVERITY), min_size=1, max_size=3))
@settings(max_examples=examples(120), suppress_health_check=list(HealthCheck))
def test_any_shapes_find_in_any_graph_what_pyshacl_finds(triples: Triples, parts: Triples) -> None:
    data = quads("".join(f"{' '.join(triple)} .\n" for triple in triples))
    shapes = "".join(f"ex:S{place} {target} ; {shape}{severity} .\n" for place, (target, shape, severity) in enumerate(parts))
    wanted = found(data, shapes, PYSHACL)
    if wanted is not None:  # where pySHACL gives up, we may still know
        assert found(data, shapes, FAST) == wanted


VALUED = st.tuples(st.sampled_from(NODES[:2]), st.sampled_from(PROPERTIES), st.sampled_from(LITERALS))


@given(st.lists(VALUED, min_size=2, max_size=12),
       st.lists(st.tuples(st.sampled_from(PROPERTIES), OF_PROPERTIES), min_size=1, max_size=4))
@settings(max_examples=examples(60), suppress_health_check=list(HealthCheck))
def test_counts_languages_and_orders_are_judged_alike(triples: Triples, parts: list[tuple[str, str]]) -> None:
    data = quads("".join(f"{' '.join(triple)} .\n" for triple in triples))
    inner = "".join(f"ex:S sh:property [ sh:path {path} ; {part} ] ." for path, part in parts)
    shapes = f"ex:S sh:targetNode ex:a , ex:b . {inner}"
    wanted = found(data, shapes, PYSHACL)
    if wanted is not None:
        assert found(data, shapes, FAST) == wanted


SIDES = st.sampled_from(("?value", "?w", "2", "'a'", "ex:b", "'2020-06-01'^^xsd:date", "true", "YEAR(?value)", "YEAR(?w)"))
COMPARED = st.tuples(SIDES, st.sampled_from(("<", ">", "<=", ">=", "=", "!=")), SIDES).map(" ".join)
CONDITION = st.recursive(st.one_of(COMPARED, st.sampled_from(("BOUND(?w)", "!BOUND(?w)", "?value"))), lambda inner: st.one_of(
    st.tuples(inner, st.sampled_from(("&&", "||")), inner).map(" ".join), inner.map(lambda text: f"COALESCE({text}, false)"),
    inner.map(lambda text: f"({text})")), max_leaves=3)
PATTERN = st.sampled_from((
    "$this ex:p ?value . OPTIONAL { $this ex:q ?w }", "$this ex:p ?value ; ex:q ?w .", "$this ex:p ?value , ?w .",
    "$this ex:p ?n . ?n ex:p ?value . OPTIONAL { ?n ex:q ?w }", "?n ex:p $this . ?n ex:q ?value . $this ex:r ?w .",
    "OPTIONAL { $this ex:p ?value } $this ex:q ?w ."))
QUERY = st.tuples(st.sampled_from(("$this", "$this ?value", "DISTINCT $this ?value")), PATTERN, CONDITION).map(
    lambda three: f"SELECT {three[0]} WHERE {{ {three[1]} FILTER ( {three[2]} ) }}")


DAYS = ('"2020-01-01"^^xsd:date', '"2021-01-01"^^xsd:date')
ASKED = st.one_of(
    st.tuples(st.sampled_from(NODES), st.just("ex:p"), st.sampled_from(NODES)),
    st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(
        ("1", "2", "3", "1.5", *DAYS, '"a"', '"b"', '"a"@en', "true", "ex:b", '"01"^^xsd:integer'))),
    st.tuples(st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(DAYS)),
)


@given(st.lists(ASKED, min_size=4, max_size=14), QUERY)
@settings(max_examples=examples(25), suppress_health_check=list(HealthCheck))
def test_queries_find_what_pyshacl_finds_node_by_node(triples: Triples, query: str) -> None:
    data = quads("".join(f"{' '.join(triple)} .\n" for triple in triples))
    shapes = f"""ex: sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/" ] ,
        [ sh:prefix "xsd" ; sh:namespace "http://www.w3.org/2001/XMLSchema#" ] .
        ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p , ex:q ; sh:sparql [ sh:prefixes ex: ; sh:select "{query}" ] ."""
    wanted = found(data, shapes, PYSHACL)
    if wanted is not None:
        assert found(data, shapes, FAST) == wanted


def test_an_error_of_every_kind_in_ours_is_told_alike_to_the_last_word() -> None:
    data = list(our_files("valid", "invalid"))
    wanted = check(data, checker=PYSHACL)
    assert len(wanted) > 200
    assert told(check(data), messages=True) == told(wanted, messages=True)


@pytest.mark.parametrize("seed", [1, 2])
def test_values_of_every_kind_in_the_wrong_place_are_told_alike(seed: int) -> None:
    chance = random.Random(seed)
    valid = [quad for quad in our_files("valid") if "example.org" in str(quad.subject)]
    odd = [quad.object for quad in quads("".join(f"ex:a ex:p {term} ." for term in (*LITERALS, *CLASSES, "_:x")))]
    mixed = [*odd, *(quad.object for quad in valid)]
    data = [ox.Quad(quad.subject, quad.predicate, chance.choice(mixed) if chance.random() < 0.2 else quad.object)
            for quad in valid for _ in range(chance.choice((0, 1, 1, 1, 1, 2)))]
    wanted = check(data, checker=PYSHACL)
    assert len(wanted) > 150
    assert told(check(data), messages=True) == told(wanted, messages=True)


def test_none_of_our_shapes_is_left_to_pyshacl() -> None:
    engine = Engine(our_files("valid"), shapes_graph())
    assert engine.check() == [] and engine.left == {}
    assert len(engine.roots) > 80

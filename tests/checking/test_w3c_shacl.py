"""W3C's SHACL suite (core and SPARQL) through our checker: the same results as the suite expects.

What is known to differ stands in ``w3c-expected-failures.toml`` with its reason; a test listed there that begins to
pass fails here, so that the list stays true.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import SH, Graph, Namespace, URIRef

from pactgraph.build.check import CheckResult, check, severity_of
from pactgraph.build.paths import path_text
from pactgraph.build.rdflib_graph import ntriples, to_graph
from pactgraph.build.shacl.engine import Engine
from pactgraph.errors import UserError

HERE = Path(__file__).resolve().parent
SUITE = HERE.parents[2] / "shared" / "standards" / "shacl"
KNOWN = {item["test"]: item["reason"] for item in
         tomllib.loads((HERE / "w3c-expected-failures.toml").read_text("utf-8"))["failure"]}
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")


@dataclass(frozen=True)
class Entry:
    """A test of the suite: its name (``core/path/path-inverse-001``) and the manifest that describes it."""

    name: str
    file: Path
    node: str


@cache
def quads(file: Path) -> tuple[ox.Quad, ...]:
    """A file's statements; read once, so that a blank node is the same node in data, shapes and report."""
    return tuple(ox.parse(path=str(file), format=ox.RdfFormat.TURTLE, base_iri=file.as_uri()))


def entries(manifest: Path, suite: Path) -> Iterator[Entry]:
    """The entries of a manifest and of those that it includes."""
    graph = to_graph(quads(manifest))
    here = URIRef(manifest.as_uri())
    for included in sorted(graph.objects(here, MF.include)):
        yield from entries(_file(included), suite)
    for listed in graph.objects(here, MF.entries):
        for node in graph.items(listed):
            name = f"{manifest.parent.relative_to(suite)}/{str(node).rsplit('/', 1)[-1]}"
            yield Entry(name, manifest, str(node))


def action(entry: Entry) -> tuple[Path, Path]:
    """The files of data and of shapes."""
    graph = to_graph(quads(entry.file))
    node = graph.value(URIRef(entry.node), MF.action)
    return _file(graph.value(node, SHT.dataGraph)), _file(graph.value(node, SHT.shapesGraph))


def expected(entry: Entry) -> Counter[tuple[str, ...]] | None:
    """The results that the suite expects; None where it expects that the shapes are refused."""
    graph = to_graph(quads(entry.file))
    report = graph.value(URIRef(entry.node), MF.result)
    if report == SHT.Failure:
        return None
    return Counter(_expected(graph, node) for node in graph.objects(report, SH.result))


def _expected(graph: Graph, node: Any) -> tuple[str, ...]:
    return (
        ntriples(graph.value(node, SH.focusNode)),
        path_text(graph, graph.value(node, SH.resultPath)),
        ntriples(graph.value(node, SH.value)),
        str(graph.value(node, SH.sourceConstraintComponent)).removeprefix(str(SH)),
        severity_of(graph.value(node, SH.resultSeverity)),
    )


def told(result: CheckResult) -> tuple[str, ...]:
    """What is compared of one of our results."""
    return (result.focus_term, result.path, result.value_term, result.component, result.severity)


def _file(address: Any) -> Path:
    return Path(str(address).removeprefix("file://"))


ENTRIES = list(entries(SUITE / "manifest.ttl", SUITE)) if SUITE.is_dir() else []
pytestmark = pytest.mark.skipif(not ENTRIES, reason="W3C's SHACL suite does not stand in ../shared/standards/shacl")


def _cases() -> list[object]:
    return [
        pytest.param(entry, id=entry.name, marks=pytest.mark.xfail(strict=True, reason=KNOWN[entry.name]))
        if entry.name in KNOWN else pytest.param(entry, id=entry.name)
        for entry in ENTRIES
    ]


@pytest.mark.parametrize("entry", _cases())
def test_our_checker_finds_what_the_suite_expects(entry: Entry) -> None:
    data, shapes = action(entry)
    wanted = expected(entry)
    if wanted is None:
        with pytest.raises(UserError) as caught:
            check(quads(data), to_graph(quads(shapes)))
        assert caught.value.key == "shapes-unusable"
        return
    found = Counter(told(result) for result in check(quads(data), to_graph(quads(shapes))))
    assert found == wanted


def test_the_core_of_the_suite_is_checked_by_our_own_engine() -> None:
    """All but a shape within itself, a qualified count without its shape, and a boolean that is written as 1."""
    left = set()
    for entry in ENTRIES:
        data, shapes = action(entry)
        if entry.name.startswith("core/") and entry.name != "core/complex/shacl-shacl":
            engine = Engine(quads(data), to_graph(quads(shapes)))
            for root in list(engine.roots):
                engine.check_root(root, engine.focus_nodes(root))
            left |= {entry.name} if engine.left else set()
    assert left == {"core/node/qualified-001", "core/property/uniqueLang-002"}


def test_the_suite_is_whole_and_the_list_names_its_tests() -> None:
    names = [entry.name for entry in ENTRIES]
    assert len(names) == len(set(names))
    assert sum(name.startswith("core/") for name in names) == 98
    assert set(KNOWN) <= set(names)
    assert all(len(reason) > 20 for reason in KNOWN.values())

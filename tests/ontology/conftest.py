"""The graphs that the tests of the ontology look at, each parsed once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Namespace

ROOT = Path(__file__).resolve().parents[2]
PG = Namespace("https://w3id.org/pactgraph/ontology/")


def _graph(files: list[Path]) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file, format="turtle")
    return graph


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """The ontology alone."""
    return _graph([ROOT / "ontology" / "pactgraph.ttl"])


@pytest.fixture(scope="session")
def alignments() -> Graph:
    """The alignments alone."""
    return _graph([ROOT / "ontology" / "alignments.ttl"])


@pytest.fixture(scope="session")
def vocabularies() -> dict[str, Graph]:
    """Each vocabulary by the name of its file."""
    files = sorted((ROOT / "ontology" / "vocabularies").glob("*.ttl"))
    return {file.stem: _graph([file]) for file in files}


@pytest.fixture(scope="session")
def examples() -> Graph:
    """The valid examples of the shapes."""
    return _graph(sorted((ROOT / "tests" / "shapes" / "cases" / "valid").glob("*.ttl")))

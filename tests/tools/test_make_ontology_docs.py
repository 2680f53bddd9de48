"""The pages of the ontology, made by pyLODE where it is installed, and the diagrams held against the ontology."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace

ROOT = Path(__file__).resolve().parents[2]
PG = Namespace("https://w3id.org/pactgraph/ontology/")
DCAM = Namespace("http://purl.org/dc/dcam/")
DIAGRAMS = re.findall(r"```mermaid\nclassDiagram\n(.+?)```", (ROOT / "docs/ontology/areas.md").read_text("utf-8"), re.S)

spec = importlib.util.spec_from_file_location("make_ontology_docs", ROOT / "tools" / "make_ontology_docs.py")
assert spec and spec.loader
tool = importlib.util.module_from_spec(spec)
sys.modules["make_ontology_docs"] = tool
spec.loader.exec_module(tool)


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "pactgraph.ttl")


@pytest.mark.skipif(not tool.available(), reason="pyLODE is not installed (dependency group docs)")
def test_pages_are_made(tmp_path: Path) -> None:
    files = tool.make(tmp_path, only=("role", "upr-position"))  # the pages of the others are made alike, by the same template
    names = {file.name for file in files}
    assert names == {"index.html", "pactgraph.html", "role.html", "upr-position.html", "context.jsonld"}
    page = (tmp_path / "pactgraph.html").read_text(encoding="utf-8")
    assert "Recommendation" in page and "Khuyến nghị" in page
    assert "upr-position.html" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_without_pylode_the_tool_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "available", lambda: False)
    assert tool.main([]) == 1
    assert "--group docs" in capsys.readouterr().err


_ALONE = re.compile(r"^ +class (\w+)$", re.MULTILINE)
"""A class that no arrow leads to."""


def _edges() -> list[tuple[str, str, str]]:
    """Start, property (empty for a wider class) and end of each arrow of the diagrams."""
    edges = []
    for line in "".join(DIAGRAMS).splitlines():
        if _ALONE.fullmatch(line):
            continue
        if found := re.fullmatch(r"\s+(\w+) <\|-- (\w+)", line):
            edges.append((found[2], "", found[1]))
        elif found := re.fullmatch(r"\s+(\w+) --> (\w+) : (\w+)", line):
            edges.append((found[1], found[3], found[2]))
        else:
            found = re.fullmatch(r"\s+(\w+) <-- (\w+) : (\w+)", line)
            assert found, line
            edges.append((found[2], found[3], found[1]))
    return edges


def test_diagrams_say_what_the_ontology_says(ontology: Graph) -> None:
    for start, name, end in _edges():
        if not name:
            assert (PG[start], RDFS.subClassOf, PG[end]) in ontology, (start, end)
            continue
        for node, predicates in ((start, (RDFS.domain, DCAM.domainIncludes)), (end, (RDFS.range, DCAM.rangeIncludes))):
            wider = set(ontology.transitive_objects(PG[node], RDFS.subClassOf))
            meant = {value for predicate in predicates for value in ontology.objects(PG[name], predicate)}
            assert wider & meant, (start, name, end)


def test_every_class_stands_in_a_diagram(ontology: Graph) -> None:
    drawn = {PG[node] for start, _, end in _edges() for node in (start, end)}
    drawn |= {PG[name] for name in _ALONE.findall("".join(DIAGRAMS))}
    classes = {term for term in ontology.subjects(RDF.type, OWL.Class) if term in PG}
    assert sorted(classes - drawn) == []


def test_the_index_shows_every_diagram() -> None:
    areas = tool._areas((ROOT / "docs" / "ontology" / "areas.md").read_text(encoding="utf-8"))
    assert areas.count("<pre") == len(DIAGRAMS)

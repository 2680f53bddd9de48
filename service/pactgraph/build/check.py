"""Checks a graph against SHACL shapes. pySHACL is the reference; results come back as plain records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pactgraph.build.infer import to_rdflib
from pactgraph.namespaces import PG, VOCAB
from pactgraph.resources import shipped_files

if TYPE_CHECKING:
    from rdflib import Graph

_SEVERITY = {"Violation": "error", "Warning": "warning", "Info": "info"}


@dataclass(frozen=True)
class CheckResult:
    """One result of a check: what is wrong where, in both languages. ``severity`` is error, warning or info.

    ``gap_type`` is the gap that a completeness shape reports, empty for a data error.
    """

    severity: str
    focus: str
    path: str
    value: str
    shape: str
    component: str
    message: dict[str, str] = field(default_factory=dict, hash=False, compare=False)
    gap_type: str = ""

    def sort_key(self) -> tuple[str, ...]:
        return (self.severity, self.focus, self.shape, self.path, self.value, self.component)


def shapes_graph(files: Iterable[Path] | None = None) -> Graph:
    """The shipped shapes (or those of ``files``) as one rdflib graph."""
    from rdflib import Graph

    graph = Graph()
    for path in shipped_files("shapes", ".ttl") if files is None else files:
        graph.parse(path, format="turtle")
    return graph


def check(quads: Iterable[ox.Quad], shapes: Graph | None = None) -> list[CheckResult]:
    """Validate the union of graphs; nothing is fetched and no import is followed. Results come in a fixed order."""
    import pyshacl

    shapes = shapes_graph() if shapes is None else shapes
    data = to_rdflib(quads)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", do_owl_imports=False, advanced=False)
    return sorted(_results(report, shapes), key=CheckResult.sort_key)


def _results(report: Any, shapes: Graph) -> Iterable[CheckResult]:
    from rdflib import SH

    for node in set(report.objects(None, SH.result)):
        shape = report.value(node, SH.sourceShape)
        yield CheckResult(
            severity=_SEVERITY.get(str(report.value(node, SH.resultSeverity)).rsplit("#", 1)[-1], "error"),
            focus=str(report.value(node, SH.focusNode)),
            path=str(report.value(node, SH.resultPath) or ""),
            value=str(report.value(node, SH.value) or ""),
            shape=str(shape),
            component=str(report.value(node, SH.sourceConstraintComponent)).rsplit("#", 1)[-1],
            message=_messages(report, node, shapes, shape),
            gap_type=_gap_type(shapes, shape),
        )


def _messages(report: Any, node: Any, shapes: Graph, shape: Any) -> dict[str, str]:
    """The messages by language; those of SPARQL constraints lose their tags in the report and are looked up."""
    from rdflib import SH

    constraint = report.value(node, SH.sourceConstraint)
    found: dict[str, str] = {}
    for messages in (
        report.objects(node, SH.resultMessage),
        shapes.objects(constraint, SH.message) if constraint is not None else (),
        shapes.objects(shape, SH.message),
    ):
        for message in sorted(messages):
            if message.language:
                found.setdefault(message.language, str(message))
    if not found:
        text = str(report.value(node, SH.resultMessage) or "")
        found = {"en": text, "vi": text}
    return found


def _gap_type(shapes: Graph, shape: Any) -> str:
    from rdflib import URIRef

    value = shapes.value(shape, URIRef(PG + "gapType"))
    return str(value).removeprefix(f"{VOCAB}gap-type/") if value else ""

"""Checks a graph against SHACL shapes. pySHACL is the reference; results come back as plain records."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pactgraph.build.paths import path_text
from pactgraph.build.rdflib_graph import ntriples, plain, quiet_literals, to_graph
from pactgraph.errors import fail
from pactgraph.namespaces import PG, PREFIXES, VOCAB
from pactgraph.resources import shipped_files

if TYPE_CHECKING:
    from rdflib import Graph

_SEVERITY = {"Violation": "error", "Warning": "warning", "Info": "info"}
_HOLE = re.compile(r"\{[?$](this|path|value)\}")


@dataclass(frozen=True)
class CheckResult:
    """One result of a check: what is wrong where, in both languages. ``severity`` is error, warning or info.

    ``focus`` and ``value`` are an IRI, the words of a literal, or ``_:`` and a blank node's label; ``focus_term`` and
    ``value_term`` are the same terms in N-Triples syntax, for whoever must tell an IRI from a text. ``path`` is the
    IRI of a property or a path in SPARQL's syntax (:mod:`pactgraph.build.paths`). ``component`` is the name of a
    constraint component, its IRI where it is not SHACL's own. ``gap_type`` is the gap that a completeness shape
    reports, empty for a data error.
    """

    severity: str
    focus: str
    path: str
    value: str
    shape: str
    component: str
    message: dict[str, str] = field(default_factory=dict, hash=False, compare=False)
    gap_type: str = ""
    focus_term: str = ""
    value_term: str = ""

    def sort_key(self) -> tuple[str, ...]:
        return (self.severity, self.focus, self.shape, self.path, self.value, self.component)


def severity_of(term: object) -> str:
    """Our word for a SHACL severity; one that SHACL does not define counts as an error, so that none is lost."""
    return _SEVERITY.get(str(term).removeprefix(PREFIXES["sh"]), "error")


def shapes_graph(files: Iterable[Path] | None = None) -> Graph:
    """The shipped shapes (or those of ``files``) as one rdflib graph."""
    paths = shipped_files("shapes", ".ttl") if files is None else files
    return to_graph(quad for path in paths for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE,
                                                                rename_blank_nodes=True))


def check(quads: Iterable[ox.Quad], shapes: Graph | None = None) -> list[CheckResult]:
    """Validate the union of graphs; nothing is fetched and no import is followed. Results come in a fixed order.

    Shapes that cannot be checked (broken, recursive, beyond SHACL's rules) raise a UserError: none is ever skipped.
    """
    shapes = shapes_graph() if shapes is None else shapes
    _complete_prefixes(shapes)
    return sorted(_results(_report(to_graph(quads), shapes), shapes), key=CheckResult.sort_key)


def _report(data: Graph, shapes: Graph) -> Graph:
    import pyshacl
    from rdflib import Graph

    try:
        with quiet_literals():
            _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", do_owl_imports=False,
                                            advanced=False)
    except RecursionError:
        raise fail("data-too-deep") from None
    except Exception as problem:  # pySHACL and rdflib tell of shapes beyond their means by exceptions of many kinds.
        raise fail("shapes-unusable", reason=str(problem) or type(problem).__name__) from problem
    if not isinstance(report, Graph):
        raise fail("shapes-unusable", reason=str(report))
    return report


def _complete_prefixes(shapes: Graph) -> None:
    """Give each holder of prefixes those of what it imports inside the shapes graph; pySHACL does not look there."""
    from rdflib import OWL, SH

    for holder in set(shapes.objects(None, SH.prefixes)):
        for imported in set(shapes.transitive_objects(holder, OWL.imports)) - {holder}:
            for declaration in list(shapes.objects(imported, SH.declare)):
                shapes.add((holder, SH.declare, declaration))


def _results(report: Any, shapes: Graph) -> Iterable[CheckResult]:
    from rdflib import SH

    for node in set(report.objects(None, SH.result)):
        shape = report.value(node, SH.sourceShape)
        focus, value = report.value(node, SH.focusNode), report.value(node, SH.value)
        path = path_text(report, report.value(node, SH.resultPath))
        holes = {"this": plain(focus), "value": plain(value), "path": path}
        yield CheckResult(
            severity=severity_of(report.value(node, SH.resultSeverity)),
            focus=plain(focus),
            path=path,
            value=plain(value),
            shape=plain(shape),
            component=str(report.value(node, SH.sourceConstraintComponent)).removeprefix(PREFIXES["sh"]),
            message=_messages(report, node, shapes, shape, holes),
            gap_type=_gap_type(shapes, shape),
            focus_term=ntriples(focus),
            value_term=ntriples(value),
        )


def _messages(report: Any, node: Any, shapes: Graph, shape: Any, holes: dict[str, str]) -> dict[str, str]:
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
                found.setdefault(message.language, _HOLE.sub(lambda hole: holes[hole[1]], str(message)))
    if not found:
        text = str(report.value(node, SH.resultMessage) or "")
        found = {"en": text, "vi": text}
    return found


def _gap_type(shapes: Graph, shape: Any) -> str:
    from rdflib import URIRef

    value = shapes.value(shape, URIRef(PG + "gapType"))
    return str(value).removeprefix(f"{VOCAB}gap-type/") if value else ""

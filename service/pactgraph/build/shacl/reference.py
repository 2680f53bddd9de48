"""pySHACL: the reference that every result of ours must equal, and the way out for what our engine does not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pactgraph.build.paths import path_text
from pactgraph.build.rdflib_graph import ntriples, plain, quiet_literals
from pactgraph.build.results import CheckResult, severity_of
from pactgraph.build.shacl.messages import Messages
from pactgraph.errors import fail
from pactgraph.namespaces import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph


def check_by_pyshacl(data: Graph, shapes: Graph) -> list[CheckResult]:
    """What pySHACL finds in a graph. Shapes that it cannot use raise a UserError."""
    return list(_results(_report(data, shapes), Messages(shapes)))


def complete_prefixes(shapes: Graph) -> None:
    """Give each holder of prefixes those of what it imports inside the shapes graph; pySHACL does not look there."""
    from rdflib import OWL, SH

    for holder in set(shapes.objects(None, SH.prefixes)):
        for imported in set(shapes.transitive_objects(holder, OWL.imports)) - {holder}:
            for declaration in list(shapes.objects(imported, SH.declare)):
                if (holder, SH.declare, declaration) not in shapes:
                    shapes.add((holder, SH.declare, declaration))


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


def _results(report: Any, messages: Messages) -> Iterator[CheckResult]:
    from rdflib import SH

    for node in set(report.objects(None, SH.result)):
        shape = report.value(node, SH.sourceShape)
        focus, value = report.value(node, SH.focusNode), report.value(node, SH.value)
        path = path_text(report, report.value(node, SH.resultPath))
        component = str(report.value(node, SH.sourceConstraintComponent)).removeprefix(PREFIXES["sh"])
        holes = {"this": plain(focus), "value": plain(value), "path": path}
        yield CheckResult(
            severity=severity_of(report.value(node, SH.resultSeverity)),
            focus=plain(focus),
            path=path,
            value=plain(value),
            shape=plain(shape),
            component=component,
            message=messages.fill(shape, report.value(node, SH.sourceConstraint), component, holes),
            gap_type=messages.gap_type(shape),
            focus_term=ntriples(focus),
            value_term=ntriples(value),
        )

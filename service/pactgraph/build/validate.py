"""Checks files of a user: what is wrong, in which file and line, with the shipped terms as background."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.build.assemble import shipped_graphs
from pactgraph.build.check import FAST, CheckResult
from pactgraph.build.checks import SEVERITIES, check_all
from pactgraph.ids import Ids
from pactgraph.namespaces import BASE
from pactgraph.sources.rdf import RdfFile, distinct_blank_nodes
from pactgraph.sources.rdf_places import subject_lines

_NOT_CHECKED = ("graph/derived/gaps", "graph/derived/inferred", "graph/shapes", "graph/meta", "graph/journal/log",
                "graph/journal/head")


@dataclass(frozen=True)
class Finding:
    """A result with its place. ``line`` counts from 1 and is None where it is not known.

    ``within`` is the thing in whose description a blank node without a label stands, and ``through`` the property that
    leads to it; then the line is that thing's.
    """

    result: CheckResult
    file: str = ""
    line: int | None = None
    within: str = ""
    through: str = ""


@dataclass(frozen=True)
class Report:
    """What a check found: findings from the gravest on, by file and line. ``statements`` counts what was read.

    A finding tells once what a shape says of a value, whatever number of its constraints say so; ``results`` has all.
    """

    findings: list[Finding]
    results: list[CheckResult]
    files: tuple[str, ...] = ()
    statements: int = 0
    prefixes: dict[str, str] = field(default_factory=dict)
    """The prefixes of the files, by which people know their things; only those on which all files agree."""

    def count(self, severity: str) -> int:
        """The number of findings of a severity (error, warning, info)."""
        return sum(finding.result.severity == severity for finding in self.findings)


def check_files(files: Sequence[RdfFile], background: Iterable[ox.Quad] | None = None, checker: str = FAST) -> Report:
    """Check several files together, before a background that they can refer to.

    The background is the shipped terms, or for example a built graph with its bodies and articles. What is found about
    things that only the background describes is left out.
    """
    files = distinct_blank_nodes(files)
    known = shipped_terms() if background is None else list(background)
    theirs = {subject for file in files for subject in file.subjects}
    ours = {str(quad.subject) for quad in known} - theirs
    found = check_all([*known, *(quad for file in files for quad in file.quads)], checker=checker)
    results = [result for result in found if result.focus_term not in ours]
    places = _Places(files)
    findings = [places.find(result) for result in _once(results)]
    order = {file.name: number for number, file in enumerate(files)}
    findings.sort(key=lambda item: (SEVERITIES.index(item.result.severity), order.get(item.file, len(order)),
                                    item.line or 0, item.result.sort_key()))
    return Report(findings, results, tuple(file.name for file in files), sum(len(file.quads) for file in files),
                  _agreed_prefixes(files))


def _agreed_prefixes(files: Iterable[RdfFile]) -> dict[str, str]:
    meanings: dict[str, set[str]] = {}
    for file in files:
        for prefix, namespace in file.prefixes.items():
            meanings.setdefault(prefix, set()).add(namespace)
    return {prefix: min(namespaces) for prefix, namespaces in meanings.items() if len(namespaces) == 1}


def shipped_terms() -> list[ox.Quad]:
    """The shipped ontology, alignments and vocabularies."""
    ids = Ids(BASE)
    shapes = ids.graph("shapes")
    return [quad for quad in shipped_graphs(ids) if getattr(quad.graph_name, "value", "") != shapes]


def stated(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """What a built graph states: without what was inferred, the gaps, the shapes and the descriptions of graphs."""
    return [quad for quad in quads if not getattr(quad.graph_name, "value", "").endswith(_NOT_CHECKED)]


def check_graph(quads: Iterable[ox.Quad], checker: str = FAST) -> Report:
    """Check a built graph."""
    chosen = stated(quads)
    results = check_all(chosen, checker=checker)
    findings = [Finding(result) for result in _once(results)]
    findings.sort(key=lambda item: SEVERITIES.index(item.result.severity))
    return Report(findings, results, (), len(chosen))


def _once(results: Iterable[CheckResult]) -> list[CheckResult]:
    found = {(item.severity, item.focus_term, item.path, item.value_term, item.shape): item for item in results}
    return list(found.values())


class _Places:
    """Finds the file and line of a focus node; reads a file's text for it only once something was found there."""

    def __init__(self, files: Sequence[RdfFile]) -> None:
        self.files = files
        self.lines: dict[str, dict[str, int]] = {}
        self.holders = {str(quad.object): (str(quad.subject), quad.predicate.value) for file in files
                        for quad in file.quads if isinstance(quad.object, ox.BlankNode)}

    def find(self, result: CheckResult) -> Finding:
        term, seen = result.focus_term, set()
        through = self.holders.get(term, ("", ""))[1]
        while term not in seen:
            seen.add(term)
            file = next((file for file in self.files if term in file.subjects), None)
            line = self._lines(file).get(term) if file else None
            holder = self.holders.get(term, ("", ""))[0]
            if line or not term.startswith("_:") or not holder:
                name = file.name if file else ""
                if term == result.focus_term:
                    return Finding(result, name, line)
                return Finding(result, name, line, term.strip("<>"), through)
            term = holder
        return Finding(result)

    def _lines(self, file: RdfFile) -> dict[str, int]:
        if file.name not in self.lines:
            self.lines[file.name] = subject_lines(file)
        return self.lines[file.name]

"""Writes what a check found: rows for tables, a page for people, and SHACL's own report in Turtle."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import pyoxigraph as ox

from pactgraph.build import rdflib_graph
from pactgraph.build.check import CheckResult
from pactgraph.build.checks import SEVERITIES
from pactgraph.build.paths import path_statements
from pactgraph.build.rdflib_graph import text_term, to_graph
from pactgraph.build.validate import Report
from pactgraph.namespaces import PREFIXES, RDF, SHAPES, VOCAB
from pactgraph.texts import LANGUAGES, say

COLUMNS = ["severity", "file", "line", "focus", "path", "value", "message", "shape"]
_SH = PREFIXES["sh"]
_SHACL = {"error": "Violation", "warning": "Warning", "info": "Info"}
_SHORT = {**PREFIXES, "shapes": SHAPES, "vocab": VOCAB}
_NOT_LOCAL = re.compile(r"[^A-Za-z0-9._/-]")
_IN_PATH = re.compile(r"<([^<>]*)>")


def rows(report: Report, lang: str) -> list[list[str]]:
    """A row for each finding, with exact values and codes, in the order of :data:`COLUMNS`."""
    return [[item.result.severity, item.file, str(item.line or ""), item.result.focus, item.result.path,
             item.result.value, message(item.result, lang), item.result.shape] for item in report.findings]


def people_rows(report: Report, lang: str) -> list[dict[str, str]]:
    """A row for each finding as people read it: words for severities, short names for IRIs, one place."""
    def short(iri: str) -> str:
        return shorten(iri, report.prefixes)

    return [{
        "severity": item.result.severity,
        "word": say(f"severity-{item.result.severity}", lang),
        "place": ":".join(str(part) for part in (item.file, item.line) if part),
        "focus": (say("check-within", lang, thing=short(item.within), property=short(item.through)) if item.within
                  else short(item.result.focus)),
        "path": _IN_PATH.sub(lambda found: short(found[1]), short(item.result.path)),
        "value": short(item.result.value) if item.result.value_term.startswith("<") else item.result.value,
        "message": message(item.result, lang),
        "shape": short(item.result.shape),
    } for item in report.findings]


def headings(lang: str) -> list[str]:
    """The headings over :func:`people_rows`, in the order of its keys after the first."""
    names = ("severity", "place", "focus", "path", "value", "message", "shape")
    return [say(f"check-column-{name}", lang) for name in names]


def message(result: CheckResult, lang: str) -> str:
    """The message in a language, else in another that there is."""
    return result.message.get(lang) or next((text for text in result.message.values() if text), "")


def shorten(iri: str, prefixes: dict[str, str]) -> str:
    """An IRI with a prefix that pactgraph or the reader's file knows, where its rest is a plain name; else as it is."""
    for prefix, namespace in sorted({**prefixes, **_SHORT}.items(), key=lambda pair: -len(pair[1])):
        rest = iri.removeprefix(namespace)
        if rest != iri and rest and not _NOT_LOCAL.search(rest):
            return f"{prefix}:{rest}"
    return iri


def summary(report: Report, lang: str) -> str:
    """The counts in words: ``2 data errors, 1 warning in 3 files (120 statements).``"""
    counts = {severity: report.count(severity) for severity in SEVERITIES}
    told = [_counted(f"count-{severity}", number, lang) for severity, number in counts.items()
            if number or severity == "error"]
    where = _counted("count-file", len(report.files), lang) if report.files else say("count-graph", lang)
    statements = _counted("count-statement", report.statements, lang)
    return say("check-summary", lang, found=", ".join(told), where=where, statements=statements)


def _counted(key: str, number: int, lang: str) -> str:
    return say(key if number == 1 else f"{key}s", lang, n=f"{number:,}".replace(",", "." if lang == "vi" else ","))


def as_html(report: Report, lang: str) -> str:
    """A page that stands alone: it loads nothing, and nothing in it runs."""
    import jinja2

    environment = jinja2.Environment(loader=jinja2.PackageLoader("pactgraph.build"), autoescape=True,
                                     undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    context: dict[str, Any] = {
        "lang": lang, "title": say("check-title", lang), "summary": summary(report, lang), "files": report.files,
        "caption": say("check-caption", lang), "headings": headings(lang), "rows": people_rows(report, lang),
    }
    return environment.get_template("check-report.html").render(context)


def as_turtle(results: list[CheckResult]) -> bytes:
    """SHACL's validation report. As SHACL has it, ``sh:conforms`` is true only where nothing at all was found."""
    text = "\n".join(_report_lines(results)) + "\n"
    graph = to_graph(ox.parse(text.encode("utf-8"), format=ox.RdfFormat.N_TRIPLES))
    graph.bind("shapes", SHAPES)
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return rdflib_graph.as_turtle(graph)


def _report_lines(results: list[CheckResult]) -> list[str]:
    labels = count(1)
    conforms = "false" if results else "true"
    lines = [f"_:check-report <{RDF}type> <{_SH}ValidationReport> .",
             f'_:check-report <{_SH}conforms> "{conforms}"^^<{PREFIXES["xsd"]}boolean> .']
    for number, result in enumerate(results, 1):
        node = f"_:check-report-{number}"
        lines += [f"_:check-report <{_SH}result> {node} .", f"{node} <{RDF}type> <{_SH}ValidationResult> ."]
        lines += [f"{node} <{_SH}{name}> {term} ." for name, term in _terms(result) if term]
        if result.path:
            path, described = path_statements(result.path, labels)
            lines += [f"{node} <{_SH}resultPath> {path} .", *described]
    return lines


def _terms(result: CheckResult) -> list[tuple[str, str]]:
    component = result.component if ":" in result.component else _SH + result.component
    shape = result.shape if result.shape.startswith("_:") else f"<{result.shape}>"
    return [
        ("focusNode", result.focus_term or f"<{result.focus}>"),
        ("value", result.value_term),
        ("resultSeverity", f"<{_SH}{_SHACL[result.severity]}>"),
        ("sourceShape", shape),
        ("sourceConstraintComponent", f"<{component}>"),
        *(("resultMessage", text_term(result.message[lang], lang)) for lang in LANGUAGES if result.message.get(lang)),
    ]

"""The records in which every check tells what it found."""

from __future__ import annotations

from dataclasses import dataclass, field

from pactgraph.namespaces import PREFIXES

_SEVERITY = {"Violation": "error", "Warning": "warning", "Info": "info"}


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

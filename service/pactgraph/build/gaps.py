"""Turns what is missing into gaps: resources with a type, a severity, the thing, and words in both languages.

A gap keeps its IRI from build to build (type and thing make it). Gap queries that ask for a day are not stored: they
are answered for the day that is asked for (:mod:`pactgraph.questions.gaps`). What would close a gap, and what it does not
say, stands with its type in the vocabulary.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pyoxigraph as ox

from pactgraph.build.check import CheckResult
from pactgraph.catalogue import Query, load, names
from pactgraph.ids import Ids
from pactgraph.namespaces import concept
from pactgraph.sources.quads import GraphWriter
from pactgraph.store import Store

GRAPH = "derived/gaps"
"""The graph of the stored gaps, below ``graph/``."""


@dataclass(frozen=True)
class Gap:
    """Something that is not recorded in this graph."""

    type: str
    severity: str
    subject: str
    found_by: str
    message: dict[str, str] = field(default_factory=dict, hash=False, compare=False)
    since: str = ""


Closings = Mapping[str, Mapping[str, str]]
"""What would close a gap: type → language → sentence."""


def depends_on_day(query: Query) -> bool:
    """Whether a gap query is answered for a day."""
    return any(parameter.name == "asOf" for parameter in query.parameters)


def gaps_of_queries(store: Store) -> list[Gap]:
    """The gaps that the stored gap queries find."""
    found = []
    for name in names("gaps"):
        query = load("gaps", name)
        if not depends_on_day(query):
            found += gaps_of(query, store, query.text)
    return found


def gaps_of(query: Query, store: Store, text: str) -> list[Gap]:
    """The gaps that one gap query finds; ``text`` is the query with its parameters bound."""
    rows = store.query(text)
    assert isinstance(rows, ox.QuerySolutions)
    return [
        Gap(
            type=query.headers.get("gap", query.name),
            severity=_text(row["severity"]).rsplit("/", 1)[-1] or "warning",
            subject=_text(row["subject"]),
            found_by=query.name,
            message={"vi": _text(row["message_vi"]), "en": _text(row["message_en"])},
            since=_text(row["since"]),
        )
        for row in rows
    ]


def _text(term: object) -> str:
    return str(getattr(term, "value", "")) if term is not None else ""


def gaps_of_results(results: Iterable[CheckResult]) -> list[Gap]:
    """The gaps that completeness shapes report; what is an error is a data error, not a gap."""
    return [
        Gap(item.gap_type, item.severity, item.focus, item.shape, item.message)
        for item in results
        if item.gap_type and item.severity != "error"
    ]


class Queryable(Protocol):
    """Anything that answers SPARQL: a store, or the readers behind the service."""

    def query(self, text: str) -> object:
        """Run a query."""


def closings(store: Queryable) -> dict[str, dict[str, str]]:
    """What would close a gap of each type, by language, as the vocabulary in the store says."""
    rows = store.query(load("lookup", "gap-closings").text)
    assert isinstance(rows, ox.QuerySolutions)
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        found.setdefault(_text(row["type"]), {})[_text(row["lang"])] = _text(row["closing"])
    return found


def gap_quads(gaps: Iterable[Gap], ids: Ids, graph: str, closing: Closings) -> list[ox.Quad]:
    """The gaps as quads; one a type and thing, whatever number of checks found it."""
    kept: dict[tuple[str, str], Gap] = {}
    for gap in gaps:
        kept.setdefault((gap.type, gap.subject), gap)
    out = GraphWriter(graph)
    for gap in kept.values():
        write_gap(out, gap, ids, closing)
    return out.quads


def stored_gaps(store: Store, results: Iterable[CheckResult], ids: Ids) -> list[ox.Quad]:
    """All gaps that do not depend on a day, as quads of their graph: after a build, and again after a write.

    ``results`` are what the check found. The same statements give the same gaps, with the same IRIs.
    """
    found = [*gaps_of_queries(store), *gaps_of_results(results)]
    return gap_quads(found, ids, ids.graph(GRAPH), closings(store))


def opened_and_closed(before: Iterable[ox.Quad], after: Iterable[ox.Quad]) -> tuple[list[str], list[str]]:
    """The IRIs of the gaps that came, and of those that went, from one state of the gaps' graph to another."""
    old, new = ({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
                for quads in (before, after))
    return sorted(new - old), sorted(old - new)


def gap_iri(gap: Gap, ids: Ids) -> str:
    """The IRI of a gap: its type and a short digest of the thing's IRI."""
    return ids.gap(gap.type, hashlib.sha256(gap.subject.encode()).hexdigest()[:12])


def write_gap(out: GraphWriter, gap: Gap, ids: Ids, closing: Closings) -> str:
    """State a gap; returns its IRI."""
    subject = gap_iri(gap, ids)
    out.a(subject, "pg:Gap")
    out.label(subject, gap.message.get("vi"), gap.message.get("en"))
    out.link(subject, "pg:gapType", concept("gap-type", gap.type))
    out.link(subject, "pg:severity", concept("severity", gap.severity))
    out.link(subject, "pg:gapSubject", gap.subject)
    out.value(subject, "pg:foundBy", gap.found_by)
    out.value(subject, "pg:since", date.fromisoformat(gap.since[:10]) if gap.since else None)
    for lang, sentence in closing.get(gap.type, {}).items():
        out.text(subject, "pg:closedBy", sentence, lang)
    return subject

"""Runs the check queries of ``queries/checks/``: what SHACL Core cannot say, in the same records as the shapes.

A check selects ``?focus``, and where they help ``?path``, ``?value``, ``?message_en`` and ``?message_vi``. Its header
says ``#! severity: error|warning|info``; its title is the message where it selects none; ``#! gap: CODE`` makes a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from pactgraph.build.check import FAST, CheckResult, check
from pactgraph.catalogue import Query, load, names
from pactgraph.namespaces import SHAPES
from pactgraph.store import Store
from pactgraph.store.embedded import EmbeddedStore
from pactgraph.texts import LANGUAGES

if TYPE_CHECKING:
    from rdflib import Graph

SEVERITIES = ("error", "warning", "info")


def check_all(quads: Iterable[ox.Quad], shapes: Graph | None = None, checker: str = FAST) -> list[CheckResult]:
    """Everything that shapes and check queries find in the union of graphs, in a fixed order."""
    stated = list(quads)
    store = EmbeddedStore.in_memory()
    store.load(stated)
    return sorted([*check(stated, shapes, checker), *run_checks(store)], key=CheckResult.sort_key)


def run_checks(store: Store, queries: Sequence[Query] | None = None) -> list[CheckResult]:
    """What the shipped check queries (or ``queries``) find in a store, in a fixed order, each finding once."""
    chosen = [load("checks", name) for name in names("checks")] if queries is None else queries
    found = {result: None for query in chosen for result in _run(query, store)}
    return sorted(found, key=CheckResult.sort_key)


def _run(query: Query, store: Store) -> Iterable[CheckResult]:
    rows = store.query(query.text)
    assert isinstance(rows, ox.QuerySolutions)
    return told(query, rows)


def told(query: Query, rows: ox.QuerySolutions) -> Iterable[CheckResult]:
    """The rows of a check query as results."""
    severity = query.headers.get("severity", "")
    if severity not in SEVERITIES:
        raise ValueError(f"queries/checks/{query.name}.rq: the header '#! severity:' must be one of {SEVERITIES}")
    columns = {variable.value for variable in rows.variables}
    for row in rows:
        cells = {name: row[name] for name in columns}
        yield CheckResult(
            severity=severity,
            focus=_plain(cells["focus"]),
            path=_plain(cells.get("path")),
            value=_plain(cells.get("value")),
            shape=f"{SHAPES}checks/{query.name}",
            component="SPARQLConstraintComponent",
            message={lang: _plain(cells.get(f"message_{lang}")) or query.title.get(lang, "") for lang in LANGUAGES},
            gap_type=query.headers.get("gap", ""),
            focus_term=_term(cells["focus"]),
            value_term=_term(cells.get("value")),
        )


def _plain(term: Any) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.BlankNode) else str(term.value)


def _term(term: Any) -> str:
    return "" if term is None else str(term)

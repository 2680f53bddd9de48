"""Counts what a build holds, and says it in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from pactgraph.build.results import CheckResult
from pactgraph.catalogue import load
from pactgraph.store import Store
from pactgraph.texts import say

COUNTED = ("rows", "tasks", "headings", "bodies", "articles", "recommendations", "links_curated", "links_proposed",
           "gaps")


def summarise(store: Store, results: Iterable[CheckResult]) -> dict[str, Any]:
    """The counts of a graph with its data errors, as a JSON object."""
    rows = store.query(load("lookup", "counts").text)
    assert isinstance(rows, ox.QuerySolutions)
    row = next(iter(rows))
    summary: dict[str, Any] = {name: int(row[name].value) for name in COUNTED}
    errors = [item for item in results if item.severity == "error"]
    summary["data_errors"] = len(errors)
    summary["errors"] = [
        {"focus": item.focus, "path": item.path, "value": item.value, "shape": item.shape, "message": item.message}
        for item in errors
    ]
    found = store.query(load("lookup", "gap-types").text)
    assert isinstance(found, ox.QuerySolutions)
    kinds = Counter({item["type"].value: int(item["number"].value) for item in found})
    summary["gap_types"] = dict(sorted(kinds.items()))
    return summary


def summary_text(summary: dict[str, Any], lang: str) -> str:
    """The summary as lines for a person."""
    lines = [say("summary", lang, **{name: summary[name] for name in COUNTED}, data_errors=summary["data_errors"])]
    lines += [f"  {kind}: {number}" for kind, number in summary["gap_types"].items()]
    for error in summary["errors"][:20]:
        lines.append(f"  ! {error['focus']}: {error['message'].get(lang) or error['message'].get('en', '')}")
    for item in summary.get("retracted_missing", []):
        lines.append(f"  ! {say('retracted-missing', lang, **item)}")
    return "\n".join(lines)

"""Lists the gaps for a day: those that the build stored, and those that only a day can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from pactgraph.build.gaps import depends_on_day
from pactgraph.catalogue import load, names
from pactgraph.catalogue.bind import day as day_term
from pactgraph.catalogue.bind import string
from pactgraph.questions.table import Table

COLUMNS = ["type", "severity", "subject", "notation", "label", "body_today", "since", "message"]
SEVERITIES = ("error", "warning", "info")


class Queryable(Protocol):
    """Anything that answers SPARQL: a store, or the pool of readers behind the service."""

    def query(self, text: str) -> object:
        """Run a query."""


@dataclass(frozen=True)
class Filter:
    """Which gaps to list; empty fields let all pass. ``body`` and ``plan`` are IRIs, ``article`` a number."""

    article: str = ""
    body: str = ""
    plan: str = ""
    severity: str = ""
    type: str = ""


def gap_table(store: Queryable, lang: str, as_of: str | None = None, only: Filter | None = None) -> Table:
    """The gaps as a table. ``as_of`` is YYYY-MM-DD, None for today."""
    only = only or Filter()
    about_all = load("lookup", "gap-subjects").bind({"lang": string(lang)})
    subjects = {row["subject"]: row for row in _rows(store, about_all)}
    leads = _leads(store, lang, as_of)
    rows = []
    for gap in _gaps(store, as_of):
        about = subjects.get(gap["subject"], {})
        bodies = leads.get(gap["subject"], [])
        if _passes(gap, about, bodies, only):
            rows.append([
                gap["type"], gap["severity"], gap["subject"], about.get("notation", ""), about.get("label", ""),
                "; ".join(label for _, label in bodies), gap["since"], gap[f"message_{lang}"],
            ])
    rows.sort(key=lambda row: (SEVERITIES.index(row[1]), row[0], _natural(row[3]), row[2]))
    return Table(columns=list(COLUMNS), rows=rows)


def _natural(code: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in code.replace("/", ".").split(".")]


def _gaps(store: Queryable, as_of: str | None) -> Iterator[dict[str, str]]:
    yield from _rows(store, load("lookup", "gap-rows").text)
    for name in names("gaps"):
        query = load("gaps", name)
        if depends_on_day(query):
            text = query.bind({"asOf": day_term(as_of)}) if as_of else query.text
            for row in _rows(store, text):
                yield {"type": query.headers.get("gap", name)} | row | {"severity": row["severity"].rsplit("/", 1)[-1]}


def _leads(store: Queryable, lang: str, as_of: str | None) -> dict[str, list[tuple[str, str]]]:
    values = {"lang": string(lang)} | ({"asOf": day_term(as_of)} if as_of else {})
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in _rows(store, load("lookup", "leads-on-day").bind(values)):
        found[row["subject"]].append((row["body"], row["bodyLabel"]))
    return found


def _passes(gap: dict[str, str], about: dict[str, str], bodies: list[tuple[str, str]], only: Filter) -> bool:
    return (
        (not only.severity or gap["severity"] == only.severity)
        and (not only.type or gap["type"] == only.type)
        and (not only.plan or about.get("plan") == only.plan or gap["subject"] == only.plan)
        and (not only.body or any(body == only.body for body, _ in bodies) or gap["subject"] == only.body)
        and (not only.article or only.article in about.get("articles", "").split())
    )


def _rows(store: Queryable, text: str) -> Iterator[dict[str, str]]:
    solutions = store.query(text)
    assert isinstance(solutions, ox.QuerySolutions)
    variables = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: getattr(solution[name], "value", "") or "" for name in variables}

"""What a body is asked to report on: its items of today, one a row, as the question ``inbox`` tells them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pyoxigraph as ox

from pactgraph.catalogue import bind as terms
from pactgraph.catalogue import load
from pactgraph.questions.resolve import Queryable
from pactgraph.questions.run import ask
from pactgraph.reports.workbooks.words import words_of
from pactgraph.sources.workbook.answers import Answer
from pactgraph.sources.workbook.layout import row_id
from pactgraph.texts import say

Reported = Callable[[str, str], Answer]
"""The last report of a body (its IRI) on an item (its IRI)."""
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass
class SheetRow:
    """An item with what is locked, and what the body last said of it."""

    item: str
    locked: dict[str, str]
    answer: Answer = field(default_factory=Answer)


@dataclass
class BodySheet:
    """The items of one body."""

    body: str
    code: str
    name: str
    rows: list[SheetRow]


def bodies_on_day(store: Queryable, as_of: date) -> list[str]:
    """The IRIs of all bodies that answer for something on a day."""
    rows = store.query(load("lookup", "bodies-on-day").bind({"asOf": terms.day(as_of)}))
    assert isinstance(rows, ox.QuerySolutions)
    return [getattr(row["body"], "value", "") for row in rows]


def body_sheet(store: Queryable, body: str, *, as_of: date, lang: str, base: str, reported: Reported) -> BodySheet:
    """The items of a body on a day."""
    said, meant = (ask(store, "inbox", {"body": body}, as_of=as_of.isoformat(), lang=lang, ids=ids) for ids in (False, True))
    basis = words_of(store, "basis").named(lang)
    found: dict[str, dict[str, list[str]]] = {}
    for words, ids in zip(said.records(), meant.records(), strict=True):
        row = found.setdefault(ids["task"], {})
        for column, value in _locked(words, basis, lang).items():
            values = row.setdefault(column, [])
            if value and value not in values:
                values.append(value)
    rows = [SheetRow(item, {"id": row_id(body, item, base)} | {column: "; ".join(values) for column, values in row.items()},
                     reported(body, item)) for item, row in found.items()]
    code, name = _names(store, body, lang)
    return BodySheet(body, code, name, rows)


def _locked(words: dict[str, str], basis: dict[str, str], lang: str) -> dict[str, str]:
    """One responsibility as the sheet says it."""
    inherited = ""
    if words["inherited"] == "true":
        inherited = say("workbook-inherited", lang, body=words["body"], basis=basis.get(words["basis"], words["basis"]))
    return {
        "plan": words["plan"], "task": words["task"], "label": words["label"], "role": words["role"],
        "given": say("workbook-asked" if words["requested"] == "true" else "workbook-ordered", lang),
        "inherited": inherited, "scope": words["scope"], "deadline": words["deadline"],
        "due": _DAY.sub(r"\3/\2/\1", words["due"]), "state": words["deadline_state"], "last_report": words["last_report"],
    }


def _names(store: Queryable, body: str, lang: str) -> tuple[str, str]:
    """The short code and the name of a body."""
    rows = store.query(load("lookup", "body-names").bind({"thing": terms.iri(body)}))
    assert isinstance(rows, ox.QuerySolutions)
    codes: list[str] = []
    names: dict[str, str] = {}
    for row in rows:
        codes += [row["notation"].value] if isinstance(row["notation"], ox.Literal) else []
        if isinstance(row["label"], ox.Literal):
            names[row["label"].language or ""] = row["label"].value
    code = min(codes, default="") or body.rsplit("/", 1)[-1]
    return code, names.get(lang) or next(iter(names.values()), code)

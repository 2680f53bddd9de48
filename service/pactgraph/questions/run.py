"""Asks a question of the catalogue: parameters in, a table out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from pactgraph.catalogue import Parameter, Query, load
from pactgraph.catalogue import bind as terms
from pactgraph.errors import UserError, fail
from pactgraph.namespaces import concept
from pactgraph.questions.resolve import Queryable, resolve
from pactgraph.questions.table import Table
from pactgraph.texts import say

Resolver = Callable[[str, str], str]
"""A class (CURIE) and a user's word → the IRI of the thing that is meant."""

_CODE = re.compile(r"[A-Za-z0-9-]+")
_PLAN = "pg:ImplementationPlan"
_MAKE: dict[str, Callable[[str], str]] = {
    "date": terms.day, "integer": terms.integer, "boolean": terms.boolean, "string": terms.string,
}


@dataclass(frozen=True)
class Prepared:
    """A question with its parameters bound: SPARQL that any endpoint can run, and the columns of the answer."""

    query: Query
    text: str
    columns: list[str]
    lang: str
    plans: tuple[str, ...] = ()
    """The plans that were asked about, as SPARQL terms."""


def prepare(name: str, params: dict[str, str], *, as_of: str | None, lang: str, resolve: Resolver) -> Prepared:
    """Bind the parameters of a question; an empty value counts as not given, a day (YYYY-MM-DD) may always be given.

    A parameter that is unknown, missing or of a wrong form raises a UserError that names the question's parameters.
    """
    query = load("questions", name)
    given = {key: value.strip() for key, value in params.items() if value.strip()}
    known = {parameter.name: parameter for parameter in query.parameters}
    values = {"lang": terms.string(lang)}
    if as_of:
        given.pop("asOf", None)
        day = terms.day(as_of)
        values |= {"asOf": day} if "asOf" in known else {}
        given |= {"to": as_of.strip()} if "to" in known and "to" not in given else {}
    for key, value in given.items():
        if key not in known:
            raise fail("param-unknown", name=key, question=name, known=_listed(query))
        values[key] = term(query, known[key], value, resolve)
    for parameter in query.parameters:
        if parameter.required and parameter.name not in values:
            raise fail("param-missing", name=parameter.name, question=name, label=parameter.label.get(lang, ""))
    _in_order(given, known)
    plans = tuple(values[name] for name, item in known.items() if item.range == _PLAN and name in values)
    return Prepared(query, query.bind(values), columns_of(query), lang, plans)


def _in_order(given: dict[str, str], known: dict[str, Parameter]) -> None:
    """Refuse two days in the wrong order; without the second it is today."""
    if "from" in known and "from" in given:
        since, until = given["from"], given.get("to") or date.today().isoformat()
        if since > until:
            raise fail("days-turned", since=since, until=until)


def columns_of(query: Query) -> list[str]:
    """The columns of a question's answer, from its header."""
    return [column.strip() for column in query.headers["columns"].split(",")]


def _listed(query: Query) -> str:
    """The parameters of a question, those that may be left out in brackets."""
    return ", ".join(item.name if item.required else f"[{item.name}]" for item in query.parameters) or "–"


def term(query: Query, parameter: Parameter, value: str, resolve: Resolver) -> str:
    """A user's value as a SPARQL term of the parameter's kind; another form raises a UserError."""
    if parameter.kind == "iri":
        return terms.iri(resolve(parameter.range, value))
    try:
        if parameter.kind == "choice":
            return terms.choice(value, parameter.range)
        if parameter.kind != "code":
            return _MAKE[parameter.kind](value)
        if _CODE.fullmatch(value):
            return terms.iri(concept(parameter.range, value))
    except UserError:
        pass
    raise fail(f"parameter-{parameter.kind}", name=parameter.name, value=value, question=query.name,
               known=_listed(query), example=terms.day_meant(value), allowed=parameter.range)


def table(prepared: Prepared, solutions: ox.QuerySolutions, ids: bool = False) -> Table:
    """The answer as a table: labels, or with ``ids`` the IRIs of things."""
    variables = {variable.value for variable in solutions.variables}
    shown = [column if ids or f"{column}Label" not in variables else f"{column}Label" for column in prepared.columns]
    pairs = list(zip(shown, prepared.columns, strict=True))
    rows = [[_cell(row, name, column) for name, column in pairs] for row in solutions]
    return Table(columns=list(prepared.columns), rows=rows, title=prepared.query.title.get(prepared.lang, ""))


def _cell(row: ox.QuerySolution, shown: str, column: str) -> str:
    term = row[shown]
    if term is None:
        term = row[column]
    return "" if term is None else str(getattr(term, "value", term))


def ask(store: Queryable, name: str, params: dict[str, str], *, as_of: str | None = None, lang: str = "en",
        ids: bool = False) -> Table:
    """Ask a question of a store. ``as_of`` is YYYY-MM-DD, None for today."""
    prepared = prepare(name, params, as_of=as_of, lang=lang, resolve=lambda kind, word: resolve(store, kind, word))
    solutions = store.query(prepared.text)
    assert isinstance(solutions, ox.QuerySolutions)
    answer = table(prepared, solutions, ids)
    if not answer.rows:
        answer.notes += _not_loaded(store, prepared)
    return answer


def _not_loaded(store: Queryable, prepared: Prepared) -> list[str]:
    """What an empty answer does not say: a plan whose text is not loaded is not a plan without tasks."""
    notes = []
    for plan in prepared.plans:
        rows = store.query(load("lookup", "text-not-loaded").bind({"plan": plan}))
        assert isinstance(rows, ox.QuerySolutions)
        notes += [say("plan-not-loaded", prepared.lang, plan=getattr(row["number"], "value", plan)) for row in rows]
    return notes

"""Asks a question of the catalogue: parameters in, a table out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyoxigraph as ox

from pactgraph.catalogue import Parameter, Query, load
from pactgraph.catalogue import bind as terms
from pactgraph.errors import fail
from pactgraph.namespaces import concept
from pactgraph.questions.resolve import Queryable, resolve
from pactgraph.questions.table import Table

Resolver = Callable[[str, str], str]
"""A class (CURIE) and a user's word → the IRI of the thing that is meant."""


@dataclass(frozen=True)
class Prepared:
    """A question with its parameters bound: SPARQL that any endpoint can run, and the columns of the answer."""

    query: Query
    text: str
    columns: list[str]
    lang: str


def prepare(name: str, params: dict[str, str], *, as_of: str | None, lang: str, resolve: Resolver) -> Prepared:
    """Bind the parameters of a question. A parameter that is unknown, missing or of a wrong form raises a UserError."""
    query = load("questions", name)
    given = {key: value for key, value in params.items() if value.strip()}
    if as_of:
        given["asOf"] = as_of
    known = {parameter.name: parameter for parameter in query.parameters}
    values = {"lang": terms.string(lang)}
    for key, value in given.items():
        if key not in known:
            if key == "asOf":
                terms.day(value)
                continue
            raise fail("param-unknown", name=key, question=name, known=_listed(query))
        values[key] = _term(known[key], value, resolve)
    for parameter in query.parameters:
        if parameter.required and parameter.name not in values:
            raise fail("param-missing", name=parameter.name, question=name, label=parameter.label.get(lang, ""))
    return Prepared(query, query.bind(values), columns_of(query), lang)


def columns_of(query: Query) -> list[str]:
    """The columns of a question's answer, from its header."""
    return [column.strip() for column in query.headers["columns"].split(",")]


def _listed(query: Query) -> str:
    return ", ".join(parameter.name for parameter in query.parameters) or "–"


def _term(parameter: Parameter, value: str, resolve: Resolver) -> str:
    """A user's value as a SPARQL term of the parameter's kind."""
    if parameter.kind == "iri":
        return terms.iri(resolve(parameter.range, value))
    if parameter.kind == "code":
        return terms.iri(concept(parameter.range, value))
    make = {"date": terms.day, "integer": terms.integer, "boolean": terms.boolean, "string": terms.string}
    return make[parameter.kind](value)


def table(prepared: Prepared, solutions: ox.QuerySolutions, ids: bool = False) -> Table:
    """The answer as a table: labels, or with ``ids`` the IRIs of things."""
    variables = {variable.value for variable in solutions.variables}
    shown = [column if ids or f"{column}Label" not in variables else f"{column}Label" for column in prepared.columns]
    rows = [[_cell(row, name, column) for name, column in zip(shown, prepared.columns, strict=True)] for row in solutions]
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
    return table(prepared, solutions, ids)

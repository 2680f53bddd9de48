"""The tables that are published: each is a query of ``queries/publish`` whose header describes its columns.

A header has ``place`` (the order of tables: a table comes after those that it refers to), ``key`` (the column that names a row)
and a line for each column: ``column: NAME | TYPE | … | en: … | vi: …`` with ``many`` where a row may have several values (they
stand in one cell, ``; `` between), and ``-> TABLE.COLUMN`` where a value names a row of another table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from pactgraph.catalogue import Query, load, names
from pactgraph.catalogue import bind as terms
from pactgraph.errors import fail
from pactgraph.store import Results

ROOM = "publish"
TYPES = ("iri", "string", "code", "date", "integer", "integers", "decimal", "boolean")
"""``code`` is the last part of a concept's address, ``integers`` are whole numbers in one cell."""
BETWEEN = "; "
_COLUMN = re.compile(r"^#! column: (.*)$", re.MULTILINE)
_FORMS = {"date": re.compile(r"\d{4}-\d{2}-\d{2}"), "integer": re.compile(r"[+-]?\d+"), "decimal": re.compile(r"[+-]?\d*\.?\d+"),
          "boolean": re.compile("true|false"), "integers": re.compile(r"[+-]?\d+")}
Ask = Callable[[str], Results]


@dataclass(frozen=True)
class Column:
    """A column: its name, one of :data:`TYPES`, what it says in both languages, and the table and column that it refers to."""

    name: str
    kind: str
    says: dict[str, str]
    many: bool = False
    refers: tuple[str, str] | None = None


@dataclass(frozen=True)
class Plan:
    """A table before it is filled: its name, titles, description, columns and the column that names a row."""

    name: str
    title: dict[str, str]
    says: dict[str, str]
    columns: tuple[Column, ...]
    key: str
    query: Query


@dataclass
class Filled:
    """A table with its rows, as text, sorted by key. ``refers`` are the references that hold for all rows."""

    plan: Plan
    rows: list[list[str]]
    refers: list[Column] = field(default_factory=list)
    warnings: list[dict[str, str | int]] = field(default_factory=list)

    def values(self, column: str) -> set[str]:
        """All values of a column."""
        at = [item.name for item in self.plan.columns].index(column)
        return {row[at] for row in self.rows}


def plans() -> list[Plan]:
    """The tables in their order."""
    queries = [load(ROOM, name) for name in names(ROOM)]
    tables = [query for query in queries if "place" in query.headers]
    return [_plan(query) for query in sorted(tables, key=lambda query: int(query.headers["place"]))]


def _plan(query: Query) -> Plan:
    columns = tuple(_column(line) for line in _COLUMN.findall(query.text))
    return Plan(query.name, query.title, query.answers, columns, query.headers["key"], query)


def _column(line: str) -> Column:
    name, kind, *more = (part.strip() for part in line.split(" | "))
    says = {part[:2]: part[3:].strip() for part in more if part[:3] in ("en:", "vi:")}
    refers = next((part[2:].strip().partition(".") for part in more if part.startswith("->")), None)
    return Column(name, kind, says, "many" in more or kind == "integers", (refers[0], refers[2]) if refers else None)


def fill(plan: Plan, ask: Ask, as_of: str) -> Filled:
    """Ask for the rows of a table on a day (YYYY-MM-DD)."""
    days = {"asOf": terms.day(as_of)} if any(item.name == "asOf" for item in plan.query.parameters) else {}
    solutions = ask(plan.query.bind(days))
    assert isinstance(solutions, ox.QuerySolutions)
    keys = [column.name for column in plan.columns].index(plan.key)
    found: dict[str, list[set[str]]] = {}
    for solution in solutions:
        cells = [_cell(solution[column.name], column) for column in plan.columns]
        row = found.setdefault(cells[keys], [set() for _ in plan.columns])
        for values, cell in zip(row, cells, strict=True):
            values.add(cell)
    filled = Filled(plan, [])
    for key, row in sorted(found.items()):
        filled.rows.append([_joined(values, column, key, filled) for values, column in zip(row, plan.columns, strict=True)])
    return filled


def _cell(term: object, column: Column) -> str:
    """A term as the text of a cell; a value that is not of the column's type raises a UserError."""
    if term is None:
        return ""
    value: str = getattr(term, "value", str(term))
    if column.kind == "code" and isinstance(term, ox.NamedNode):
        value = re.split(r"[/#]", value)[-1]
    form = _FORMS.get(column.kind)
    if form and not form.fullmatch(value):
        raise fail("export-value", name=column.name, value=value[:200], kind=column.kind)
    return value


def _joined(values: set[str], column: Column, key: str, filled: Filled) -> str:
    """The text of a cell. Where one value is expected and there are more, the first is taken, and that is told."""
    texts = sorted(values - {""}, key=int if column.kind == "integers" else None)
    if column.many:
        return BETWEEN.join(texts)
    if len(texts) > 1:
        filled.warnings.append({"key": "export-several", "table": filled.plan.name, "column": column.name, "row": key,
                                "count": len(texts)})
    return texts[0] if texts else ""


def refer(tables: dict[str, Filled]) -> Iterator[dict[str, str | int]]:
    """Keep the references that hold; tell of each that does not, with the number of rows that name nothing."""
    for table in tables.values():
        for at, column in enumerate(table.plan.columns):
            if column.refers is None:
                continue
            there = tables[column.refers[0]].values(column.refers[1])
            astray = sum(1 for row in table.rows if row[at] and row[at] not in there)
            if not astray:
                table.refers.append(column)
                continue
            yield {"key": "export-astray", "table": table.plan.name, "column": column.name, "to": column.refers[0],
                   "count": astray}

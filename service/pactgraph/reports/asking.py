"""What a report asks of the graph: rows of the catalogue's queries as dictionaries, for one day and in one language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from pactgraph.catalogue import bind as terms
from pactgraph.catalogue import load
from pactgraph.questions.resolve import Queryable, resolve
from pactgraph.reports.notes import Notes

Row = dict[str, str]


@dataclass
class Asker:
    """A store, a day and a language. ``data`` is the folder of the data, for the words of a country's letters."""

    store: Queryable
    lang: str
    as_of: str
    data: Path

    def rows(self, room: str, name: str, **values: str) -> list[Row]:
        """The rows of a query; ``values`` are IRIs. Language and day are bound where the query takes them."""
        query = load(room, name)
        bound = {key: terms.iri(value) for key, value in values.items() if value}
        if "VALUES ?lang {" in query.text:
            bound["lang"] = terms.string(self.lang)
        if "VALUES ?asOf {" in query.text:
            bound["asOf"] = terms.day(self.as_of)
        solutions = self.store.query(query.bind(bound))
        assert isinstance(solutions, ox.QuerySolutions)
        columns = [variable.value for variable in solutions.variables]
        return [{column: _text(row[column]) for column in columns} for row in solutions]

    def find(self, kind: str, value: str) -> str:
        """The IRI of the thing that a user's word means."""
        return resolve(self.store, kind, value)

    def notes(self) -> Notes:
        """An empty list of notes that knows the files of the graph."""
        return Notes(self.lang, {row["file"]: (row["title"], row["origin"]) for row in self.rows("reports", "files")})

    @cached_property
    def duties(self) -> list[Row]:
        """Every responsibility of every plan, once: its item, role, body of then and of the day."""
        once: dict[tuple[str, ...], Row] = {}
        for row in self.rows("questions", "duties-of-body"):
            once.setdefault((row["task"], row["role"], row["body"], row["scope"], row["requested"]), row)
        return list(once.values())

    def answered(self, clock: Row) -> bool:
        """Whether an answer to the United Nations (a row of ``two-clocks``) had been sent by the day, as far as is known."""
        sent = clock["answered_on"]
        return bool(clock["answerLabel"]) and sent <= self.as_of[: len(sent)]

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the things that gaps speak of by their codes; a code of several things is left out."""
        found: dict[str, set[str]] = {}
        for row in self.rows("lookup", "gap-subjects"):
            found.setdefault(row["notation"], set()).add(row["label"])
        return {code: next(iter(labels)) for code, labels in found.items() if len(labels) == 1}

    @cached_property
    def progress(self) -> list[Row]:
        """What was reported on tasks by the day; empty where no report was ever loaded."""
        return self.rows("reports", "progress")


def _text(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term))

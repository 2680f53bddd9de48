"""Asks the page queries for one page and remembers which things the page will have to name."""

from __future__ import annotations

from collections.abc import Iterable

from pactgraph.catalogue import load
from pactgraph.catalogue.bind import day as day_term
from pactgraph.catalogue.bind import iri as iri_term
from pactgraph.store.readers import Request
from pactgraph.web.cache import Rows, Term
from pactgraph.web.site import Site

__all__ = ["Ask", "Record", "Term"]


class Record:
    """Rows that belong together: ``record.name`` is the first value of a column (a string) or None."""

    def __init__(self) -> None:
        self._values: dict[str, list[Term]] = {}

    def add(self, column: str, term: Term | None) -> None:
        """Add a value; one that is there already is not added again."""
        values = self._values.setdefault(column, [])
        if term is not None and term not in values:
            values.append(term)

    def terms(self, column: str) -> list[Term]:
        """All values of a column."""
        return self._values.get(column, [])

    def values(self, column: str) -> list[str]:
        """All values of a column as strings."""
        return [term.value for term in self.terms(column)]

    def __getattr__(self, column: str) -> str | None:
        values = self.__dict__["_values"].get(column)
        return values[0].value if values else None


class Ask:
    """The queries of one page, on the graph as of ``day`` (YEAR-MONTH-DAY), for a reader of ``lang``.

    ``state`` (an IRI, or None for all) narrows those queries that have a parameter of that name to one State.
    """

    def __init__(self, site: Site, lang: str, day: str, state: str | None = None) -> None:
        self.site = site
        self.lang = lang
        self.day = day
        self.state = state
        self.mentioned: set[str] = set()

    async def records(self, name: str, *things: str, by: tuple[str, ...] = ()) -> list[Record]:
        """The rows of a page query; rows that agree in the columns ``by`` make one record (none: each row one)."""
        query = load("pages", name)
        wanted = {parameter.name for parameter in query.parameters}
        if "thing" in wanted and not things and any(p.required for p in query.parameters if p.name == "thing"):
            return []
        values = {}
        if things:
            values["thing"] = " ".join(iri_term(thing) for thing in things)
        if "asOf" in wanted:
            values["asOf"] = day_term(self.day)
        if "state" in wanted and self.state:
            values["state"] = iri_term(self.state)
        return self._gather(await self.site.answers.rows(Request(query.bind(values))), by)

    def _gather(self, answer: Rows, by: tuple[str, ...]) -> list[Record]:
        places = [answer.columns.index(column) for column in by]
        records: dict[object, Record] = {}
        for number, row in enumerate(answer.rows):
            key = tuple(getattr(row[place], "value", None) for place in places) if by else number
            record = records.get(key)
            if record is None:
                record = records[key] = Record()
            for column, term in zip(answer.columns, row, strict=True):
                record.add(column, term)
        self.mentioned.update(answer.named)
        return list(records.values())

    def mention(self, iris: Iterable[str]) -> None:
        """Note things that the page will name."""
        self.mentioned.update(iris)

    async def learn_names(self) -> None:
        """Look up the names of everything that was mentioned, and the names of its classes."""
        things = self.site.things
        await things.look_up(self.mentioned)
        await things.look_up({name for iri in self.mentioned for name in things.get(iri).classes})

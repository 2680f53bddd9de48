"""A list as a page with filters and in parts, and as a file that holds all that passes the filters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.web import respond, tables
from pactgraph.web.ask import Record
from pactgraph.web.lists.filters import Axis, Filter, narrow
from pactgraph.web.page import Page
from pactgraph.web.paging import PAGE_SIZE, paging_of
from pactgraph.web.site import today

if TYPE_CHECKING:
    from pactgraph.questions.table import Table

_SUFFIXES = ("csv", "json", "xlsx")


@dataclass(frozen=True)
class Column:
    """A column of a list's files: its name, and where the things or texts of a record are found."""

    name: str
    values: Callable[[Record], list[str]]


def column(name: str, of: str = "") -> Column:
    """The column ``name`` from the values of a record's column ``of`` (the same name without it)."""
    return Column(name, lambda record: record.values(of or name))


@dataclass(frozen=True)
class Listing:
    """A list: its room in the address, what it holds, how it is filtered and what its files say of each thing.

    ``subject``: the column of the thing itself. ``size``: how many things a page shows at most. ``more``: what else the template
    needs, from all records that passed.
    """

    room: str
    subject: str
    records: Callable[[Page], Awaitable[list[Record]]]
    columns: tuple[Column, ...]
    axes: tuple[Axis, ...] = ()
    size: int = PAGE_SIZE
    more: Callable[[Page, list[Record]], dict[str, Any]] = field(default=lambda page, records: {})

    async def show(self, request: Request) -> Response:
        """The page of the list."""
        page = Page(request)
        known = page.known()
        if known:
            return known
        records, filters = await self._found(page)
        paging = paging_of(page, len(records), self.size)
        return await page.show(
            f"lists/{self.room}.html", room=self.room, section="/" + self.room, records=records[paging.part], paging=paging,
            filters=filters, formats=tables.formats(page, "/" + self.room, _SUFFIXES), **self.more(page, records))

    async def file(self, request: Request, suffix: str) -> Response:
        """The list as CSV, JSON or XLSX: everything that passes the filters."""
        if suffix not in _SUFFIXES:
            raise HTTPException(404)
        page = Page(request)
        etag = page.site.etag("list", str(request.url), page.lang, today())
        known = respond.not_modified(request, etag, respond.data_headers(Vary=tables.VARY))
        if known:
            return known
        records, _ = await self._found(page)
        await page.learn()
        return tables.as_file(request, self._table(page, records), suffix, self.room, etag)

    async def _found(self, page: Page) -> tuple[list[Record], list[Filter]]:
        return await narrow(page, self.axes, await self.records(page))

    def _table(self, page: Page, records: list[Record]) -> Table:
        from pactgraph.questions.table import Table

        rows = []
        for record in records:
            iri = getattr(record, self.subject) or ""
            thing = page.thing(iri)
            rows.append([iri, thing.notation or "", thing.label(page.lang)[0],
                         *("; ".join(_text(page, value) for value in item.values(record)) for item in self.columns)])
        return Table(["iri", "notation", "label", *(item.name for item in self.columns)], rows)

    def routes(self, router: APIRouter, summary: str) -> None:
        """Put page and files into a router."""
        router.add_api_route("/" + self.room, self.show, methods=["GET"], summary=summary)
        router.add_api_route(f"/{self.room}.{{suffix}}", self.file, methods=["GET"], summary=summary + ", as a file")


def _text(page: Page, value: str) -> str:
    """A value as a file says it: a thing by its code, else its name."""
    if not value.startswith(("http://", "https://")):
        return value
    thing = page.thing(value)
    return thing.notation or thing.label(page.lang)[0]

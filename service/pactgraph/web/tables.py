"""Shows result tables on pages and gives them as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from pactgraph.namespaces import VOCAB
from pactgraph.publish.table_files import dateless
from pactgraph.web import respond
from pactgraph.web.fixed.state import KEY
from pactgraph.web.page import Format, Page
from pactgraph.web.wording import has_word

if TYPE_CHECKING:
    from pactgraph.questions.table import Table

VARY = "Accept-Language, Cookie"
"""What a table depends on besides its address."""
FILES = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ttl": ("Turtle", "text/turtle"),
}
"""The files that a table can be taken as: suffix → name for people, media type."""

_ROWS_SHOWN = 1000
_BASES = ("verified", "unverified", "ambiguous", "none")


@dataclass
class Cell:
    """A cell: its text, and the things in it with their IRIs; ``address``: the question that lists what it counts."""

    text: str
    links: list[tuple[str, str]] = field(default_factory=list)
    basis: str = ""
    address: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its name in files, its heading for people."""

    name: str
    label: str


@dataclass
class Shown:
    """A table as a page shows it; ``total`` counts the rows of the whole."""

    columns: list[Column]
    rows: list[list[Cell]]
    total: int
    notes: list[str] = field(default_factory=list)

    def numbers(self) -> set[int]:
        """The places of the columns that hold nothing but numbers: they are set to the right."""
        filled = {place: [row[place].text for row in self.rows if row[place].text] for place in range(len(self.columns))}
        return {place for place, texts in filled.items() if texts and all(text.isdecimal() for text in texts)}


def shown(page: Page, labels: Table, ids: Table, columns: Sequence[str] = (), role: str = "") -> Shown:
    """A table for a page: the texts of ``labels``, linked where ``ids`` (the same table) holds IRIs.

    ``columns`` chooses some of them; ``role`` keeps the rows of one role (its IRI).
    """
    names = [name for name in labels.columns if not columns or name in columns]
    places = [labels.columns.index(name) for name in names]
    pairs = list(zip(labels.rows, ids.rows, strict=True))
    if role:
        at = labels.columns.index("role")
        pairs = [(row, keys) for row, keys in pairs if keys[at] == role]
    rows = [
        [_cell(page, name, row[place], keys[place]) for name, place in zip(names, places, strict=True)]
        for row, keys in pairs[:_ROWS_SHOWN]
    ]
    return Shown([Column(name, heading(page, name)) for name in names], rows, len(pairs), labels.notes)


def linked(page: Page, table: Table) -> Shown:
    """A table for a page whose IRIs stand in columns beside their names (``thing`` and ``label``, ``from`` and
    ``from_label``): each name is a link, the column of IRIs is left out."""
    names = {name: "label" if name == "thing" else name + "_label" for name in table.columns}
    pairs = {names[name]: place for place, name in enumerate(table.columns) if names[name] in table.columns}
    places = [place for place in range(len(table.columns)) if place not in pairs.values()]
    rows = []
    for row in table.rows[:_ROWS_SHOWN]:
        cells = []
        for place in places:
            iri = row[pairs[table.columns[place]]] if table.columns[place] in pairs else ""
            cells.append(Cell(row[place], [(row[place], iri)] if iri else []))
        rows.append(cells)
    return Shown([Column(table.columns[place], heading(page, table.columns[place])) for place in places], rows, len(table.rows))


def heading(page: Page, column: str) -> str:
    """The heading of a column for people."""
    key = "column-" + column.replace("_", "-")
    return page.t(key) if has_word(key) else column.replace("_", " ")


def _cell(page: Page, column: str, text: str, key: str) -> Cell:
    iris = [part for part in key.split("; ") if part.startswith(("http://", "https://"))]
    texts = text.split("; ") if len(iris) > 1 else [text]
    if iris and len(iris) == len(texts):
        links = list(zip(texts, iris, strict=True))
        page.ask.mention(iris)
        return Cell(text, links)
    if column == "basis" and text in _BASES:
        page.ask.mention([f"{VOCAB}basis/{text}"])
        return Cell(page.t("basis-" + text), basis=text)
    if column.endswith("_list") and "?" in text:
        return Cell(page.t("show-list"), address=_behind(page, text))
    if column in ("requested",):
        return Cell({"true": page.t("yes"), "false": page.t("no")}.get(text, text))
    return Cell(text)


def _behind(page: Page, text: str) -> str:
    """The address of a question with its parameters, as a cell names them: ``laws-for-article?article=ICCPR/19``."""
    name, _, given = text.partition("?")
    return page.addresses.local("/questions/" + quote(name)) + "?" + urlencode(parse_qsl(given))


def formats(page: Page, path: str, suffixes: tuple[str, ...] = tuple(FILES)) -> list[Format]:
    """The files of the table at ``path``, with the parameters of this request."""
    query = page.request.url.query
    return [
        Format(FILES[name][0], page.addresses.local(f"{path}.{name}") + (f"?{query}" if query else ""), FILES[name][1])
        for name in suffixes
    ]


def as_file(request: Request, table: Table, suffix: str, name: str, etag: str) -> Response:
    """A table as a file; CSV and XLSX are offered for saving."""
    from pactgraph.questions.formats import as_csv, as_json, as_turtle, as_xlsx

    body = {"csv": as_csv, "json": as_json, "xlsx": as_xlsx, "ttl": as_turtle}[suffix](table)
    if suffix == "xlsx" and KEY in request.scope:
        body = dateless(body)
    response = respond.data(request, body, FILES[suffix][1], etag, Vary=VARY)
    if suffix in ("csv", "xlsx"):
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response

"""The SPARQL form for people, with the answer to a query as a table or as Turtle."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from pactgraph.catalogue import Query, load, names
from pactgraph.store import readers
from pactgraph.web.negotiation import GRAPHS, SOLUTIONS
from pactgraph.web.page import Format, Page

_ROWS_SHOWN = 1000
_TEXT_SHOWN = 200_000


async def show_form(request: Request) -> Response:
    """The form: empty, or with the query of the catalogue that ``show`` names; the catalogue as examples."""
    page = Page(request)
    shown = request.query_params.get("show", "")
    query = plain_text(load("questions", shown)) if shown in names("questions") else ""
    return page.known() or await page.show("sparql.html", query=query, examples=_examples(page.lang), result=None)


async def show_answer(request: Request, asked: readers.Request, answer: readers.Response) -> Response:
    """The form with its answer, which is JSON or Turtle."""
    page = Page(request, forgiving=True)
    result = {"kind": answer.kind, "columns": [], "rows": [], "total": 0, "text": "", "truth": None}
    if answer.kind == "graph":
        text = answer.body.decode()
        result |= {"text": text[:_TEXT_SHOWN], "total": len(text), "whole": len(text) <= _TEXT_SHOWN}
    elif answer.kind == "boolean":
        result["truth"] = json.loads(answer.body)["boolean"]
    else:
        found = json.loads(answer.body)
        rows = found["results"]["bindings"]
        result |= {"columns": found["head"]["vars"], "rows": rows[:_ROWS_SHOWN], "total": len(rows),
                   "whole": len(rows) <= _ROWS_SHOWN}
    return await page.show("sparql.html", query=asked.query, examples=_examples(page.lang), result=result,
                           formats=_formats(page, asked, answer.kind), keep=False)


def plain_text(query: Query) -> str:
    """A query of the catalogue without the header that only the catalogue reads."""
    return "".join(line for line in query.text.splitlines(keepends=True) if not line.startswith("#!")).lstrip()


def _examples(lang: str) -> list[dict[str, str]]:
    found = []
    for name in names("questions"):
        query = load("questions", name)
        found.append({"name": name, "title": query.title.get(lang, name)})
    return found


def _formats(page: Page, asked: readers.Request, kind: str) -> list[Format]:
    offers = GRAPHS if kind == "graph" else SOLUTIONS
    return [
        Format(offer.name.upper(), page.addresses.local("/sparql?" + urlencode(
            [("query", asked.query), *(("default-graph-uri", name) for name in asked.default_graphs),
             *(("named-graph-uri", name) for name in asked.named_graphs), ("format", offer.name)])), offer.media_type)
        for offer in offers
    ]

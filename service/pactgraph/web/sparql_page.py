"""The SPARQL editor for people: the query, what was wrong with it, its answer as a table or as Turtle, and examples.

A link may fill the editor without running anything (``?show=QUESTION`` with the question's parameters). A link with
``?query=`` runs, as the SPARQL protocol has it: whatever it is, it can only read, under the limits of every query.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from pactgraph.catalogue import load, names
from pactgraph.catalogue.bind import string
from pactgraph.errors import UserError
from pactgraph.store import readers
from pactgraph.web import bundles, problems
from pactgraph.web.negotiation import GRAPHS, SOLUTIONS
from pactgraph.web.page import Format, Page
from pactgraph.web.query_problem import told
from pactgraph.web.questions import bound_text, given, groups, plain_text
from pactgraph.web.things import short

_ROWS_SHOWN = 1000
_TEXT_SHOWN = 200_000


async def show_form(request: Request) -> Response:
    """The editor: with a small query to begin with, or with the question that ``show`` names and the values beside it."""
    page = Page(request)
    known = page.known()
    if known:
        return known
    shown = request.query_params.get("show", "")
    text, problem = _beginning(page.lang), None
    if shown in names("questions"):
        query = load("questions", shown)
        try:
            text = await bound_text(page, query, given(query, page))
        except UserError as found:
            text, problem = await bound_text(page, query, {}), found
    return await _show(page, text, problem=problem, status=200 if problem is None else problems.status_of(problem))


async def show_problem(request: Request, asked: readers.Request, problem: UserError) -> Response:
    """The editor with a query that could not be answered, and why: the line is marked, nothing that was typed is lost."""
    response = await _show(Page(request, forgiving=True), asked.query, problem=problem, status=problems.status_of(problem),
                           keep=False)
    return problems.dress(response, problem)


async def show_answer(request: Request, asked: readers.Request, answer: readers.Response) -> Response:
    """The editor with its answer, which is JSON or Turtle."""
    page = Page(request, forgiving=True)
    result: dict[str, Any] = {"kind": answer.kind, "columns": [], "rows": [], "total": 0, "text": "", "truth": None}
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
    return await _show(page, asked.query, result=result, formats=_formats(page, asked, answer.kind), keep=False)


async def _show(page: Page, query: str, *, result: dict[str, Any] | None = None, problem: UserError | None = None,
                status: int = 200, formats: list[Format] | None = None, keep: bool = True) -> Response:
    return await page.show(
        "sparql.html", status,
        query=query, groups=groups(), result=result, short=lambda iri: _shown(page, iri),
        problem=told(page, problem) if problem else None, editor=bundles.address("editor.js"),
        seconds=page.site.settings.query_seconds, formats=formats or [], keep=keep)


def _shown(page: Page, iri: str) -> str:
    """An address as a table shows it: with a prefix, or its end where it is one of this service."""
    known = short(iri)
    return "…/" + iri.removeprefix(page.site.settings.base) if known == iri and page.addresses.is_local(iri) else known


def _beginning(lang: str) -> str:
    return plain_text(load("pages", "editor-start").bind({"lang": string(lang)}))


def _formats(page: Page, asked: readers.Request, kind: str) -> list[Format]:
    offers = GRAPHS if kind == "graph" else SOLUTIONS
    return [
        Format(offer.name.upper(), page.addresses.local("/sparql?" + urlencode(
            [("query", asked.query), *(("default-graph-uri", name) for name in asked.default_graphs),
             *(("named-graph-uri", name) for name in asked.named_graphs), ("format", offer.name)])), offer.media_type)
        for offer in offers
    ]

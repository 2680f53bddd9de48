"""``/validate``: checks RDF that anybody sends against the shapes, in a process apart, under limits."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.errors import UserError, fail
from pactgraph.questions.formats import as_csv
from pactgraph.questions.table import Table
from pactgraph.settings import Settings
from pactgraph.web import intake, language
from pactgraph.web.intake import FORM, MULTIPART, Sent
from pactgraph.web.negotiation import HTML, Offer, best
from pactgraph.web.page import Page
from pactgraph.web.running import unless_gone
from pactgraph.web.site import site_of

router = APIRouter()
_OFFERS = (
    Offer("json", "application/json", ("application/problem+json",)),
    HTML,
    Offer("turtle", "text/turtle", ("application/x-turtle",)),
    Offer("csv", "text/csv"),
)
_PACKAGES = Path(__file__).resolve().parents[2]
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TZ")
_SYNTAXES = {"turtle": "text/turtle", "jsonld": "application/ld+json", "rdfxml": "application/rdf+xml",
             "trig": "application/trig", "nquads": "application/n-quads"}
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@dataclass(frozen=True)
class Checked:
    """What the process apart found: the counts, and the report in the form that was asked for."""

    head: dict[str, Any]
    report: bytes


@router.get("/validate", summary="A form to check RDF with")
async def form(request: Request) -> Response:
    """The form for people."""
    page = Page(request)
    return page.known() or await page.show("validate.html", text="", syntax="turtle", syntaxes=list(_SYNTAXES), found=None)


@router.post("/validate", summary="Check RDF against the shapes")
async def validate(request: Request) -> Response:
    """Check the RDF of the body, or of the files of a form. Nothing of it is kept."""
    settings = site_of(request).settings
    offer = _wanted(request)
    sent = await intake.body_of(request, settings.import_bytes)
    pieces, filled = _pieces(request, sent)
    lang = language.chosen(request, settings.lang)
    found = await unless_gone(request, _in_turn(pieces, "turtle" if offer.name == "turtle" else "rows", lang, settings))
    return await _answer(request, offer, found, filled)


async def _answer(request: Request, offer: Offer, found: Checked, filled: dict[str, str]) -> Response:
    if offer.name == "turtle":
        return _data(found.report, "text/turtle; charset=utf-8")
    rows = json.loads(found.report)
    if offer is HTML:
        return await Page(request, forgiving=True).show(
            "validate.html", keep=False, found=found.head | rows, syntaxes=list(_SYNTAXES),
            text=filled.get("text", ""), syntax=filled.get("syntax", "turtle"))
    table = Table(columns=rows["columns"], rows=rows["rows"])
    if offer.name == "csv":
        return _data(as_csv(table), "text/csv; charset=utf-8")
    head = found.head
    body = {"conforms": not head["error"], "errors": head["error"], "warnings": head["warning"], "notes": head["info"],
            "statements": head["statements"], "summary": head["summary"], "results": table.records()}
    return _data(json.dumps(body, ensure_ascii=False, indent=1).encode() + b"\n", "application/json")


def _data(body: bytes, media_type: str) -> Response:
    return Response(body, headers={"Content-Type": media_type, "Cache-Control": "no-store", "Vary": "Accept"})


def _wanted(request: Request) -> Offer:
    chosen = best(request.headers.get("accept"), _OFFERS)
    if chosen is None:
        raise fail("not-acceptable", offers=", ".join(offer.media_type for offer in _OFFERS))
    return chosen[0]


def _pieces(request: Request, sent: Sent) -> tuple[list[Sent], dict[str, str]]:
    """What is to be checked, and what a person had filled in: the body itself, or files and text of a form."""
    if sent.media_type not in (FORM, MULTIPART):
        return [_piece(sent)], {}
    parts = intake.parts_of(request, sent) if sent.media_type == MULTIPART else [
        Sent("", value.encode(), name) for name, value in intake.pairs(intake.text_of(sent.data))]
    filled = {part.field: intake.text_of(part.data) for part in parts if part.field in ("text", "syntax")}
    files = [_piece(part) for part in parts if part.data.strip() and (part.file or part.media_type in intake.RDF)]
    if filled.get("text", "").strip():
        kind = _SYNTAXES.get(filled.get("syntax", "turtle"), "text/turtle")
        files.append(Sent(kind, filled["text"].encode(), file=intake.BODY))
    if not files:
        raise fail("rdf-empty-form")
    return files, filled


def _piece(sent: Sent) -> Sent:
    """A part with the media type of its syntax, which may be told by the file's name only."""
    return Sent(intake.syntax_of(sent).media_type, sent.data, file=sent.file or sent.field or intake.BODY)


async def _in_turn(pieces: list[Sent], report: str, lang: str, settings: Settings) -> Checked:
    """Check when it is one's turn: as many run at once as the settings allow queries."""
    turn = _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(settings.workers))
    try:
        async with asyncio.timeout(settings.validate_seconds):
            await turn.acquire()
    except TimeoutError:
        raise fail("validate-busy") from None
    try:
        return await _apart(pieces, report, lang, settings)
    finally:
        turn.release()


async def _apart(pieces: list[Sent], report: str, lang: str, settings: Settings) -> Checked:
    options = {
        "parts": [(piece.file, piece.media_type, len(piece.data)) for piece in pieces], "report": report, "lang": lang,
        "base": settings.base, "memory": settings.query_memory, "seconds": int(settings.validate_seconds) + 1,
    }
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join([str(_PACKAGES), *filter(None, sys.path)])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "pactgraph.build.validate_apart", json.dumps(options), env=environment,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True)
    try:
        async with asyncio.timeout(settings.validate_seconds):
            out, _ = await process.communicate(b"".join(piece.data for piece in pieces))
    except TimeoutError:
        raise fail("validate-time", seconds=f"{settings.validate_seconds:g}") from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await asyncio.shield(process.wait())
    return _understood(out, settings)


def _understood(out: bytes, settings: Settings) -> Checked:
    first, _, report = out.partition(b"\n")
    if not first:  # ended by the system: RLIMIT_AS aborts a process, or it ran out of stack
        raise fail("validate-memory")
    head = json.loads(first)
    if "message" in head:
        raise Told(head["error"], head["message"], head["file"], head["line"], head["column"])
    if head["error"] == "validate-memory":
        raise fail("validate-memory")
    return Checked(head, report)


class Told(UserError):
    """What the process apart found wrong, in words that are ready."""

    def __init__(self, key: str, text: str, file: str | None, line: int | None, column: int | str | None) -> None:
        super().__init__(key, {}, file, line, column)
        self._text = text

    def message(self, lang: str = "") -> str:
        """The message, in the language that the process was asked for."""
        return self._text

"""Workbooks of a body: taken away, brought back, looked at as a dry run, and written after a confirmation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.catalogue import bind as terms
from pactgraph.errors import UserError, fail
from pactgraph.sources.workbook.layout import heading
from pactgraph.sources.workbook.row import Remark
from pactgraph.texts import LANGUAGES, say
from pactgraph.web.intake import Sent
from pactgraph.web.work import proposals
from pactgraph.web.work.forms import Form, posted
from pactgraph.web.work.frame import WRITERS, WorkPage, require_session
from pactgraph.web.work.proposals import Read
from pactgraph.web.work.spool import Spool, Upload, sums_of
from pactgraph.web.work.visitor import folder_of
from pactgraph.web.writes import to_its_end
from pactgraph.writing.workbooks import OUTCOMES, PUBLIC, STAGES, UNTOUCHED, Line, shown

router = APIRouter(include_in_schema=False)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNCHANGED = -1
"""What stands for the number of an entry where a workbook changed nothing."""


@dataclass
class Row:
    """A row of the dry run, in the workbook's language: what becomes of it, cell by cell, and what is to be said of it."""

    sheet: str
    number: int
    task: str
    label: str
    outcome: str
    said: str
    cells: list[tuple[str, str, str, str]] = field(default_factory=list)
    remarks: list[tuple[str, str, bool]] = field(default_factory=list)


@router.get("/workspace/workbooks")
async def upload_page(request: Request) -> Response:
    """The forms for taking a workbook away and for bringing it back."""
    page = WorkPage(request)
    return await _forms(page) if page.me else page.sign_in_first()


@router.get("/workspace/workbooks/export")
async def export(request: Request) -> Response:
    """The workbook of a body, as of a day."""
    page = WorkPage(request)
    if page.me is None:
        return page.sign_in_first()
    asked = request.query_params
    word = page.own()["body"] or asked.get("body", "").strip()
    day, stage, lang = asked.get("day") or page.day, asked.get("stage", PUBLIC), asked.get("in", page.lang)
    try:
        terms.day(day)
        if stage not in (STAGES[0], PUBLIC):
            raise fail("clearance-stage", stage=stage, known=f"{STAGES[0]}, {PUBLIC}")
        lang = lang if lang in LANGUAGES else page.lang
        code, data = await proposals.export(page.site, page.me, word, date.fromisoformat(day), lang, stage)
    except UserError as problem:
        return await _forms(page, problem)
    return _file(data, f"{code}.xlsx")


@router.post("/workspace/workbooks")
async def upload(request: Request) -> Response:
    """Keep an uploaded workbook for a while, and go to its dry run. A file that is no workbook of ours is not kept."""
    page = WorkPage(request)
    session = require_session(request, WRITERS)
    limit = page.site.settings.import_bytes
    form = await posted(request, 2 * limit)
    spool = _spool(page)
    try:
        book, evidence = _files(form, limit)
        embargo = form.line("embargo", 20)
        if embargo:
            terms.day(embargo)
        kept = spool.put(session, book.file, book.data, sums_of([(one.file, one.data) for one in evidence]), embargo)
        try:
            await proposals.read(page.site, spool.file(kept), kept, session.author)
        except UserError:
            spool.drop(kept)
            raise
    except UserError as problem:
        return await _forms(page, problem)
    return page.go(f"/workspace/workbooks/{kept.id}")


@router.get("/workspace/workbooks/{name}")
async def dry_run(request: Request, name: str) -> Response:
    """What an uploaded workbook would do."""
    page = WorkPage(request)
    if page.me is None:
        return page.sign_in_first()
    return await _dry_run(page, _kept(page, name))


@router.get("/workspace/workbooks/{name}/checked.xlsx")
async def checked(request: Request, name: str) -> Response:
    """The uploaded workbook with a comment in each cell of which something is to be said."""
    page = WorkPage(request)
    if page.me is None:
        return page.sign_in_first()
    kept = _kept(page, name)
    if kept.entry is not None:
        raise fail("upload-gone", minutes=60)
    data = await proposals.checked_copy(page.site, _spool(page).file(kept), kept, page.me)
    return _file(data, kept.name.rpartition(".")[0] + "-checked.xlsx")


@router.post("/workspace/workbooks/{name}/confirm")
async def confirm(request: Request, name: str) -> Response:
    """Write what the dry run showed: all of it, or nothing. The same form twice writes once."""
    page = WorkPage(request)
    require_session(request, WRITERS)
    form = await posted(request)
    return await to_its_end(_confirm(page, name, form.line("mark", 64)))


@router.post("/workspace/workbooks/{name}/remove")
async def remove(request: Request, name: str) -> Response:
    """Forget an upload; nothing was written."""
    page = WorkPage(request)
    session = require_session(request)
    await posted(request)
    async with _spool(page).deciding(session, name) as kept:
        _spool(page).drop(kept)
    return page.go("/workspace/workbooks", done="removed")


async def _confirm(page: WorkPage, name: str, mark: str) -> Response:
    assert page.session is not None
    spool, author = _spool(page), page.session.author
    async with spool.deciding(page.session, name) as kept:
        if kept.entry is None:
            site = await page.site.latest()
            read = await proposals.read(site, spool.file(kept), kept, author)
            try:
                if read.mark != mark:
                    raise fail("upload-moved")
                change = read.proposal.change(author)
                number = (await site.write(change)).number if change.added or change.removed else UNCHANGED
            except UserError as problem:
                return await _dry_run(page, kept, problem)
            spool.done(kept, number)
        else:
            number = kept.entry
    if number == UNCHANGED:
        return page.go("/workspace/workbooks", done="unchanged")
    return page.go(f"/workspace/journal/{number}", done="import")


async def _dry_run(page: WorkPage, kept: Upload, problem: UserError | None = None) -> Response:
    assert page.me is not None
    if kept.entry is not None:
        return page.go(f"/workspace/journal/{kept.entry}" if kept.entry > 0 else "/workspace/workbooks", done="import")
    read = await proposals.read(page.site, _spool(page).file(kept), kept, page.me)
    proposal, lang = read.proposal, read.proposal.filled.lang
    rows = [_row(line, read, lang) for line in proposal.lines if line.outcome != UNTOUCHED or line.row.remarks]
    return await page.form(
        "dry-run.html", problem, upload=kept, proposal=proposal, said=lang, mark=read.mark,
        counts=[(name, proposal.count(name)) for name in OUTCOMES], sheets=_sheets(rows),
        whole=[_remark(remark, lang) for remark in proposal.filled.remarks], missing=proposal.filled.missing,
        places=_places(problem, page.lang),
        nothing=not (proposal.added or proposal.removed), outcome=lambda name: say(f"workbook-outcome-{name}", page.lang))


def _row(line: Line, read: Read, lang: str) -> Row:
    """A row in words: for each changed cell its place, column, what stands there and what the file says."""
    row, empty = line.row, say("workbook-empty", lang)
    cells = [(row.places.get(column, "") + str(row.number), heading(column, lang),
              shown(column, before, read.names, lang) or empty, shown(column, after, read.names, lang) or empty)
             for column, before, after in line.changes]
    return Row(row.sheet, row.number, row.cells.get("task", ""), row.cells.get("label", ""), line.outcome,
               say(f"workbook-outcome-{line.outcome}", lang), cells, [_remark(remark, lang) for remark in row.remarks])


def _remark(remark: Remark, lang: str) -> tuple[str, str, bool]:
    """What is to be said of a cell: its place, the words, whether it stands against the import."""
    return f"{remark.column}{remark.row}" if remark.row else "", remark.text(lang), remark.wrong


def _sheets(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.sheet, []).append(row)
    return found


def _places(problem: UserError | None, lang: str) -> list[str]:
    """What the shapes say against a write, each once."""
    errors = problem.values.get("errors", ()) if problem else ()
    return list(dict.fromkeys(told["message"].get(lang) or next(iter(told["message"].values()), "") for told in errors))


async def _forms(page: WorkPage, problem: UserError | None = None) -> Response:
    assert page.session is not None
    body = page.own()["body"]
    page.ask.mention([body] if body else [])
    return await page.form("workbooks.html", problem, waiting=_spool(page).waiting(page.session),
                           asked=page.request.query_params, done=page.request.query_params.get("done", ""),
                           limit=page.site.settings.import_bytes // 1_000_000)


def _files(form: Form, limit: int) -> tuple[Sent, list[Sent]]:
    """The workbook of a form, and the files of evidence."""
    books = [one for one in form.files if one.field == "file"]
    if not books:
        raise fail("upload-missing")
    if not books[0].file.lower().endswith(".xlsx"):
        raise fail("upload-kind", name=books[0].file[:100])
    if len(books[0].data) > limit:
        raise fail("body-too-large", limit=f"{limit / 1_000_000:g}")
    return books[0], [one for one in form.files if one.field == "evidence"]


def _kept(page: WorkPage, name: str) -> Upload:
    assert page.session is not None
    return _spool(page).get(page.session, name)


def _spool(page: WorkPage) -> Spool:
    return Spool(folder_of(page.site) / "uploads")


def _file(data: bytes, name: str) -> Response:
    response = Response(data, media_type=XLSX_TYPE)
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_. ") else "_" for letter in name)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""Entering an assessment of a recommendation or a task, beside those of others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from pactgraph.catalogue import bind as terms
from pactgraph.errors import UserError, fail
from pactgraph.ids import Ids
from pactgraph.namespaces import VOCAB, concept
from pactgraph.questions.resolve import resolve
from pactgraph.reports.workbooks import words_of
from pactgraph.texts import LANGUAGES, say
from pactgraph.web.ask import Ask
from pactgraph.web.asking import in_thread
from pactgraph.web.problems import status_of
from pactgraph.web.work.forms import Form, posted
from pactgraph.web.work.frame import WRITERS, WorkPage, require_session
from pactgraph.web.writes import to_its_end
from pactgraph.writing.assessments import SCALES, Entered, Named, assessment

router = APIRouter(include_in_schema=False)
_FIELDS = {"assessor": "assessor", "grade": "grade", "assessedOn": "day", "source": "source", "inDocument": "source",
           "comment": "note", "assesses": "about"}
"""The field of the form at which a shape's message about a property stands."""
_LONGEST = {"source": 1000, "note": 4000}


@router.get("/workspace/assess")
async def find(request: Request) -> Response:
    """Find what is to be assessed, by its code or name."""
    page = WorkPage(request)
    if page.me is None:
        return page.sign_in_first()
    word = request.query_params.get("about", "").strip()
    if not word:
        return await page.form("assess-find.html", word="", may=page.me.scope in WRITERS)
    try:
        iri = await in_thread(page.site, lambda store: resolve(store, "", word[:500]))
        await _scales(page, iri)
    except UserError as problem:
        return await page.form("assess-find.html", problem, word=word, may=page.me.scope in WRITERS)
    return page.go("/workspace/assess/" + iri.removeprefix(page.site.settings.base + "id/"))


@router.get("/workspace/assess/{path:path}")
async def form_page(request: Request, path: str) -> Response:
    """The form, with what others said."""
    page = WorkPage(request)
    return await _show(page, _iri(page, path)) if page.me else page.sign_in_first()


@router.post("/workspace/assess/{path:path}")
async def enter(request: Request, path: str) -> Response:
    """Check an assessment by the shapes and write it; what is wrong is told at its field."""
    page, iri = WorkPage(request), ""
    session = require_session(request, WRITERS)
    form = await posted(request)
    iri = _iri(page, path)
    scales = await _scales(page, iri)
    wrong: dict[str, str] = {}
    day = _day(form, page.lang, wrong)
    assessor = await _assessor(page, form, wrong)
    chosen = form.line("grade", 100)
    grade = concept(*chosen.split("/", 1)) if chosen in _codes(scales) else ""
    source, note = form.line("source", _LONGEST["source"]), form.text("note", _LONGEST["note"])
    if wrong or day is None:
        return await _show(page, iri, form.texts, wrong, 422)
    entered = Entered(iri, assessor, grade, day, source, note, page.lang)
    before = await _there(page, entered)
    if before:
        return await _show(page, iri, form.texts, {"day": say("assess-there", page.lang, grade=before)}, 409)
    change = assessment(entered, session.author, Ids(page.site.settings.base), await _names(page, scales, entered))
    try:
        done = await to_its_end(page.site.write(change))
    except UserError as problem:
        at, others = _at_fields(problem, page.lang)
        return await _show(page, iri, form.texts, at, status_of(problem), others or ([] if at else page.told(problem)))
    return page.go(f"/workspace/assess/{path}", done=done.number)


async def _show(page: WorkPage, iri: str, said: Mapping[str, str] | None = None, wrong: Mapping[str, str] | None = None,
                status: int = 200, problems: list[str] | None = None) -> Response:
    assert page.me is not None
    scales = await _scales(page, iri)
    page.ask.mention([iri, *filter(None, [page.own()["body"]])])
    done = page.request.query_params.get("done", "")
    return await page.form(
        "assess.html", status, iri=iri, scales=scales, said=said or {}, wrong=wrong or {}, problems=problems or [],
        assessments=await page.ask.records("assessments", iri, by=("assessment",)), may=page.me.scope in WRITERS,
        done=done if done.isdecimal() and len(done) < 10 else "", today_=date.today().isoformat(), path=_path(page, iri),
        scheme=_scheme)


async def _scales(page: WorkPage, iri: str) -> dict[str, dict[str, dict[str, str]]]:
    """The grades that fit a thing: by vocabulary, by code, by language. A thing of another kind raises a UserError."""
    await page.site.things.look_up([iri])
    thing = page.thing(iri)
    fitting = next((scales for name, scales in SCALES.items() if thing.is_a(name)), None)
    if fitting is None:
        raise fail("assess-kind", name=thing.label(page.lang)[0][:200])
    found = await in_thread(page.site, lambda store: {scale: words_of(store, scale).names for scale in fitting})
    page.ask.mention(_scheme(scale) for scale in fitting)
    return found


def _scheme(scale: str) -> str:
    return VOCAB + scale


def _codes(scales: Mapping[str, Mapping[str, Any]]) -> set[str]:
    return {f"{scale}/{code}" for scale, codes in scales.items() for code in codes}


def _day(form: Form, lang: str, wrong: dict[str, str]) -> date | None:
    given = form.line("day", 20)
    try:
        if not given:
            raise fail("assess-day")
        terms.day(given)
        day = date.fromisoformat(given)
        if day > date.today():
            raise fail("assess-day-future")
    except UserError as problem:
        wrong["day"] = problem.message(lang)
        return None
    return day


async def _assessor(page: WorkPage, form: Form, wrong: dict[str, str]) -> str:
    """Who assesses: a contributor's own body; others name the institution whose view they record."""
    own: str | None = page.own()["body"]
    named = form.line("assessor", 300)
    if own or not named:
        return own or ""
    try:
        return await in_thread(page.site, lambda store: resolve(store, "pg:Agent", named))
    except UserError as problem:
        wrong["assessor"] = problem.message(page.lang)
        return ""


async def _there(page: WorkPage, entered: Entered) -> str:
    """The grade of another assessment of the same assessor, thing and day; empty where there is none, or it is the same."""
    ask = Ask(page.site, page.lang, page.day)
    for record in await ask.records("assessments", entered.about, by=("assessment",)):
        same = (record.assessor, record.date, record.part) == (entered.assessor, entered.day.isoformat(), entered.about)
        if same and (record.grade, record.source, record.note or "") != (entered.grade, entered.source, entered.note):
            return (record.grade or "–").rsplit("/", 1)[-1]
    return ""


async def _names(page: WorkPage, scales: Mapping[str, Mapping[str, dict[str, str]]], entered: Entered) -> Named:
    """The names that the label of an assessment is made of."""
    await page.site.things.look_up(filter(None, [entered.about, entered.assessor]))
    found: Named = {concept(scale, code): words for scale, codes in scales.items() for code, words in codes.items()}
    for iri in filter(None, [entered.about, entered.assessor]):
        thing = page.thing(iri)
        code = thing.notation if iri == entered.about else None
        found[iri] = {lang: code or thing.label(lang)[0] for lang in LANGUAGES}
    return found


def _at_fields(problem: UserError, lang: str) -> tuple[dict[str, str], list[str]]:
    """The messages of the shapes at the fields that they speak of, and those that speak of none."""
    at: dict[str, str] = {}
    others: list[str] = []
    for told in problem.values.get("errors", ()):
        message = told["message"].get(lang) or next(iter(told["message"].values()), "")
        fields = [field for name, field in _FIELDS.items() if name in str(told.get("path", ""))]
        if fields:
            at.setdefault(fields[0], message)
        else:
            others.append(message)
    return at, list(dict.fromkeys(others))


def _iri(page: WorkPage, path: str) -> str:
    iri = f"{page.site.settings.base}id/{path}"
    try:
        terms.iri(iri)
    except UserError:
        raise fail("assess-kind", name=path[:200]) from None
    return iri


def _path(page: WorkPage, iri: str) -> str:
    return iri.removeprefix(page.site.settings.base + "id/")

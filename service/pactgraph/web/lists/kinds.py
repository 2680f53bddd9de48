"""What each list holds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from fastapi import APIRouter
from pyoxigraph import Literal

from pactgraph.web.ask import Record
from pactgraph.web.lists.filters import Axis
from pactgraph.web.lists.listing import Listing, column
from pactgraph.web.page import Page
from pactgraph.web.states import law_state
from pactgraph.web.views.plan import with_depth

router = APIRouter()
_LONG = 500


async def _asked(name: str, by: str, page: Page) -> list[Record]:
    return await page.ask.records(name, by=(by,))


def _of(name: str, record: Record) -> list[str]:
    return record.values(name)


def _axis(name: str, words: str = "", of: str = "") -> Axis:
    return Axis(name, partial(_of, of or name), words)


def _answered(record: Record) -> Iterable[str]:
    return ["yes" if record.tasks else "no"]


def _followed(record: Record) -> Iterable[str]:
    return ["yes"] if record.followUp == "true" else []


async def _bodies(page: Page) -> list[Record]:
    records = await _asked("bodies", "body", page)
    await page.site.things.look_up(record.body or "" for record in records)
    records.sort(key=lambda record: page.thing(record.body or "").label(page.lang)[0])
    for record in records:
        ended = record.until and record.until <= page.day
        record.add("standing", Literal("ended" if ended else "groups" if record.group else "standing"))
    return records


def _groups(page: Page, records: list[Record]) -> dict[str, Any]:
    kinds = ("standing", "ended", "groups")
    return {"groups": [(kind, [record for record in records if record.standing == kind]) for kind in kinds]}


async def _laws(page: Page) -> list[Record]:
    records = await _asked("laws", "law", page)
    for record in records:
        record.add("state", Literal(law_state(page.day, getattr(record, "from"), record.until, bill=bool(record.proposal))))
    return records


def _plans_of(page: Page, records: list[Record]) -> dict[str, Any]:
    plans: dict[str, list[Record]] = {}
    for record in records:
        plans.setdefault(record.plan or "", []).append(record)
    return {"plans": {plan: with_depth(rows) for plan, rows in plans.items()}}


def _treaties_of(page: Page, records: list[Record]) -> dict[str, Any]:
    treaties: dict[str, list[Record]] = {}
    for record in records:
        treaties.setdefault(record.treaty or "", []).append(record)
    return {"treaties": treaties}


def _mechanisms_of(page: Page, records: list[Record]) -> dict[str, Any]:
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.treaty or record.mechanism or "", []).append(record)
    return {"groups": groups}


ARTICLES = Listing(
    "articles", "article", partial(_asked, "articles", "article"), size=_LONG, more=_treaties_of, axes=(_axis("treaty"),),
    columns=tuple(map(column, ("treaty", "part", "recommendations", "tasks", "proposed", "laws"))))
RECOMMENDATIONS = Listing(
    "recommendations", "recommendation", partial(_asked, "recommendations", "recommendation"),
    columns=(column("mechanism"), column("document"), column("articles", "article"), column("position"), column("tasks"),
             column("grades", "grade"), column("follow_up", "followUp")),
    axes=(_axis("mechanism"), _axis("document"), _axis("article"), _axis("position"),
          Axis("answered", _answered, "answered-"), _axis("grade"), Axis("follow-up", _followed, "follow-up-")))
TASKS = Listing(
    "tasks", "item", partial(_asked, "items", "item"), size=_LONG, more=_plans_of,
    columns=(column("plan"), column("row"), column("leads", "body"), column("deadline")),
    axes=(_axis("plan"), _axis("kind", of="class"), _axis("body")))
BODIES = Listing(
    "bodies", "body", _bodies, size=_LONG, more=_groups,
    columns=tuple(map(column, ("kind", "standing", "until", "successor", "lead", "cooperating"))),
    axes=(_axis("kind"), _axis("standing", "bodies-")))
LAWS = Listing(
    "laws", "law", _laws, size=_LONG,
    columns=(column("number"), column("state"), column("in_force_from", "from"), column("in_force_until", "until"),
             column("replaced_by", "replacedBy"), column("tasks")), axes=(_axis("state", "law-"),))
PLANS = Listing(
    "plans", "plan", partial(_asked, "plans", "plan"), size=_LONG,
    columns=tuple(map(column, ("number", "adopted", "issuer", "treaty", "cycle", "implements", "tasks"))),
    axes=(_axis("issuer"), _axis("text")))
CYCLES = Listing(
    "cycles", "cycle", partial(_asked, "cycles", "cycle"), size=_LONG, more=_mechanisms_of,
    columns=tuple(map(column, ("mechanism", "treaty", "session", "review", "document", "plan", "recommendations", "graded"))))

for _listing, _summary in (
    (ARTICLES, "The articles of the treaties"), (RECOMMENDATIONS, "The recommendations"), (TASKS, "The rows of the plans"),
    (BODIES, "The public bodies"), (LAWS, "The laws and bills"), (PLANS, "The plans"), (CYCLES, "The cycles of review"),
):
    _listing.routes(router, _summary)

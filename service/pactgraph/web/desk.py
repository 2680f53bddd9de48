"""``/inbox``: what lies on the desk of a body on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from pactgraph.errors import UserError
from pactgraph.web import tables
from pactgraph.web.asking import ReaderStore, in_thread
from pactgraph.web.page import Format, Page
from pactgraph.web.running import unless_gone

if TYPE_CHECKING:
    from pactgraph.questions.gaps import Listed

router = APIRouter()
_QUESTION = "inbox"


@dataclass(frozen=True)
class Entry:
    """One thing on a desk: the row of the question's answer in words, and the same with IRIs."""

    said: dict[str, str]
    iris: dict[str, str]

    def group(self, day: str) -> str:
        """``passed``, ``ahead`` or ``undated``, by the deadline that counts on the day."""
        due = self.said["due"]
        return "undated" if not due else "passed" if due < day else "ahead"


@dataclass(frozen=True)
class Desk:
    """A desk: the body (an IRI), what lies on it in the order of deadlines, and the gaps that concern the body."""

    body: str
    entries: list[Entry]
    gaps: list[Listed]

    def grouped(self, day: str) -> list[tuple[str, list[Entry]]]:
        """What lies on the desk, in groups: what has passed first."""
        return [(key, [entry for entry in self.entries if entry.group(day) == key]) for key in ("passed", "ahead", "undated")]

    def count(self, role: str) -> int:
        """On how many entries the body has a role (``lead``, ``cooperating``) and was given it, not asked."""
        return sum(entry.iris["role"].endswith("/" + role) and entry.said["requested"] != "true" for entry in self.entries)

    @property
    def asked(self) -> int:
        """How many entries are requests."""
        return sum(entry.said["requested"] == "true" for entry in self.entries)

    @property
    def inherited(self) -> int:
        """How many entries came from other bodies by transferred function."""
        return sum(entry.said["inherited"] == "true" for entry in self.entries)


@router.get("/inbox", summary="The bodies with a desk")
async def desks(request: Request) -> Response:
    """The bodies that answer for something on the day."""
    page = Page(request)
    return page.known() or await page.show("desks.html", records=await page.ask.records("desks"))


@router.get("/inbox/{body}", summary="What lies on the desk of a body")
async def desk(request: Request, body: str) -> Response:
    """Tasks and duties of a body on the day with their deadlines and last reports, and the gaps that concern it."""
    page = Page(request)
    known = page.known()
    if known:
        return known
    if not body.strip():
        raise HTTPException(404)
    try:
        found = await unless_gone(request, in_thread(page.site, lambda store: _desk(page, store, body)))
    except UserError as error:
        if error.key == "thing-unknown":
            raise HTTPException(404) from error  # the page of what is not there suggests the nearest bodies
        raise
    page.ask.mention([found.body, *(entry.iris[name] for entry in found.entries for name in ("task", "plan", "body") if
                                    entry.iris[name]), *(gap.gap.subject for gap in found.gaps)])
    return await page.show("desk.html", desk=found, groups=found.grouped(page.day), formats=_formats(page, body))


def _desk(page: Page, store: ReaderStore, body: str) -> Desk:
    from pactgraph.questions.gaps import Filter, gap_list
    from pactgraph.questions.resolve import resolve
    from pactgraph.questions.run import ask

    iri = resolve(store, "pg:Agent", body)
    said, iris = (
        ask(store, _QUESTION, {"body": iri}, as_of=page.day, lang=page.lang, ids=ids).records() for ids in (False, True))
    entries = [Entry(*pair) for pair in zip(said, iris, strict=True)]
    return Desk(iri, entries, gap_list(store, page.lang, page.day, Filter(body=iri)))


def _formats(page: Page, body: str) -> list[Format]:
    return [Format(name, page.local(f"/questions/{_QUESTION}.{suffix}", body=body), media_type)
            for suffix, (name, media_type) in tables.FILES.items()]

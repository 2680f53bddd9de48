"""The picture of a chain on other pages: of the thing that a page is about, and the example of the start page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pactgraph.web.trace.gather import Gatherer
from pactgraph.web.trace.notes import words_of
from pactgraph.web.trace.picture import TALL, WIDE, Look, Picture, draw, number_steps, trace_address
from pactgraph.web.trace.steps import ARTICLE, Chain, Step

if TYPE_CHECKING:
    from pactgraph.web.page import Page

PARTS = ("RecommendedAction", "ArticleParagraph", "LegalProvision", "LinkAssertion")
"""What stands on a chain by the thing that it is part of."""
_SMALL = (replace(WIDE, most=3), replace(TALL, most=1))


@dataclass
class View:
    """A chain with its pictures for wide and for narrow screens; ``numbered``: its steps in the order of their numbers."""

    chain: Chain
    numbered: list[Step]
    pictures: list[Picture]
    address: str


async def whole_of(page: Page, iri: str) -> str | None:
    """The thing whose chain is shown for a part of it, or for a link that begins at it; None for anything else."""
    await page.site.things.look_up([iri])
    if not page.thing(iri).is_a(*PARTS):
        return None
    found = await page.ask.records("trace-start", iri)
    return found[0].whole if found else None


async def view_of(page: Page, chain: Chain, looks: tuple[Look, ...] = (WIDE, TALL)) -> View:
    """A chain with its pictures."""
    numbered = number_steps(chain)
    await page.site.things.look_up({iri for step in chain.steps for iri in (step.start, step.end)} | {chain.here})
    address = trace_address(page, chain.here)
    words = await words_of(page, chain, address + ("&" if "?" in address else "?") + "all=1#links")
    return View(chain, numbered, [draw(page, chain, numbered, words, look) for look in looks], address)


async def view_on_page(page: Page, iri: str) -> View | None:
    """The picture for the page of a thing; None where nothing is linked to it."""
    chain = await Gatherer(page.ask, page.state or "").chain(await whole_of(page, iri) or iri)
    return await view_of(page, chain, _SMALL) if chain and chain.steps else None


async def example(page: Page) -> View | None:
    """The chain of the article that the example task answers for; None in a graph without one."""
    found = await page.ask.records("example-task")
    chain = await Gatherer(page.ask, page.state or "").chain(found[0].task or "") if found else None
    articles = [iri for iri in chain.members(ARTICLE) if _firm(chain, iri)] if chain else []
    return await view_on_page(page, articles[0]) if articles else None


def _firm(chain: Chain, iri: str) -> bool:
    return any(iri == step.start and not step.proposed for step in chain.steps if step.kind in ("concerns", "serves"))

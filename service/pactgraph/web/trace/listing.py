"""The links of a chain in words: sections for the page, a table for files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from pactgraph.questions.table import Table
from pactgraph.web.templating import pick
from pactgraph.web.trace.choose import choose
from pactgraph.web.trace.picture import WIDE
from pactgraph.web.trace.steps import KINDS, Chain, Step
from pactgraph.web.trace.words import Entry, entries

if TYPE_CHECKING:
    from pactgraph.web.page import Page

_COLUMNS = ["number", "step", "from", "from_label", "to", "to_label", "part", "status", "role", "method", "confidence",
            "quotation", "file", "lines", "source", "note", "in_picture"]


@dataclass
class Section:
    """The links of a kind; ``total`` counts those that the page leaves out too."""

    MOST: ClassVar[int] = 15

    kind: str
    entries: list[Entry]
    total: int


async def sections_of(page: Page, chain: Chain, numbered: list[Step], most: int | None) -> list[Section]:
    """The links by kind with their words: those of the picture, and more up to ``most`` (None: all)."""
    shown = set(choose(chain, WIDE.most).steps)
    found = []
    for kind in KINDS:
        steps = [(number, step) for number, step in enumerate(numbered, 1) if step.kind == kind]
        kept = [pair for place, pair in enumerate(steps) if most is None or place < most or pair[1] in shown]
        if kept:
            found.append(Section(kind, await entries(page.ask, kept, shown), len(steps)))
    page.ask.mention(iri for step in numbered for iri in (step.start, step.end, step.part, step.role) if iri)
    return found


async def table_of(page: Page, chain: Chain, numbered: list[Step]) -> Table:
    """All links of a chain as a table: IRIs beside names, every word of the source."""
    shown = set(choose(chain, WIDE.most).steps)
    listed = await entries(page.ask, list(enumerate(numbered, 1)), shown)
    page.ask.mention(iri for step in numbered for iri in (step.start, step.end, step.part, step.role) if iri)
    await page.ask.learn_names()
    return Table(list(_COLUMNS), [_row(page, entry) for entry in listed], page.t("trace-list"))


def _row(page: Page, entry: Entry) -> list[str]:
    step = entry.step

    def label(iri: str) -> str:
        return page.thing(iri).label(page.lang)[0] if iri else ""

    def joined(name: str) -> str:
        return "; ".join(entry.values(name))

    note = pick(entry.terms("comment"), page.lang)
    words = [*entry.values("quotation"), *entry.values("verbatim"), *entry.values("statementText")]
    source = "; ".join(value for value in entry.values("source") if not value.startswith("http"))
    return [str(entry.number), step.kind, step.start, label(step.start), step.end, label(step.end), step.part,
            label(step.status) if step.status else page.t("trace-stated"), label(step.role),
            "; ".join(map(label, entry.values("method"))), joined("confidence"), " … ".join(words), joined("fileName"),
            joined("sourceLine"), "; ".join(filter(None, [source, joined("legalBasis")])), note[0] if note else "",
            str(entry.shown).lower()]

"""The links of a round that people may decide about, each with its state: those that stand, and those to nothing."""

from __future__ import annotations

from dataclasses import dataclass

from pactgraph.build.journaled import Journaled
from pactgraph.questions.crosswalk.items import RECOMMENDATION, Item
from pactgraph.questions.crosswalk.propose import ADDRESSES, CARRIES, REPEATS, Crosswalk
from pactgraph.questions.crosswalk.rounds import Round, Side
from pactgraph.sources.workbook.layout import plain
from pactgraph.writing.crosswalk import Standing, link_id, link_iri, standings

NONE = "none"
"""The state of a row whose link the journal does not have: nothing was taken up, as far as is known."""
LINKED = "linked"
"""The state of such a row once something was linked after all."""


@dataclass(frozen=True)
class Possible:
    """A link that a row of a sheet is about: its ends, and the sides on which they stand. ``lone``: the item that takes up
    nothing, or that nothing takes up; then the other end is a whole document or plan."""

    subject: str
    predicate: str
    target: str
    new: Item | Side
    old: Item | Side
    lone: Item | None = None

    def iri(self, base: str) -> str:
        """The IRI of the link."""
        return link_iri(self.subject, self.target, base)

    @property
    def ends(self) -> tuple[str, str, str]:
        """Subject, predicate and object."""
        return (self.subject, self.predicate, self.target)


@dataclass(frozen=True)
class Table:
    """All links of a round that a sheet may speak of, by identifier, as they stand in the journal.

    ``left``: the items that take up nothing or that nothing takes up.
    """

    found: Round
    base: str
    possible: dict[str, Possible]
    standing: dict[str, Standing]
    left: set[str]

    def state(self, identifier: str) -> str:
        """The state of a row, as a sheet keeps it."""
        possible = self.possible[identifier]
        link = self.standing.get(possible.iri(self.base))
        if link:
            return link.state
        return NONE if possible.lone and possible.lone.iri in self.left else LINKED

    def by_code(self, predicate: str, new: bool, code: str) -> Item | None:
        """The item of one side that people name by its number."""
        side = self._side(predicate, new)
        said = plain(code)
        return next((item for item in (side.items if side else []) if plain(item.code) == said), None)

    def codes(self, predicate: str, new: bool) -> str:
        """The numbers that may be named."""
        side = self._side(predicate, new)
        return ", ".join(item.code for item in (side.items if side else []))

    def _side(self, predicate: str, new: bool) -> Side | None:
        found = self.found
        return {(REPEATS, True): found.document, (REPEATS, False): found.earlier_document, (CARRIES, True): found.plan,
                (CARRIES, False): found.earlier_plan, (ADDRESSES, True): found.plan, (ADDRESSES, False): found.document,
                }[predicate, new]


def table_of(found: Round, crosswalk: Crosswalk, state: Journaled, base: str) -> Table:
    """The links of a round: those that the journal has, and for each item that is left the link to nothing."""
    standing = standings(state, base)
    possible: dict[str, Possible] = {}
    whole = {side.iri: side for side in found.sides()}
    of_new = {iri for side in (found.document, found.plan) if side for iri in (side.iri, *(item.iri for item in side.items))}
    for link in standing.values():
        new, old = (found.item(end) or whole.get(end) for end in (link.subject, link.object))
        if new and old and link.subject in of_new:
            items = [end for end in (new, old) if isinstance(end, Item)]
            lone = items[0] if len(items) == 1 else None
            possible[link_id(link.iri, base)] = Possible(link.subject, link.predicate, link.object, new, old, lone)
    left = {item.iri for item in (*crosswalk.new, *crosswalk.dropped)}
    for item, is_new in found.compared():
        one = _nothing(found, item, is_new)
        if one:
            possible.setdefault(link_id(one.iri(base), base), one)
    return Table(found, base, possible, standing, left)


def _nothing(found: Round, item: Item, is_new: bool) -> Possible | None:
    """The link of an item to the whole document or plan of the other side; None where there is none."""
    of_documents = item.kind == RECOMMENDATION
    new, old = (found.document, found.earlier_document) if of_documents else (found.plan, found.earlier_plan)
    predicate = REPEATS if of_documents else CARRIES
    if new is None or old is None:
        return None
    if is_new:
        return Possible(item.iri, predicate, old.iri, item, old, item)
    return Possible(new.iri, predicate, item.iri, new, item, item)

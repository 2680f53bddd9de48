"""Finds what is compared with what: a document with the one before it, a plan with the one before it and what it answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pactgraph.errors import fail
from pactgraph.questions.crosswalk.items import Item, language_of, names, recommendations, rows, tasks
from pactgraph.questions.resolve import Queryable

_SERIAL = re.compile(r"/CO/(?P<number>\d+)$")
"""Concluding observations of a State are counted, since the symbols have this form; older symbols come before."""


@dataclass
class Side:
    """A document or plan with its recommendations or tasks. ``name`` is its symbol or number; ``unread`` counts the
    recommendations of which only the number is known."""

    iri: str
    name: str
    state: str
    day: str = ""
    cycle: str = ""
    treaty: str = ""
    follows: str = ""
    answers: str = ""
    implements: str = ""
    count: int = 0
    unread: int = 0
    items: list[Item] = field(default_factory=list)


@dataclass
class Round:
    """What arrived and what was there before; None where nothing of the kind is compared. ``labels``: subjects by language."""

    document: Side | None = None
    earlier_document: Side | None = None
    plan: Side | None = None
    earlier_plan: Side | None = None
    labels: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def treaty(self) -> str:
        """The treaty under which it stands, "" where the graph does not know the review cycle."""
        return next((side.treaty for side in (self.document, self.plan) if side and side.treaty), "")

    def item(self, iri: str) -> Item | None:
        """The recommendation or task of an IRI."""
        return self._by_iri().get(iri)

    def _by_iri(self) -> dict[str, Item]:
        return {item.iri: item for side in self.sides() for item in side.items}

    def compared(self) -> list[tuple[Item, bool]]:
        """The items of both sides of each comparison, and whether they are new."""
        pairs = ((self.document, self.earlier_document), (self.plan, self.earlier_plan))
        return [(item, side is new) for new, old in pairs if new and old for side in (new, old) for item in side.items]

    def sides(self) -> list[Side]:
        """Documents and plans that are compared."""
        return [side for side in (self.document, self.earlier_document, self.plan, self.earlier_plan) if side]


def find_round(store: Queryable, document: str = "", plan: str = "", earlier_document: str = "", earlier_plan: str = "") -> Round:
    """The round of a new document and plan (a symbol, a number, or an IRI; "" for none), with what came before each.

    What is not there, has nothing to compare or is the same on both sides raises a UserError. Nothing before it is no error:
    then all is new.
    """
    found = Round()
    documents = _sides(store, "crosswalk-documents", "document", "symbol")
    plans = _sides(store, "crosswalk-plans", "plan", "number")
    if document:
        found.document = _named(documents, document, "document")
        found.earlier_document = _before(documents, found.document, earlier_document, "document")
    if plan:
        found.plan = _named(plans, plan, "plan")
        found.earlier_plan = _before_plan(plans, found.plan, earlier_plan, found.document)
        if found.document is None and found.plan.answers:
            found.document = next((side for side in documents if side.iri == found.plan.answers and side.count), None)
    _fill(store, found)
    return found


def _fill(store: Queryable, found: Round) -> None:
    """Read the items of each side: tasks of both plans in the language of the new one."""
    known = names(store)
    found.labels = known.labels
    for side in (found.document, found.earlier_document):
        if side:
            side.items = recommendations(store, side.iri, known)
    lang = language_of(store, found.plan.iri) if found.plan else ""
    for side in (found.plan, found.earlier_plan):
        if side:
            side.items = tasks(store, side.iri, known, lang)


def _sides(store: Queryable, query: str, key: str, name: str) -> list[Side]:
    return [Side(row[key], row[name], row["state"], row["day"], row["cycle"], row["treaty"], row.get("follows", ""),
                 row.get("answers", ""), row.get("implements", ""), int(row["items"]), int(row.get("unread", 0)))
            for row in rows(store, query)]


def _named(sides: list[Side], word: str, kind: str) -> Side:
    plain = word.strip().casefold()
    found = [side for side in sides if word == side.iri or plain == side.name.casefold()]
    if len(found) != 1:
        have = ", ".join(side.name for side in sides if side.count)
        raise fail(f"crosswalk-{kind}-unknown" if not found else f"crosswalk-{kind}-several", name=word, known=have)
    if not found[0].count:
        raise fail(f"crosswalk-{kind}-empty", name=found[0].name)
    return found[0]


def _before(sides: list[Side], new: Side, named: str, kind: str) -> Side | None:
    if named:
        earlier = _named(sides, named, kind)
        if earlier.iri == new.iri:
            raise fail("crosswalk-same", name=new.name)
        if earlier.state != new.state:
            raise fail("crosswalk-state", name=earlier.name, new=new.name)
        return earlier
    mine = [side for side in sides if side.state == new.state and side.iri != new.iri and side.count
            and side.name.split("/")[0] == new.name.split("/")[0] and _order(side) < _order(new)]
    return max(mine, key=_order, default=None)


def _order(side: Side) -> tuple[int, str]:
    serial = _SERIAL.search(side.name)
    return (int(serial["number"]) if serial else 0, side.day)


def _before_plan(plans: list[Side], new: Side, named: str, document: Side | None) -> Side | None:
    """The plan that is named, else the one that the graph says it follows, else the latest of an earlier day with tasks under
    the same treaty, which carries out no other plan."""
    if named or new.follows:
        chosen = named or next((side.name for side in plans if side.iri == new.follows and side.count), "")
        return _before(plans, new, chosen, "plan") if chosen else None
    treaty = new.treaty or (document.treaty if document else "")
    mine = [side for side in plans if side.state == new.state and side.count and not side.implements and side.day and new.day
            and side.day < new.day and (not treaty or side.treaty == treaty)]
    return max(mine, key=lambda side: side.day, default=None)

"""What people decided about the links of a crosswalk: what it changes, all of it or nothing.

A decision that holds already changes nothing. One about a link that somebody else decided since the sheet was written is a
conflict: both are told, and nothing is written.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox

from pactgraph.access.author import Author
from pactgraph.build.journaled import Journaled
from pactgraph.errors import UserErrors
from pactgraph.journal.entry import UPDATE
from pactgraph.questions.crosswalk.items import Item
from pactgraph.questions.crosswalk.propose import ADDRESSES, CARRIES, REPEATS
from pactgraph.sources.decisions.layout import ACCEPT, CONFIRM, OTHER, REJECT, extent_words
from pactgraph.sources.decisions.read import Decided, DecidedRow
from pactgraph.sources.quads import GraphWriter
from pactgraph.sources.workbook.layout import plain
from pactgraph.texts import LANGUAGES, say
from pactgraph.writing.change import Change
from pactgraph.writing.crosswalk import (
    CONFIRMED,
    CURATED,
    REJECTED,
    SUPERSEDED,
    Words,
    graph_for,
    link_quads,
    name_of,
    status_quads,
)
from pactgraph.writing.crosswalk_table import LINKED, Possible, Table

METHODS = {REPEATS: "same-demand", CARRIES: "same-work", ADDRESSES: "subject-of-paragraph"}
"""The method of a link that a person names."""
BY_HAND = Decimal(1)
"""The confidence of such a link: a person stated it, and no number was asked for."""
DECIDED, SAME, CONFLICT = "decided", "same", "conflict"


# What decisions change ----------------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """What a sheet changes in the journal as it stands (``state``). ``lines``: each row with its outcome and its link."""

    decided: Decided
    state: Journaled
    lines: list[tuple[DecidedRow, str, Possible]] = field(default_factory=list)
    added: set[ox.Quad] = field(default_factory=set)
    removed: set[ox.Quad] = field(default_factory=set)

    def count(self, outcome: str) -> int:
        """How many rows came out so."""
        return sum(one == outcome for _, one, _ in self.lines)

    @property
    def told(self) -> str:
        """How many decisions of each kind are new, for the journal."""
        kinds = Counter(row.decision for row, outcome, _ in self.lines if outcome == DECIDED)
        return ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))

    def change(self, author: Author, reason: str = "") -> Change:
        """What to ask of the writer. Where anything is wrong, a UserError that says all of it."""
        if self.decided.problems:
            raise UserErrors(self.decided.problems)
        name = " ".join(self.decided.file.split())
        extra = {"loading-day": "decided", "decisions": self.told}
        extra |= {"file": name, "sha256": self.decided.sha256} if self.decided.sha256 else {}
        return Change(author, frozenset(self.added - self.removed - self.state.public),
                      frozenset(self.removed - self.added), kind=UPDATE,
                      reason=reason or f"loading day: {self.told}", expected=self.state.number, extra=extra)


def decide(decided: Decided, table: Table, state: Journaled, confirmed_by: str = "") -> Outcome:
    """Work out what decisions change. ``confirmed_by``: the body with a mandate that confirms links, "" for none."""
    outcome = Outcome(decided, state)
    for row in decided.rows:
        possible = table.possible.get(row.id)
        if possible is None:
            decided.problem("decisions-unknown", row.row, row.places.get("id", ""), id=row.id)
            continue
        _Row(row, possible, table, outcome, confirmed_by).work_out()
    return outcome


class _Row:
    """A decision on its way to what it changes."""

    def __init__(self, row: DecidedRow, possible: Possible, table: Table, outcome: Outcome, confirmed_by: str) -> None:
        self.row, self.possible, self.table, self.outcome, self.confirmed_by = row, possible, table, outcome, confirmed_by
        self.wanted: dict[str, tuple[Possible, str, str]] = {}

    def work_out(self) -> None:
        """Find what is wanted, compare it with what stands, and change what differs."""
        if not self._want():
            return
        if all(self._holds(*one) for one in self.wanted.values()):
            self._end(SAME)
            self._comment()
        elif self.row.state != self.table.state(self.row.id):
            self._end(CONFLICT)
            self._conflict()
        else:
            self._end(DECIDED)
            for one in self.wanted.values():
                self._set(*one)
            self._comment()

    def _end(self, outcome: str) -> None:
        self.outcome.lines.append((self.row, outcome, self.possible))

    def _problem(self, key: str, column: str, **values: object) -> None:
        self.outcome.decided.problem(key, self.row.row, self.row.places.get(column, ""), **values)

    # What is wanted ---------------------------------------------------------------------------------------------------

    def _want(self) -> bool:
        """Note the links that a decision wants, with status and extent; whether it can be understood."""
        row, possible = self.row, self.possible
        if row.decision == OTHER:
            return self._want_other()
        if possible.lone is not None:
            if row.decision != ACCEPT:
                self._problem("decisions-lone", "decision", code=possible.lone.code)
                return False
            return self._note(possible, REJECTED)
        if row.decision == CONFIRM and not self.confirmed_by:
            self._problem("decisions-no-mandate", "decision")
            return False
        status = {ACCEPT: CURATED, CONFIRM: CONFIRMED, REJECT: REJECTED}[row.decision]
        return self._note(possible, status, self._extent())

    def _extent(self) -> str:
        standing = self.table.standing.get(self.possible.iri(self.table.base))
        return standing.extent if standing else ""

    def _note(self, possible: Possible, status: str, extent: str = "") -> bool:
        self.wanted[possible.iri(self.table.base)] = (possible, status, extent)
        return True

    def _want_other(self) -> bool:
        """Another extent, or another recommendation or task."""
        possible, said = self.possible, self.row.other
        extent = extent_words().get(plain(said))
        if extent and possible.lone is None and possible.predicate != ADDRESSES:
            return self._note(possible, CURATED, extent)
        dropped = possible.lone is not None and possible.lone is possible.old
        item = self.table.by_code(possible.predicate, dropped, said)
        if item is None:
            codes = self.table.codes(possible.predicate, dropped)
            self._problem("decisions-other-unknown", "other", value=said[:60], codes=codes)
            return False
        new, old = (item, possible.old) if dropped else (possible.new, item)
        if item is not possible.old and (possible.lone is None or possible.iri(self.table.base) in self.table.standing):
            self._note(possible, SUPERSEDED, self._extent())
        kept = self._extent() if item is possible.old else ""
        return self._note(Possible(new.iri, possible.predicate, old.iri, new, old), CURATED, kept)

    # What changes -----------------------------------------------------------------------------------------------------

    def _holds(self, possible: Possible, status: str, extent: str) -> bool:
        """Whether a link stands as it is wanted; a confirmed one is as good as an accepted one."""
        standing = self.table.standing.get(possible.iri(self.table.base))
        if standing is None:
            return False
        enough = (status, CONFIRMED) if status == CURATED else (status,)
        return standing.status in enough and standing.extent == extent

    def _set(self, possible: Possible, status: str, extent: str) -> None:
        """Make a link stand as it is wanted."""
        base, outcome = self.table.base, self.outcome
        link = possible.iri(base)
        standing = self.table.standing.get(link)
        if standing is None:
            outcome.added |= set(self._made(possible))
        else:
            outcome.removed |= standing.moving
        outcome.added |= set(status_quads(link, possible.ends, status, base, extent, self.confirmed_by))

    def _made(self, possible: Possible) -> list[ox.Quad]:
        """A link that no program proposed, on the words of the items at its ends."""
        ends = [end for end in (possible.new, possible.old) if isinstance(end, Item)]
        words = [Words(end.shown[:300].rsplit(None, 1)[0] if len(end.shown) > 300 else end.shown, end) for end in ends]
        return link_quads(possible.subject, possible.predicate, possible.target, name_of(possible.new, possible.old),
                          METHODS[possible.predicate], BY_HAND, words, self.table.base)

    def _comment(self) -> None:
        """Keep why somebody decided so, beside the link."""
        if not self.row.reason:
            return
        lang = self.outcome.decided.lang
        out = GraphWriter(graph_for(self.possible.subject, self.table.base))
        text = say(f"decisions-note-{self.row.decision}", lang, reason=self.row.reason)
        standing = self.table.standing.get(self.possible.iri(self.table.base))
        if standing and (text, lang) in standing.comments:
            return
        target = self.possible.iri(self.table.base)
        if standing is None and target not in self.wanted:
            target = next(iter(self.wanted))
        out.text(target, "rdfs:comment", text, lang)
        self.outcome.added |= set(out.quads)

    def _conflict(self) -> None:
        """Tell what was decided meanwhile, and what the sheet says."""
        standing = self.table.standing.get(self.possible.iri(self.table.base))
        there = standing.status if standing else LINKED
        self._problem("decisions-conflict", "decision", id=self.row.id, there={
            lang: say(f"crosswalk-status-{there}", lang) for lang in LANGUAGES}, said={
            lang: say(f"decisions-{self.row.decision}", lang).split("/")[0] for lang in LANGUAGES})


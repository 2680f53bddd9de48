"""The rows of a sheet of decisions: every proposed link of a round with the words of both sides, and what has no counterpart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pactgraph.questions.crosswalk.items import Item
from pactgraph.questions.crosswalk.propose import ADDRESSES, CARRIES, REPEATS
from pactgraph.questions.crosswalk.rounds import Side
from pactgraph.sources.decisions.layout import ACCEPT, CONFIRM, OTHER, REJECT, SheetRow, word_of
from pactgraph.texts import say
from pactgraph.writing.crosswalk import CONFIRMED, CURATED, PROPOSED, REJECTED, SUPERSEDED, Standing
from pactgraph.writing.crosswalk_table import NONE, Possible, Table

NEW, DROPPED = "new", "dropped"
KINDS = {REPEATS: "repeats", CARRIES: "carries-over", ADDRESSES: "addresses"}
_ORDER = (REPEATS, CARRIES, ADDRESSES)
_SAID = {CURATED: ACCEPT, CONFIRMED: CONFIRM, REJECTED: REJECT, SUPERSEDED: OTHER}


def sheet_rows(table: Table, lang: str, everything: bool = False) -> list[SheetRow]:
    """The rows that wait for a decision; with ``everything`` also those that were decided."""
    waiting = [(identifier, possible) for identifier, possible in table.possible.items()
               if (everything and table.state(identifier) != "linked")
               or table.state(identifier) == NONE or table.state(identifier).startswith(PROPOSED)]
    places = {item.iri: place for place, item in enumerate(item for side in table.found.sides() for item in side.items)}

    def order(one: tuple[str, Possible]) -> tuple[int, int, int, int]:
        possible = one[1]
        lone = possible.lone is not None
        return (_ORDER.index(possible.predicate), lone + (lone and possible.lone is possible.old),
                places.get(possible.subject, 0), places.get(possible.target, 0))

    return [_row(identifier, possible, table, lang) for identifier, possible in sorted(waiting, key=order)]


def kind_of(possible: Possible) -> str:
    """What a row says: a key of its words."""
    if possible.lone is None:
        return KINDS[possible.predicate]
    return f"{NEW if possible.lone is possible.new else DROPPED}-{possible.lone.kind}"


def _row(identifier: str, possible: Possible, table: Table, lang: str) -> SheetRow:
    standing = table.standing.get(possible.iri(table.base))
    (new, new_words), (old, old_words) = _end(possible.new), _end(possible.old)
    row = SheetRow(identifier, say(f"crosswalk-kind-{kind_of(possible)}", lang), new, new_words, old, old_words,
                   state=table.state(identifier))
    if standing is None:
        return row
    decision = _SAID.get(standing.status, "")
    if possible.lone is not None:
        decision = {REJECT: ACCEPT}.get(decision, decision)
        return replace(row, basis=_basis(standing, lang), decision=word_of(decision, lang).split("/")[0])
    extent = say(f"crosswalk-extent-{standing.extent}", lang).split("/")[0] if standing.extent else ""
    return replace(row, proposed=extent, method=say(f"crosswalk-method-{standing.method}", lang), score=standing.confidence,
                   basis=_basis(standing, lang), decision=word_of(decision, lang).split("/")[0] if decision else "")


def _end(end: Item | Side) -> tuple[str, str]:
    return (end.code, end.shown) if isinstance(end, Item) else (end.name, "")


def _basis(standing: Standing, lang: str) -> str:
    return "\n".join(sorted(text for text, said in standing.comments if said == lang))


def counts(rows: Iterable[Possible], standing: dict[str, Standing], base: str) -> dict[str, int]:
    """How many rows say what: repeated, narrowed … new, dropped."""
    found: dict[str, int] = {}
    for possible in rows:
        link = standing.get(possible.iri(base))
        key = kind_of(possible) if possible.lone or possible.predicate == ADDRESSES else \
            f"{KINDS[possible.predicate]}-{link.extent if link and link.extent else 'unknown'}"
        found[key] = found.get(key, 0) + 1
    return found

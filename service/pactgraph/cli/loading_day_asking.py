"""Asks for decisions on a terminal, link by link; nothing is written before the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pactgraph.cli.screen import note
from pactgraph.sources.decisions.layout import ACCEPT, OTHER, REJECT, heading
from pactgraph.sources.decisions.read import Decided, DecidedRow
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.sources.decisions import SheetRow
    from pactgraph.writing.crosswalk_table import Table

_KEYS = {"a": ACCEPT, "r": REJECT, "o": OTHER}
_SKIP, _QUIT = "s", "q"


def ask_decisions(rows: list[SheetRow], table: Table, lang: str) -> Decided:
    """The decisions of the person at the terminal. Who breaks off (Ctrl-C) writes nothing."""
    decided = Decided(say("loading-terminal", lang), "", lang)
    for place, row in enumerate(rows, 1):
        _show(row, place, len(rows), lang)
        lone = table.possible[row.id].lone is not None
        keys = [key for key in (*_KEYS, _SKIP, _QUIT) if not (lone and key == "r")]
        question = say("loading-ask-lone" if lone else "loading-ask", lang)
        said = click.prompt(question, type=click.Choice(keys), show_choices=False, err=True)
        if said == _QUIT:
            decided.open += len(rows) - place + 1
            break
        if said == _SKIP:
            decided.open += 1
            continue
        other = click.prompt(say("loading-ask-other", lang), err=True) if said == "o" else ""
        reason = click.prompt(say("loading-ask-reason", lang), err=True, default="" if said != "r" else None, show_default=False)
        decided.rows.append(DecidedRow(row.id, row.state, _KEYS[said], other.strip(), reason.strip(), place, {}))
    if decided.rows and not click.confirm(say("loading-ask-write", lang, count=len(decided.rows)), err=True):
        decided.open += len(decided.rows)
        decided.rows.clear()
    return decided


def _show(row: SheetRow, place: int, count: int, lang: str) -> None:
    """Show a row with the words of both sides."""
    note(f"\n[{place}/{count}] {row.kind}")
    for number, words in ((row.new, row.new_words), (row.old, row.old_words)):
        note(f"  {number}: {words}" if words else f"  {number}")
    columns = [column for column in ("proposed", "method", "score") if getattr(row, column)]
    told = [f"{heading(column, lang)}: {getattr(row, column)}" for column in columns]
    if told:
        note("  " + "; ".join(told))
    for line in row.basis.splitlines():
        note("  " + line)

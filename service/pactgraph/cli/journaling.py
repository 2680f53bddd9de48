"""``pactgraph log`` and ``undo``."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.options import lang_option, settings_with, store_option
from pactgraph.cli.output import FORMATS, print_table
from pactgraph.cli.screen import note
from pactgraph.errors import fail
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.journal.entry import Entry
    from pactgraph.journal.log import Journal
    from pactgraph.settings import Settings
    from pactgraph.writing.change import Written

COLUMNS = ["entry", "at", "author", "scope", "kind", "reason", "added", "removed", "graphs", "undoes"]


@click.command("log", epilog="Example: pactgraph log --since 2026-01-01 --lang vi")
@click.option("--since", metavar="YYYY-MM-DD", help="Only entries of this day and later.")
@click.option("--graph", metavar="IRI", help="Only entries that changed this graph: its IRI, or what follows graph/ in it.")
@click.option("--format", "form", type=click.Choice([*FORMATS, "rdfp"]), default="table", show_default=True,
              help="How to print the list; rdfp prints the entries themselves, as RDF Patch.")
@store_option
@lang_option
def log_command(since: str | None, graph: str | None, form: str, store: str | None, lang: str) -> None:
    """List the entries of the journal, what is restricted too: who changed how much, when and why.

    A retraction counts as one statement removed.
    """
    from pactgraph.build.history import counted, graphs_of
    from pactgraph.catalogue.bind import day
    from pactgraph.journal.entry import entry_bytes, moment
    from pactgraph.questions.table import Table

    settings = settings_with(store)
    journal = _journal(settings)
    if since:
        day(since)  # another form is told before anything is read
    wanted = graph if graph is None or ":" in graph else f"{settings.base}graph/{graph}"
    rows = []
    for entry in journal.entries():
        change = counted(entry.patch, settings.base)
        graphs = graphs_of(entry.patch) | graphs_of(change)
        if (since and moment(entry.at)[:10] < since) or (wanted and wanted not in graphs):
            continue
        if form == "rdfp":
            sys.stdout.buffer.write(entry_bytes(entry))
        rows.append(_row(entry, len(change.added), len(change.removed), sorted(graphs_of(change)), settings.base))
    if form != "rdfp":
        print_table(Table(columns=list(COLUMNS), rows=rows, title=say("log-title", lang)), form)


def _row(entry: Entry, added: int, removed: int, graphs: list[str], base: str) -> list[str]:
    from pactgraph.journal.entry import moment

    return [str(entry.number), moment(entry.at), entry.by, entry.scope, entry.kind, entry.reason, str(added), str(removed),
            "; ".join(graph.removeprefix(f"{base}graph/") for graph in graphs), str(entry.undoes or "")]


@click.command("undo", epilog='Example: pactgraph undo 12 --reason "Read from the wrong row"')
@click.argument("number", type=click.IntRange(1))
@click.option("--reason", default="", help="Why; it stands in the journal.")
@store_option
@lang_option
def undo_command(number: int, reason: str, store: str | None, lang: str) -> None:
    """Take back entry NUMBER of the journal by an entry of its own; the journal keeps both."""
    settings = settings_with(store)
    _journal(settings).entry(number)
    done = _undone(settings, number, reason, lang)
    note(say("undo-done", lang, number=number, entry=done.number, added=done.added, removed=done.removed,
             opened=len(done.gaps_opened), closed=len(done.gaps_closed)))


def _undone(settings: Settings, number: int, reason: str, lang: str) -> Written:
    """Take an entry back: in the service that serves the store, else here."""
    from pactgraph.access.author import OPERATOR
    from pactgraph.cli.ready import ensure_built
    from pactgraph.writing import client
    from pactgraph.writing.writer import Writer

    if client.is_served(Path(settings.store)):
        return asyncio.run(client.undo(Path(settings.store), number, OPERATOR, reason))
    ensure_built(settings, lang)
    with Writer(settings) as writer:
        return writer.undo(number, reason=reason)


def _journal(settings: Settings) -> Journal:
    from pactgraph.build.journaled import journal_of

    journal = journal_of(settings)
    if journal is None:
        raise fail("no-journal", store=settings.store)
    return journal

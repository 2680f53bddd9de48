"""``pactgraph search``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.options import lang_option, settings_with, store_option
from pactgraph.cli.output import format_option, print_table

if TYPE_CHECKING:
    from pactgraph.search import Index
    from pactgraph.settings import Settings


@click.command("search", epilog='Example: pactgraph search "nhan quyen" --kind body')
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", metavar="KIND", help="Only things of a kind: article, recommendation, task, body, law …")
@click.option("--country", metavar="CODE", help="Only what concerns a State, by its code.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many results to print.")
@format_option
@store_option
@lang_option
def search_command(words: tuple[str, ...], kind: str | None, country: str | None, limit: int, form: str, store: str | None,
                   lang: str) -> None:
    """Find things by words, names or codes; case and diacritics do not matter, and the last word may be cut short."""
    from pactgraph.questions.found import found_table
    from pactgraph.search import Wanted, narrowed, search
    from pactgraph.texts import say

    text = " ".join(words)
    index = _index(settings_with(store), lang)
    only = narrowed(index, {"kind": kind or "", "country": country or ""})
    found = search(index, Wanted(text, lang, only, size=limit))
    table = found_table(found, lang, for_people=form == "table")
    print_table(table, form)
    if not found.hits:
        click.echo(say("search-nothing", lang, text=text), err=True)
    if found.suggestions:
        click.echo(say("search-try", lang, words=", ".join(f"{other} ({count})" for other, count in found.suggestions)), err=True)
    for note in table.notes:
        click.echo(note, err=True)


def _index(settings: Settings, lang: str) -> Index:
    """The index of a store: the one of its generation, brought up to what was written since, or one made now."""
    from pactgraph.cli.ready import ready_store
    from pactgraph.search import Touched, changed, make, opened
    from pactgraph.store.choose import is_remote
    from pactgraph.store.generations import current
    from pactgraph.store.revisions import newest
    from pactgraph.writing.since import kept

    store = ready_store(settings, lang)
    folder = Path(settings.store)
    generation = None if is_remote(settings.store) or settings.store == "memory:" else current(folder)
    index = opened(generation.folder) if generation else None
    if generation is None or index is None:
        return make(store)
    revision = newest(folder, generation.fingerprint)
    if revision is None:
        return index
    since = kept(folder, generation, revision.journal)
    return make(store) if since is None else changed(index, store, Touched.by([*since.added, *since.removed]))

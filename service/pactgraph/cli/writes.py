"""How commands write: in whose name, on which state of the journal, here or in the service that serves the store."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.errors import fail

if TYPE_CHECKING:
    from pactgraph.access.author import Author
    from pactgraph.build.journaled import Journaled
    from pactgraph.settings import Settings
    from pactgraph.writing.change import Change, Written

token_file_option = click.option("--token-file", metavar="FILE", help="A file with the secret of a token: write in its name.")


def author_of(settings: Settings, token_file: str | None) -> Author:
    """Who writes: the holder of a token, else the operator."""
    from pactgraph.access.author import OPERATOR
    from pactgraph.access.tokens import Tokens
    from pactgraph.sources.textfile import read_text

    if token_file is None:
        return OPERATOR
    folder = settings.journal_folder()
    secret = "".join(read_text(Path(token_file), 10_000).lines).strip()
    author = Tokens(folder).check(secret) if folder else None
    if author is None:
        raise fail("token-wrong")
    return author


def state_of(settings: Settings) -> tuple[Journaled, str]:
    """The journal at its head, and the name of the generation beneath it."""
    from pactgraph.build.journaled import journal_of, replayed
    from pactgraph.store.choose import is_remote
    from pactgraph.store.generations import current

    if is_remote(settings.store) or settings.store == "memory:":
        raise fail("import-needs-folder", store=settings.store)
    journal, generation = journal_of(settings), current(Path(settings.store))
    state = replayed(journal, settings.base, journal.head if journal else None)
    return state, generation.fingerprint if generation else ""


def written(settings: Settings, change: Change, lang: str) -> Written:
    """Write: in the service that serves the store, else here."""
    from pactgraph.cli.ready import ensure_built
    from pactgraph.writing import client
    from pactgraph.writing.writer import Writer

    if client.is_served(Path(settings.store)):
        return asyncio.run(client.write(Path(settings.store), change))
    ensure_built(settings, lang)
    with Writer(settings) as writer:
        return writer.write(change)

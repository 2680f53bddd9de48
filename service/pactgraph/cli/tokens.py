"""``pactgraph token``: who may write, and who may read what is restricted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from pactgraph.cli.options import lang_option, settings_with, store_option
from pactgraph.cli.output import print_table
from pactgraph.cli.screen import note
from pactgraph.errors import fail
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.access.tokens import Tokens
    from pactgraph.settings import Settings

_COLUMNS = ["name", "scope", "body", "created", "expires", "state"]


@click.group("token", epilog="Example: pactgraph token create ministry-of-justice --scope contributor --body moj")
def token_command() -> None:
    """Make, list and revoke tokens. A running service notices at once."""


@token_command.command("create", epilog="Example: pactgraph token create graph-curators --scope curator --expires 2027-12-31")
@click.argument("name")
@click.option("--scope", required=True, metavar="[reader|contributor|curator|administrator]",
              help="What the token allows.")
@click.option("--body", metavar="ID", help="The body it speaks for (contributor), or whose restricted graphs it reads.")
@click.option("--expires", metavar="YYYY-MM-DD", help="The last day on which it is good [default: until revoked].")
@store_option
@lang_option
def create_command(name: str, scope: str, body: str | None, expires: str | None, store: str | None, lang: str) -> None:
    """Make a token for a role or office and print its secret, once: only a hash of it is kept.

    reader: reads restricted graphs (with --body those of one body). contributor: writes for one body. curator: writes
    what the journal holds and retracts statements. administrator: everything, tokens and undo too.
    """
    from pactgraph.access.tokens import check_name, check_scope

    check_name(name)  # before a graph is built to look a body up
    check_scope(scope, body)
    until = _day(expires)
    settings = settings_with(store)
    secret = _tokens(settings).create(name, scope, _body(settings, body, lang) if body else None, until)
    click.echo(secret)
    note(say("token-made", lang, name=name, scope=scope))


@token_command.command("list", epilog="Example: pactgraph token list --format json")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "xlsx"]), default="table",
              show_default=True, help="How to print the list.")
@store_option
@lang_option
def list_command(form: str, store: str | None, lang: str) -> None:
    """List the tokens, also those that expired or were revoked. No secret is shown: none is kept."""
    from pactgraph.questions.table import Table

    found = _tokens(settings_with(store)).list()
    rows = [[token.name, token.scope, token.body or "", token.created, token.expires or "", token.state()]
            for token in found]
    if not rows and form == "table":
        note(say("no-tokens", lang))
        return
    print_table(Table(_COLUMNS, rows), form)


@token_command.command("revoke", epilog="Example: pactgraph token revoke graph-curators")
@click.argument("name")
@store_option
@lang_option
def revoke_command(name: str, store: str | None, lang: str) -> None:
    """End a token now. What was written with it stays."""
    _tokens(settings_with(store)).revoke(name)
    note(say("token-revoked", lang, name=name))


def _tokens(settings: Settings) -> Tokens:
    from pactgraph.access.tokens import Tokens

    folder = settings.journal_folder()
    if folder is None:
        raise fail("tokens-need-journal", store=settings.store)
    return Tokens(folder)


def _body(settings: Settings, word: str, lang: str) -> str:
    """The key of the body that a word means (``mps`` → ``vnm-mps``); an unknown one raises a UserError with the nearest."""
    from pactgraph.access.author import body_key
    from pactgraph.cli.ready import ready_store
    from pactgraph.questions.resolve import resolve

    return body_key(resolve(ready_store(settings, lang), "pg:PublicBody", word), settings.base)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise fail("token-expires", value=text) from None

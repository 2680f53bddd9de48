"""The options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from pactgraph.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])
_chosen: list[str] = []


def chosen_lang() -> str:
    """The language of messages: ``--lang``, PACTGRAPH_LANG, or the locale's; English where none of them says."""
    if _chosen:
        return _chosen[-1]
    given = os.environ.get("PACTGRAPH_LANG", "")
    if given in ("vi", "en"):
        return given
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "vi" if locale.startswith("vi") else "en"


def _remember(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    if value:
        _chosen[:] = [value]
    elif not ctx.resilient_parsing:
        _chosen.clear()
    return value or chosen_lang()


def lang_option(function: F) -> F:
    """``--lang vi|en``: the language of labels and messages."""
    return click.option("--lang", type=click.Choice(["vi", "en"]), callback=_remember, is_eager=True,
                        help="Language of labels and messages.")(function)


def store_option(function: F) -> F:
    """``--store``: a folder, ``memory:`` or an http(s) address."""
    text = "A folder, memory: or the http(s) address of a SPARQL endpoint [default: .pactgraph]."
    return click.option("--store", metavar="STORE", help=text)(function)


def as_of_option(function: F) -> F:
    """``--as-of``: the day that is asked about."""
    return click.option("--as-of", metavar="YYYY-MM-DD", help="The day asked about [default: today].")(function)


def revision_option(function: F) -> F:
    """``--revision``: an entry of the journal."""
    text = "The graph as it was after entry N of the journal (see: pactgraph log) [default: the last]."
    return click.option("--revision", type=click.IntRange(0), metavar="N", help=text)(function)


def import_options(function: F) -> F:
    """What every ``import FORMAT`` takes: the file, ``--dry-run``, ``--format``, ``--store`` and ``--lang``."""
    form = click.option("--format", "form", type=click.Choice(["json", "table", "trig"]), default="table", show_default=True,
                        help="How to show what was read.")
    for option in (lang_option, store_option, form,
                   click.option("--dry-run", is_flag=True, help="Read and show, write nothing."),
                   click.argument("file", type=click.Path())):
        function = option(function)
    return function


def export_options(function: F) -> F:
    """What imports of exports of many countries take besides: ``--country`` and ``--skip-wrong``."""
    country = "Only records that concern this country: a name or an ISO code (VNM, VN)."
    skip = "Leave out rows that cannot be read, and import the others."
    return click.option("--country", metavar="COUNTRY", help=country)(
        click.option("--skip-wrong", is_flag=True, help=skip)(function))


def settings_with(store: str | None = None, **changes: Any) -> Settings:
    """The settings of the environment with what the command line says."""
    given = {name: value for name, value in changes.items() if value is not None}
    if store:
        given["store"] = store
    return replace(Settings.from_environment(), **given)

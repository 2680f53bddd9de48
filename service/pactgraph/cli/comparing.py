"""``pactgraph diff``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.options import lang_option, settings_with, store_option
from pactgraph.errors import fail

if TYPE_CHECKING:
    from pactgraph.publish.changes import Build
    from pactgraph.settings import Settings

BUILDS = ("previous", "current")
LARGEST = 2_000_000_000
"""The largest file of a graph that is compared, in bytes."""


@click.command("diff", epilog="Example: pactgraph diff previous current --lang vi")
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="Words for people, or all values for programs.")
@store_option
@lang_option
def diff_command(old: str, new: str, form: str, store: str | None, lang: str) -> None:
    """Tell in words what changed between two builds.

    OLD and NEW are: the words previous and current (builds of --store), the folder of a store (its current build), the
    address of an endpoint, or a file of the graph (.nq, .trig, .ttl, .nt).
    """
    from pactgraph.publish.changes import compare
    from pactgraph.publish.changes_words import as_data, as_words

    settings = settings_with(store)
    before, after = _build(old, settings, lang), _build(new, settings, lang)
    changes = compare(before, after)
    if form == "json":
        click.echo(json.dumps(as_data(changes, before, after, lang), ensure_ascii=False, indent=1))
    else:
        click.echo(as_words(changes, before, after, lang), nl=False)


def _build(name: str, settings: Settings, lang: str) -> Build:
    from pactgraph.publish.changes import Build
    from pactgraph.sources.rdf import read_rdf
    from pactgraph.store.choose import is_remote

    address = settings.store if name in BUILDS else name
    if not is_remote(address):
        return Build(read_rdf(_file(name, settings.store), LARGEST).quads)
    if name == "previous":
        raise fail("diff-remote-previous", store=address)
    from pactgraph.cli.endpoints import copied
    from pactgraph.store.endpoint import Endpoint
    from pactgraph.store.remote import RemoteStore

    there = replace(settings, store=address)
    copy = copied(RemoteStore(Endpoint.of(there)), there, lang, "copy-to-compare", "read")
    return Build(read_rdf(copy.nquads, LARGEST).quads)


def _file(name: str, store: str) -> Path:
    """The file of the graph that an argument names."""
    from pactgraph.store.generations import current, previous

    if name in BUILDS:
        generation = (current if name == "current" else previous)(Path(store))
        if generation is None:
            raise fail(f"diff-no-{name}", store=store)
        return generation.nquads
    path = Path(name)
    if path.is_dir():
        for place in (path / "graph.nq", getattr(current(path), "nquads", None)):
            if place is not None and place.is_file():
                return Path(place)
        raise fail("store-not-built", store=name)
    if not path.is_file():
        raise fail("diff-no-build", value=name)
    return path

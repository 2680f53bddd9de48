"""``pactgraph diff``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyoxigraph as ox

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

    before, after = _builds((old, new), settings_with(store), lang)
    changes = compare(before, after)
    if form == "json":
        click.echo(json.dumps(as_data(changes, before, after, lang), ensure_ascii=False, indent=1))
    else:
        click.echo(as_words(changes, before, after, lang), nl=False)


def _builds(names: tuple[str, str], settings: Settings, lang: str) -> Iterator[Build]:
    """The builds that the arguments name. Endpoints write values in ways of their own (0.80 as 0.8): beside one, both
    builds are written in one way."""
    from pactgraph.publish.changes import Build
    from pactgraph.sources.rdf import read_rdf
    from pactgraph.store.choose import is_remote
    from pactgraph.store.embedded import EmbeddedStore

    addresses = [settings.store if name in BUILDS else name for name in names]
    for name, address in zip(names, addresses, strict=True):
        file = _remote_file(name, address, settings, lang) if is_remote(address) else _file(name, settings.store)
        quads = read_rdf(file, LARGEST).quads
        if any(map(is_remote, addresses)):
            store = EmbeddedStore.in_memory()
            store.load(quads)
            quads = list(ox.parse(store.dump(), format=ox.RdfFormat.N_QUADS))
        yield Build(quads)


def _remote_file(name: str, address: str, settings: Settings, lang: str) -> Path:
    """The file of a copy of an endpoint's graph."""
    from pactgraph.cli.endpoints import copied
    from pactgraph.store.endpoint import Endpoint
    from pactgraph.store.remote import RemoteStore

    if name == "previous":
        raise fail("diff-remote-previous", store=address)
    there = replace(settings, store=address)
    return copied(RemoteStore(Endpoint.of(there)), there, lang, "copy-to-compare", "read").nquads


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

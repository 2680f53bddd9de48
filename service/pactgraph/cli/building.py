"""``pactgraph build`` and ``pactgraph serve``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from pactgraph.cli.options import lang_option, settings_with, store_option
from pactgraph.settings import Settings

_SHOWN = ("recommendation", "task", "role", "requested", "body", "body_today", "basis")
"""The columns that the first answer shows on a terminal; all of them are one ``pactgraph ask`` away."""


@click.command("build", epilog="Example: pactgraph build --data data")
@click.option("--data", type=click.Path(), help="Folder of the data to build [default: the data that is shipped].")
@store_option
@lang_option
def build_command(data: str | None, store: str | None, lang: str) -> None:
    """Build the graph: read the sources, infer, check, find gaps, and make the result the current graph.

    A build that fails leaves the graph of before as it was. A running service of the store builds itself and goes over
    to the new graph.
    """
    from pactgraph.build.summary import summary_text
    from pactgraph.cli.screen import build_progress
    from pactgraph.store.choose import is_remote

    settings = settings_with(store, data=data)
    with build_progress(lang) as progress:
        if settings.store == "memory:":
            from pactgraph.build.pipeline import make_graph

            summary = make_graph(settings, progress=progress).summary
        elif is_remote(settings.store):
            from pactgraph.build.pipeline import build_into_endpoint

            summary = build_into_endpoint(settings, progress)
        else:
            from pactgraph.writing.owner import builder

            with builder(settings) as build:
                summary = build(progress).summary()
    click.echo(summary_text(summary, lang))


@click.command("serve", epilog="Example: pactgraph serve --port 8080")
@click.option("--host", help="Address to listen on [default: 127.0.0.1].")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on [default: 8000].")
@click.option("--data", type=click.Path(), help="Folder of the data to build [default: the data that is shipped].")
@click.option("--root-path", metavar="/PATH", help="Path below which a reverse proxy shows the service [default: none].")
@click.option("--default-graph", type=click.Choice(["union", "plain"]), default="union", show_default=True,
              help="What a query's default graph is: the union of all graphs, or the unnamed graph alone.")
@click.option("--empty", is_flag=True, help="Serve a store of its own that begins without any statement "
              "(an empty --data folder with --default-graph plain means the same).")
@store_option
@lang_option
def serve_command(host: str | None, port: int | None, data: str | None, root_path: str | None, default_graph: str,
                  empty: bool, store: str | None, lang: str) -> None:
    """Build the graph if an input changed, print what it holds, and serve it for people and programs."""
    from pactgraph.build.empty import ensure_empty
    from pactgraph.cli.ready import ensure_built
    from pactgraph.cli.screen import note
    from pactgraph.errors import fail
    from pactgraph.operating.service import is_local
    from pactgraph.store.choose import is_remote
    from pactgraph.store.generations import writing
    from pactgraph.texts import say

    settings = settings_with(store, host=host, port=port, data=data, root_path=root_path)
    remote = is_remote(settings.store)
    empty = empty or (default_graph == "plain" and _holds_nothing(data))
    if settings.store == "memory:" or (remote and empty):
        raise fail("serve-needs-folder", store=settings.store)
    if remote:
        from pactgraph.cli.endpoints import served_copy

        folder, generation = served_copy(settings, lang)
        settings = replace(settings, store=str(folder))
    else:
        generation = ensure_empty(settings) if empty else ensure_built(settings, lang)
    if not empty:
        _show_summary(settings, lang)
    if not is_local(settings.host):
        note(say("serving-openly", lang, host=settings.host))
    from pactgraph.web.serve import run

    # Held while serving: what changes the store goes through the service's writer, or is told this process's id.
    with writing(Path(settings.store)):
        run(settings, generation.folder, union=default_graph == "union", lang=lang, writes=not remote)


def _holds_nothing(data: str | None) -> bool:
    """Whether a folder of data is there and empty: who serves that with a plain default graph wants an empty store."""
    return data is not None and Path(data).is_dir() and not any(Path(data).iterdir())


def _show_summary(settings: Settings, lang: str) -> None:
    """The counts, and the answer to the question that everybody asks first."""
    from pactgraph.build.summary import summary_text
    from pactgraph.cli.asking import answer
    from pactgraph.cli.output import print_table
    from pactgraph.store.choose import open_store
    from pactgraph.store.generations import current

    generation = current(Path(settings.store))
    assert generation is not None
    click.echo(summary_text(generation.summary(), lang))
    table = answer(open_store(settings.store), "agency-for-recommendation", {}, None, lang, False)
    click.echo(f"{table.title}\n")
    print_table(table.only(_SHOWN), "table")

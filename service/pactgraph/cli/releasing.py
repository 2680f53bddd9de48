"""``pactgraph release``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pactgraph.cli.kinds import SITE
from pactgraph.cli.options import as_of_option, lang_option, settings_with, store_option


@click.command("release", epilog="Example: pactgraph release 1.0.0")
@click.argument("version")
@click.option("--out", metavar="DIR", help="The folder of the releases; the release becomes DIR/VERSION [default: the one that "
              "the service gives out, PACTGRAPH_RELEASES].")
@click.option("--previous", metavar="DIR", help="The former release [default: the newest one in --out].")
@click.option("--include", multiple=True, metavar="KIND", help="An export that it holds; repeat it [default: all but site].")
@click.option("--format", "formats", multiple=True, metavar="NAME",
              help="Of the dumps: nquads and others; repeat it [default: all].")
@click.option("--group", "groups", multiple=True, metavar="NAME",
              help="Of the dumps: all and others; repeat it [default: all of them].")
@click.option("--address", metavar="URL",
              help="Where the service of the releases answers, such as https://example.org/ [default: the base of the IRIs].")
@as_of_option
@store_option
@lang_option
def release_command(version: str, out: str | None, previous: str | None, include: tuple[str, ...], formats: tuple[str, ...],
                    groups: tuple[str, ...], address: str | None, as_of: str | None, store: str | None, lang: str) -> None:
    """Make the release VERSION: all exports, notes on what changed, and version IRIs.

    It is refused where a name of the former release lost its meaning: it must stand for what it stood for, or be withdrawn.
    """
    from pactgraph.catalogue import bind
    from pactgraph.cli.ready import ready_store
    from pactgraph.cli.screen import export_progress, note
    from pactgraph.errors import fail
    from pactgraph.publish.citing import cited_version
    from pactgraph.publish.kinds import Context, register, revision_of
    from pactgraph.publish.manifest import read_manifest
    from pactgraph.publish.release import release
    from pactgraph.texts import say

    register(SITE)
    day = as_of or date.today().isoformat()
    bind.day(day)
    given = {"include": include, "format": formats, "group": groups, "version": (version,),
             "address": (address,) if address else ()}
    settings = settings_with(store)
    folder = Path(out) if out else settings.releases_folder()
    if folder is None:
        raise fail("release-nowhere")
    opened = ready_store(settings, lang)
    with export_progress() as told:
        context = Context(opened, settings, lang, day, revision_of(settings),
                          {name: values for name, values in given.items() if values}, told)
        target = release(context, version, folder, Path(previous) if previous else None)
    for warning in context.warnings:
        note(warning)
    manifest = read_manifest(target)
    assert manifest is not None
    note(say("release-saved", lang, version=version, files=len(manifest["files"]) + 1, folder=str(target),
             bytes=f"{sum(entry['bytes'] for entry in manifest['files']):,}"))
    if others := [f"{file} ({said})" for file, said in cited_version().items() if said != version]:
        made = target / "catalog" / "CITATION.cff"
        note(say("release-cited", lang, others=", ".join(others), version=version, day=day, made=made))

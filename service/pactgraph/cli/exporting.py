"""``pactgraph export``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from pactgraph.cli.kinds import SITE
from pactgraph.cli.options import as_of_option, lang_option, revision_option, settings_with, store_option

_HELP = """Publish the graph as files: KIND is what is made, --out the folder that it becomes.

\b
dumps   N-Quads, TriG, Turtle and JSON-LD, gzip and zstd: the whole graph, by country, by source
tables  the main tables: CSV with Frictionless and CSVW schemas, XLSX, SQLite for Datasette
catalog descriptions for portals, archives and search engines: DCAT-AP, VoID, schema.org, DataCite, LOD Cloud
site    the pages in both languages, their data, and the other exports, for any web server

The folder is made beside its place and takes it in one step, with manifest.json written last: an older export stays
whole until then, and a folder without a manifest is no export. Public data only; the same graph gives the same bytes.
"""


@click.command("export", help=_HELP, epilog="Example: pactgraph export dumps --out dumps/ --group all --format nquads")
@click.argument("kind")
@click.option("--out", required=True, metavar="DIR",
              help="The folder of the export: new, empty, or an older export of the same kind.")
@click.option("--format", "formats", multiple=True, metavar="NAME",
              help="dumps: nquads, trig, turtle or jsonld; repeat it [default: all].")
@click.option("--compression", "compressions", multiple=True, metavar="NAME",
              help="dumps: gzip, zstd or none; repeat it [default: gzip and zstd].")
@click.option("--group", "groups", multiple=True, metavar="NAME",
              help="dumps: all, countries, sources, country/CODE or source/KEY; repeat it [default: all of them].")
@click.option("--without", multiple=True, metavar="GRAPH",
              help="dumps: leave out the graphs whose names begin so, such as imported/; repeat it.")
@click.option("--of", "exports", multiple=True, metavar="DIR",
              help="catalog: an export of dumps or tables whose files are described; repeat it [default: made to be counted].")
@click.option("--address", metavar="URL",
              help="catalog, site: where the files will stand, such as https://example.org/pactgraph/ [catalog: the base].")
@click.option("--include", multiple=True, metavar="KIND",
              help="site: an export that it holds, or none; repeat it [default: all kinds].")
@click.option("--things", multiple=True, metavar="START",
              help="site: only things whose IRIs go on with this after the base, such as id/treaty/; for a trial.")
@click.option("--processes", type=click.IntRange(1, 64), metavar="N",
              help="site: how many processes make the pages [default: one a processor, at most 8].")
@click.option("--service", metavar="URL", help="site: a running service, to which search, questions and SPARQL lead.")
@as_of_option
@revision_option
@store_option
@lang_option
def export_command(kind: str, out: str, formats: tuple[str, ...], compressions: tuple[str, ...], groups: tuple[str, ...],
                   without: tuple[str, ...], exports: tuple[str, ...], include: tuple[str, ...], things: tuple[str, ...],
                   address: str | None, processes: int | None, service: str | None, as_of: str | None, revision: int | None,
                   store: str | None, lang: str) -> None:
    """Publish the graph as files; its help stands above, in a form that keeps its lines."""
    from pactgraph.catalogue import bind
    from pactgraph.cli.ready import ready_store
    from pactgraph.cli.screen import export_progress, note
    from pactgraph.publish.kinds import Context, export, kind_of, register, revision_of
    from pactgraph.publish.manifest import read_manifest
    from pactgraph.texts import say

    register(SITE)
    chosen = kind_of(kind)
    day = as_of or date.today().isoformat()
    bind.day(day)
    given = {"format": formats, "compression": compressions, "group": groups, "without": without,
             "of": exports, "include": include, "things": things, "address": (address,) if address else (),
             "service": (service,) if service else (), "processes": (str(processes),) if processes else ()}
    settings = settings_with(store)
    opened = ready_store(settings, lang, revision)
    with export_progress() as told:
        context = Context(opened, settings, lang, day, revision_of(settings, revision),
                          {name: values for name, values in given.items() if values}, told)
        export(chosen, context, Path(out))
    for warning in context.warnings:
        note(warning)
    manifest = read_manifest(Path(out))
    assert manifest is not None
    note(say("export-saved", lang, files=len(manifest["files"]) + 1, folder=out,
             bytes=f"{sum(entry['bytes'] for entry in manifest['files']):,}"))

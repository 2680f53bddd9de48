"""``pactgraph import``: read a user's file, preview it, or add it to the graph."""

from __future__ import annotations

import json
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pactgraph.cli.options import lang_option, settings_with, store_option
from pactgraph.cli.output import print_table
from pactgraph.cli.places import place_of
from pactgraph.cli.screen import build_progress, note
from pactgraph.cli.workbooks import import_workbook_command
from pactgraph.errors import fail
from pactgraph.settings import Settings
from pactgraph.sources.annex import Annex
from pactgraph.texts import say

if TYPE_CHECKING:
    from pactgraph.questions.table import Table
    from pactgraph.sources.annex.reading import Reading
    from pactgraph.sources.annex.records import Agency


_ELSEWHERE = {"uhri": "importing_exports", "upr-info": "importing_exports",
              "thematic-list": "importing_documents", "concluding-observations": "importing_documents"}
"""The formats whose commands stand in another module."""


class _Formats(click.Group):
    """Looks a format up by name and imports its module then."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _ELSEWHERE:
            import_module(f"pactgraph.cli.{_ELSEWHERE[cmd_name]}")
        return super().get_command(ctx, cmd_name)


@click.group("import", cls=_Formats, epilog="Example: pactgraph import annex decision.txt --dry-run --format json")
def import_command() -> None:
    """Read a document or export, preview it (--dry-run) or add it to the graph."""


@import_command.command("annex", epilog="Example: pactgraph import annex decision.txt --dry-run --format json")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Read and show, write nothing.")
@click.option("--format", "form", type=click.Choice(["json", "table", "trig"]), default="table", show_default=True,
              help="How to show what was read.")
@click.option("--country", metavar="CODE",
              help="The country whose words the decision is read by [default: the only one].")
@store_option
@lang_option
def annex_command(file: str, dry_run: bool, form: str, country: str | None, store: str | None, lang: str) -> int:
    """Read a national decision with an annex of tasks from DOCX, HTML or plain text (UTF-8, cells separated by tabs)."""
    from pactgraph.sources.annex import read_annex

    settings = settings_with(store)
    reading = _reading(settings, country)
    annex = read_annex(Path(file), reading, settings.import_bytes)
    if dry_run or annex.errors():
        _show(annex, settings, reading.country, form)
    _report(annex, lang)
    if annex.errors():
        note(say("import-refused", lang, count=len(annex.errors())))
        return 2
    if not dry_run:
        _add(annex, Path(file), reading.country, settings, lang)
    return 0


import_command.add_command(import_workbook_command, "workbook")


def _reading(settings: Settings, country: str | None) -> Reading:
    from pactgraph.sources.annex.reading import load_reading
    from pactgraph.sources.countries import country_folders

    folders = country_folders(settings.data_folder())
    if country is None and len(folders) == 1:
        return load_reading(next(iter(folders.values())))
    if country not in folders:
        raise fail("unknown-country", country=country or "?", known=", ".join(folders))
    return load_reading(folders[country])


def _show(annex: Annex, settings: Settings, country: str, form: str) -> None:
    if form == "json":
        json.dump(annex.as_json(), sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif form == "trig":
        import pyoxigraph as ox

        from pactgraph.build.assemble import annex_writer
        from pactgraph.namespaces import PREFIXES

        quads = annex_writer(annex, settings, country).quads()
        data = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=PREFIXES)
        assert data is not None
        sys.stdout.write(data.decode("utf-8"))
    else:
        print_table(_table(annex), "table")


def _table(annex: Annex) -> Table:
    """The rows as a person checks them against the document; a body that is asked, not ordered, has a question mark."""
    from pactgraph.questions.table import Table

    def named(agencies: list[Agency]) -> str:
        return "; ".join((agency.agency or agency.verbatim) + (" (?)" if agency.requested else "") for agency in agencies)

    def place(line: int) -> str:
        at = annex.places.get(line)
        return str(line) if at is None else f"{at.table}/{at.row}"

    rows = [[row.id, row.label, named(row.lead), named(row.cooperating), "; ".join(d.raw for d in row.deadlines),
             ", ".join(dict.fromkeys(map(place, row.lines)))] for row in annex.rows]
    return Table(columns=["row", "label", "lead", "cooperating", "deadline", "table/row" if annex.places else "lines"], rows=rows)


def _report(annex: Annex, lang: str) -> None:
    """Every issue at its line, in the user's language."""
    for row, issue in annex.all_issues():
        text = say("issue-" + issue.code, lang, found=issue.found, reading=issue.reading or "?", row=row or "?")
        line = issue.lines[0]
        place = f"{annex.file} ({place_of(annex.places[line], lang)})" if annex.places else f"{annex.file}:{line}"
        note(f"{place}: {text}")


def _add(annex: Annex, file: Path, country: str, settings: Settings, lang: str) -> None:
    """Keep the file beside the store and build with it; a build that fails takes it back."""
    from pactgraph.build.assemble import known_plans
    from pactgraph.build.pipeline import imported_folder
    from pactgraph.ids import plan_key
    from pactgraph.sources.imported import forget, keep
    from pactgraph.store.choose import is_remote
    from pactgraph.writing.owner import builder

    if is_remote(settings.store) or settings.store == "memory:":
        raise fail("import-needs-folder", store=settings.store)
    key = plan_key(annex.number_reading, annex.date[:4])
    folder = imported_folder(settings.store)
    known = known_plans(settings, folder)
    if known.get(key) == annex.sha256:
        note(say("import-unchanged", lang, plan=annex.number_reading))
        return
    if key in known:
        raise fail("plan-exists", file=annex.file, plan=annex.number_reading)
    with builder(settings) as build:
        place = keep(folder, file, annex.sha256, format="annex", country=country, day=date.today())
        try:
            with build_progress(lang) as progress:
                build(progress)
        except BaseException:
            forget(place)
            raise
    note(say("import-done", lang, plan=annex.number_reading, rows=len(annex.rows)))
